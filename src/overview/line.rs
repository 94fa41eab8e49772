//! The year's line of steps.

use chrono::Datelike;

use super::facts::Facts;
use crate::{
    ids::UnitId,
    kit::clock::{Moment, date_text, day, short_date_text},
    people::Actor,
    reports::Period,
    years::{Step, StepPlan, Year},
};

/// A step on the line, as `components/steps.html` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepView {
    /// Its name.
    pub label: String,
    /// Until when.
    pub when: String,
    /// `done`, `current`, `late` or `todo`.
    pub state: &'static str,
    /// The page where it is worked on.
    pub href: Option<String>,
}

/// The steps of a year that people work through with the program, each with its state at `now`.
///
/// With `viewer` it is that person's line: a step of the units counts as done when the own ones have done it, and
/// what others owe isn't shown as late.
#[must_use]
pub fn line(year: &Year, facts: &Facts, now: Moment, viewer: Option<&Actor>) -> Vec<StepView> {
    year.steps
        .iter()
        .filter(|plan| page_of(plan.step).is_some())
        .map(|plan| StepView {
            label: plan.step.label().to_owned(),
            when: if plan.due_on.year() == year.year {
                short_date_text(plan.due_on)
            } else {
                date_text(plan.due_on)
            },
            state: state_of(
                year,
                plan,
                is_done(year, facts, plan.step, viewer),
                owes(year, plan.step, viewer),
                now,
            ),
            href: page_of(plan.step).map(|page| format!("{}/{page}", year.path())),
        })
        .collect()
}

/// Whether the step is done, for the viewer where there is one.
fn is_done(year: &Year, facts: &Facts, step: Step, viewer: Option<&Actor>) -> Option<bool> {
    let mine = |actor: &Actor, is_handed_in: &dyn Fn(UnitId) -> bool| {
        let mut own = year.members.iter().filter(|m| actor.is_of(m.unit_id)).peekable();
        own.peek().is_some().then(|| own.all(|m| is_handed_in(m.unit_id)))
    };
    let own = match (viewer, step) {
        (Some(actor), Step::Registration) => mine(actor, &|unit| {
            facts
                .registration(unit)
                .is_some_and(|r| !r.state.is_open_to_unit())
        }),
        (Some(actor), Step::AnnualReport | Step::MidyearReport) => mine(actor, &|unit| {
            let period = Period::ALL.into_iter().find(|period| period.step() == step);
            let found = period.and_then(|period| facts.report(unit, period));
            found.is_some_and(|r| !r.state.is_open_to_unit())
        }),
        _ => None,
    };
    own.or_else(|| facts.is_done(year, step))
}

/// Whether the step is the viewer's to do; everybody's where there is no viewer.
fn owes(year: &Year, step: Step, viewer: Option<&Actor>) -> bool {
    let Some(actor) = viewer else { return true };
    match step {
        Step::Registration | Step::AnnualReport | Step::MidyearReport => {
            year.members.iter().any(|m| actor.is_of(m.unit_id))
        }
        Step::Council | Step::Decision | Step::Guidance => actor.is_standing_office,
        _ => actor.is_secretariat_of(year.cluster.id),
    }
}

fn state_of(year: &Year, plan: &StepPlan, is_done: Option<bool>, is_owed: bool, now: Moment) -> &'static str {
    let today = day(now);
    match is_done {
        Some(true) => "done",
        // In a closed year nothing is late any more: what is missing simply wasn't done here.
        Some(false) if !year.is_open() => "todo",
        None if !year.is_open() => "done",
        Some(false) if plan.due_on < today => {
            if is_owed {
                "late"
            } else {
                "current"
            }
        }
        None if plan.due_on < today => "done",
        Some(false) | None if plan.opens_on <= today => "current",
        Some(false) | None => "todo",
    }
}

/// The page on which a step is worked, as far as the program has one.
fn page_of(step: Step) -> Option<&'static str> {
    match step {
        Step::Registration => Some("dang-ky"),
        Step::Consolidation => Some("tong-hop-dang-ky"),
        Step::MidyearReport => Some("bao-cao/6-thang"),
        Step::AnnualReport => Some("bao-cao/nam"),
        Step::MidyearConference | Step::Conference | Step::Handover => Some("hoi-nghi"),
        Step::Dossiers | Step::Council | Step::Decision => Some("khen-thuong"),
        Step::Guidance | Step::Plan | Step::Covenant | Step::Appraisal => None,
    }
}
