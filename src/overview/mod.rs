//! The year of a cluster at a glance: the line of steps, and the matrix of members and steps.
//!
//! Both are computed from the facts of the features, so nobody keeps them up to date by hand.

mod facts;
mod line;
mod matrix;
pub mod pages;

pub use facts::{Facts, News};
pub use line::{StepView, line};
