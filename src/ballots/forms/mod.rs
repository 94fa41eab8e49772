//! What is typed about ballots, and the way from there to what is checked: the paper with its rule, the presets it begins
//! with, the count.

mod count;
mod paper;
mod preset;
mod reading;

pub(super) use count::{CommitteeForm, PostedTally, ReasonForm, SettlementForm, TallyForm};
pub(super) use paper::{CandidateRow, PlanForm, PostedPlan, QuestionForm, SPREAD};
pub use preset::{Preset, Seats};
pub use reading::{Ground, Placed, from_the_floor};
