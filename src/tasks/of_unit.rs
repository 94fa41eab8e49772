//! What the officers and leaders of a unit have to do in a year.

use super::model::Task;
use crate::{
    kit::clock::Moment,
    overview::Facts,
    people::Actor,
    registrations,
    years::{LateIs, Member, Step, Year},
};

/// The tasks of every member unit in which the person holds a post.
pub(super) fn tasks(actor: &Actor, year: &Year, facts: &Facts, now: Moment) -> Vec<Task> {
    let mine = year.members.iter().filter(|m| actor.is_of(m.unit_id));
    mine.filter_map(|member| registration(actor, year, member, facts, now))
        .collect()
}

/// What happens to a paper that comes late, in words.
pub(super) fn if_late(year: &Year, step: Step, member: &Member) -> &'static str {
    match year.deadline(step, member.unit_id).map(|d| d.late_is) {
        Some(LateIs::Refused) => "Sau hạn hệ thống không nhận nữa.",
        Some(LateIs::Marked) => "Sau hạn vẫn nộp được nhưng ghi chậm.",
        None => "",
    }
}

fn registration(actor: &Actor, year: &Year, member: &Member, facts: &Facts, now: Moment) -> Option<Task> {
    use registrations::State;
    let due = year
        .deadline(Step::Registration, member.unit_id)
        .map(|d| d.due_on);
    let href = format!("{}/dang-ky/{}", year.path(), member.slug);
    let late = if_late(year, Step::Registration, member);
    let hand_in = if actor.leads(member.unit_id) {
        ""
    } else {
        " Lãnh đạo đơn vị nộp."
    };
    let title = format!("Nộp đăng ký thi đua năm {}", year.year);
    match facts.registration(member.unit_id).map(|r| r.state) {
        None => Some(Task::due(
            title,
            format!("Chưa viết. {late}{hand_in}"),
            due,
            now,
            format!("{href}/sua"),
            "Bắt đầu",
        )),
        Some(State::Draft) => Some(Task::due(
            title,
            format!("Đã có bản nháp. {late}{hand_in}"),
            due,
            now,
            format!("{href}/sua"),
            "Viết tiếp",
        )),
        Some(State::Returned) => {
            let text = "Cụm trưởng trả lại; chỉ các mục được nêu mở để sửa.".to_owned();
            Some(
                Task::due(
                    "Sửa và nộp lại đăng ký thi đua".to_owned(),
                    text,
                    due,
                    now,
                    href,
                    "Mở mục bị trả",
                )
                .returned(),
            )
        }
        Some(State::Submitted | State::Accepted | State::Forwarded) => None,
    }
}
