//! A session of VUSTA's council and what it voted.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    conferences::counting,
    ids::{BallotId, NominationId, SittingId},
    kit::values::figure_text,
};

/// What a percentage of the council's votes is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Base {
    /// All members of the council, present or not.
    AllMembers,
    /// The members present.
    Present,
}

impl Base {
    /// All bases.
    pub const ALL: [Self; 2] = [Self::AllMembers, Self::Present];

    /// The base in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AllMembers => "tổng số ủy viên Hội đồng",
            Self::Present => "số ủy viên có mặt",
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::AllMembers => "all_members",
            Self::Present => "present",
        }
    }

    /// The base with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|base| base.code() == code)
    }
}

/// The rule and the turnout of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The day.
    pub held_on: NaiveDate,
    /// Members of the council.
    pub members_total: i32,
    /// Those present.
    pub members_present: i32,
    /// More than this share of the base must be for it, in percent.
    pub threshold_percent: Decimal,
    /// What the share is taken of.
    pub threshold_base: Base,
}

impl Session {
    /// Of how many a share of votes is taken.
    #[must_use]
    pub fn votes_of(&self) -> i32 {
        match self.threshold_base {
            Base::AllMembers => self.members_total,
            Base::Present => self.members_present,
        }
    }

    /// Whether that many votes pass.
    #[must_use]
    pub fn passes(&self, votes_for: i32) -> bool {
        counting::passes(votes_for, self.votes_of(), self.threshold_percent)
    }

    /// `8/9 phiếu = 88,89% > 50% tổng số ủy viên Hội đồng`
    #[must_use]
    pub fn working(&self, votes_for: i32) -> String {
        let of = self.votes_of();
        let share = crate::kit::values::percent_text(counting::share(votes_for, of));
        let sign = if self.passes(votes_for) { ">" } else { "≤" };
        format!(
            "{votes_for}/{of} phiếu = {share} {sign} {}% {}",
            figure_text(self.threshold_percent),
            self.threshold_base.label()
        )
    }
}

/// What a session voted on a nomination: counted from a ballot, or from the votes as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voted {
    /// The nomination.
    pub nomination_id: NominationId,
    /// The ballot, where it was voted on in the program.
    pub ballot_id: Option<BallotId>,
    /// Votes for it.
    pub votes_for: i32,
    /// Of how many.
    pub votes_of: i32,
    /// How they were counted, in words.
    pub working: String,
    /// Whether it passed.
    pub passed: bool,
}

impl Session {
    /// That many votes on a nomination, judged by the session's rule.
    #[must_use]
    pub fn judged(&self, nomination: NominationId, votes_for: i32) -> Voted {
        Voted {
            nomination_id: nomination,
            ballot_id: None,
            votes_for,
            votes_of: self.votes_of(),
            working: self.working(votes_for),
            passed: self.passes(votes_for),
        }
    }
}

/// A session as it was recorded, with its results.
#[derive(Clone, Debug)]
pub struct RecordedSession {
    /// The session as it was held in the program, if it was.
    pub sitting_id: Option<SittingId>,
    /// Rule and turnout.
    pub session: Session,
    /// What it voted.
    pub results: Vec<CouncilResult>,
}

/// What the council voted on a nomination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CouncilResult {
    /// The nomination.
    pub nomination_id: NominationId,
    /// The ballot, where it was voted on in the program.
    pub ballot_id: Option<BallotId>,
    /// The unit.
    pub unit: String,
    /// The award's code.
    pub award: String,
    /// How the votes were counted, in words.
    pub working: String,
    /// Whether it passed.
    pub passed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_is_data_of_the_session() {
        let day = NaiveDate::from_ymd_opt(2024, 1, 18).unwrap();
        let session = |base| Session {
            held_on: day,
            members_total: 9,
            members_present: 6,
            threshold_percent: Decimal::from(50),
            threshold_base: base,
        };
        assert!(!session(Base::AllMembers).passes(4));
        assert!(session(Base::Present).passes(4));
        assert_eq!(
            session(Base::AllMembers).working(8),
            "8/9 phiếu = 88,89% > 50% tổng số ủy viên Hội đồng"
        );
    }
}
