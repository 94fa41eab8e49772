//! A unit's nomination for an award: from the cluster's acclamation to the day it is handed over.
//!
//! The conference's vote makes it. The nominated unit and the cluster's secretariat complete its dossier; only a
//! complete one goes to VUSTA, whose standing office finds it eligible or not, or sends it back for named parts. What
//! the council and the decision make of it is written here too (see `council`, `decisions`); unit, award and votes
//! never change.
//!
//! ```text
#![doc = include_str!("diagram.txt")]
//! ```

pub mod access;
mod actions;
mod asked;
pub mod checklist;
mod conditions;
mod forms;
mod frozen;
mod model;
pub mod pages;
mod persons;
mod queries;
mod volume;
pub mod workflow;
mod year_papers;

pub use actions::{
    Dossier, Finding, advance, appraise, attach, attest_part, create, detach, end_person, leave_out,
    name_person, part_is_open, remark, send_back, submit, withdraw,
};
pub use conditions::{Beside, card, cards};
pub use forms::{AppraisalForm, AppraisalInput, PersonInput, RemarkInput, ReturnInput, Vote};
pub use model::{Event, Nomination, Part, State};
pub use persons::{Ground, Named};
pub use queries::{
    Summary, YearCount, by_ids, counts, events, find_visible, last_notes, lock_all, of_calendar_year,
    of_year, passed, persons, summaries,
};
pub use year_papers::YearPapers;
