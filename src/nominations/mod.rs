//! A nomination for an award, of a unit or of a person of it: from the vote to the day it is handed over.
//!
//! The vote of the cluster's conference makes a unit's; a person is put forward by the unit, whose own meeting voted. The nominated unit and the cluster's secretariat complete its dossier; only a
//! complete one goes to VUSTA, whose standing office finds it eligible or not, or sends it back for named parts. What
//! the council and the decision make of it is written here too (see `council`, `decisions`); who, for what and with
//! how many votes never changes.
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
mod individual;
mod model;
pub mod pages;
mod persons;
mod queries;
mod volume;
pub mod workflow;
mod year_papers;

pub use actions::{
    Dossier, Finding, advance, appraise, attach, attest_part, create, detach, end_person, leave_out,
    name_person, part_is_open, put_forward, remark, send_back, submit, withdraw,
};
pub use conditions::{Beside, card, cards};
pub use forms::{
    AppraisalForm, AppraisalInput, IndividualForm, IndividualInput, PersonInput, RemarkInput, ReturnInput,
    Vote,
};
pub use individual::Individual;
pub use model::{Event, Nomination, Part, State};
pub use persons::{Ground, Named};
pub use queries::{
    Summary, YearCount, by_ids, counts, events, find_visible, last_notes, lock_all, of_calendar_year,
    of_year, passed, persons, summaries,
};
pub use year_papers::YearPapers;
