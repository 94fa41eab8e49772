//! Who writes the catalogue; everybody who is signed in reads it. Pure.

use crate::{
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether this person adds versions.
#[must_use]
pub fn may_write(actor: &Actor) -> bool {
    actor.is_standing_office
}

/// The error for those who may not.
pub fn require_writer(actor: &Actor) -> Result<()> {
    if may_write(actor) {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng sửa danh mục khen thưởng.".to_owned(),
        ))
    }
}
