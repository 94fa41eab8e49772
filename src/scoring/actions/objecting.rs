//! Objections of a unit to its points, and their answers.

use serde_json::json;
use sqlx::PgConnection;

use super::super::{
    access,
    model::{Scoring, Sheet, State},
    queries,
};
use crate::{
    ids::{CriterionId, ObjectionId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal,
    },
    papers,
    people::Actor,
    years::Year,
};

/// The unit's leader objects to the points of a line, after the appraisal and before the conference has confirmed them.
pub async fn object(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    scoring: &Scoring,
    sheet: &Sheet,
    criterion: CriterionId,
    text: &str,
) -> Result<ObjectionId> {
    if !actor.leads(sheet.unit_id) {
        return Err(AppError::Forbidden(
            "Chỉ lãnh đạo đơn vị được kiến nghị về điểm của đơn vị mình.".to_owned(),
        ));
    }
    // The conference may have confirmed the points since the page was opened.
    let (_, state) = queries::lock(db, sheet).await?;
    if state != State::Appraised || !sheet.year_is_open {
        return Err(AppError::Conflict(format!(
            "Kiến nghị được gửi khi điểm đã thẩm định và chưa chốt; bảng điểm hiện ở trạng thái “{}”.",
            state.label()
        )));
    }
    if sheet.line(criterion).is_none() || !scoring.scored().any(|c| c.id == criterion) {
        return Err(AppError::invalid("criterion", "Hãy chọn tiêu chí cần kiến nghị."));
    }
    let id = queries::insert_objection(db, sheet.id, criterion, text, now, actor.id).await?;
    let after = json!({"criterion": criterion, "text": text});
    journal::write(db, now, &actor.hand(), "score.object", sheet.subject(), (), after).await?;
    Ok(id)
}

/// The secretariat answers an objection.
pub async fn answer(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    sheet: &Sheet,
    id: ObjectionId,
    text: &str,
) -> Result<()> {
    access::require_secretariat(actor, year)?;
    queries::lock(db, sheet).await?;
    if !queries::answer_objection(db, sheet.id, id, text, now, actor.id).await? {
        return Err(papers::changed_meanwhile("Kiến nghị"));
    }
    let after = json!({"answer": text});
    journal::write(db, now, &actor.hand(), "score.answer", sheet.subject(), (), after).await
}
