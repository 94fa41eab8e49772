//! VUSTA's emulation and commendation council: the nominations of all clusters of a year, and what the council voted.
//!
//! The standing office appraises each dossier (see `nominations`). Then the council meets. Either the session is held
//! elsewhere and its result is typed: who was there, the threshold with its base, the votes on each nomination. Or it is
//! held in the program, and the votes are cast by the same machinery as those of a conference. In both ways whether a
//! nomination passed is computed, the working is kept in words, and a recorded session is never changed.
//!
//! A session held in the program, on one screen:
//!
//! | what | where it stands | who |
//! | --- | --- | --- |
//! | day, rule (quorum, threshold, base), state | `council_sittings` | standing office; members of the council read |
//! | the roll: a seat for each member in office that day, a card with its code, attendance or excuse, a declared conflict | `council_seats` | standing office; a member by the own card |
//! | the dossiers on the agenda | `council_agenda` | standing office; members read |
//! | ballots: secret, yes or no on each dossier, one vote a member; the electorate is the roll, the base of the share is all members or those present, as the rule says | `ballots.sitting_id` | standing office opens, closes, counts; members vote by card or on paper, two people tally; members see the result |
//! | what it came to: one recorded session, a result for each dossier with the ballot it came from | `council_sessions`, `council_results` | made by ending the session |
//!
//! A member with a declared conflict leaves the dossiers of the own unit open; the phone bars them. A dossier that was
//! taken back since, or that no counted ballot voted on, stays as it is. Ballots and the end of a session are put together
//! in `hall`, which knows both.
//!
//! ```text
#![doc = include_str!("diagram.txt")]
//! ```

pub mod access;
mod actions;
mod forms;
mod model;
pub mod pages;
mod queries;
pub mod workflow;

pub use actions::{
    Noted, attend_by_card, cancel, create, declare, end, may_attend_by_card, new_card, note, open, record,
    save,
};
pub use forms::{SessionForm, SessionInput, SittingForm};
pub use model::{
    Base, CouncilResult, RecordedSession, Roll, Seat, SeatConflict, Session, Sitting, SittingPlan, State,
    Voted,
};
pub use queries::{find_sitting, roll, seat_by_card, sessions, sittings};
