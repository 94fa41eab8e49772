//! The acts of the council's sessions: one transaction each, in the order lock, check, change, journal.

mod holding;
mod recording;
mod rolling;

use serde::Serialize;
use sqlx::PgConnection;

use super::{model::Sitting, queries};
use crate::{
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal,
    },
    people::Actor,
};

pub use holding::{cancel, create, end, open, save};
pub use recording::record;
pub use rolling::{Noted, attend_by_card, declare, may_attend_by_card, new_card, note};

/// Locks a session and makes sure that it still is what the person saw.
async fn lock_unchanged(db: &mut PgConnection, sitting: &Sitting, seen: i32) -> Result<()> {
    let (version, state) = queries::lock(db, sitting.id).await?;
    if version != seen || sitting.version != seen || state != sitting.state {
        return Err(changed_meanwhile());
    }
    Ok(())
}

fn changed_meanwhile() -> AppError {
    AppError::conflict(
        "Phiên họp này vừa được người khác sửa trong lúc anh/chị đang mở. Chưa có gì được ghi; xin mở lại để xem.",
    )
}

/// The line of the journal about a session.
async fn write(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    action: &str,
    sitting: &Sitting,
    before: impl Serialize,
    after: impl Serialize,
) -> Result<()> {
    journal::write(db, now, &actor.hand(), action, sitting.subject(), before, after).await
}
