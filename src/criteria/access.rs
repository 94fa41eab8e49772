//! Who reads a table of criteria, and who writes it. Pure.

use super::{
    model::{CriteriaSet, State},
    workflow::Action,
};
use crate::{
    ids::ClusterId,
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether this person writes VUSTA's tables, or the supplements of this cluster.
#[must_use]
pub fn writes(actor: &Actor, cluster: Option<ClusterId>) -> bool {
    match cluster {
        None => actor.is_standing_office,
        Some(cluster) => actor.is_secretariat_of(cluster),
    }
}

/// Whether this person writes any table.
#[must_use]
pub fn writes_any(actor: &Actor) -> bool {
    actor.is_standing_office || !actor.secretariat_of.is_empty()
}

/// Whether a table may be known: issued ones to everybody who is signed in, drafts to those who write them.
#[must_use]
pub fn sees(actor: &Actor, cluster: Option<ClusterId>, state: State) -> bool {
    state != State::Draft || writes(actor, cluster)
}

/// The error for those who write no such table.
pub fn require_writer(actor: &Actor, cluster: Option<ClusterId>) -> Result<()> {
    if writes(actor, cluster) {
        return Ok(());
    }
    let whose = if cluster.is_some() {
        "Chỉ đơn vị cụm trưởng đương nhiệm được lập và ban hành bảng tiêu chí bổ sung của cụm."
    } else {
        "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng được lập và ban hành bảng tiêu chí của LHHVN."
    };
    Err(AppError::Forbidden(whose.to_owned()))
}

/// The state after the action, or the error that says why not: 403 for a wrong person, 409 for a wrong state.
pub fn require(actor: &Actor, action: Action, set: &CriteriaSet) -> Result<State> {
    require_writer(actor, set.cluster_id)?;
    set.state.after(action).ok_or_else(|| {
        AppError::Conflict(format!(
            "Không “{}” được vì bảng tiêu chí năm {}, bản {} hiện ở trạng thái “{}”. Muốn thay đổi, hãy lập bản mới từ bản này.",
            action.label(),
            set.year,
            set.number,
            set.state.label()
        ))
    })
}

/// Whether the page offers the button.
#[must_use]
pub fn offers(actor: &Actor, action: Action, set: &CriteriaSet) -> bool {
    require(actor, action, set).is_ok()
}
