//! Who sees a decision, and who may do what to it. Pure.

use super::{
    model::{Decision, Kind, State},
    workflow::Action,
};
use crate::{
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether a decision may be known: issued ones to everybody who is signed in, drafts to those who write them.
#[must_use]
pub fn sees(actor: &Actor, decision: &Decision) -> bool {
    actor.is_standing_office || decision.state != State::Draft
}

/// Whether this person writes and issues decisions.
#[must_use]
pub fn may(actor: &Actor) -> bool {
    actor.is_standing_office
}

/// The error for those who may not.
pub fn require_office(actor: &Actor) -> Result<()> {
    if may(actor) {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng soạn và ban hành quyết định.".to_owned(),
        ))
    }
}

/// The state after the action, or the error that says why not: 403 for a wrong person, 409 for a wrong state.
pub fn require(actor: &Actor, action: Action, decision: &Decision) -> Result<State> {
    require_office(actor)?;
    let is_later = decision.kind != Kind::Award;
    if is_later && matches!(action, Action::Correct | Action::CancelPart | Action::Cancel) {
        return Err(AppError::conflict(
            "Chỉ đính chính hoặc hủy quyết định khen thưởng; quyết định đính chính, quyết định hủy giữ nguyên.",
        ));
    }
    decision.state.after(action).ok_or_else(|| {
        AppError::Conflict(format!(
            "Không “{}” được vì quyết định {} hiện ở trạng thái “{}”.",
            action.label(),
            decision.number_text(),
            decision.state.label()
        ))
    })
}

/// Whether the page offers the button.
#[must_use]
pub fn offers(actor: &Actor, action: Action, decision: &Decision) -> bool {
    require(actor, action, decision).is_ok()
}
