//! Days off and days worked in their stead, as announced for each year: what "working days" in the rules are counted by.
//!
//! Saturday and Sunday are free without being listed. What was once worked out with this table (a deadline, the last day of a
//! consultation) is kept where it was worked out, so a later change never moves it.

pub mod access;
mod actions;
mod forms;
mod model;
pub mod pages;
mod queries;

pub use actions::{add, remove};
pub use forms::HolidayForm;
pub use model::{Calendar, Holiday};
pub use queries::calendar;
