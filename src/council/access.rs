//! Who may record what the council voted. Who sees which nomination is the nominations' own matter. Pure.

use crate::{
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether this person records sessions.
#[must_use]
pub fn may_record(actor: &Actor) -> bool {
    actor.is_standing_office
}

/// The error for those who may not.
pub fn require(actor: &Actor) -> Result<()> {
    if may_record(actor) {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng ghi kết quả phiên họp của Hội đồng.".to_owned(),
        ))
    }
}
