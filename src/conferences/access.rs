//! Who sees a conference's result, and who may do what to it. Pure.

use super::{
    model::{Conference, State},
    workflow::Action,
};
use crate::{
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether the draft may be known: to those who write it, the patron, and VUSTA's standing office.
#[must_use]
pub fn sees_draft(actor: &Actor, conference: &Conference) -> bool {
    actor.is_secretariat_of(conference.cluster_id)
        || actor.is_patron_of(conference.cluster_id)
        || actor.is_standing_office
}

/// Whether the result may be known: to all who see the year, once it is final.
#[must_use]
pub fn sees_result(conference: &Conference) -> bool {
    conference.state != State::Draft
}

/// Whether this person may do this, whatever the state.
#[must_use]
pub fn may(actor: &Actor, action: Action, conference: &Conference) -> bool {
    match action {
        Action::Save | Action::Confirm => actor.is_secretariat_of(conference.cluster_id),
        Action::HandOver => actor.is_secretariat_of(conference.cluster_id) || actor.is_standing_office,
    }
}

/// The state after the action, or the error that says why not: 403 for a wrong person, 409 for a wrong state.
pub fn require(actor: &Actor, action: Action, conference: &Conference) -> Result<State> {
    if !may(actor, action, conference) {
        return Err(AppError::Forbidden(
            match action {
                Action::Save | Action::Confirm => {
                    "Chỉ đơn vị cụm trưởng đương nhiệm ghi và chốt kết quả hội nghị."
                }
                Action::HandOver => {
                    "Chỉ đơn vị cụm trưởng đương nhiệm và Thường trực Hội đồng được ghi việc bàn giao."
                }
            }
            .to_owned(),
        ));
    }
    if !conference.year_is_open {
        return Err(AppError::conflict(
            "Năm thi đua này đã khép lại: kết quả hội nghị chỉ còn để xem.",
        ));
    }
    conference.state.after(action).ok_or_else(|| {
        AppError::Conflict(format!(
            "Không “{}” được vì kết quả hội nghị hiện ở trạng thái “{}”. {}",
            action.label(),
            conference.state.label(),
            conference.state.whose_turn()
        ))
    })
}

/// Whether the page offers the button.
#[must_use]
pub fn offers(actor: &Actor, action: Action, conference: &Conference) -> bool {
    require(actor, action, conference).is_ok()
}
