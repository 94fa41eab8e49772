//! What becomes of an election when provinces merge: the lead and the deputy that a closing conference elected have become
//! one unit. Then the cluster elects anew at an extraordinary conference, or VUSTA's standing office confirms, with its
//! reason, that it goes on as it is. Until one of both has happened the lead and the standing office have it as a task.

pub mod access;
mod actions;
mod forms;
mod model;
pub mod pages;
mod queries;

pub use actions::confirm;
pub use model::{Confirmation, Merger, Reelection};
pub use queries::{merger_of, waiting};
