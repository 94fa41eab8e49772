//! The hall in which a conference is held: the lead's running order, the delegate's page on a phone, the tablet that is
//! handed round, the screen on the wall, the minutes, and the end of the conference. VUSTA's council meets in it as well.
//!
//! Everything here puts together what conferences (who is there, what is on) and ballots (what is voted) know.
//! The screen shows who attends and how many papers came, never a result before the count and never who cast last.

mod access;
mod actions;
mod counts;
mod ending;
mod facts;
mod gathering;
mod minutes;
pub mod pages;
mod queries;
mod scene;
mod verdicts;

pub use actions::{begin, cancel_sitting, end_now, end_sitting, sign};
pub use counts::{Count, Line, Question, Scan, count};
pub use facts::Hall;
pub use minutes::{Absent, Item, Minutes, Present};
