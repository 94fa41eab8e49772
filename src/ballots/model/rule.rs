//! By what votes are judged: quorum, threshold and its base, who is absent, equal votes.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    kit::clock::Moment,
    years::{Rules, ThresholdBase},
};

/// Whether exactly the threshold is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// It isn't.
    MoreThan,
    /// It is.
    AtLeast,
}

impl Threshold {
    /// Both.
    pub const ALL: [Self; 2] = [Self::MoreThan, Self::AtLeast];

    /// Completes "đạt … 50%".
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::MoreThan => "trên",
            Self::AtLeast => "từ",
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::MoreThan => "more_than",
            Self::AtLeast => "at_least",
        }
    }

    /// The one with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|threshold| threshold.code() == code)
    }
}

/// What becomes of the vote of a unit that isn't there. It is never counted as "không đồng ý".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsentRule {
    /// It may vote before, until this moment.
    MayVoteBefore {
        /// The first moment at which it no longer may.
        until: Moment,
    },
    /// It is absent.
    CountsAsAbsent,
}

/// How equal votes at the last place are settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieStep {
    /// One more vote among those with equal votes.
    SecondRound,
    /// The higher score of the year.
    HigherScore,
    /// VUSTA is asked.
    Vusta,
}

impl TieStep {
    /// All steps, in the usual order.
    pub const ALL: [Self; 3] = [Self::SecondRound, Self::HigherScore, Self::Vusta];

    /// The step in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::SecondRound => "bỏ phiếu lại một lần giữa các ứng viên bằng phiếu",
            Self::HigherScore => "xét điểm thi đua cao hơn",
            Self::Vusta => "xin ý kiến LHHVN",
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SecondRound => "second_round",
            Self::HigherScore => "higher_score",
            Self::Vusta => "vusta",
        }
    }

    /// The step with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }
}

/// By what the votes are judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The share of the electorate that must attend, in percent.
    pub quorum_percent: Decimal,
    /// The share of the base that must be for it, in percent.
    pub threshold_percent: Decimal,
    /// Whether exactly that share is enough.
    pub threshold: Threshold,
    /// What the share is taken of.
    pub base: ThresholdBase,
    /// Whether a unit may vote for itself.
    pub may_vote_for_self: bool,
    /// What becomes of the vote of a unit that isn't there.
    pub absent: AbsentRule,
    /// Whether an empty paper is a valid one.
    pub blank_is_valid: bool,
    /// How equal votes are settled, step by step.
    pub ladder: Vec<TieStep>,
}

impl Rule {
    /// The rule of a year, with what the year's rules don't say as usual.
    #[must_use]
    pub fn of_year(rules: &Rules) -> Self {
        Self {
            quorum_percent: rules.quorum_percent,
            threshold_percent: rules.threshold_percent,
            threshold: Threshold::MoreThan,
            base: rules.threshold_base,
            may_vote_for_self: true,
            absent: AbsentRule::CountsAsAbsent,
            blank_is_valid: false,
            ladder: TieStep::ALL.to_vec(),
        }
    }
}
