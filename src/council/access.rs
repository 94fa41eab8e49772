//! Who records what the council voted, who holds its sessions, who follows them. Who sees which nomination is the
//! nominations' own matter. Pure.

use super::{
    model::{Sitting, State},
    workflow::Action,
};
use crate::{
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether this person records and holds sessions.
#[must_use]
pub fn may_record(actor: &Actor) -> bool {
    actor.is_standing_office
}

/// Whether this person follows the council's sessions: its members, and the standing office.
#[must_use]
pub fn is_concerned(actor: &Actor) -> bool {
    actor.is_standing_office || actor.is_council_member
}

/// The error for those who may not record.
pub fn require(actor: &Actor) -> Result<()> {
    if may_record(actor) {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng tổ chức phiên họp và ghi kết quả phiên họp của Hội đồng."
                .to_owned(),
        ))
    }
}

/// The state after an act on a session, or the error that says why not: 403 for a wrong person, 409 for a wrong state.
pub fn require_act(actor: &Actor, action: Action, sitting: &Sitting) -> Result<State> {
    require(actor)?;
    sitting.state.after(action).ok_or_else(|| {
        AppError::Conflict(format!(
            "Không “{}” được vì phiên họp hiện ở trạng thái “{}”. {}",
            action.label(),
            sitting.state.label(),
            sitting.state.whose_turn()
        ))
    })
}

/// Whether the page offers the button.
#[must_use]
pub fn offers(actor: &Actor, action: Action, sitting: &Sitting) -> bool {
    require_act(actor, action, sitting).is_ok()
}
