//! The matrix of members and steps.

use chrono::NaiveDate;

use super::facts::Facts;
use crate::{
    kit::clock::{self, Moment},
    nominations,
    people::Actor,
    registrations,
    reports::{self, Period},
    years::{Member, Office, Step, Year, access::is_member},
};

/// A cell: words, tone, and where it leads if the visitor may go there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// The tone of its badge.
    pub tone: &'static str,
    /// Where it leads.
    pub href: Option<String>,
}

impl Cell {
    fn new(text: impl Into<String>, tone: &'static str) -> Self {
        Self {
            text: text.into(),
            tone,
            href: None,
        }
    }

    fn linked(mut self, may: bool, href: String) -> Self {
        self.href = may.then_some(href);
        self
    }
}

/// A member's line.
#[derive(Clone, Debug)]
pub struct Row {
    /// The member.
    pub member: Member,
    /// Its office in that year.
    pub office: Option<Office>,
    /// The cells, in the order of [`heads`].
    pub cells: Vec<Cell>,
}

/// The heads of the columns after unit and staff. A year without the step has no column for it.
#[must_use]
pub fn heads(year: &Year) -> Vec<&'static str> {
    let periods = Period::ALL.into_iter().filter(|period| period.is_in(year));
    std::iter::once("Đăng ký")
        .chain(periods.map(Period::label))
        .chain(["Khen thưởng"])
        .collect()
}

/// All members in the order of the year.
#[must_use]
pub fn rows(actor: &Actor, year: &Year, facts: &Facts, now: Moment) -> Vec<Row> {
    year.members
        .iter()
        .map(|member| {
            let viewer = Viewer {
                is_own: actor.is_of(member.unit_id)
                    || (!year.is_open() && actor.archive_of.contains(&member.unit_id)),
                is_member: is_member(actor, year),
                oversees: actor.is_secretariat_of(year.cluster.id)
                    || actor.is_patron_of(year.cluster.id)
                    || actor.is_standing_office,
            };
            let cell = |step, found: Option<Paper>, page: &str| {
                let href = format!("{}/{page}/{}", year.path(), member.slug);
                let due = year.deadline(step, member.unit_id).map(|d| d.due_on);
                found.map_or_else(
                    || not_begun(year, due, now).linked(viewer.is_own && year.is_open(), href.clone()),
                    |paper| cell_of(&paper, viewer, href.clone(), due.filter(|_| year.is_open()), now),
                )
            };
            Row {
                office: year.office_of(member.unit_id),
                cells: std::iter::once(cell(Step::Registration, registration(facts, member), "dang-ky"))
                    .chain(
                        Period::ALL
                            .into_iter()
                            .filter(|period| period.is_in(year))
                            .map(|period| {
                                let page = format!("bao-cao/{period}");
                                cell(period.step(), report(facts, member, period), &page)
                            }),
                    )
                    .chain([nominations(year, facts, member)])
                    .collect(),
                member: member.clone(),
            }
        })
        .collect()
}

/// What a paper's cell says, common to registrations and reports.
struct Paper {
    label: &'static str,
    tone: &'static str,
    is_draft: bool,
    is_with_unit: bool,
    is_done: bool,
    submitted_at: Option<Moment>,
    late_days: i32,
}

/// Who looks at a cell.
#[derive(Clone, Copy)]
struct Viewer {
    is_own: bool,
    is_member: bool,
    oversees: bool,
}

/// The cell of a paper; it leads to the paper where the viewer may read it.
fn cell_of(paper: &Paper, viewer: Viewer, href: String, due: Option<NaiveDate>, now: Moment) -> Cell {
    let may = viewer.is_own
        || (paper.is_done && (viewer.is_member || viewer.oversees))
        || (viewer.oversees && !paper.is_draft);
    let overdue = due.map_or(0, |due| clock::days_late(now, due));
    if paper.is_draft && overdue > 0 {
        return Cell::new(format!("{}, quá hạn {overdue} ngày", paper.label), "late").linked(may, href);
    }
    paper_cell(paper).linked(may, href)
}

fn registration(facts: &Facts, member: &Member) -> Option<Paper> {
    use registrations::State;
    facts.registration(member.unit_id).map(|found| Paper {
        label: found.state.label(),
        tone: found.state.tone(),
        is_draft: found.state == State::Draft,
        is_with_unit: found.state.is_open_to_unit(),
        is_done: matches!(found.state, State::Accepted | State::Forwarded),
        submitted_at: found.submitted_at,
        late_days: found.late_days.unwrap_or(0),
    })
}

fn report(facts: &Facts, member: &Member, period: Period) -> Option<Paper> {
    use reports::State;
    facts.report(member.unit_id, period).map(|found| Paper {
        label: found.state.label(),
        tone: found.state.tone(),
        is_draft: found.state == State::Draft,
        is_with_unit: found.state.is_open_to_unit(),
        is_done: matches!(found.state, State::Accepted | State::Final),
        submitted_at: found.submitted_at,
        late_days: found.late_days.unwrap_or(0),
    })
}

/// The awards for which the cluster acclaimed the unit, each with its state; the cell leads to the cluster's list.
fn nominations(year: &Year, facts: &Facts, member: &Member) -> Cell {
    let acclaimed: Vec<&nominations::Summary> = facts
        .nominations
        .iter()
        .filter(|n| n.unit_id == member.unit_id && n.person.is_none() && n.state.was_acclaimed())
        .collect();
    match acclaimed.first() {
        None => Cell::new("–", "neutral"),
        Some(first) => {
            let words: Vec<String> = acclaimed
                .iter()
                .map(|n| format!("{}: {}", n.award_name, n.state.label()))
                .collect();
            Cell::new(words.join("; "), first.state.tone())
                .linked(true, format!("{}/khen-thuong", year.path()))
        }
    }
}

fn paper_cell(paper: &Paper) -> Cell {
    let date = paper
        .submitted_at
        .map(|at| clock::short_date_text(clock::day(at)));
    match date {
        _ if paper.is_with_unit => Cell::new(paper.label, paper.tone),
        Some(_) if paper.late_days > 0 => Cell::new(format!("chậm {} ngày", paper.late_days), "late"),
        Some(date) if paper.is_done => Cell::new(date, "done"),
        Some(date) => Cell::new(format!("{date}, chờ nhận"), "info"),
        None => Cell::new(paper.label, paper.tone),
    }
}

fn not_begun(year: &Year, due: Option<NaiveDate>, now: Moment) -> Cell {
    match due {
        Some(due) if year.is_open() && clock::days_late(now, due) > 0 => {
            Cell::new(format!("quá hạn {} ngày", clock::days_late(now, due)), "late")
        }
        _ if year.is_open() => Cell::new("chưa viết", "neutral"),
        _ => Cell::new("không làm ở đây", "neutral"),
    }
}
