//! Who may see and do what with scores. Pure: pages, files, counts, pictures and exports all ask here.
//!
//! Before the calendar's conference step opens, a unit's points are known to the unit itself, to those who appraise it,
//! to the secretariat, the patron and the standing office. From that day on, and where the conference has confirmed
//! them, all members of the cluster know them.

use super::{
    model::{OfCriterion, Scoring, Sheet, State},
    workflow::Action,
};
use crate::{
    kit::{
        clock::{self, Moment},
        error::{AppError, Result},
    },
    papers::{Audience, access as papers_access},
    people::Actor,
    years::{Step, Year, access::is_member},
};

/// Whether the calendar shows the points of appraised units to all members at this moment: since the conference's step has
/// opened. A year without that step shows them once they are confirmed.
#[must_use]
pub fn are_open(year: &Year, now: Moment) -> bool {
    year.steps
        .iter()
        .find(|plan| plan.step == Step::Conference)
        .is_some_and(|plan| clock::day(now) >= plan.opens_on)
}

/// Whether this person appraises the unit: as one of the unit named for it, or of the working group. Never one's own unit.
#[must_use]
pub fn appraises<L: OfCriterion>(actor: &Actor, scoring: &Scoring, sheet: &Sheet<L>) -> bool {
    let Some(appraiser) = scoring.appraiser_of(sheet.unit_id) else {
        return false;
    };
    let is_own = actor.is_of(sheet.unit_id) || actor.archive_of.contains(&sheet.unit_id);
    !is_own
        && match appraiser.appraiser_unit_id {
            Some(unit) => actor.is_of(unit),
            None => scoring.group.contains(&actor.id),
        }
}

/// Whether the points may be known to this person. Who may not gets the same 404 as for a sheet that doesn't exist.
#[must_use]
pub fn sees<L: OfCriterion>(
    actor: &Actor,
    year: &Year,
    scoring: &Scoring,
    sheet: &Sheet<L>,
    now: Moment,
) -> bool {
    let audience = match sheet.state {
        State::Draft => Audience::Unit,
        State::Appraised if are_open(year, now) => Audience::Members,
        State::Locked => Audience::Members,
        State::SelfScored | State::UnderAppraisal | State::AwaitingExplanation | State::Appraised => {
            Audience::Overseers
        }
    };
    let holder = papers_access::Holder {
        unit_id: sheet.unit_id,
        cluster_id: sheet.cluster_id,
        year_is_open: sheet.year_is_open,
    };
    papers_access::sees(actor, holder, audience, is_member(actor, year))
        || (sheet.state != State::Draft && appraises(actor, scoring, sheet))
}

/// Whether this person may do this to a sheet like this, whatever its state.
#[must_use]
pub fn may<L: OfCriterion>(actor: &Actor, action: Action, scoring: &Scoring, sheet: &Sheet<L>) -> bool {
    match action {
        Action::Save | Action::Explain => actor.is_of(sheet.unit_id),
        Action::Submit | Action::Withdraw => actor.leads(sheet.unit_id),
        Action::Appraise | Action::Ask | Action::Finish => appraises(actor, scoring, sheet),
        Action::Reopen | Action::Lock => actor.is_secretariat_of(sheet.cluster_id),
    }
}

/// Who may, for the page that refuses.
fn whose(action: Action) -> &'static str {
    match action {
        Action::Save => "Chỉ cán bộ phụ trách và lãnh đạo của chính đơn vị được tự chấm điểm.",
        Action::Submit => {
            "Chỉ lãnh đạo đơn vị được nộp bảng tự chấm. Bản nháp đã lưu vẫn còn; xin báo lãnh đạo đơn vị vào nộp."
        }
        Action::Withdraw => "Chỉ lãnh đạo đơn vị được rút bảng tự chấm đã nộp.",
        Action::Appraise | Action::Ask | Action::Finish => {
            "Chỉ người của bên được phân công thẩm định đơn vị này được chấm. Không ai thẩm định đơn vị của chính mình."
        }
        Action::Explain => "Chỉ người của chính đơn vị được giải trình.",
        Action::Reopen | Action::Lock => {
            "Chỉ đơn vị cụm trưởng đương nhiệm được mở lại thẩm định và chốt điểm tại hội nghị."
        }
    }
}

/// The state after the action, or the error that says why not: 403 for a wrong person, 409 for a wrong state.
pub fn require<L: OfCriterion>(
    actor: &Actor,
    action: Action,
    scoring: &Scoring,
    sheet: &Sheet<L>,
) -> Result<State> {
    if !may(actor, action, scoring, sheet) {
        return Err(AppError::Forbidden(whose(action).to_owned()));
    }
    if !sheet.year_is_open {
        return Err(AppError::conflict(
            "Năm thi đua này đã khép lại: điểm chỉ còn để xem.",
        ));
    }
    sheet.state.after(action).ok_or_else(|| {
        AppError::Conflict(format!(
            "Không “{}” được vì bảng điểm hiện ở trạng thái “{}”. {}",
            action.label(),
            sheet.state.label(),
            sheet.state.whose_turn()
        ))
    })
}

/// Whether the page offers the button.
#[must_use]
pub fn offers<L: OfCriterion>(actor: &Actor, action: Action, scoring: &Scoring, sheet: &Sheet<L>) -> bool {
    require(actor, action, scoring, sheet).is_ok()
}

/// Makes sure that this person runs the scoring of the year: opens it, names appraisers, says what doesn't apply.
pub fn require_secretariat(actor: &Actor, year: &Year) -> Result<()> {
    if !actor.is_secretariat_of(year.cluster.id) {
        return Err(AppError::Forbidden(
            "Chỉ đơn vị cụm trưởng đương nhiệm được mở và điều hành việc chấm điểm.".to_owned(),
        ));
    }
    if !year.is_open() {
        return Err(AppError::conflict(
            "Năm thi đua này đã khép lại: điểm chỉ còn để xem.",
        ));
    }
    Ok(())
}

/// Whether the place of every unit may be known: only where all sheets may.
#[must_use]
pub fn sees_standing<L: OfCriterion>(
    actor: &Actor,
    year: &Year,
    scoring: &Scoring,
    sheets: &[Sheet<L>],
    now: Moment,
) -> bool {
    year.members.iter().all(|member| {
        sheets
            .iter()
            .find(|s| s.unit_id == member.unit_id)
            .is_some_and(|s| sees(actor, year, scoring, s, now))
    })
}

/// Whether every member may know the points of every unit: confirmed, or appraised and the calendar has opened them.
#[must_use]
pub fn are_published<L: OfCriterion>(year: &Year, sheets: &[Sheet<L>], now: Moment) -> bool {
    let is_open = are_open(year, now);
    year.members.iter().all(|member| {
        let sheet = sheets.iter().find(|sheet| sheet.unit_id == member.unit_id);
        sheet.is_some_and(|sheet| match sheet.state {
            State::Locked => true,
            State::Appraised => is_open,
            _ => false,
        })
    })
}

/// The day from which all members know the points, as people write it; empty where the calendar doesn't say.
#[must_use]
pub fn opens_on(year: &Year) -> String {
    year.steps
        .iter()
        .find(|plan| plan.step == Step::Conference)
        .map(|plan| clock::date_text(plan.opens_on))
        .unwrap_or_default()
}

/// Whether this person may try other weights: the secretariat, and the standing office.
#[must_use]
pub fn may_try(actor: &Actor, year: &Year) -> bool {
    actor.is_secretariat_of(year.cluster.id) || actor.is_standing_office
}
