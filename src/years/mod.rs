//! The emulation year of a cluster: who belongs to it, who leads, which steps it has until when, by which
//! rules its votes count.
//!
//! All of this is data of that year. A new year starts from the defaults or as a copy of the last one; once
//! the rules have decided a vote they are frozen, and a closed year changes no more.

pub mod access;
mod actions;
mod calendar;
mod model;
pub mod pages;
mod queries;
mod rules;

pub use actions::{
    LeadershipInput, claim, close_year, freeze_rules, grant_extension, hand_over, open_year, put_leadership,
    put_member, remove_leadership, remove_member, set_calendar, set_rules,
};
pub use calendar::{Deadline, Extension, LateIs, Step, StepPlan};
pub use model::{Leadership, Member, Office, Year, YearRow, YearState};
pub use pages::{YearPath, find_year};
pub use queries::{by_id, find, find_under, list, step_defaults};
pub use rules::{Rules, ThresholdBase};
