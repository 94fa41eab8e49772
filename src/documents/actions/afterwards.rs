//! What happens to a paper after it was issued: it is taken back by a further one, and those to whom it went confirm it.

use chrono::Datelike;
use serde_json::json;
use sqlx::PgConnection;

use super::super::{
    access,
    model::{Issued, Recipient},
    queries,
};
use crate::{
    ids::{DocumentId, UnitId},
    kit::{
        clock::{Moment, local},
        error::{AppError, Result},
        journal,
    },
    people::Actor,
};

/// The error for a paper that was taken back.
pub(super) fn require_in_force(issued: &Issued) -> Result<()> {
    match &issued.recall {
        None => Ok(()),
        Some(recall) => Err(AppError::Conflict(format!(
            "Văn bản số {} đã bị thu hồi, thay thế bằng văn bản số {}.",
            issued.number_text(),
            recall.by_number
        ))),
    }
}

/// Takes a paper back by a further one of the same issuer, with the reason (Decree 30, article 18).
pub async fn recall(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    issued: &Issued,
    by: &Issued,
    reason: &str,
) -> Result<()> {
    access::require(actor, issued.issuer)?;
    // As they are now: another recall may just have taken one of them.
    queries::lock_recalls(db).await?;
    let (issued, _) = queries::find_visible(db, actor, issued.id).await?;
    let (by, _) = queries::find_visible(db, actor, by.id).await?;
    require_in_force(&issued)?;
    require_in_force(&by)?;
    if by.issuer != issued.issuer || by.id == issued.id || by.issued_at < issued.issued_at {
        return Err(AppError::invalid(
            "by",
            "Hãy chọn văn bản thu hồi của cùng cơ quan, đơn vị, ban hành sau văn bản này.",
        ));
    }
    take_back(db, now, actor, &issued, by.id, reason).await
}

pub(super) async fn take_back(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    issued: &Issued,
    by: DocumentId,
    reason: &str,
) -> Result<()> {
    queries::recall(db, issued.id, by, reason, actor.id, now).await?;
    let after = json!({"by": by, "reason": reason});
    journal::write(
        db,
        now,
        &actor.hand(),
        "document.recall",
        issued.subject(),
        (),
        after,
    )
    .await
}

/// Confirms that a recipient has a paper; answers its number in the register of incoming papers.
pub async fn receive(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    issued: &Issued,
    recipients: &[Recipient],
    unit: Option<UnitId>,
) -> Result<i32> {
    require_in_force(issued)?;
    let recipient = recipients
        .iter()
        .find(|r| r.unit_id == unit)
        .ok_or(AppError::NotFound)?;
    if !access::may_receive(actor, recipient) {
        return Err(AppError::Forbidden(
            "Chỉ nơi nhận xác nhận đã nhận văn bản.".to_owned(),
        ));
    }
    let year = local(now).year();
    let register = access::receives_as(actor, recipient);
    let number = queries::receive(db, issued.id, unit, register, year, actor.id, now).await?;
    let number = number.ok_or_else(|| AppError::conflict("Văn bản này đã được xác nhận trước đó."))?;
    let after = json!({"unit": unit, "register": register, "number": number, "year": year});
    let (hand, subject) = (actor.hand(), issued.subject());
    journal::write(db, now, &hand, "document.receive", subject, (), after).await?;
    Ok(number)
}
