//! A consultation, what it lists, what is objected.

use chrono::NaiveDate;

use crate::{
    ids::{CommentId, ConsultationId, NominationId, UnitId},
    kit::clock::{self, Moment},
};

/// A consultation: when it is open.
#[derive(Clone, Debug)]
pub struct Window {
    /// The id.
    pub id: ConsultationId,
    /// The year of the nominations.
    pub year: i32,
    /// Its working days.
    pub days: i32,
    /// The first day.
    pub opens_on: NaiveDate,
    /// The last day.
    pub closes_on: NaiveDate,
}

impl Window {
    /// Whether objections are taken at this moment: until the end of its last day.
    #[must_use]
    pub fn is_open(&self, now: Moment) -> bool {
        now < clock::end_of(self.closes_on)
    }
}

/// Who is listed: what the public may know.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The nomination.
    pub nomination_id: NominationId,
    /// In which consultation.
    pub consultation_id: ConsultationId,
    /// The unit.
    pub unit_id: UnitId,
    /// Its short name.
    pub unit: String,
    /// The proposed title.
    pub award: String,
    /// The cluster.
    pub cluster: String,
    /// The year.
    pub year: i32,
}

/// What the office found of an objection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Finding {
    /// It is right.
    Upheld,
    /// It isn't.
    Unfounded,
}

impl Finding {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Upheld, Self::Unfounded];

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Unfounded => "unfounded",
        }
    }

    /// The finding with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|finding| finding.code() == code)
    }

    /// The finding in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Upheld => "ý kiến có cơ sở",
            Self::Unfounded => "ý kiến không có cơ sở",
        }
    }
}

/// An objection with its answer.
#[derive(Clone, Debug)]
pub struct Comment {
    /// The id.
    pub id: CommentId,
    /// About which nomination.
    pub nomination_id: NominationId,
    /// Of which unit.
    pub unit_id: UnitId,
    /// Its short name.
    pub unit: String,
    /// For which title.
    pub award: String,
    /// The year.
    pub year: i32,
    /// The code on the receipt.
    pub code: String,
    /// Who objects: for the office alone.
    pub name: String,
    /// Where the answer goes: for the office alone.
    pub email: String,
    /// Likewise.
    pub phone: String,
    /// The objection.
    pub text: String,
    /// When it came.
    pub received_at: Moment,
    /// What was found; none while it is open.
    pub finding: Option<Finding>,
    /// The answer; empty while it is open.
    pub answer: String,
    /// When it was answered.
    pub answered_at: Option<Moment>,
}

/// Where a nomination stands in its consultation: what the council should know before it votes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The nomination.
    pub nomination_id: NominationId,
    /// The last day.
    pub closes_on: NaiveDate,
    /// Objections without an answer.
    pub open: i64,
    /// Objections found right.
    pub upheld: i64,
}

impl Standing {
    /// The warnings, in words; none when all is well.
    #[must_use]
    pub fn warnings(&self, now: Moment) -> Vec<String> {
        let mut words = Vec::new();
        if now < clock::end_of(self.closes_on) {
            words.push(format!(
                "đang lấy ý kiến đến hết {}",
                clock::short_date_text(self.closes_on)
            ));
        }
        if self.open > 0 {
            words.push(format!("{} ý kiến chưa trả lời", self.open));
        }
        if self.upheld > 0 {
            words.push(format!("{} ý kiến có cơ sở", self.upheld));
        }
        words
    }
}

/// A consultation to be opened, checked.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Its working days.
    pub days: i32,
    /// Who is listed.
    pub nominations: Vec<NominationId>,
}

/// An objection, checked.
#[derive(Clone, Debug)]
pub struct CommentInput {
    /// Who objects.
    pub name: String,
    /// Where the answer goes.
    pub email: String,
    /// Likewise.
    pub phone: String,
    /// The objection.
    pub text: String,
}

/// An answer, checked.
#[derive(Clone, Debug)]
pub struct AnswerInput {
    /// What was found.
    pub finding: Finding,
    /// The answer.
    pub answer: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_council_is_warned_of_what_is_open_or_right() {
        let day = NaiveDate::from_ymd_opt(2023, 12, 11).unwrap();
        let standing = |open, upheld| Standing {
            nomination_id: NominationId::new(),
            closes_on: day,
            open,
            upheld,
        };
        let within: Moment = "2023-12-11T16:59:59Z".parse().unwrap();
        let after: Moment = "2023-12-11T17:00:00Z".parse().unwrap();
        assert_eq!(standing(0, 0).warnings(within), ["đang lấy ý kiến đến hết 11/12"]);
        assert!(standing(0, 0).warnings(after).is_empty());
        assert_eq!(
            standing(2, 1).warnings(after),
            ["2 ý kiến chưa trả lời", "1 ý kiến có cơ sở"]
        );
    }
}
