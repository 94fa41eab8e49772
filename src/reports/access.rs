//! Who may do what to a report. Pure: buttons, pages, files, counts and exports all ask here.

use super::{
    model::{Period, Report, State},
    workflow::Action,
};
use crate::{
    kit::error::{AppError, Result},
    papers::access as papers_access,
    people::Actor,
    years::Year,
};

/// Whether the content may be known to this person. Who may not gets the same 404 as for one that doesn't exist.
#[must_use]
pub fn sees(actor: &Actor, report: &Report, is_member: bool) -> bool {
    let holder = papers_access::Holder {
        unit_id: report.unit_id,
        cluster_id: report.cluster_id,
        year_is_open: report.year_is_open,
    };
    papers_access::sees(actor, holder, report.state.audience(), is_member)
}

/// Whether it is this person's own unit's, also from the archive of a closed year.
#[must_use]
pub fn is_own(actor: &Actor, report: &Report) -> bool {
    let was_own = !report.year_is_open && actor.archive_of.contains(&report.unit_id);
    actor.is_of(report.unit_id) || was_own
}

/// Whether the years before are shown beside the figures, and what was asked about them: to the unit and to those who
/// take the report in. Other members see what was reported.
#[must_use]
pub fn sees_past(actor: &Actor, report: &Report) -> bool {
    is_own(actor, report)
        || actor.is_secretariat_of(report.cluster_id)
        || actor.is_patron_of(report.cluster_id)
        || actor.is_standing_office
}

/// Whether this person may do this to a report like this, whatever its state.
///
/// Figures are the unit's own: while something is estimated its leader closes the report with the final figures.
/// Where nothing is estimated there is nothing to write, and the secretariat closes it.
#[must_use]
pub fn may(actor: &Actor, action: Action, report: &Report) -> bool {
    match action {
        Action::Save => actor.is_of(report.unit_id),
        Action::Submit | Action::Withdraw => actor.leads(report.unit_id),
        Action::Return | Action::Accept => actor.is_secretariat_of(report.cluster_id),
        // Nobody's act any more: either hears that it is done, not that it was another's.
        Action::Finalise if report.state == State::Final => {
            actor.leads(report.unit_id) || actor.is_secretariat_of(report.cluster_id)
        }
        Action::Finalise if report.open_estimates() > 0 => actor.leads(report.unit_id),
        Action::Finalise => actor.is_secretariat_of(report.cluster_id),
    }
}

/// Who may, for the page that refuses.
fn whose(action: Action, report: &Report) -> &'static str {
    match action {
        Action::Save => "Chỉ cán bộ phụ trách và lãnh đạo của chính đơn vị được viết báo cáo.",
        Action::Submit => {
            "Chỉ lãnh đạo đơn vị được nộp báo cáo. Bản nháp đã lưu vẫn còn; xin báo lãnh đạo đơn vị vào nộp."
        }
        Action::Withdraw => "Chỉ lãnh đạo đơn vị được rút báo cáo đã nộp.",
        Action::Return | Action::Accept => {
            "Chỉ đơn vị cụm trưởng đương nhiệm được tiếp nhận và trả lại báo cáo."
        }
        Action::Finalise if report.open_estimates() > 0 => {
            "Báo cáo còn số liệu ước: chỉ lãnh đạo của chính đơn vị được nhập số chính thức và chốt."
        }
        Action::Finalise => "Báo cáo không còn số liệu ước: chỉ đơn vị cụm trưởng đương nhiệm được chốt.",
    }
}

/// The state after the action, or the error that says why not: 403 for a wrong person, 409 for a wrong state.
pub fn require(actor: &Actor, action: Action, report: &Report) -> Result<State> {
    if !may(actor, action, report) {
        return Err(AppError::Forbidden(whose(action, report).to_owned()));
    }
    if !report.year_is_open {
        return Err(AppError::conflict(
            "Năm thi đua này đã khép lại: hồ sơ chỉ còn để xem.",
        ));
    }
    if action == Action::Finalise && !report.period.is_closed_in_the_end() {
        return Err(AppError::conflict(
            "Báo cáo 6 tháng không chốt số liệu: số chính thức có trong báo cáo năm.",
        ));
    }
    report.state.after(action).ok_or_else(|| {
        AppError::Conflict(format!(
            "Không “{}” được vì báo cáo hiện ở trạng thái “{}”. {}",
            action.label(),
            report.state.label(),
            report.whose_turn()
        ))
    })
}

/// Whether the page offers the button.
#[must_use]
pub fn offers(actor: &Actor, action: Action, report: &Report) -> bool {
    require(actor, action, report).is_ok()
}

/// Whether this person drafts the cluster's report on its year now: whoever works for the secretariat, once a report of the
/// year was taken in.
#[must_use]
pub fn drafts_summary(
    actor: &Actor,
    year: &Year,
    period: Period,
    mut states: impl Iterator<Item = State>,
) -> bool {
    period == Period::Annual
        && actor.is_secretariat_of(year.cluster.id)
        && states.any(|state| matches!(state, State::Accepted | State::Final))
}
