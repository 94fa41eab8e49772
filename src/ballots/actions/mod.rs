//! The acts on a ballot: one transaction each, in the order lock, check, change, journal. A vote alone leaves no line.

mod closing;
mod counting;
mod following;
mod preparing;
mod proposing;
mod scanning;
mod voting;

use serde::Serialize;
use serde_json::json;
use sqlx::PgConnection;

use super::{access, model::Ballot, queries, workflow::Action};
use crate::{
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal,
    },
    people::Actor,
};

pub use closing::{cancel, close, close_only, forget, sweep};
pub use counting::{count, enter_tally, settle, sign};
pub use following::{again, second_round};
pub use preparing::{create, open, open_advance, save};
pub use proposing::{propose, propose_to_council, taken_up};
pub use scanning::{attach_scan, detach_scan};
pub use voting::{Cast, admit, cast, cast_only, mark_paper, may_cast};

/// Locks the ballot and makes sure that it still is what the person saw.
async fn lock_unchanged(db: &mut PgConnection, ballot: &Ballot, seen: i32) -> Result<()> {
    let (version, state) = queries::lock(db, ballot.id).await?;
    if version != seen || ballot.version != seen || state != ballot.state {
        return Err(AppError::conflict(
            "Lần bỏ phiếu này vừa được người khác xử lý trong lúc anh/chị đang mở. Chưa có gì được ghi; xin mở lại để xem.",
        ));
    }
    Ok(())
}

/// Writes the act's line: the state it led to, and facts that tell nothing of who voted how or when.
async fn note(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    code: &str,
    action: Action,
    ballot: &Ballot,
    facts: impl Serialize,
) -> Result<()> {
    let after = access::require(actor, action, ballot)?;
    journal::write(
        db,
        now,
        &actor.hand(),
        code,
        ballot.subject(),
        json!({"state": ballot.state}),
        json!({"state": after, "facts": facts}),
    )
    .await
}
