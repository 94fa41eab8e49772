//! Who may do what with the consolidated registration.

use super::{
    model::{Consolidation, Content, State},
    workflow::Action,
};
use crate::{
    kit::error::{AppError, Result},
    people::Actor,
    registrations::Registration,
    years::Year,
};

/// Whether the table may be known to this person: the secretariat and the patron at any time, VUSTA's standing
/// office once it was sent, the members from then on too.
#[must_use]
pub fn sees(actor: &Actor, consolidation: &Consolidation, is_member: bool) -> bool {
    let was_sent = consolidation.content.is_some();
    sees_live(actor, consolidation) || ((actor.is_standing_office || is_member) && was_sent)
}

/// Whether this person sees the table as it grows, before it is sent.
#[must_use]
pub fn sees_live(actor: &Actor, consolidation: &Consolidation) -> bool {
    actor.is_secretariat_of(consolidation.cluster_id) || actor.is_patron_of(consolidation.cluster_id)
}

/// The table as this person sees it: as the registrations have it now for the secretariat and the patron while it is
/// live; what was sent last for everybody else.
#[must_use]
pub fn shown(
    actor: &Actor,
    consolidation: &Consolidation,
    year: &Year,
    registrations: &[Registration],
) -> Content {
    let is_live = consolidation.state.is_live() && sees_live(actor, consolidation);
    match &consolidation.content {
        Some(sent) if !is_live => sent.clone(),
        _ => Content::gather(year, registrations, &consolidation.note),
    }
}

/// Whether this person may do this, whatever the state.
#[must_use]
pub fn may(actor: &Actor, action: Action, consolidation: &Consolidation) -> bool {
    match action {
        Action::Note | Action::Send => actor.is_secretariat_of(consolidation.cluster_id),
        Action::Return | Action::Acknowledge => actor.is_standing_office,
    }
}

/// The state after the action, or the error that says why not.
pub fn require(actor: &Actor, action: Action, consolidation: &Consolidation) -> Result<State> {
    if !may(actor, action, consolidation) {
        let who = match action {
            Action::Note | Action::Send => "Chỉ đơn vị cụm trưởng đương nhiệm được gửi bảng tổng hợp.",
            Action::Return | Action::Acknowledge => {
                "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng được ghi nhận hoặc trả lại bảng tổng hợp."
            }
        };
        return Err(AppError::Forbidden(who.to_owned()));
    }
    if !consolidation.year_is_open {
        return Err(AppError::conflict(
            "Năm thi đua này đã khép lại: hồ sơ chỉ còn để xem.",
        ));
    }
    consolidation.state.after(action).ok_or_else(|| {
        AppError::Conflict(format!(
            "Không “{}” được vì bảng tổng hợp hiện ở trạng thái “{}”. {}",
            action.label(),
            consolidation.state.label(),
            consolidation.state.whose_turn()
        ))
    })
}

/// Whether the page offers the button.
#[must_use]
pub fn offers(actor: &Actor, action: Action, consolidation: &Consolidation) -> bool {
    require(actor, action, consolidation).is_ok()
}
