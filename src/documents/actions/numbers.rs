//! A number that was spoiled on paper is cancelled: no paper gets it any more.

use serde_json::json;
use sqlx::PgConnection;

use super::super::{access, forms::CancelInput, queries};
use crate::{
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal::{self, Subject},
    },
    people::Actor,
};

/// Cancels a number, and answers it: the one that was named, none farther than the next one of the series, or that one.
pub async fn cancel_number(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    input: &CancelInput,
) -> Result<i32> {
    let issuer = input.series.issuer;
    access::require_numbering(actor, issuer)?;
    // From here on nobody else gives a number in this series.
    let next = queries::next_number(db, input.series, input.year).await?;
    let number = input.number.unwrap_or(next);
    // A slip that went further would leave a gap that nothing closes.
    if number > next {
        let why = format!("Số tiếp theo của dãy là {next:02}: chỉ hủy số này hoặc số còn trống trước đó.");
        return Err(AppError::invalid("number", &why));
    }
    let id = queries::cancel_number(db, input, number, actor.id, now).await?;
    let after = json!({
        "series": input.series.key(), "year": input.year, "number": number, "reason": input.reason,
    });
    let subject = Subject {
        cluster: issuer.cluster().map(|c| c.0),
        unit: issuer.unit().map(|u| u.0),
        ..Subject::new("cancelled_numbers", id)
    };
    journal::write(
        db,
        now,
        &actor.hand(),
        "document.cancel_number",
        subject,
        (),
        after,
    )
    .await?;
    Ok(number)
}
