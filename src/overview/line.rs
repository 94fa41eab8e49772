//! The year's line of steps.

use super::facts::Facts;
use crate::{
    kit::clock::{Moment, day, short_date_text},
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
#[must_use]
pub fn line(year: &Year, facts: &Facts, now: Moment) -> Vec<StepView> {
    year.steps
        .iter()
        .filter(|plan| page_of(plan.step).is_some())
        .map(|plan| StepView {
            label: plan.step.label().to_owned(),
            when: short_date_text(plan.due_on),
            state: state_of(year, facts, plan, now),
            href: page_of(plan.step).map(|page| format!("{}/{page}", year.path())),
        })
        .collect()
}

fn state_of(year: &Year, facts: &Facts, plan: &StepPlan, now: Moment) -> &'static str {
    let today = day(now);
    match facts.is_done(year, plan.step) {
        Some(true) => "done",
        // In a closed year nothing is late any more: what is missing simply wasn't done.
        Some(false) | None if !year.is_open() => "done",
        Some(false) if plan.due_on < today => "late",
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
        Step::AnnualReport => Some("bao-cao/nam"),
        Step::Conference | Step::Handover => Some("hoi-nghi"),
        Step::Dossiers | Step::Council | Step::Decision => Some("khen-thuong"),
        Step::Guidance
        | Step::Plan
        | Step::Covenant
        | Step::MidyearReport
        | Step::MidyearConference
        | Step::Appraisal => None,
    }
}
