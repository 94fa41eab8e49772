//! Points that nobody has to dispute: a unit scores itself on the year's criteria, others appraise it, the unit explains, the
//! conference confirms.
//!
//! Points follow from the figures of the unit's report and from facts that the program knows; where people judge, the unit
//! proves its points with evidence. Appraisers are other units by rotation, or the cluster's working group; a difference
//! from the unit's own points needs its reason, and every change stays with who, when, from what to what. Until the day on
//! which the conference's step opens, other members see no points of a unit.
//!
//! What the points were computed from is frozen with them, so a closed year gives the same points for ever.
//!
//! ```text
#![doc = include_str!("diagram.txt")]
//! ```

pub mod access;
mod actions;
mod asked;
mod assignment;
mod forms;
mod known;
mod model;
pub mod pages;
mod pictures;
mod published;
mod queries;
mod ranking;
mod standing;
mod what_if;
pub mod workflow;

pub use actions::{
    Saved, answer, appraise, ask, assign, exempt, explain, finish, form_group, lock_all, object, open,
    preview, reopen, rotate, save_draft, submit, unexempt, withdraw,
};
pub use asked::{Asked, as_handed_in, asked};
pub use forms::{AppraisalForm, AppraisalRow, ExplanationForm, ExplanationRow, SelfRow, SelfScoreForm};
pub use known::{Known, KnownFigure};
pub use model::{
    Appraiser, Change, Exemption, Line, Objection, OfCriterion, Points, Scoring, Sheet, Stage, State,
};
pub use published::{Drawn, Published, published};
pub use queries::{Facts, Summary, find_scoring, find_visible, known, of_year, summaries};
pub use ranking::ranked;
pub use standing::{Row as StandingRow, points_in};
