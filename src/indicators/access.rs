//! Who reads a catalogue, and who writes it. Pure.

use super::model::{Catalogue, State};
use crate::{
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether this person writes catalogues.
#[must_use]
pub fn may_write(actor: &Actor) -> bool {
    actor.is_standing_office
}

/// Whether a catalogue may be known: everybody reads an issued one, only its writers a draft.
#[must_use]
pub fn sees(actor: &Actor, state: State) -> bool {
    state == State::Issued || may_write(actor)
}

/// Makes sure that this person writes catalogues.
pub fn require_writer(actor: &Actor) -> Result<()> {
    if may_write(actor) {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng soạn và ban hành danh mục chỉ tiêu.".to_owned(),
        ))
    }
}

/// Makes sure that this person can change this catalogue now.
pub fn require_open(actor: &Actor, catalogue: &Catalogue) -> Result<()> {
    require_writer(actor)?;
    if catalogue.state == State::Draft {
        Ok(())
    } else {
        Err(AppError::Conflict(format!(
            "Danh mục chỉ tiêu năm {} đã ban hành nên không sửa được nữa.",
            catalogue.year
        )))
    }
}
