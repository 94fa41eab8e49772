//! The acts: noting that an award was handed over, and putting a wrong note right.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::PgConnection;

use super::super::{
    access,
    model::{Decision, Handover},
    queries,
};
use crate::{
    kit::{
        clock::{Moment, date_text},
        error::{AppError, Result},
        journal,
    },
    nominations::{self, Nomination, workflow::Action as Step},
    people::Actor,
};

/// Notes that an award has been handed over.
pub async fn hand_over(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    nomination: &Nomination,
    on: NaiveDate,
    place: &str,
) -> Result<()> {
    let note = format!("Trao ngày {} tại {place}", date_text(on));
    nominations::advance(db, now, actor, nomination, Step::Award, &note).await?;
    queries::hand_over(db, nomination.id, on, place).await
}

/// Puts the day and place of a handing over right, with the reason: what was noted first stays in the journal.
pub async fn correct_handover(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    decision: &Decision,
    was: &Handover,
    (on, place, reason): (NaiveDate, &str, &str),
) -> Result<()> {
    access::require_office(actor)?;
    if was.awarded_on.is_none() {
        return Err(AppError::conflict("Chưa ghi việc trao nên chưa có gì để sửa."));
    }
    let line = (decision.id, was.nomination_id);
    queries::correct_handover(db, line, (on, place, reason), actor.id, now).await?;
    let before = json!({"nomination": was.nomination_id, "awarded_on": was.awarded_on, "awarded_place": was.awarded_place});
    let after = json!({"awarded_on": on, "awarded_place": place, "reason": reason});
    let code = "decision.correct_handover";
    journal::write(db, now, &actor.hand(), code, decision.subject(), before, after).await
}
