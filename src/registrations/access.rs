//! Who may do what to a registration. Pure: buttons, pages, files, counts and exports all ask here.

use super::{
    model::{Registration, State},
    workflow::Action,
};
use crate::{
    kit::error::{AppError, Result},
    papers::access as papers_access,
    people::Actor,
};

/// Whether the content may be known to this person. Who may not gets the same 404 as for one that doesn't exist.
#[must_use]
pub fn sees(actor: &Actor, registration: &Registration, is_member: bool) -> bool {
    let holder = papers_access::Holder {
        unit_id: registration.unit_id,
        cluster_id: registration.cluster_id,
        year_is_open: registration.year_is_open,
    };
    papers_access::sees(actor, holder, registration.state.audience(), is_member)
}

/// Whether it is this person's own unit's, also from the archive of a closed year.
#[must_use]
pub fn is_own(actor: &Actor, registration: &Registration) -> bool {
    let was_own = !registration.year_is_open && actor.archive_of.contains(&registration.unit_id);
    actor.is_of(registration.unit_id) || was_own
}

/// Whether this person may do this to a registration like this, whatever its state.
#[must_use]
pub fn may(actor: &Actor, action: Action, registration: &Registration) -> bool {
    match action {
        Action::Save => actor.is_of(registration.unit_id),
        Action::Submit | Action::Withdraw => actor.leads(registration.unit_id),
        Action::Return | Action::Accept | Action::Forward => actor.is_secretariat_of(registration.cluster_id),
        Action::Reopen => actor.is_standing_office,
    }
}

/// Who may, for the page that refuses.
fn whose(action: Action) -> &'static str {
    match action {
        Action::Save => "Chỉ cán bộ phụ trách và lãnh đạo của chính đơn vị được viết đăng ký.",
        Action::Submit => {
            "Chỉ lãnh đạo đơn vị được nộp đăng ký. Bản nháp đã lưu vẫn còn; xin báo lãnh đạo đơn vị vào nộp."
        }
        Action::Withdraw => "Chỉ lãnh đạo đơn vị được rút đăng ký đã nộp.",
        Action::Return | Action::Accept | Action::Forward => {
            "Chỉ đơn vị cụm trưởng đương nhiệm được tiếp nhận, trả lại và gửi đăng ký."
        }
        Action::Reopen => "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng được trả lại bảng tổng hợp.",
    }
}

/// The state after the action, or the error that says why not: 403 for a wrong person, 409 for a wrong state.
pub fn require(actor: &Actor, action: Action, registration: &Registration) -> Result<State> {
    if !may(actor, action, registration) {
        return Err(AppError::Forbidden(whose(action).to_owned()));
    }
    if !registration.year_is_open {
        return Err(AppError::conflict(
            "Năm thi đua này đã khép lại: hồ sơ chỉ còn để xem.",
        ));
    }
    registration.state.after(action).ok_or_else(|| {
        AppError::Conflict(format!(
            "Không “{}” được vì đăng ký hiện ở trạng thái “{}”. {}",
            action.label(),
            registration.state.label(),
            registration.state.whose_turn()
        ))
    })
}

/// Whether the page offers the button.
#[must_use]
pub fn offers(actor: &Actor, action: Action, registration: &Registration) -> bool {
    require(actor, action, registration).is_ok()
}
