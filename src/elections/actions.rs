//! The standing office's confirmation: one transaction.

use serde_json::json;
use sqlx::PgConnection;

use super::{access, model::Merger, queries};
use crate::{
    ids::ConferenceId,
    kit::{
        clock::{self, Moment},
        error::{AppError, Result},
        journal, values,
    },
    people::Actor,
};

/// Confirms that the cluster goes on with the unit that its lead and its deputy have become.
pub async fn confirm(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: ConferenceId,
    reason: &str,
) -> Result<Merger> {
    queries::lock(db, conference).await?;
    let merger = queries::merger_of(db, conference, clock::day(now))
        .await?
        .ok_or(AppError::NotFound)?;
    access::require_confirm(actor, &merger)?;
    let reason = values::required_line(reason, 500, "lý do")
        .map_err(|message| AppError::invalid("reason", &message))?;
    queries::insert(db, &merger, &reason, actor.id, now).await?;
    journal::write(
        db,
        now,
        &actor.hand(),
        "election.confirm",
        merger.subject(),
        (),
        json!({"unit": merger.unit, "reason": reason}),
    )
    .await?;
    Ok(merger)
}
