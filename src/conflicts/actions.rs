//! Declaring a conflict of interest, and lifting one.

use serde_json::json;
use sqlx::PgConnection;

use super::{
    access,
    model::{Conflict, ConflictInput},
    queries,
};
use crate::{
    ids::ConflictId,
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal::{self, Subject},
        values,
    },
    people::Actor,
};

/// Declares a conflict: from now on this person doesn't appraise dossiers of that unit.
pub async fn declare(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    input: &ConflictInput,
) -> Result<ConflictId> {
    access::require_declare(actor, input.person)?;
    let id = ConflictId::new();
    queries::insert(db, id, input, actor.id, now).await?;
    let about = Subject {
        unit: Some(input.unit.0),
        ..Subject::new("conflicts_of_interest", id)
    };
    let after = json!({"person": input.person, "unit": input.unit, "reason": input.reason});
    journal::write(db, now, &actor.hand(), "conflict.declare", about, (), after).await?;
    Ok(id)
}

/// Says why a conflict no longer holds; no reason is an error at `reason`.
pub async fn lift(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conflict: &Conflict,
    reason: &str,
) -> Result<()> {
    access::require_lift(actor, conflict)?;
    let reason = values::required_line(reason, 500, "lý do gỡ")
        .map_err(|message| AppError::invalid("lifted_for", &message))?;
    if !queries::lift(db, conflict.id, actor.id, now, &reason).await? {
        return Err(AppError::conflict("Xung đột lợi ích này đã được gỡ."));
    }
    let after = json!({"name": conflict.person, "unit": conflict.unit_id, "reason": reason});
    let hand = actor.hand();
    journal::write(db, now, &hand, "conflict.lift", conflict.subject(), (), after).await
}
