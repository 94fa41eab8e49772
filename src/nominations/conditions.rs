//! What nominations have and lack: by the catalogue's rules with what was noted of them, and as dossiers.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::PgConnection;

use super::{
    asked::{Asked, PartNote},
    checklist::{Checklist, Facts, Mark},
    model::Nomination,
    persons::Named,
    queries,
};
use crate::{
    awards::{self, Version},
    eligibility::{self, Card, Judge, Subject},
    ids::NominationId,
    kit::error::Result,
    papers::Attachment,
    years::Year,
};

/// The card of a nomination, as of today.
pub async fn card(
    db: &mut PgConnection,
    year: &Year,
    nomination: &Nomination,
    today: NaiveDate,
) -> Result<Card> {
    let judge = Judge::of(db, year.year, today).await?;
    let facts = judge.facts(db, year, nomination.unit_id).await?;
    let remarks = queries::remarks(db, &[nomination.id]).await?;
    let remarks = remarks.get(&nomination.id).map(Vec::as_slice);
    Ok(judge.card(&subject(nomination), &facts, remarks.unwrap_or_default()))
}

/// The cards of nominations of one calendar year, as of today: the same few statements, however many they are.
pub async fn cards(
    db: &mut PgConnection,
    calendar_year: i32,
    nominations: &[Nomination],
    today: NaiveDate,
) -> Result<HashMap<NominationId, Card>> {
    let judge = Judge::of(db, calendar_year, today).await?;
    let places: Vec<_> = nominations.iter().map(|n| (n.year_id, n.unit_id)).collect();
    let facts = judge.facts_of(db, calendar_year, &places).await?;
    let ids: Vec<NominationId> = nominations.iter().map(|n| n.id).collect();
    let remarks = queries::remarks(db, &ids).await?;
    let nothing = eligibility::Facts::default();
    let card = |nomination: &Nomination| {
        let facts = facts.get(&(nomination.year_id, nomination.unit_id));
        let remarks = remarks.get(&nomination.id).map(Vec::as_slice);
        let card = judge.card(
            &subject(nomination),
            facts.unwrap_or(&nothing),
            remarks.unwrap_or_default(),
        );
        (nomination.id, card)
    };
    Ok(nominations.iter().map(card).collect())
}

fn subject(nomination: &Nomination) -> Subject {
    Subject {
        award: nomination.award.clone(),
        person: nomination.person.as_ref().map(|person| person.full_name.clone()),
    }
}

/// What stands beside the files of many dossiers of one calendar year: persons, and the parts that the catalogue asks for as
/// of today (a year that is over goes by what held on its last day). The same few statements, however many they are.
pub struct Beside {
    persons: HashMap<NominationId, Vec<Named>>,
    notes: HashMap<NominationId, Vec<PartNote>>,
    versions: Vec<Version>,
    day: NaiveDate,
}

impl Beside {
    /// What is known of these.
    pub async fn of(
        db: &mut PgConnection,
        calendar_year: i32,
        nominations: &[Nomination],
        today: NaiveDate,
    ) -> Result<Self> {
        let ids: Vec<NominationId> = nominations.iter().map(|n| n.id).collect();
        let last = NaiveDate::from_ymd_opt(calendar_year, 12, 31).unwrap_or(today);
        Ok(Self {
            persons: queries::persons_of(db, &ids).await?,
            notes: queries::part_notes(db, &ids).await?,
            versions: awards::versions(db, None).await?,
            day: today.min(last),
        })
    }

    fn asked(&self, nomination: &Nomination) -> Vec<Asked> {
        let of_award = self.versions.iter().filter(|v| v.award == nomination.award);
        let versions: Vec<Version> = of_award.cloned().collect();
        let notes = self.notes.get(&nomination.id).map(Vec::as_slice);
        Asked::all(awards::in_force(&versions, self.day), notes.unwrap_or_default())
    }

    fn persons(&self, nomination: &Nomination) -> &[Named] {
        let found = self.persons.get(&nomination.id);
        found.map(Vec::as_slice).unwrap_or_default()
    }

    /// The whole checklist of one of them, as its own page has it.
    #[must_use]
    pub fn checklist(&self, nomination: &Nomination, attachments: &[Attachment], facts: &Facts) -> Checklist {
        let mut list = Checklist::of(nomination, attachments, facts).with_persons(self.persons(nomination));
        let asked = self.asked(nomination);
        let further = asked.iter().filter(|part| part.is_further());
        list.items.extend(further.map(|part| part.item(attachments)));
        list
    }
}

/// The parts that the catalogue asks for of one dossier.
pub(super) async fn asked(
    db: &mut PgConnection,
    year: &Year,
    nomination: &Nomination,
    today: NaiveDate,
) -> Result<Vec<Asked>> {
    let beside = Beside::of(db, year.year, std::slice::from_ref(nomination), today).await?;
    Ok(beside.asked(nomination))
}

/// A dossier, looked at from every side.
pub(super) struct Looked {
    pub list: Checklist,
    pub card: Card,
    pub persons: Vec<Named>,
    pub asked: Vec<Asked>,
}

impl Looked {
    /// What can be known of it today.
    pub async fn at(
        db: &mut PgConnection,
        (year, nomination): (&Year, &Nomination),
        attachments: &[Attachment],
        facts: &Facts,
        today: NaiveDate,
    ) -> Result<Self> {
        let card = card(db, year, nomination, today).await?;
        let beside = Beside::of(db, year.year, std::slice::from_ref(nomination), today).await?;
        Ok(Self {
            list: beside.checklist(nomination, attachments, facts),
            card,
            persons: beside.persons(nomination).to_vec(),
            asked: beside.asked(nomination),
        })
    }

    /// Of what the catalogue asks for: what isn't known to be there, key and words.
    pub fn unknown_parts(&self, attachments: &[Attachment]) -> Vec<(String, String)> {
        let is_unknown = |part: &&Asked| part.is_further() && part.item(attachments).mark == Mark::Warning;
        let unknown = self.asked.iter().filter(is_unknown);
        unknown.map(|part| (part.key(), part.text.clone())).collect()
    }
}
