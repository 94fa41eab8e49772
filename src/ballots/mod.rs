//! Votes: what is voted on, who may vote, the papers, the count, and the proof that it was counted rightly.
//!
//! A ballot is prepared, frozen when it opens, voted on by card or on paper, closed, counted and signed. A vote cast on a
//! phone is sealed at once; nothing opens it before the close, and from then on nothing tells who cast it:
//! `docs/decisions/secrecy.md` says how, and what remains. Everybody can count again from the file that is published.
//!
//! ```text
#![doc = include_str!("diagram.txt")]
//! ```

pub mod access;
mod actions;
pub mod counting;
mod electorate;
mod forms;
mod ladder;
mod listing;
mod model;
pub mod pages;
mod publication;
mod queries;
pub mod recount;
mod rounds;
mod sealing;
mod standing;
pub mod workflow;
#[cfg(test)]
mod tests;
mod wording;

pub use actions::{
    Cast, admit, again, cancel, cast, cast_only, close, close_only, count, create, enter_tally, forget,
    mark_paper, may_cast, open, open_advance, propose, propose_to_council, save, second_round, settle, sign,
    sweep, taken_up,
};
pub use electorate::electorate;
pub use forms::{Ground, Placed, Preset, Seats, from_the_floor};
pub use listing::{ListRow, Next, council_base, list, path, path_below, year_base};
pub use model::{
    AbsentRule, Answer, Attendance, Ballot, Candidate, CandidateOutcome, Choices, Committee, Difference,
    Elector, FinalLine, House, LadderStep, MOST_CANDIDATES, MOST_QUESTIONS, Outcome, PaperCounts, Part, Plan,
    Published, PublishedPaper, Purpose, Question, QuestionCounts, QuestionOutcome, Rule, Settlement, State,
    Style, Tally, Threshold, Tie, TieStep, Turnout, Verdict, Voter, Votes, warnings,
};
pub use queries::{find, of_conference, of_sitting, open_for_card, papers_cast, published, tallies, voters};
pub use rounds::{is_settled, outcome_of, second_round_plan};
pub use sealing::Token;
pub use standing::standing;
pub use wording::{heading, question_in_words, rule_in_words, validity, what_is_chosen};
