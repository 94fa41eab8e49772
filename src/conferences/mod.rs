//! The cluster's conferences: launch, mid-year, closing, extraordinary. Plan and agenda, invitation, delegates with
//! their cards, absences, attendance with the quorum; of the closing one the result: whom it acclaimed, who leads next.
//!
//! The result of a closing conference comes either from attendance and counted ballots, when it was held in the
//! program, or from minutes on paper, which the secretariat types: the program checks attendance, papers and votes
//! against the rules of the year, shows how it counted in words, and leaves equal votes at the last place to people.
//! Making it final freezes the rules of the year and makes the nominations. The rights move to the next lead on the
//! day of the hand-over by themselves.
//!
//! ```text
#![doc = include_str!("diagram.txt")]
//! ```

pub mod access;
mod actions;
mod candidates;
pub mod cards;
pub mod counting;
mod forms;
mod model;
pub mod pages;
mod queries;
pub mod workflow;

pub use actions::{
    add_delegate, attach, attend, attend_by_card, authorise, confirm, confirm_hand_over, create, end, go_to,
    hand_over, invite, may_attend_by_card, name_delegates, new_card, open, remove_delegate, require_answered,
    save_conclusion, save_draft, save_notes, save_plan, sign, stand_in_votes,
};
pub use candidates::{CandidateRow, VOTED_AWARDS, quota_of};
pub use forms::{ConferenceForm, Delegation, DelegationForm, ItemRow, NamedPerson, PersonRow, PlanForm};
pub use model::{
    Absence, AgendaItem, Attendance, Attended, Candidate, Conference, Content, Delegate, FormOfVote,
    HandOver, ItemState, Kind, NamedUnit, Part, Plan, State, UnitAttendance, attendance, digest,
};
pub use queries::{
    Summary, absences, agenda, all_of, by_id, delegate_by_card, delegates, find, find_meeting,
    open_objections, summaries,
};
