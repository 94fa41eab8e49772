//! What the votes came to.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Candidate, Purpose, TieStep};
use crate::ids::BallotId;

/// How many there were of everybody and everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turnout {
    /// Everybody who may vote.
    pub electorate: i32,
    /// Those in the hall.
    pub present: i32,
    /// Those not there who voted before.
    pub advance: i32,
    /// Phiếu phát ra: to those in the hall, and to those who voted before.
    pub issued: i32,
    /// Phiếu thu vào.
    pub collected: i32,
    /// Of these on a phone.
    pub electronic: i32,
    /// Of these on paper.
    pub paper: i32,
}

/// What the votes on a candidate led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Enough votes, and within the number of seats.
    Elected,
    /// Not enough votes.
    BelowThreshold,
    /// Enough votes, but others had more and no seat is left.
    OverQuota,
    /// Enough votes, as many as another for the last seat: open.
    Tied,
}

impl Verdict {
    /// The verdict in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Elected => "đạt",
            Self::BelowThreshold => "không đủ phiếu",
            Self::OverQuota => "đủ phiếu, hết suất",
            Self::Tied => "bằng phiếu, chưa xác định",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Elected => "done",
            Self::BelowThreshold => "neutral",
            Self::OverQuota | Self::Tied => "waiting",
        }
    }
}

/// A candidate's votes and what they led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateOutcome {
    /// As the paper printed it.
    pub name: String,
    /// For it.
    pub votes_for: i32,
    /// Against it; none where candidates were chosen.
    pub votes_against: i32,
    /// `votes_for` of the base in percent, with two decimals.
    pub share: Decimal,
    /// What it led to, after the ladder.
    pub verdict: Verdict,
    /// How it was counted, in words.
    pub working: String,
}

/// A step of the ladder as it was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderStep {
    /// Which step.
    pub step: TieStep,
    /// What came of it, in words.
    pub said: String,
    /// Whether it waits for people: a second round, or VUSTA's answer.
    pub is_pending: bool,
}

/// Equal votes for the last seats that nothing has settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// Places in the list of candidates.
    pub among: Vec<usize>,
    /// How many of them pass.
    pub seats: i32,
}

/// What came of one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionOutcome {
    /// The question.
    pub title: String,
    /// Papers that count here.
    pub valid: i32,
    /// Papers that don't.
    pub invalid: i32,
    /// Papers on which nothing is chosen here: among the valid or the invalid ones, as the rule says.
    pub blank: i32,
    /// What the shares are taken of.
    pub base: i32,
    /// The candidates in the order of the paper.
    pub candidates: Vec<CandidateOutcome>,
    /// The ladder, step by step; empty where no votes were equal.
    pub ladder: Vec<LadderStep>,
    /// What the ladder has left open.
    pub tie: Option<Tie>,
}

/// What came of a ballot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Who took part.
    pub turnout: Turnout,
    /// How attendance was judged, in words.
    pub quorum_working: String,
    /// Question by question.
    pub questions: Vec<QuestionOutcome>,
}

impl Outcome {
    /// Whether any question was left open.
    #[must_use]
    pub fn has_tie(&self) -> bool {
        self.questions.iter().any(|question| question.tie.is_some())
    }
}

/// VUSTA's answer where the ladder ended there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// Question by question: who of those with equal votes passes, by their places; empty where nothing was open.
    pub elected: Vec<Vec<usize>>,
    /// The letter or decision that says so.
    pub reason: String,
}

/// The final word on a candidate, over all rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinalLine {
    /// The ballot that had the last word.
    pub ballot_id: BallotId,
    /// Its round.
    pub round: i32,
    /// What the question was for.
    pub purpose: Purpose,
    /// The award's code, where it was for one.
    pub award: Option<String>,
    /// The question of the first round.
    pub question: String,
    /// How many could pass.
    pub seats: i32,
    /// The candidate.
    pub candidate: Candidate,
    /// The votes of that round for it.
    pub votes_for: i32,
    /// What the share was taken of.
    pub base: i32,
    /// The share.
    pub share: Decimal,
    /// What it led to.
    pub verdict: Verdict,
    /// How it was counted, in words; of every round that voted on it.
    pub working: String,
}
