//! The points table of a year: groups and lines with their maximum, how each line's points come about, what is
//! given on top and what is taken off, and how the sum becomes a class and a place.
//!
//! VUSTA's table holds for every cluster; a cluster may add a supplement of its own. A table is written as a draft,
//! issued (from then on nothing in it can change, not even in the database) and closed when a later version takes its
//! place. What was computed names the table it was computed with, so that a year gives the same points for ever.

pub mod arithmetic;
mod model;

pub use arithmetic::{
    Basis, Best, Computed, Entry, GroupPoints, Line, Part, Place, Tally, compute, rank, tally,
};
pub use model::{
    Band, Class, CriteriaSet, Criterion, Fact, Kind, Measured, Rescaling, Rules, Side, State, TieStep,
};
