//! The cluster's closing conference: who attended, how it voted, whom it acclaimed, who leads next.
//!
//! The secretariat enters the result as it stands in the minutes; the program checks attendance, papers and votes
//! against the rules of the year, shows how it counted in words, and leaves equal votes at the last place to people.
//! Confirming freezes the minutes and the year's rules and makes the nominations. The rights move to the next lead on
//! the day of the hand-over by themselves.
//!
//! ```text
#![doc = include_str!("diagram.txt")]
//! ```

pub mod access;
mod actions;
mod candidates;
pub mod counting;
mod forms;
mod model;
pub mod pages;
mod queries;
pub mod workflow;

pub use actions::{confirm, hand_over, save_draft};
pub use candidates::{CandidateRow, VOTED_AWARDS, quota_of};
pub use forms::ConferenceForm;
pub use model::{Candidate, Conference, Content, FormOfVote, NamedUnit, State};
pub use queries::{find, state_of};
