//! A unit's report on its year: what was reached of what it registered, what else it did, and six sections of text.
//!
//! The unit writes it as a draft that saves itself; the unit's leader hands it in and gets a receipt. A figure is
//! *ước* (an estimate: reports are due before the year is over) or *chính thức*. The cluster's secretariat takes the
//! report in, or sends it back with a reason and the items that need work.
//!
//! A report that was taken in is closed (*chốt*) once: while something in it is estimated, by the unit's leader, who
//! enters the final figure for each estimate; where nothing is, by the secretariat. Estimate and final figure both
//! stay, so everybody sees how far they lie apart.
//!
//! ```text
#![doc = include_str!("diagram.txt")]
//! ```

pub mod access;
mod actions;
mod content;
mod forms;
mod model;
pub mod pages;
mod progress;
mod queries;
mod section;
pub mod workflow;

pub use actions::{
    Submission, accept, attach, detach, files_are_open, finalise, preview, return_for_work, save_draft,
    submit, withdraw,
};
pub use content::{Certainty, Content, Figure, Promise};
pub use forms::{AdditionRow, FigureRow, FinalForm, ReportForm, returnables};
pub use model::{Period, Report, State};
pub use progress::{Progress, Score, Verdict};
pub use queries::{Summary, find_visible, of_year, summaries};
pub use section::Section;
