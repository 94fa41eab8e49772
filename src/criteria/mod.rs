//! The points table of a year: groups and lines with their maximum, how each line's points come about, what is
//! given on top and what is taken off, and how the sum becomes a class and a place.
//!
//! VUSTA's table holds for every cluster; a cluster may add a supplement of its own. A table is written as a draft,
//! issued (from then on nothing in it can change, not even in the database) and closed when a later version takes its
//! place. What was computed names the table it was computed with, so that a year gives the same points for ever.
//!
//! ```text
#![doc = include_str!("diagram.txt")]
//! ```

pub mod access;
mod actions;
pub mod arithmetic;
mod bound;
pub mod difference;
mod forms;
mod model;
pub mod pages;
mod proposal;
mod queries;
pub mod sums;
pub mod wording;
pub mod workflow;

pub use actions::{close, content_hash, create, issue, put, put_all, remove, save_head, shift, take_out};
pub use arithmetic::{
    Basis, Best, Computed, Entry, GroupPoints, Line, Part, Place, Tally, compute, rank, tally,
};
pub use forms::{HeadForm, HeadInput, LineForm, NewForm, NewInput, PointsForm, Source};
pub use model::{
    Band, Class, CriteriaSet, Criterion, Fact, Kind, Measured, Rescaling, Rules, Side, State, TieStep,
};
pub use proposal::{Proposal, proposal};
pub use queries::{SetRow, by_id, find_issued, find_supplement, find_visible, list_visible};
