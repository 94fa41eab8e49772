//! The calendar of a year: a row for each step it can have, the cells as parallel lists.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::{
    kit::{clock::date_text, fields::FieldErrors, values},
    years::{LateIs, Step, StepPlan, Year},
};

/// The form as the browser sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CalendarForm {
    pub version: i32,
    pub step: Vec<String>,
    pub position: Vec<String>,
    pub opens_on: Vec<String>,
    pub due_on: Vec<String>,
    pub late_is: Vec<String>,
}

/// One row of it.
#[derive(Clone, Debug)]
pub struct CalendarRow {
    /// The step.
    pub step: Step,
    /// Its place in the year, as typed.
    pub position: String,
    /// The first day, as typed.
    pub opens_on: String,
    /// The last day, as typed.
    pub due_on: String,
    /// Whether a late paper is refused.
    pub refuses_late: bool,
}

impl CalendarRow {
    /// A row without days: the year goes without this step.
    fn is_blank(&self) -> bool {
        self.opens_on.trim().is_empty() && self.due_on.trim().is_empty()
    }
}

/// The rows of a year as they are: its steps in their order, then those it goes without.
pub fn rows_of(year: &Year) -> Vec<CalendarRow> {
    let planned = year.steps.iter().zip(1..).map(|(plan, number)| CalendarRow {
        step: plan.step,
        position: format!("{number}"),
        opens_on: date_text(plan.opens_on),
        due_on: date_text(plan.due_on),
        refuses_late: plan.late_is == LateIs::Refused,
    });
    let missing = Step::ALL
        .into_iter()
        .filter(|step| year.plan(*step).is_none())
        .map(|step| CalendarRow {
            step,
            position: String::new(),
            opens_on: String::new(),
            due_on: String::new(),
            refuses_late: false,
        });
    planned.chain(missing).collect()
}

impl CalendarForm {
    /// The rows as typed; steps that no page of ours names are left out.
    pub fn rows(&self) -> Vec<CalendarRow> {
        let cell = |list: &[String], i: usize| list.get(i).cloned().unwrap_or_default();
        let steps = self.step.iter().take(Step::ALL.len()).enumerate();
        steps
            .filter_map(|(i, code)| {
                Some(CalendarRow {
                    step: Step::from_code(code)?,
                    position: cell(&self.position, i),
                    opens_on: cell(&self.opens_on, i),
                    due_on: cell(&self.due_on, i),
                    refuses_late: cell(&self.late_is, i) == "refused",
                })
            })
            .collect()
    }

    /// The checked calendar in its order; errors at `field-index` of a row, each naming its step for the summary.
    pub fn check(&self, year: &Year) -> Result<Vec<StepPlan>, FieldErrors> {
        let mut errors = FieldErrors::default();
        let (mut places, mut steps) = (HashSet::new(), HashSet::new());
        let mut plans: Vec<(i32, StepPlan)> = Vec::new();
        for (i, row) in self.rows().iter().enumerate() {
            if !steps.insert(row.step) {
                errors.add(format!("position-{i}"), row.wrong("bước này đã có ở dòng trên."));
            } else if row.is_blank() {
                if year.extensions.iter().any(|e| e.step == row.step) {
                    errors.add(
                        format!("opens_on-{i}"),
                        row.wrong("đã có đơn vị được gia hạn nên không bỏ được."),
                    );
                }
            } else {
                plans.extend(row.read(i, year.year, &mut errors, &mut places));
            }
        }
        if plans.is_empty() && errors.is_empty() {
            errors.add("position-0", "Lịch của năm cần ít nhất một bước.");
        }
        plans.sort_by_key(|(place, _)| *place);
        if errors.is_empty() {
            Ok(plans.into_iter().map(|(_, plan)| plan).collect())
        } else {
            Err(errors)
        }
    }
}

impl CalendarRow {
    fn wrong(&self, what: &str) -> String {
        format!("{}: {what}", self.step.label())
    }

    fn read(
        &self,
        i: usize,
        year: i32,
        errors: &mut FieldErrors,
        places: &mut HashSet<i32>,
    ) -> Option<(i32, StepPlan)> {
        let place = values::whole(&self.position, 1, 99, "thứ tự").map_err(|e| self.wrong(&e));
        let place = errors.read(format!("position-{i}"), place);
        if place.is_some_and(|place| !places.insert(place)) {
            errors.add(
                format!("position-{i}"),
                self.wrong("số thứ tự này đã dùng ở dòng trên."),
            );
        }
        let opens_on = errors.read(
            format!("opens_on-{i}"),
            day_of(&self.opens_on, year).map_err(|e| self.wrong(&e)),
        );
        let due_on = errors.read(
            format!("due_on-{i}"),
            day_of(&self.due_on, year).map_err(|e| self.wrong(&e)),
        );
        if let (Some(opens), Some(due)) = (opens_on, due_on)
            && due < opens
        {
            errors.add(
                format!("due_on-{i}"),
                self.wrong("hạn cuối phải từ ngày mở trở đi."),
            );
        }
        let late_is = if self.refuses_late {
            LateIs::Refused
        } else {
            LateIs::Marked
        };
        Some((
            place?,
            StepPlan {
                step: self.step,
                opens_on: opens_on?,
                due_on: due_on?,
                late_is,
            },
        ))
    }
}

/// The steps of a year lie in it or, from the council on, in the next: anything else is a slip of the hand.
fn day_of(typed: &str, year: i32) -> Result<NaiveDate, String> {
    let day = values::date(typed)?;
    if (year..=year + 1).contains(&day.year()) {
        Ok(day)
    } else {
        Err(format!("Ngày phải thuộc năm {year} hoặc {}.", year + 1))
    }
}
