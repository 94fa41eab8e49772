//! The acts on a conference: one transaction each, in the order lock, check, change, journal.

mod agenda;
mod attending;
mod delegates;
mod hand_over;
mod planning;
mod register;
mod result;

use serde::Serialize;
use sqlx::PgConnection;

pub use agenda::{go_to, save_conclusion, save_notes};
pub use attending::{attend, attend_by_card, may_attend_by_card};
pub use delegates::name_delegates;
pub use hand_over::{confirm_hand_over, hand_over};
pub(super) use planning::detach;
pub use planning::{attach, create, invite, open, save_plan, sign};
pub use register::{add_delegate, authorise, new_card, remove_delegate, stand_in_votes};
pub use result::{confirm, end, require_answered, save_draft};

use super::{model::Conference, queries};
use crate::{
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal,
    },
    people::Actor,
};

/// Locks the conference and makes sure that it still is what the person saw.
async fn lock_unchanged(db: &mut PgConnection, conference: &Conference, seen_version: i32) -> Result<()> {
    let version = queries::lock(db, conference.year_id, &conference.slug).await?;
    if version != seen_version || conference.version != seen_version {
        return Err(changed_meanwhile());
    }
    Ok(())
}

fn changed_meanwhile() -> AppError {
    AppError::conflict(
        "Hội nghị này vừa được người khác sửa trong lúc anh/chị đang mở. Nội dung của anh/chị chưa được ghi; xin mở lại để xem bản mới.",
    )
}

/// The line of the journal about a conference.
async fn write(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    action: &str,
    conference: &Conference,
    before: impl Serialize,
    after: impl Serialize,
) -> Result<()> {
    journal::write(
        db,
        now,
        &actor.hand(),
        action,
        conference.subject(),
        before,
        after,
    )
    .await
}
