//! What a unit has to do about points: its own, and those of the unit that it appraises.

use super::model::Task;
use crate::{
    kit::clock::Moment,
    overview::Facts,
    people::Actor,
    scoring,
    years::{Member, Step, Year},
};

/// The unit's own points: to be given, or to be explained.
pub(super) fn own(year: &Year, member: &Member, facts: &Facts, now: Moment) -> Option<Task> {
    use scoring::State;
    let found = facts.scores.iter().find(|s| s.unit_id == member.unit_id)?;
    let href = format!("{}/cham-diem/{}", year.path(), member.slug);
    let step = |step| year.deadline(step, member.unit_id).map(|d| d.due_on);
    let title = format!("Tự chấm điểm năm {}", year.year);
    match found.state {
        None => Some(Task::due(
            title,
            "Điểm theo số liệu được tính sẵn từ báo cáo năm.".to_owned(),
            step(Step::AnnualReport),
            now,
            format!("{href}/sua"),
            "Bắt đầu",
        )),
        Some(State::Draft) => Some(Task::due(
            title,
            "Đã có bản nháp; lãnh đạo đơn vị nộp.".to_owned(),
            step(Step::AnnualReport),
            now,
            href,
            "Viết tiếp",
        )),
        Some(State::AwaitingExplanation) => Some(Task::due(
            "Giải trình điểm với bên thẩm định".to_owned(),
            "Bên thẩm định hỏi một số dòng; trả lời rồi họ chấm lần hai.".to_owned(),
            step(Step::Appraisal),
            now,
            format!("{href}/giai-trinh"),
            "Giải trình",
        )),
        Some(State::SelfScored | State::UnderAppraisal | State::Appraised | State::Locked) => None,
    }
}

/// Other units' points that this unit appraises.
pub(super) fn appraisals(year: &Year, member: &Member, facts: &Facts, now: Moment) -> Vec<Task> {
    let named = |s: &&scoring::Summary| s.appraiser_unit_id == Some(member.unit_id);
    facts
        .scores
        .iter()
        .filter(named)
        .filter_map(|s| appraisal(year, s, now))
        .collect()
}

/// The points that this person appraises as one of the working group.
pub(super) fn of_group(actor: &Actor, year: &Year, facts: &Facts, now: Moment) -> Vec<Task> {
    let asked = |s: &&scoring::Summary| s.group.contains(&actor.id) && !actor.is_of(s.unit_id);
    facts
        .scores
        .iter()
        .filter(asked)
        .filter_map(|s| appraisal(year, s, now))
        .collect()
}

fn appraisal(year: &Year, scored: &scoring::Summary, now: Moment) -> Option<Task> {
    use scoring::State;
    if !matches!(scored.state, Some(State::SelfScored | State::UnderAppraisal)) {
        return None;
    }
    let unit = year.member_of(scored.unit_id)?;
    Some(Task::due(
        format!("Thẩm định điểm của {}", unit.place),
        "Nhận điểm tự chấm, hoặc chấm khác kèm lý do; chỗ chưa rõ thì yêu cầu giải trình.".to_owned(),
        year.plan(Step::Appraisal).map(|plan| plan.due_on),
        now,
        format!("{}/cham-diem/{}/tham-dinh", year.path(), unit.slug),
        "Thẩm định",
    ))
}
