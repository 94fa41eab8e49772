//! The page of a year: line of steps, matrix, calendar, rules.

use askama::Template;
use axum::response::Response;

use super::{
    facts::Facts,
    line::{StepView, line},
    matrix::{self, Row},
};
use crate::{
    kit::{clock, error::Result},
    reports::Period,
    web::{Pages, Visit, Who, filters, page, shell::Shell},
    years::{LateIs, Office, Step, Year, YearPath, access as year_access, find_year},
};

/// The pages of this feature.
#[must_use]
pub fn pages() -> Pages {
    Pages::new().get(Who::SignedIn, show)
}

#[derive(Template)]
#[template(path = "overview/show.html")]
struct ShowPage {
    shell: Shell,
    year: Year,
    line: Vec<StepView>,
    heads: Vec<&'static str>,
    rows: Vec<Row>,
    stats: Vec<Stat>,
    may_shape: bool,
    lead: String,
}

/// A figure above the matrix.
struct Stat {
    label: &'static str,
    number: String,
    note: String,
}

/// The tone of an office's badge.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
fn office_tone(office: &Office) -> &'static str {
    match office {
        Office::Lead => "returned",
        Office::Deputy => "waiting",
    }
}

async fn show(path: YearPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    let facts = Facts::of(&mut db, &year).await?;
    let actor = visit.actor()?;
    let patrons = if year.patrons.is_empty() {
        String::new()
    } else {
        format!(" · Phụ trách: {}", year.patrons.join(", "))
    };
    page(&ShowPage {
        shell: visit.shell_in(&year.place()),
        line: line(&year, &facts, visit.now, None),
        heads: matrix::heads(&year),
        rows: matrix::rows(actor, &year, &facts, visit.now),
        stats: stats(&year, &facts, visit.now),
        may_shape: year_access::may_shape(actor),
        lead: format!(
            "Cụm trưởng: {} · Cụm phó: {}{patrons}",
            year.names_in(Office::Lead),
            year.names_in(Office::Deputy)
        ),
        year,
    })
}

fn stats(year: &Year, facts: &Facts, now: clock::Moment) -> Vec<Stat> {
    let members = year.members.len();
    let registered = facts
        .registrations
        .iter()
        .filter(|r| !r.state.is_open_to_unit())
        .count();
    let reported = facts
        .reports
        .iter()
        .filter(|r| r.period == Period::Annual && !r.state.is_open_to_unit())
        .count();
    let flags = facts
        .nominations
        .iter()
        .filter(|n| n.award == "vusta_flag" && n.state.was_acclaimed())
        .count();
    let until = |step| {
        year.plan(step).map_or(String::new(), |plan| {
            let left = (plan.due_on - clock::day(now)).num_days();
            let date = clock::short_date_text(plan.due_on);
            if year.is_open() && left >= 0 {
                format!("hạn {date}, còn {left} ngày")
            } else {
                format!("hạn {date}")
            }
        })
    };
    vec![
        Stat {
            label: "Đã nộp đăng ký",
            number: format!("{registered} / {members}"),
            note: until(Step::Registration),
        },
        Stat {
            label: "Đã nộp báo cáo năm",
            number: format!("{reported} / {members}"),
            note: until(Step::AnnualReport),
        },
        Stat {
            label: "Cờ thi đua được suy tôn",
            number: flags.to_string(),
            note: format!("quy định năm {}: tối đa {}", year.year, year.rules.flag_quota),
        },
        Stat {
            label: "Tổng hợp đăng ký",
            number: facts.consolidation.label().to_owned(),
            note: until(Step::Consolidation),
        },
    ]
}
