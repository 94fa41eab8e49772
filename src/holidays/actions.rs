//! Keeping the table of days off.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{access, model::Holiday, queries};
use crate::{
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal::{self, Subject},
    },
    people::Actor,
};

/// The table as the journal knows it: a day has no id.
fn table() -> Subject {
    Subject::new("holidays", Uuid::nil())
}

fn facts(holiday: &Holiday) -> serde_json::Value {
    json!({"day": holiday.day, "name": holiday.name, "works": holiday.works})
}

/// Adds a day, or says anew what it is.
pub async fn add(db: &mut PgConnection, now: Moment, actor: &Actor, holiday: &Holiday) -> Result<()> {
    access::require(actor)?;
    queries::put(db, holiday).await?;
    let hand = actor.hand();
    journal::write(db, now, &hand, "holiday.add", table(), (), facts(holiday)).await
}

/// Takes a day off the table.
pub async fn remove(db: &mut PgConnection, now: Moment, actor: &Actor, day: NaiveDate) -> Result<()> {
    access::require(actor)?;
    let was = queries::delete(db, day).await?.ok_or(AppError::NotFound)?;
    let hand = actor.hand();
    journal::write(db, now, &hand, "holiday.remove", table(), facts(&was), ()).await
}
