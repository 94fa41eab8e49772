//! Who sees a nomination and its dossier, and who may do what to it. Pure.

use super::{
    model::{Nomination, Part, State},
    workflow::Action,
};
use crate::{
    eligibility::RemarkKind,
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether the dossier may be known to this person; who may not gets the same 404 as for one that doesn't exist.
///
/// The nominated unit, the secretariat, the patron and the standing office see it at any time; members of VUSTA's
/// council once it is put before them. A post that has ended, or the post in a successor, shows it in closed years.
#[must_use]
pub fn sees(actor: &Actor, nomination: &Nomination) -> bool {
    is_concerned(actor, nomination) || reviews(actor, nomination)
}

/// Those whose own matter it is, or who oversee the cluster.
fn is_concerned(actor: &Actor, nomination: &Nomination) -> bool {
    let own = actor.is_of(nomination.unit_id);
    let was_own = !nomination.year_is_open && actor.archive_of.contains(&nomination.unit_id);
    own || was_own
        || actor.is_secretariat_of(nomination.cluster_id)
        || actor.is_patron_of(nomination.cluster_id)
}

/// Those who appraise it, or vote on it.
fn reviews(actor: &Actor, nomination: &Nomination) -> bool {
    actor.is_standing_office || (actor.is_council_member && nomination.state.is_before_council())
}

/// Whether the dossier itself may be opened. Whoever appraises or votes has no business in the dossier of a unit with which
/// there is a conflict of interest; the unit's own people, its cluster's and its patron come by another door.
#[must_use]
pub fn opens(actor: &Actor, nomination: &Nomination) -> bool {
    let is_free = !actor.has_conflict_with(nomination.unit_id);
    is_concerned(actor, nomination) || (is_free && reviews(actor, nomination))
}

/// The error for those who may know of a dossier and may not open it.
pub fn require_open(actor: &Actor, nomination: &Nomination) -> Result<()> {
    if opens(actor, nomination) {
        Ok(())
    } else {
        Err(AppError::Forbidden(CONFLICT.to_owned()))
    }
}

const CONFLICT: &str = "Anh/chị có xung đột lợi ích với đơn vị này nên không mở và không thẩm định hồ sơ của đơn vị; người khác của Thường trực Hội đồng làm việc này.";

/// Whether the nomination's name, votes and state may be known: members of the cluster see what it acclaimed. Persons are
/// their unit's own matter until they are awarded.
#[must_use]
pub fn lists(actor: &Actor, nomination: &Nomination, is_member: bool) -> bool {
    let was_acclaimed = nomination.state.was_acclaimed() && nomination.person.is_none();
    sees(actor, nomination) || (is_member && was_acclaimed)
}

/// Whether this person may do this to a nomination like this, whatever its state.
#[must_use]
pub fn may(actor: &Actor, action: Action, nomination: &Nomination) -> bool {
    match action {
        Action::Acclaim | Action::Refuse | Action::Submit => actor.is_secretariat_of(nomination.cluster_id),
        Action::Attach => actor.is_of(nomination.unit_id) || actor.is_secretariat_of(nomination.cluster_id),
        Action::Withdraw | Action::PutForward => actor.leads(nomination.unit_id),
        Action::Return | Action::FindEligible | Action::FindIneligible => {
            actor.is_standing_office && !actor.has_conflict_with(nomination.unit_id)
        }
        // What the council voted and what was decided is only written down.
        Action::Pass | Action::Reject | Action::Decide | Action::Award | Action::Cancel | Action::Release => {
            actor.is_standing_office
        }
    }
}

/// Whether this person may take a file of this part off again: each side keeps its hands off the other's papers.
#[must_use]
pub fn may_remove(actor: &Actor, part: Part, nomination: &Nomination) -> bool {
    if nomination.is_of_unit(part) {
        actor.is_of(nomination.unit_id)
    } else {
        actor.is_secretariat_of(nomination.cluster_id)
    }
}

/// Who may, for the page that refuses.
fn whose(actor: &Actor, action: Action) -> &'static str {
    match action {
        Action::Return | Action::FindEligible | Action::FindIneligible if actor.is_standing_office => {
            CONFLICT
        }
        Action::PutForward => "Chỉ lãnh đạo của đơn vị được đề nghị khen thưởng cá nhân của đơn vị.",
        Action::Acclaim | Action::Refuse => "Chỉ đơn vị cụm trưởng đương nhiệm ghi kết quả hội nghị.",
        Action::Submit => "Chỉ đơn vị cụm trưởng đương nhiệm được trình hồ sơ khen thưởng.",
        Action::Attach => "Chỉ đơn vị được đề nghị và đơn vị cụm trưởng được bổ sung hồ sơ này.",
        Action::Withdraw => "Chỉ lãnh đạo của đơn vị được đề nghị được rút hồ sơ.",
        Action::Return | Action::FindEligible | Action::FindIneligible => {
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng được thẩm định hồ sơ."
        }
        Action::Pass | Action::Reject => {
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng ghi kết quả của Hội đồng."
        }
        Action::Decide | Action::Award | Action::Cancel | Action::Release => {
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng ghi quyết định và việc trao tặng."
        }
    }
}

/// The state after the action, or the error that says why not: 403 for a wrong person, 409 for a wrong state.
pub fn require(actor: &Actor, action: Action, nomination: &Nomination) -> Result<State> {
    if !may(actor, action, nomination) {
        return Err(AppError::Forbidden(whose(actor, action).to_owned()));
    }
    if action.needs_open_year() && !nomination.year_is_open {
        return Err(AppError::conflict(
            "Năm thi đua này đã khép lại: hồ sơ chỉ còn để xem.",
        ));
    }
    nomination.state.after(action).ok_or_else(|| {
        AppError::Conflict(format!(
            "Không “{}” được vì đề nghị của {} hiện ở trạng thái “{}”. {}",
            action.label(),
            nomination.nominee(),
            nomination.state_label(),
            nomination.state.whose_turn()
        ))
    })
}

/// Whether the page offers the button.
#[must_use]
pub fn offers(actor: &Actor, action: Action, nomination: &Nomination) -> bool {
    require(actor, action, nomination).is_ok()
}

/// What VUSTA's standing office can find of a nomination now, if it may.
#[must_use]
pub fn findings(actor: &Actor, nomination: &Nomination) -> Vec<Action> {
    [Action::FindEligible, Action::FindIneligible, Action::Return]
        .into_iter()
        .filter(|action| offers(actor, *action, nomination))
        .collect()
}

/// The error for those who may find nothing.
pub fn require_appraisal(actor: &Actor, nomination: &Nomination) -> Result<()> {
    if findings(actor, nomination).is_empty() {
        require(actor, Action::FindEligible, nomination)?;
    }
    Ok(())
}

/// Whether the dossier is still on its way to a decision.
fn is_under_way(nomination: &Nomination) -> bool {
    nomination.year_is_open
        && matches!(
            nomination.state,
            State::Acclaimed | State::Submitted | State::Returned | State::Eligible
        )
}

/// Whether this person may note such a thing of a condition: the secretariat vouches, VUSTA vouches and waives.
#[must_use]
pub fn may_remark(actor: &Actor, kind: RemarkKind, nomination: &Nomination) -> bool {
    let vouches = actor.is_secretariat_of(nomination.cluster_id) && kind == RemarkKind::Attested;
    let appraises = actor.is_standing_office && !actor.has_conflict_with(nomination.unit_id);
    is_under_way(nomination) && (vouches || appraises)
}

/// The error for those who may not.
pub fn require_remark(actor: &Actor, kind: RemarkKind, nomination: &Nomination) -> Result<()> {
    if may_remark(actor, kind, nomination) {
        return Ok(());
    }
    if !is_under_way(nomination) {
        return Err(over(nomination));
    }
    if actor.is_standing_office && actor.has_conflict_with(nomination.unit_id) {
        return Err(AppError::Forbidden(CONFLICT.to_owned()));
    }
    Err(AppError::Forbidden(
        match kind {
            RemarkKind::Attested => "Chỉ đơn vị cụm trưởng và Thường trực Hội đồng xác nhận điều kiện.",
            RemarkKind::Waived => "Chỉ Thường trực Hội đồng cho miễn điều kiện.",
        }
        .to_owned(),
    ))
}

/// Whether this person may note whom the dossier names.
#[must_use]
pub fn may_name(actor: &Actor, nomination: &Nomination) -> bool {
    is_under_way(nomination)
        && (actor.is_of(nomination.unit_id) || actor.is_secretariat_of(nomination.cluster_id))
}

/// The error for those who may not.
pub fn require_naming(actor: &Actor, nomination: &Nomination) -> Result<()> {
    if may_name(actor, nomination) {
        Ok(())
    } else if is_under_way(nomination) {
        Err(AppError::Forbidden(
            "Chỉ đơn vị được đề nghị và đơn vị cụm trưởng ghi căn cứ của cá nhân trong hồ sơ.".to_owned(),
        ))
    } else {
        Err(over(nomination))
    }
}

/// Consent can be taken back at any time, after the decision too.
pub fn require_ending(actor: &Actor, nomination: &Nomination) -> Result<()> {
    if may_end(actor, nomination) {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Chỉ đơn vị được đề nghị, đơn vị cụm trưởng và Thường trực Hội đồng ghi việc rút đồng ý."
                .to_owned(),
        ))
    }
}

/// Whether this person may note that a consent was taken back.
#[must_use]
pub fn may_end(actor: &Actor, nomination: &Nomination) -> bool {
    actor.is_of(nomination.unit_id)
        || actor.is_secretariat_of(nomination.cluster_id)
        || actor.is_standing_office
}

fn over(nomination: &Nomination) -> AppError {
    AppError::Conflict(format!(
        "Hồ sơ này hiện “{}” nên không ghi thêm được.",
        nomination.state_label()
    ))
}
