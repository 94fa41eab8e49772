//! What is voted on, who may vote, what was voted, what came of it.

mod ballot;
mod choices;
mod outcome;
mod paper;
mod plan;
mod rule;
mod state;

pub use ballot::{
    Attendance, Ballot, Committee, Elector, House, Part, Published, PublishedPaper, Tally, Voter, warnings,
};
pub use choices::{Answer, Choices};
pub use outcome::{
    CandidateOutcome, FinalLine, LadderStep, Outcome, QuestionOutcome, Settlement, Tie, Turnout, Verdict,
};
pub use paper::{Difference, PaperCounts, QuestionCounts, Votes};
pub use plan::{Candidate, MOST_CANDIDATES, MOST_QUESTIONS, Plan, Purpose, Question, Style};
pub use rule::{AbsentRule, Rule, Threshold, TieStep};
pub use state::State;
