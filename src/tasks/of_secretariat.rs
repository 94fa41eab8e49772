//! What the unit that leads the cluster has to do in a year.

use super::{model::Task, of_conferences};
use crate::{
    consolidations,
    ids::UnitId,
    kit::clock::{self, Moment},
    nominations,
    overview::Facts,
    people::Actor,
    registrations,
    reports::{self, Period},
    years::{Step, Year},
};

/// The tasks of the secretariat.
pub(super) fn tasks(actor: &Actor, year: &Year, facts: &Facts, now: Moment) -> Vec<Task> {
    if actor.is_secretariat_of(year.cluster.id) {
        waiting(year, facts, now)
    } else {
        Vec::new()
    }
}

/// What waits for the lead of a year, whoever leads.
pub(super) fn waiting(year: &Year, facts: &Facts, now: Moment) -> Vec<Task> {
    [
        receive_registrations(year, facts, now),
        remind(year, facts, now),
        consolidate(year, facts, now),
        receive_reports(year, facts, now, Period::Midyear),
        receive_reports(year, facts, now, Period::Annual),
        dossiers(year, facts, now),
    ]
    .into_iter()
    .flatten()
    .chain(of_conferences::of_secretariat(year, facts, now))
    .collect()
}

/// The places of units, in the order of the year.
pub(super) fn places(year: &Year, is_among: impl Fn(UnitId) -> bool) -> Vec<&str> {
    year.members
        .iter()
        .filter(|m| is_among(m.unit_id))
        .map(|m| m.place.as_str())
        .collect()
}

fn receive_registrations(year: &Year, facts: &Facts, now: Moment) -> Option<Task> {
    let waiting = places(year, |unit| {
        facts
            .registration(unit)
            .is_some_and(|r| r.state == registrations::State::Submitted)
    });
    if waiting.is_empty() {
        return None;
    }
    let title = format!("Tiếp nhận {} đăng ký thi đua", waiting.len());
    let text = format!("Chờ tiếp nhận hoặc trả lại: {}.", waiting.join(", "));
    let due = year.plan(Step::Consolidation).map(|p| p.due_on);
    Some(Task::due(
        title,
        text,
        due,
        now,
        format!("{}/dang-ky", year.path()),
        "Xem đăng ký",
    ))
}

fn receive_reports(year: &Year, facts: &Facts, now: Moment, period: Period) -> Option<Task> {
    let waiting = places(year, |unit| {
        facts
            .report(unit, period)
            .is_some_and(|r| r.state == reports::State::Submitted)
    });
    if waiting.is_empty() {
        return None;
    }
    let title = format!("Tiếp nhận {} {}", waiting.len(), period.label().to_lowercase());
    let text = format!("Chờ tiếp nhận hoặc trả lại: {}.", waiting.join(", "));
    let next = match period {
        Period::Annual => Step::Appraisal,
        Period::Midyear => Step::MidyearConference,
    };
    let due = year.plan(next).map(|p| p.due_on);
    Some(Task::due(
        title,
        text,
        due,
        now,
        format!("{}/bao-cao/{period}", year.path()),
        "Xem báo cáo",
    ))
}

fn dossiers(year: &Year, facts: &Facts, now: Moment) -> Option<Task> {
    use nominations::State;
    let waiting = |state| facts.nominations.iter().filter(|n| n.state == state).count();
    let (fresh, returned) = (waiting(State::Acclaimed), waiting(State::Returned));
    if fresh + returned == 0 {
        return None;
    }
    let plan = year.plan(Step::Dossiers).map(|p| p.due_on);
    // The nearest day by which VUSTA awaits something again goes before the day of the year's plan.
    let due = facts
        .nominations
        .iter()
        .filter_map(|n| n.due_again)
        .min()
        .or(plan);
    let title = format!("Trình {} hồ sơ khen thưởng lên LHHVN", fresh + returned);
    let mut text =
        "Hồ sơ đủ thành phần mới trình được; danh mục trong từng hồ sơ cho biết còn thiếu gì.".to_owned();
    if returned > 0 {
        text = format!("{returned} hồ sơ bị trả lại để bổ sung. {text}");
    }
    let task = Task::due(
        title,
        text,
        due,
        now,
        format!("{}/khen-thuong", year.path()),
        "Mở hồ sơ",
    );
    Some(if returned > 0 { task.returned() } else { task })
}

fn remind(year: &Year, facts: &Facts, now: Moment) -> Option<Task> {
    let due = year.plan(Step::Registration)?.due_on;
    let missing = places(year, |unit| {
        facts.registration(unit).is_none_or(|r| r.state.is_open_to_unit())
    });
    if missing.is_empty()
        || clock::day(now) < due - chrono::Duration::days(7)
        || !facts.consolidation.is_live()
    {
        return None;
    }
    let title = format!("Nhắc {} đơn vị chưa nộp đăng ký", missing.len());
    let text = format!("{}. Lời nhắc cho nhóm Zalo đã soạn sẵn.", missing.join(", "));
    Some(Task::due(
        title,
        text,
        Some(due),
        now,
        format!("{}/dang-ky", year.path()),
        "Lấy lời nhắc",
    ))
}

fn consolidate(year: &Year, facts: &Facts, now: Moment) -> Option<Task> {
    let taken = places(year, |unit| {
        facts
            .registration(unit)
            .is_some_and(|r| r.state == registrations::State::Accepted)
    })
    .len();
    let due = year.plan(Step::Consolidation).map(|p| p.due_on);
    let href = format!("{}/tong-hop-dang-ky", year.path());
    match facts.consolidation {
        consolidations::State::Draft if taken > 0 => {
            let text = format!(
                "{taken}/{} đơn vị đã vào bảng; bảng tự lập từ các đăng ký đã tiếp nhận.",
                year.members.len()
            );
            Some(Task::due(
                "Gửi bảng tổng hợp đăng ký cho LHHVN".to_owned(),
                text,
                due,
                now,
                href,
                "Mở bảng",
            ))
        }
        consolidations::State::Returned => {
            let text = "LHHVN trả lại kèm lý do; xử lý rồi gửi lại.".to_owned();
            Some(
                Task::due(
                    "Gửi lại bảng tổng hợp đăng ký".to_owned(),
                    text,
                    due,
                    now,
                    href,
                    "Mở bảng",
                )
                .returned(),
            )
        }
        _ => None,
    }
}
