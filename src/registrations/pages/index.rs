//! All registrations of a year: every member with its state; the content only where it may be seen.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        model::{Registration, State},
        queries::{self, Summary},
    },
    IndexPath,
};
use crate::{
    awards::{self, Awards},
    kit::{clock, error::Result},
    papers::{self, Awaited},
    web::{Visit, filters, page, shell::Shell},
    years::{Deadline, Member, Office, Step, Year, access as year_access, find_year},
};

#[derive(Template)]
#[template(path = "registrations/index.html")]
struct IndexPage {
    shell: Shell,
    year: Year,
    deadline: Option<Deadline>,
    rows: Vec<Row>,
    missing: Vec<String>,
    reminder: Option<String>,
    /// Whether there is anything to urge in a letter: the window is open.
    has_letter: bool,
    /// Whether this person drafts the cluster's papers.
    is_secretariat: bool,
}

/// A member with what may be known of its registration.
struct Row {
    member: Member,
    office: Option<Office>,
    state: State,
    is_begun: bool,
    is_own: bool,
    submitted: String,
    late_days: i32,
    /// Counts and titles, where the content may be seen.
    content: Option<ContentLine>,
}

struct ContentLine {
    targets: usize,
    individuals: usize,
    titles: String,
}

pub(super) async fn index(path: IndexPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    let actor = visit.actor()?;
    let visible = queries::of_year(&mut db, actor, &year).await?;
    let summaries = queries::summaries(&mut db, year.id).await?;
    let awards = awards::all(&mut db).await?;
    let rows: Vec<Row> = year
        .members
        .iter()
        .map(|member| {
            let summary = summaries.iter().find(|s| s.unit_id == member.unit_id);
            let seen = visible.iter().find(|r| r.unit_id == member.unit_id);
            let is_own = actor.is_of(member.unit_id);
            row(
                member,
                year.office_of(member.unit_id),
                summary,
                seen,
                is_own,
                &awards,
            )
        })
        .collect();
    let missing: Vec<String> = rows
        .iter()
        .filter(|row| row.state.is_open_to_unit() && row.member.to_date.is_none())
        .map(|row| row.member.place.clone())
        .collect();
    let deadline = year.plan(Step::Registration).map(|p| Deadline {
        opens_on: p.opens_on,
        due_on: p.due_on,
        late_is: p.late_is,
    });
    let is_secretariat = year_access::is_secretariat(actor, &year);
    let reminder = (is_secretariat && year.is_open())
        .then(|| papers::reminder(&year, "đăng ký thi đua", deadline, &awaited(&rows), visit.now))
        .flatten();
    page(&IndexPage {
        shell: visit.shell_in(&year.place()),
        year,
        deadline,
        rows,
        missing,
        has_letter: deadline.is_some_and(|d| d.opens_on <= clock::day(visit.now)),
        reminder,
        is_secretariat,
    })
}

/// Whom a reminder is for. The secretariat's own unit knows.
fn awaited(rows: &[Row]) -> Awaited {
    let places = |state: State| {
        rows.iter()
            .filter(|row| row.state == state && row.member.to_date.is_none() && !row.is_own)
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
    seen: Option<&Registration>,
    is_own: bool,
    awards: &Awards,
) -> Row {
    Row {
        member: member.clone(),
        office,
        state: summary.map_or(State::Draft, |s| s.state),
        is_begun: summary.is_some(),
        is_own,
        submitted: summary
            .and_then(|s| s.submitted_at)
            .map(|at| clock::short_date_text(clock::day(at)))
            .unwrap_or_default(),
        late_days: summary.and_then(|s| s.late_days).unwrap_or(0),
        content: seen.and_then(|r| r.content.as_ref()).map(|c| ContentLine {
            targets: c.targets.len(),
            individuals: c.individuals.len(),
            titles: c
                .titles
                .iter()
                .map(|t| awards.short_name(&t.award))
                .collect::<Vec<_>>()
                .join(", "),
        }),
    }
}
