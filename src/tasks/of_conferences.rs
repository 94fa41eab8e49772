//! What is to do for the conferences of a year: the units say who comes, the lead plans, invites, calls the roll.

use super::model::Task;
use crate::{
    conferences::{Kind, State, Summary},
    kit::clock::{self, Moment},
    overview::Facts,
    years::{Member, Step, Year},
};

/// What a unit has to do: from the invitation on it names its delegates, and brings the authorisation.
pub(super) fn of_unit(year: &Year, member: &Member, facts: &Facts, now: Moment) -> Vec<Task> {
    let invited = facts.conferences.iter().filter(|c| {
        let belongs = c
            .day
            .is_none_or(|day| year.members_on(day).iter().any(|m| m.unit_id == member.unit_id));
        c.state == State::Invited && belongs
    });
    invited.filter_map(|c| delegates(year, member, c, now)).collect()
}

fn delegates(year: &Year, member: &Member, conference: &Summary, now: Moment) -> Option<Task> {
    let label = conference.kind.label();
    let path = path_of(year, conference);
    let href = format!("{path}/dai-bieu/{}", member.slug);
    if !conference.answered.contains(&member.unit_id) {
        let text = "Cử người biểu quyết và người dự khuyết, hoặc báo vắng kèm lý do. Đơn vị không trả lời thì tính là vắng.";
        return Some(Task::due(
            format!("Cử đại biểu dự {label}"),
            text.to_owned(),
            conference.day,
            now,
            href,
            "Cử đại biểu",
        ));
    }
    let lacks = conference.without_authorisation.contains(&member.unit_id);
    lacks.then(|| {
        Task::due(
            format!("Gửi giấy ủy quyền dự {label}"),
            "Người biểu quyết không phải là người đứng đầu đơn vị nên cần giấy ủy quyền.".to_owned(),
            conference.day,
            now,
            format!("{href}#uy-quyen"),
            "Gửi giấy ủy quyền",
        )
    })
}

fn path_of(year: &Year, conference: &Summary) -> String {
    format!("{}/hoi-nghi/{}", year.path(), conference.slug)
}

/// What the unit that leads the cluster has to do.
pub(super) fn of_secretariat(year: &Year, facts: &Facts, now: Moment) -> Vec<Task> {
    let mut tasks: Vec<Task> = facts
        .conferences
        .iter()
        .filter_map(|c| of_conference(year, c, now))
        .collect();
    if facts.conference(Kind::Closing).is_none() {
        tasks.extend(begin_closing(year, facts, now));
    }
    tasks
}

fn begin_closing(year: &Year, facts: &Facts, now: Moment) -> Option<Task> {
    let plan = year.plan(Step::Conference)?;
    if facts.has_voted() || clock::day(now) < plan.opens_on {
        return None;
    }
    let text = "Lập chương trình, mời các đơn vị; hoặc ghi kết quả theo biên bản giấy sau khi họp.";
    Some(Task::due(
        "Họp tổng kết và suy tôn".to_owned(),
        text.to_owned(),
        Some(plan.due_on),
        now,
        format!("{}/hoi-nghi", year.path()),
        "Mở hội nghị",
    ))
}

fn of_conference(year: &Year, conference: &Summary, now: Moment) -> Option<Task> {
    let label = conference.kind.label();
    let path = path_of(year, conference);
    let due = conference.day.or_else(|| due_of(year, conference.kind));
    let silent = year
        .members
        .iter()
        .filter(|m| !conference.answered.contains(&m.unit_id) && m.to_date.is_none())
        .map(|m| m.place.as_str())
        .collect::<Vec<_>>();
    let is_today = conference.day.is_some_and(|day| day <= clock::day(now));
    match conference.state {
        State::Planned => Some(Task::due(
            format!("Mời {label}"),
            "Hoàn thành kế hoạch và chương trình rồi gửi giấy mời.".to_owned(),
            due,
            now,
            path,
            "Mở kế hoạch",
        )),
        State::Invited if is_today => Some(Task::due(
            format!("Điểm danh {label}"),
            "Điểm danh đại biểu, xem đủ điều kiện họp rồi khai mạc.".to_owned(),
            due,
            now,
            format!("{path}/diem-danh"),
            "Điểm danh",
        )),
        State::Invited if !silent.is_empty() => Some(Task::due(
            format!("Nhắc {} đơn vị cử đại biểu dự {label}", silent.len()),
            format!("Chưa trả lời giấy mời: {}.", silent.join(", ")),
            due,
            now,
            format!("{path}/dai-bieu"),
            "Xem đại biểu",
        )),
        State::Invited => Some(Task::due(
            format!("In thẻ đại biểu dự {label}"),
            "Mọi đơn vị đã trả lời. In thẻ, chuẩn bị phiếu và tài liệu.".to_owned(),
            due,
            now,
            format!("{path}/the-dai-bieu"),
            "In thẻ",
        )),
        State::InSession => Some(Task::due(
            format!("Điều hành {label}"),
            "Hội nghị đang họp.".to_owned(),
            Some(clock::day(now)),
            now,
            path,
            "Mở hội nghị",
        )),
        // A conference that was only recorded afterwards has its minutes on paper.
        State::Ended if conference.opened_at.is_some() => Some(Task::due(
            format!("Ký biên bản {label}"),
            "Xem lại biên bản; ký xong là khóa.".to_owned(),
            None,
            now,
            path,
            "Mở hội nghị",
        )),
        State::Ended | State::Signed => None,
    }
}

/// Until when the calendar wants it.
fn due_of(year: &Year, kind: Kind) -> Option<chrono::NaiveDate> {
    let step = match kind {
        Kind::Launch => Step::Covenant,
        Kind::Midyear => Step::MidyearConference,
        Kind::Closing => Step::Conference,
        Kind::Extraordinary => return None,
    };
    year.plan(step).map(|plan| plan.due_on)
}
