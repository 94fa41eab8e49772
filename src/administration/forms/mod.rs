//! What the pages of administration take, as typed, and the way from there to checked values.

mod calendar;
mod members;
mod new_year;
mod people;
mod posts;
mod rules;

pub(super) use calendar::{CalendarForm, CalendarRow, rows_of};
pub(super) use members::{ExtensionForm, LeadershipForm, MemberForm};
pub(super) use new_year::NewYearForm;
pub(super) use people::{NewPersonForm, PersonForm};
pub(super) use posts::{Places, PostForm};
pub(super) use rules::RulesForm;

use chrono::NaiveDate;

use crate::kit::values;

/// A day that may be left open.
fn optional_date(typed: &str) -> Result<Option<NaiveDate>, String> {
    if typed.trim().is_empty() {
        Ok(None)
    } else {
        values::date(typed).map(Some)
    }
}
