//! What nominations have and lack: by the catalogue's rules with what was noted of them, and as dossiers.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::PgConnection;

use super::{
    asked::Asked,
    checklist::{Checklist, Facts, Mark},
    model::Nomination,
    persons::Named,
    queries,
};
use crate::{
    awards,
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

/// The parts that the catalogue asks for, as of today: a year that is over goes by what held on its last day.
pub(super) async fn asked(
    db: &mut PgConnection,
    year: &Year,
    nomination: &Nomination,
    today: NaiveDate,
) -> Result<Vec<Asked>> {
    let last = NaiveDate::from_ymd_opt(year.year, 12, 31).unwrap_or(today);
    let versions = awards::versions(db, Some(&nomination.award)).await?;
    let notes = queries::part_notes(db, nomination.id).await?;
    Ok(Asked::all(awards::in_force(&versions, today.min(last)), &notes))
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
        let persons = queries::persons(db, nomination.id).await?;
        let asked = asked(db, year, nomination, today).await?;
        let mut list = Checklist::of(nomination, attachments, facts).with_persons(&persons);
        let further = asked.iter().filter(|part| part.is_further());
        list.items.extend(further.map(|part| part.item(attachments)));
        Ok(Self {
            list,
            card,
            persons,
            asked,
        })
    }

    /// Of what the catalogue asks for: what isn't known to be there, key and words.
    pub fn unknown_parts(&self, attachments: &[Attachment]) -> Vec<(String, String)> {
        let is_unknown = |part: &&Asked| part.is_further() && part.item(attachments).mark == Mark::Warning;
        let unknown = self.asked.iter().filter(is_unknown);
        unknown.map(|part| (part.key(), part.text.clone())).collect()
    }
}
