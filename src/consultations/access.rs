//! Who opens a consultation and answers objections. Pure.

use super::model::Comment;
use crate::{
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether this person opens consultations and follows what is objected.
#[must_use]
pub fn may_open(actor: &Actor) -> bool {
    actor.is_standing_office
}

/// Whether this person reads an objection with its contact, and answers it: not with a conflict of interest.
#[must_use]
pub fn may_answer(actor: &Actor, comment: &Comment) -> bool {
    actor.is_standing_office && !actor.has_conflict_with(comment.unit_id)
}

/// The error for those who don't open consultations.
pub fn require_open(actor: &Actor) -> Result<()> {
    if may_open(actor) {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng mở lấy ý kiến.".to_owned(),
        ))
    }
}

/// The error for those who may not answer an objection, and for one that is answered.
pub fn require_answer(actor: &Actor, comment: &Comment) -> Result<()> {
    if !may_answer(actor, comment) {
        let who =
            "Thường trực Hội đồng trả lời ý kiến; người có xung đột lợi ích với đơn vị thì không trả lời.";
        return Err(AppError::Forbidden(who.to_owned()));
    }
    if comment.finding.is_some() {
        return Err(AppError::conflict("Ý kiến này đã được trả lời."));
    }
    Ok(())
}
