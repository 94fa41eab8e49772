//! Who prints certificates, and of which decisions. Pure.

use crate::{
    decisions::{Content, Decision, Kind, State},
    kit::error::{AppError, Result},
    people::Actor,
};

/// An error for everybody but the standing office.
pub fn require(actor: &Actor) -> Result<()> {
    if actor.is_standing_office {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng in bằng, ghi sổ vàng và chỉnh máy in.".to_owned(),
        ))
    }
}

/// What a decision awards: only one that gives awards and has been issued has certificates.
pub fn require_award(decision: &Decision) -> Result<&Content> {
    match (&decision.content, decision.kind) {
        (Some(content), Kind::Award) => Ok(content),
        (None, Kind::Award) => Err(AppError::conflict(
            "Quyết định chưa ban hành nên chưa có bằng để in.",
        )),
        _ => Err(AppError::NotFound),
    }
}

/// The same for one that still holds: nothing of a cancelled decision is printed or entered.
pub fn require_in_force(decision: &Decision) -> Result<&Content> {
    let content = require_award(decision)?;
    match decision.state {
        State::Issued | State::Corrected => Ok(content),
        State::Draft | State::Cancelled => Err(AppError::conflict(
            "Quyết định đã bị hủy: không in bằng, không ghi sổ vàng.",
        )),
    }
}
