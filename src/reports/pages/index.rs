//! All reports of a year: every member with its state; the figures only where they may be seen.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        access,
        model::{Period, Report, State},
        progress::Score,
        queries::{self, Summary},
    },
    IndexPath, title,
};
use crate::{
    kit::{
        clock,
        error::{AppError, Result},
    },
    papers::{self, Awaited},
    web::{Visit, filters, page, shell::Shell},
    years::{Deadline, Member, Office, Year, access as year_access, find_year},
};

#[derive(Template)]
#[template(path = "reports/index.html")]
struct IndexPage {
    shell: Shell,
    year: Year,
    period: Period,
    deadline: Option<Deadline>,
    rows: Vec<Row>,
    missing: Vec<String>,
    reminder: Option<String>,
    /// Whether the cluster's report on the year can be drafted from here.
    drafts_summary: bool,
    /// Whether there is anything to urge in a letter: it is the time for it, or somebody has begun.
    has_letter: bool,
}

impl IndexPage {
    fn title(&self) -> String {
        title(self.period, self.year.year)
    }

    /// Whether the year has reports on another period than these.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn is_other(&self, period: &Period) -> bool {
        *period != self.period && period.is_in(&self.year)
    }
}

/// A member with what may be known of its report.
struct Row {
    member: Member,
    office: Option<Office>,
    state: State,
    is_begun: bool,
    is_own: bool,
    /// Whether it belongs to the cluster when the report is due.
    is_awaited: bool,
    submitted: String,
    late_days: i32,
    /// Where the content may be seen.
    content: Option<ContentLine>,
}

struct ContentLine {
    score: Score,
    additions: usize,
    open_estimates: usize,
}

pub(super) async fn index(path: IndexPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    if !path.period.is_in(&year) {
        return Err(AppError::NotFound);
    }
    let actor = visit.actor()?;
    let visible = queries::of_year(&mut db, actor, &year, path.period).await?;
    let summaries = queries::summaries(&mut db, year.id, Some(path.period)).await?;
    let rows: Vec<Row> = year
        .members
        .iter()
        .map(|member| {
            let summary = summaries.iter().find(|s| s.unit_id == member.unit_id);
            let seen = visible.iter().find(|r| r.unit_id == member.unit_id);
            let mut line = row(
                member,
                year.office_of(member.unit_id),
                summary,
                seen,
                actor.is_of(member.unit_id),
            );
            line.is_awaited = path.period.is_asked_of(&year, member);
            line
        })
        .collect();
    let missing: Vec<String> = rows
        .iter()
        .filter(|row| row.state.is_open_to_unit() && row.is_awaited)
        .map(|row| row.member.place.clone())
        .collect();
    let deadline = year.plan(path.period.step()).map(|p| Deadline {
        opens_on: p.opens_on,
        due_on: p.due_on,
        late_is: p.late_is,
    });
    let what = match path.period {
        Period::Annual => "báo cáo tổng kết",
        Period::Midyear => "báo cáo 6 tháng",
    };
    let reminder = (year_access::is_secretariat(actor, &year) && year.is_open())
        .then(|| papers::reminder(&year, what, deadline, &awaited(&rows), visit.now))
        .flatten();
    let is_begun = |row: &Row| row.is_begun && row.is_awaited && !row.is_own && row.state.is_open_to_unit();
    let has_letter = path.period.is_time(&year, visit.now) || rows.iter().any(is_begun);
    page(&IndexPage {
        shell: visit.shell_in(&year.place()),
        drafts_summary: access::drafts_summary(actor, &year, path.period, summaries.iter().map(|s| s.state)),
        has_letter,
        year,
        period: path.period,
        deadline,
        rows,
        missing,
        reminder,
    })
}

/// Whom a reminder is for. The secretariat's own unit knows.
fn awaited(rows: &[Row]) -> Awaited {
    let places = |state: State| {
        rows.iter()
            .filter(|row| row.state == state && row.is_awaited && !row.is_own)
            .map(|row| row.member.place.clone())
            .collect()
    };
    Awaited {
        missing: places(State::Draft),
        returned: places(State::Returned),
    }
}

fn row(
    member: &Member,
    office: Option<Office>,
    summary: Option<&Summary>,
    seen: Option<&Report>,
    is_own: bool,
) -> Row {
    Row {
        member: member.clone(),
        office,
        state: summary.map_or(State::Draft, |s| s.state),
        is_begun: summary.is_some(),
        is_own,
        is_awaited: true,
        submitted: summary
            .and_then(|s| s.submitted_at)
            .map(|at| clock::short_date_text(clock::day(at)))
            .unwrap_or_default(),
        late_days: summary.and_then(|s| s.late_days).unwrap_or(0),
        content: seen
            .filter(|r| r.state != State::Draft)
            .and_then(|r| Some((r.period, r.content.as_ref()?)))
            .map(|(period, c)| ContentLine {
                score: Score::of(c, period),
                additions: c.additions.len(),
                open_estimates: c.open_estimates(),
            }),
    }
}
