//! A unit's report on its year, or on the first six months of it: a figure for each indicator of the year's catalogue
//! and for each target that it registered, what else it did, and sections of text.
//!
//! Beside each figure stand last year's value and what was registered; evidence hangs at the figure that it proves. Where
//! a figure differs much from those of the years before, the officer is asked once, and the answer stays with it.
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
mod asked;
mod comparison;
mod content;
mod forms;
mod model;
pub mod pages;
mod past;
mod progress;
mod queries;
mod questions;
mod section;
pub mod workflow;

pub use actions::{
    Submission, accept, attach, detach, files_are_open, finalise, preview, return_for_work, save_draft,
    submit, take_over, withdraw,
};
pub use asked::{Asked, Basis};
pub use comparison::{Cell, Row as ComparisonRow, Total, rows as comparison_rows};
pub use content::{Certainty, Content, Explained, Figure, Promise};
pub use forms::{AdditionRow, FigureRow, FinalForm, ReportForm, returnables};
pub use model::{Period, Report, State};
pub use past::Earlier;
pub use progress::{Progress, Score, Verdict};
pub use queries::{Summary, UnitFigure, figures_of, find_visible, of_year, summaries};
pub use section::Section;
