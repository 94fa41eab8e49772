//! Decisions of VUSTA: they give the awards that the council passed.
//!
//! The standing office drafts a decision and issues it; from then on it can't be changed, in the database neither. It
//! gets a hash of its content and a code with which anybody verifies a printed copy. What was wrong is put right only
//! by a further decision that names the earlier one: it corrects it, or cancels it with the reason (Law 06/2022/QH15,
//! article 93), and then its awards leave the honour roll. One that is cancelled for a formal error leaves its nominations
//! waiting for another decision; the roll, the golden book and the history follow the one that is in force.
//!
//! ```text
#![doc = include_str!("diagram.txt")]
//! ```

pub mod access;
mod actions;
mod bonus;
mod forms;
mod model;
pub mod pages;
mod queries;
pub mod workflow;

pub use actions::{attach, draft, hand_over, issue, save_draft};
pub use bonus::{Bonus, Bonuses};
pub use forms::DecisionForm;
pub use model::{
    About, Content, Decision, Ground, Handover, Honour, ISSUER, Kind, Later, Line, State, Surroundings,
    Verified,
};
pub use queries::{
    cancelled, find_locked, find_visible, full_names, honours, list_issued, list_visible, surroundings,
    verify,
};
