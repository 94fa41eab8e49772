//! What the officers and leaders of a unit have to do in a year.

use chrono::Datelike;

use super::{model::Task, of_conferences, of_scoring};
use crate::{
    kit::clock::{self, Moment},
    nominations,
    overview::Facts,
    people::Actor,
    registrations,
    reports::{self, Period},
    years::{LateIs, Member, Step, Year},
};

/// The tasks of every member unit in which the person holds a post.
pub(super) fn tasks(actor: &Actor, year: &Year, facts: &Facts, now: Moment) -> Vec<Task> {
    let mine = year.members.iter().filter(|m| actor.is_of(m.unit_id));
    mine.flat_map(|member| {
        [
            registration(actor, year, member, facts, now),
            report(actor, year, member, facts, now, Period::Midyear),
            report(actor, year, member, facts, now, Period::Annual),
            of_scoring::own(year, member, facts, now),
        ]
        .into_iter()
        .flatten()
        .chain(dossiers(year, member, facts, now))
        .chain(of_scoring::appraisals(year, member, facts, now))
        .chain(of_conferences::of_unit(year, member, facts, now))
    })
    .chain(of_scoring::of_group(actor, year, facts, now))
    .collect()
}

/// What happens to a paper that comes late, in words.
pub(super) fn if_late(year: &Year, step: Step, member: &Member) -> &'static str {
    match year.deadline(step, member.unit_id).map(|d| d.late_is) {
        Some(LateIs::Refused) => "Sau hạn hệ thống không nhận nữa.",
        Some(LateIs::Marked) => "Sau hạn vẫn nộp được, hệ thống ghi nộp chậm.",
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
    let found = facts.registration(member.unit_id);
    let again = found.and_then(|r| r.due_again).or(due);
    match found.map(|r| r.state) {
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
                    again,
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

/// The dossiers of a unit that lack its part: before the first submission, or of what VUSTA asked for.
fn dossiers(year: &Year, member: &Member, facts: &Facts, now: Moment) -> Vec<Task> {
    let mine = facts.nominations.iter().filter(|n| n.unit_id == member.unit_id);
    mine.filter_map(|n| dossier(year, n, now)).collect()
}

fn dossier(year: &Year, nomination: &nominations::Summary, now: Moment) -> Option<Task> {
    use nominations::{Part, State};
    let person = nomination.person.as_ref();
    let whose = person.map(|name| format!(" cho {name}")).unwrap_or_default();
    let title = format!("Bổ sung hồ sơ đề nghị {}{whose}", nomination.award_name);
    let href = format!("/khen-thuong/{}", nomination.id);
    let due = year.plan(Step::Dossiers).map(|p| p.due_on);
    let is_own = |part: &Part| part.is_of_unit(person.is_some());
    let has = |part: &Part| nomination.parts.iter().any(|code| code == part.code());
    let mut required = Part::ALL
        .into_iter()
        .filter(|part| part.is_required() && is_own(part));
    match nomination.state {
        State::Acclaimed if required.any(|part| !has(&part)) => {
            let text = if person.is_some() {
                "Đơn vị đã bình xét: cần báo cáo thành tích và biên bản bình xét trước khi cụm trưởng trình."
            } else {
                "Đơn vị được suy tôn: cần báo cáo thành tích và minh chứng trước khi cụm trưởng trình."
            };
            Some(Task::due(title, text.to_owned(), due, now, href, "Mở hồ sơ"))
        }
        State::Returned => {
            let asked = nomination.asked.iter().filter_map(|code| Part::from_code(code));
            let own: Vec<&str> = asked.filter(is_own).map(Part::label).collect();
            // Where only the lead's papers are asked for, the lead has the task.
            (!own.is_empty()).then(|| {
                let text = format!(
                    "LHHVN trả lại, phần của đơn vị: {}. Bổ sung xong thì cụm trưởng trình lại.",
                    own.join(", ")
                );
                Task::due(title, text, nomination.due_again.or(due), now, href, "Mở hồ sơ").returned()
            })
        }
        _ => None,
    }
}

fn report(
    actor: &Actor,
    year: &Year,
    member: &Member,
    facts: &Facts,
    now: Moment,
    period: Period,
) -> Option<Task> {
    use reports::State;
    let deadline = year.deadline(period.step(), member.unit_id)?;
    let (due, href) = (
        Some(deadline.due_on),
        format!("{}/bao-cao/{period}/{}", year.path(), member.slug),
    );
    let late = if_late(year, period.step(), member);
    let hand_in = if actor.leads(member.unit_id) {
        ""
    } else {
        " Lãnh đạo đơn vị nộp."
    };
    let name = period.label().to_lowercase();
    let title = match period {
        Period::Annual => format!("Nộp {name} {}", year.year),
        Period::Midyear => format!("Nộp {name} năm {}", year.year),
    };
    let is_time = clock::day(now) >= deadline.opens_on;
    let found = facts.report(member.unit_id, period);
    let again = found.and_then(|r| r.due_again).or(due);
    match found.map(|r| r.state) {
        None if !is_time || member.to_date.is_some() => None,
        // Who came after the half year has nothing to tell of it; once the annual report is due nobody misses it.
        None if period == Period::Midyear && is_past(year, member, deadline.due_on, now) => None,
        None => {
            let text = format!(
                "Chưa viết; các chỉ tiêu phải báo cáo và chỉ tiêu đã đăng ký có sẵn. {late}{hand_in}"
            );
            Some(Task::due(title, text, due, now, format!("{href}/sua"), "Bắt đầu"))
        }
        Some(State::Draft) => {
            let text = format!("Đã có bản nháp. {late}{hand_in}");
            Some(Task::due(
                title,
                text,
                due,
                now,
                format!("{href}/sua"),
                "Viết tiếp",
            ))
        }
        Some(State::Returned) => {
            let text = "Cụm trưởng trả lại; chỉ các mục được nêu mở để sửa.".to_owned();
            Some(
                Task::due(
                    format!("Sửa và nộp lại {name}"),
                    text,
                    again,
                    now,
                    href,
                    "Mở mục bị trả",
                )
                .returned(),
            )
        }
        Some(State::Accepted)
            if period.is_closed_in_the_end()
                && clock::day(now).year() > year.year
                && actor.leads(member.unit_id) =>
        {
            let text = "Năm đã hết: thay các số “ước” bằng số chính thức rồi chốt.".to_owned();
            Some(Task::due(
                "Chốt số liệu báo cáo năm".to_owned(),
                text,
                None,
                now,
                href,
                "Mở báo cáo",
            ))
        }
        Some(State::Submitted | State::Accepted | State::Final) => None,
    }
}

/// Whether the report on six months isn't asked of this unit any more.
fn is_past(year: &Year, member: &Member, due_on: chrono::NaiveDate, now: Moment) -> bool {
    let annual = year.plan(Step::AnnualReport).map(|plan| plan.opens_on);
    !member.joined_by(due_on) || annual.is_some_and(|opens| clock::day(now) >= opens)
}
