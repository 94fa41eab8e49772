//! Who says which days are free. Pure.

use crate::{
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether this person keeps the table.
#[must_use]
pub fn may_keep(actor: &Actor) -> bool {
    actor.is_standing_office
}

/// The error for those who don't.
pub fn require(actor: &Actor) -> Result<()> {
    if may_keep(actor) {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng sửa bảng ngày nghỉ.".to_owned(),
        ))
    }
}
