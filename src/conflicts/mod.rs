//! Conflicts of interest: who may not appraise whose dossiers, and why.
//!
//! Whoever holds a post in a unit has one with that unit, its predecessors and its successors, without a word. Everything else
//! is declared here: by the person, or noted by the standing office. `people::Actor` carries all of them, so the rules of every
//! page and act see them. A declaration is never erased; another person of the standing office can say why it no longer holds.

pub mod access;
mod actions;
mod forms;
mod model;
pub mod pages;
mod queries;

pub use actions::{declare, lift};
pub use forms::ConflictForm;
pub use model::{Conflict, ConflictInput};
