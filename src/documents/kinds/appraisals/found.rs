//! The dossiers of a calendar year as VUSTA's standing office found them.

use sqlx::PgConnection;
use uuid::Uuid;

use super::Desk;
use crate::{
    awards::{self, Awards},
    eligibility::Card,
    ids::{NominationId, YearId},
    kit::{clock, error::Result},
    nominations::{
        self, Nomination, State, YearPapers,
        access::opens,
        checklist::{Checklist, Mark},
    },
    papers, years,
};

/// A dossier as the standing office found it.
pub(super) struct Found {
    pub(super) nomination: Nomination,
    pub(super) award: String,
    /// `đủ`, or what is missing.
    pub(super) parts: String,
    /// What is to be known of registration and report.
    pub(super) remarks: String,
    /// `đủ`, or what is missing of the award's conditions.
    pub(super) conditions: String,
    pub(super) reason: String,
    /// Whether the reader may know it: not with a conflict of interest.
    pub(super) is_open: bool,
}

/// What an appraisal came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    Eligible,
    Ineligible,
    Open,
}

impl Finding {
    fn of(state: State) -> Option<Self> {
        match state {
            State::Proposed | State::Acclaimed | State::NotAcclaimed | State::Withdrawn => None,
            State::Submitted | State::Returned => Some(Self::Open),
            State::Ineligible => Some(Self::Ineligible),
            State::Eligible
            | State::CouncilPassed
            | State::CouncilRejected
            | State::Decided
            | State::Awarded
            | State::Cancelled => Some(Self::Eligible),
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Eligible => "đủ điều kiện",
            Self::Ineligible => "không đủ điều kiện",
            Self::Open => "chưa thẩm định xong",
        }
    }
}

impl Found {
    pub(super) fn finding(&self) -> Finding {
        Finding::of(self.nomination.state).unwrap_or(Finding::Open)
    }
}

/// The dossiers that reached VUSTA, each with what was found.
pub(super) async fn dossiers(db: &mut PgConnection, desk: &Desk<'_>, year: i32) -> Result<Vec<Found>> {
    let awards = awards::all(db).await?;
    let mut list = nominations::of_calendar_year(db, desk.actor, year).await?;
    list.retain(|nomination| Finding::of(nomination.state).is_some());
    let ids: Vec<NominationId> = list.iter().map(|nomination| nomination.id).collect();
    let notes = nominations::last_notes(db, &ids).await?;
    let uuids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let files = papers::files_of(db, "nominations", &uuids).await?;
    let cards = nominations::cards(db, year, &list, clock::day(desk.now)).await?;
    let beside = nominations::Beside::of(db, year, &list, clock::day(desk.now)).await?;
    let mut papers: Option<(YearId, YearPapers)> = None;
    let mut found = Vec::new();
    for nomination in list {
        // The list is in the order of the clusters.
        if papers.as_ref().is_none_or(|(id, _)| *id != nomination.year_id) {
            let year = years::by_id(db, nomination.year_id).await?;
            papers = Some((year.id, YearPapers::of(db, &year).await?));
        }
        let facts = papers.as_ref().map(|(_, papers)| papers.facts_of(&nomination));
        let files = files.get(&nomination.id.0).map(Vec::as_slice).unwrap_or_default();
        let checklist = beside.checklist(&nomination, files, &facts.unwrap_or_default());
        let told = matches!(nomination.state, State::Ineligible | State::Returned);
        let note = notes.iter().find(|(id, _)| told && *id == nomination.id);
        let note = note.map(|(_, note)| note.clone());
        let card = cards.get(&nomination.id);
        found.push(if opens(desk.actor, &nomination) {
            of_checklist(nomination, &checklist, card, &awards, note)
        } else {
            closed(nomination, &awards)
        });
    }
    Ok(found)
}

fn of_checklist(
    nomination: Nomination,
    checklist: &Checklist,
    card: Option<&Card>,
    awards: &Awards,
    reason: Option<String>,
) -> Found {
    let missing = checklist.missing();
    let warnings = checklist.items.iter().filter(|item| item.mark == Mark::Warning);
    let remarks: Vec<String> = warnings
        .map(|item| format!("{}: {}", item.label, item.note))
        .collect();
    Found {
        award: awards.short_name(&nomination.award),
        parts: if missing.is_empty() {
            "đủ".to_owned()
        } else {
            format!("thiếu: {}", missing.join("; "))
        },
        remarks: if remarks.is_empty() {
            "đúng hạn".to_owned()
        } else {
            remarks.join("\n")
        },
        conditions: card.map(Card::brief).unwrap_or_default(),
        reason: reason.unwrap_or_default(),
        is_open: true,
        nomination,
    }
}

/// A dossier with whose unit the reader has a conflict of interest: its name, no more.
fn closed(nomination: Nomination, awards: &Awards) -> Found {
    Found {
        award: awards.short_name(&nomination.award),
        parts: String::new(),
        remarks: String::new(),
        conditions: String::new(),
        reason: "xung đột lợi ích".to_owned(),
        is_open: false,
        nomination,
    }
}
