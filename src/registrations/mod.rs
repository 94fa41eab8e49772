//! A unit's yearly registration: what it promises to reach, which titles and awards it strives for, who and
//! which initiatives it puts forward.
//!
//! The unit writes it as a draft that saves itself; the unit's leader hands it in and gets a receipt with the
//! time and a hash of the content. The cluster's secretariat takes it in, or sends it back with a reason and the
//! items that need work: only these open again, the rest stays as it was. What was taken in goes to VUSTA with
//! the cluster's consolidated registration and is locked.
//!
//! ```text
#![doc = include_str!("diagram.txt")]
//! ```

pub mod access;
mod actions;
mod forms;
mod model;
pub mod pages;
mod queries;
pub mod workflow;

pub use actions::{
    Basis, Submission, accept, attach, detach, files_are_open, forward, preview, reopen, return_for_work,
    save_draft, submit, withdraw,
};
pub use forms::{IndividualRow, InitiativeRow, RegistrationForm, TargetRow, TitleRow, returnables};
pub use model::{Content, Individual, Initiative, Registration, Section, State, Target, Title};
pub use queries::{Summary, accepted_targets, find_visible, of_year, summaries};
