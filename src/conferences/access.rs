//! Who sees what of a conference, and who may do what to it. Pure.

use super::{
    model::{Conference, Kind, State},
    workflow::Action,
};
use crate::{
    ids::UnitId,
    kit::error::{AppError, Result},
    people::Actor,
    years::Year,
};

/// Whether the typed result may be known before it is final: to those who write it, the patron, and VUSTA's standing
/// office.
#[must_use]
pub fn sees_draft(actor: &Actor, conference: &Conference) -> bool {
    oversees(actor, conference)
}

/// Whether the result may be known: to all who see the year, once it is final.
#[must_use]
pub fn sees_result(conference: &Conference) -> bool {
    conference.state.is_over() && conference.content.is_some()
}

/// Whether the minutes of a conference that was run here may be read now: by those who oversee it from its beginning on, by
/// all who see the year once it is over.
#[must_use]
pub fn reads_minutes(actor: &Actor, conference: &Conference) -> bool {
    conference.was_held_here() && (conference.state.is_over() || oversees(actor, conference))
}

fn oversees(actor: &Actor, conference: &Conference) -> bool {
    actor.is_secretariat_of(conference.cluster_id)
        || actor.is_patron_of(conference.cluster_id)
        || actor.is_standing_office
}

/// Whether what a unit says of its own delegation, the authorisation included, may be known: to the unit itself and
/// to those who oversee. Who may not gets the same 404 as for a unit that doesn't exist.
#[must_use]
pub fn sees_delegation(actor: &Actor, conference: &Conference, unit: UnitId) -> bool {
    let was_own = !conference.year_is_open && actor.archive_of.contains(&unit);
    actor.is_of(unit) || was_own || oversees(actor, conference)
}

/// Whether this person may do this, whatever the state.
#[must_use]
pub fn may(actor: &Actor, _: Action, conference: &Conference) -> bool {
    actor.is_secretariat_of(conference.cluster_id)
}

fn whose(action: Action) -> &'static str {
    match action {
        Action::Record | Action::Confirm => "Chỉ đơn vị cụm trưởng đương nhiệm ghi và chốt kết quả hội nghị.",
        Action::Plan | Action::Invite | Action::Open | Action::End | Action::Sign => {
            "Chỉ đơn vị cụm trưởng đương nhiệm lập kế hoạch và điều hành hội nghị."
        }
    }
}

/// A conflict when the year is closed.
fn require_open_year(is_open: bool) -> Result<()> {
    if is_open {
        return Ok(());
    }
    Err(AppError::conflict(
        "Năm thi đua này đã khép lại: kết quả hội nghị chỉ còn để xem.",
    ))
}

/// The state after the action, or the error that says why not: 403 for a wrong person, 409 for a wrong state.
pub fn require(actor: &Actor, action: Action, conference: &Conference) -> Result<State> {
    if !may(actor, action, conference) {
        return Err(AppError::Forbidden(whose(action).to_owned()));
    }
    require_open_year(conference.year_is_open)?;
    if matches!(action, Action::Record | Action::Confirm) && conference.kind != Kind::Closing {
        return Err(AppError::conflict(
            "Chỉ hội nghị tổng kết có kết quả suy tôn và bầu cụm trưởng để ghi.",
        ));
    }
    conference.state.after(action).ok_or_else(|| {
        AppError::Conflict(format!(
            "Không “{}” được vì hội nghị hiện ở trạng thái “{}”. {}",
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

/// Makes sure that this person may begin a conference of the year.
pub fn require_create(actor: &Actor, year: &Year) -> Result<()> {
    if !actor.is_secretariat_of(year.cluster.id) {
        return Err(AppError::Forbidden(whose(Action::Plan).to_owned()));
    }
    require_open_year(year.is_open())
}

/// Makes sure that this person may say now who goes for a unit: people of the unit from the invitation to the
/// opening, the secretariat for every unit until the end.
pub fn require_delegation(actor: &Actor, conference: &Conference, unit: UnitId) -> Result<()> {
    if !sees_delegation(actor, conference, unit) {
        return Err(AppError::NotFound);
    }
    let is_secretariat = actor.is_secretariat_of(conference.cluster_id);
    if !(is_secretariat || actor.is_of(unit)) {
        return Err(AppError::Forbidden(
            "Chỉ chính đơn vị cử đại biểu của mình; cụm trưởng ghi thay khi đơn vị báo qua điện thoại."
                .to_owned(),
        ));
    }
    require_open_year(conference.year_is_open)?;
    match conference.state {
        State::Invited => Ok(()),
        State::Planned | State::InSession if is_secretariat => Ok(()),
        State::Planned => Err(AppError::conflict(
            "Cụm trưởng chưa gửi giấy mời. Đơn vị cử đại biểu sau khi được mời.",
        )),
        State::InSession => Err(AppError::conflict(
            "Hội nghị đang họp: xin báo thư ký hội nghị để thay đổi đại biểu.",
        )),
        State::Ended | State::Signed => Err(AppError::conflict(
            "Hội nghị đã kết thúc: danh sách đại biểu đã khóa.",
        )),
    }
}

/// Makes sure that this person may keep the list of delegates, their cards and attendance now.
pub fn require_register(actor: &Actor, conference: &Conference) -> Result<()> {
    if !actor.is_secretariat_of(conference.cluster_id) {
        return Err(AppError::Forbidden(
            "Chỉ đơn vị cụm trưởng đương nhiệm quản lý thẻ đại biểu và điểm danh.".to_owned(),
        ));
    }
    require_open_year(conference.year_is_open)?;
    if conference.state.is_over() {
        return Err(AppError::conflict(
            "Hội nghị đã kết thúc: danh sách đại biểu đã khóa.",
        ));
    }
    Ok(())
}

/// Makes sure that this person may write down now what was said: during the conference, and until the minutes are
/// signed.
pub fn require_notes(actor: &Actor, conference: &Conference) -> Result<()> {
    if !actor.is_secretariat_of(conference.cluster_id) {
        return Err(AppError::Forbidden(whose(Action::Plan).to_owned()));
    }
    require_open_year(conference.year_is_open)?;
    match conference.state {
        State::InSession | State::Ended => Ok(()),
        State::Planned | State::Invited => Err(AppError::conflict("Hội nghị chưa khai mạc.")),
        State::Signed => Err(AppError::conflict("Biên bản đã ký, không sửa được nữa.")),
    }
}

/// Makes sure that this person may set the day of the hand-over now.
pub fn require_hand_over(actor: &Actor, conference: &Conference) -> Result<()> {
    if !(actor.is_secretariat_of(conference.cluster_id) || actor.is_standing_office) {
        return Err(AppError::Forbidden(
            "Chỉ đơn vị cụm trưởng đương nhiệm và Thường trực Hội đồng được ghi việc bàn giao.".to_owned(),
        ));
    }
    require_open_year(conference.year_is_open)?;
    if conference.content.is_none() {
        return Err(AppError::conflict(
            "Chưa có kết quả hội nghị nên chưa biết bàn giao cho ai.",
        ));
    }
    if conference.hand_over.is_some() {
        return Err(AppError::conflict("Việc bàn giao đã được ghi."));
    }
    Ok(())
}

/// Who reads what goes along with a hand-over: both sides, and those who oversee the cluster. It holds names and addresses.
#[must_use]
pub fn reads_hand_over(actor: &Actor, conference: &Conference, giver: Option<UnitId>) -> bool {
    let taker = conference.content.as_ref().map(|content| content.next_lead.id);
    let is_side = [giver, taker].into_iter().flatten().any(|unit| actor.is_of(unit));
    is_side || oversees(actor, conference)
}

/// A side of the hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The lead that hands over.
    Giver,
    /// The lead that takes over.
    Taker,
}

/// Makes sure that this person may say for a side that all was handed over. `giver` is the unit that led the year.
pub fn require_side(actor: &Actor, conference: &Conference, side: Side, giver: Option<UnitId>) -> Result<()> {
    let next = conference.content.as_ref().map(|c| c.next_lead.id);
    let unit = match side {
        Side::Giver => giver,
        Side::Taker => next,
    };
    if !unit.is_some_and(|unit| actor.is_of(unit)) {
        return Err(AppError::Forbidden(
            match side {
                Side::Giver => "Chỉ đơn vị cụm trưởng bàn giao xác nhận đã giao đủ.",
                Side::Taker => "Chỉ đơn vị cụm trưởng mới xác nhận đã nhận đủ.",
            }
            .to_owned(),
        ));
    }
    let Some(hand_over) = &conference.hand_over else {
        return Err(AppError::conflict("Chưa ghi ngày bàn giao."));
    };
    let is_said = match side {
        Side::Giver => hand_over.given.is_some(),
        Side::Taker => hand_over.taken.is_some(),
    };
    if is_said {
        return Err(AppError::conflict("Đơn vị đã xác nhận rồi."));
    }
    Ok(())
}

/// Makes sure that this person may attach papers of the conference now.
pub fn require_papers(actor: &Actor, conference: &Conference) -> Result<()> {
    if !actor.is_secretariat_of(conference.cluster_id) {
        return Err(AppError::Forbidden(whose(Action::Plan).to_owned()));
    }
    require_open_year(conference.year_is_open)?;
    if conference.state == State::Signed {
        return Err(AppError::conflict("Biên bản đã ký, tài liệu hội nghị đã khóa."));
    }
    Ok(())
}

/// Whether the notes on the agenda may be known: while it goes on to those who oversee, then to all who see the year.
#[must_use]
pub fn sees_notes(actor: &Actor, conference: &Conference) -> bool {
    conference.state.is_over() || oversees(actor, conference)
}
