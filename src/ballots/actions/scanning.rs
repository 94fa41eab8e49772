//! Scans of what was signed on paper: attached from the close on, until the minutes of the count are signed.

use sqlx::PgConnection;

use super::super::{access, model::Ballot, queries};
use crate::{
    ids::AttachmentId,
    kit::{
        clock::Moment,
        error::{AppError, Result},
        files::Arrived,
    },
    papers,
    people::Actor,
};

/// Attaches a scan.
pub async fn attach_scan(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    arrived: Arrived,
) -> Result<()> {
    lock_open(db, actor, ballot).await?;
    // Of the whole ballot: it has no parts.
    let arrived = Arrived {
        part: String::new(),
        ..arrived
    };
    papers::attach(db, now, actor, ballot.subject(), arrived).await?;
    Ok(())
}

/// Takes one off.
pub async fn detach_scan(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    file: AttachmentId,
) -> Result<()> {
    lock_open(db, actor, ballot).await?;
    papers::detach(db, now, actor, ballot.subject(), file).await
}

/// Locks the ballot against its signature: what is signed has the scans that whoever signed saw.
async fn lock_open(db: &mut PgConnection, actor: &Actor, ballot: &Ballot) -> Result<()> {
    access::require_scans(actor, ballot, false)?;
    let (_, state) = queries::lock(db, ballot.id).await?;
    if state == ballot.state {
        Ok(())
    } else {
        Err(AppError::conflict(
            "Lần bỏ phiếu này vừa đổi trạng thái. Chưa có gì được ghi; xin mở lại để xem.",
        ))
    }
}
