//! What happens to a paper after it was issued: it is taken back by a further one, and those to whom it went confirm it.

use chrono::{Datelike, NaiveDate};
use serde_json::json;
use sqlx::PgConnection;

use super::super::{
    access,
    kinds::RECALL_REASON,
    model::{Issued, Recipient},
    queries,
};
use crate::{
    ids::{DocumentId, UnitId},
    kit::{
        clock::{Moment, date_text, local},
        error::{AppError, Result},
        fields::FieldErrors,
        journal, values,
    },
    people::Actor,
};

/// The error for a paper that was taken back.
pub(super) fn require_in_force(issued: &Issued) -> Result<()> {
    match &issued.recall {
        None => Ok(()),
        Some(recall) => Err(AppError::Conflict(format!(
            "Văn bản số {} {}.",
            issued.number_text(),
            recall.words()
        ))),
    }
}

/// A letter takes back what was there before it, with a reason that a line of the register holds.
pub(super) fn require_recallable(issued: &Issued, reason: &str, on: NaiveDate) -> Result<()> {
    let mut errors = FieldErrors::default();
    if on < issued.issued_on {
        errors.add(
            "issued_on",
            format!(
                "Công văn thu hồi không thể đề ngày trước văn bản bị thu hồi ({}).",
                date_text(issued.issued_on)
            ),
        );
    }
    errors.read(
        format!("section-{RECALL_REASON}"),
        values::required_paragraphs(reason, 1000, "lý do thu hồi"),
    );
    if errors.is_empty() {
        Ok(())
    } else {
        Err(AppError::Invalid(errors))
    }
}

/// Notes that a paper was taken back by a further one of the same issuer, with the reason (Decree 30, article 18).
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
