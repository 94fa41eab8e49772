//! The cluster's consolidated registration: one table of what all units registered, sent to VUSTA.
//!
//! It fills itself from the registrations that were taken in, as long as it is a draft; nobody types figures
//! again. Sending freezes it and forwards the registrations in it. VUSTA's standing office acknowledges it, or sends
//! it back with a reason: then the registrations open again and the table follows them until it is sent anew.
//!
//! ```text
#![doc = include_str!("diagram.txt")]
//! ```

pub mod access;
mod actions;
mod model;
pub mod pages;
mod queries;
pub mod workflow;

pub use actions::{acknowledge, save_note, send, send_back};
pub use model::{Consolidation, Content, Line, State, Total};
pub use queries::{Waiting, find, find_visible, waiting};
