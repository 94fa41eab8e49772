//! What nominations have and lack by the catalogue's rules, with what was noted of it.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::PgConnection;

use super::{model::Nomination, queries};
use crate::{
    eligibility::{Card, Facts, Judge, Subject},
    ids::NominationId,
    kit::error::Result,
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
    let nothing = Facts::default();
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
        person: None,
    }
}
