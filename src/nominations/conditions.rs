//! What a nomination has and lacks by the catalogue's rules, with what was noted of it.

use chrono::NaiveDate;
use sqlx::PgConnection;

use super::{model::Nomination, queries};
use crate::{
    eligibility::{Card, Judge, Subject},
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
    let judge = Judge::of(db, year, today).await?;
    let facts = judge.facts(db, year, nomination.unit_id).await?;
    let remarks = queries::remarks(db, nomination.id).await?;
    let subject = Subject {
        award: nomination.award.clone(),
        person: None,
    };
    Ok(judge.card(&subject, &facts, &remarks))
}
