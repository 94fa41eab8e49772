//! What is on one paper.

use serde::{Deserialize, Serialize};

use super::{Plan, Question, Style};
use crate::{ids::UnitId, kit::fields::FieldErrors};

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Places in the list of candidates.
    Chosen(Vec<usize>),
    /// Candidate by candidate: agreed, not agreed, or left open.
    Marks(Vec<Option<bool>>),
}

impl Answer {
    /// Whether nothing is chosen or marked.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Chosen(places) => places.is_empty(),
            Self::Marks(marks) => marks.iter().all(Option::is_none),
        }
    }

    /// Whether it is for the candidate at this place: yes, no, or neither.
    #[must_use]
    pub fn of(&self, place: usize) -> Option<bool> {
        match self {
            Self::Chosen(places) => places.contains(&place).then_some(true),
            Self::Marks(marks) => marks.get(place).copied().flatten(),
        }
    }

    fn check(&self, question: &Question, i: usize, barred: &[UnitId], errors: &mut FieldErrors) {
        let field = || format!("answer-{i}");
        let count = question.candidates.len();
        let is_odd = match (self, question.style) {
            (Self::Chosen(places), Style::Choose) => {
                let mut sorted = places.clone();
                sorted.sort_unstable();
                sorted.dedup();
                sorted.len() != places.len() || places.iter().any(|place| *place >= count)
            }
            (Self::Marks(marks), Style::EachYesNo) => marks.len() != count,
            (Self::Chosen(_), Style::EachYesNo) | (Self::Marks(_), Style::Choose) => true,
        };
        if is_odd {
            errors.add(
                field(),
                "Lựa chọn không có trong danh sách. Hãy mở lại phiếu và chọn lại.",
            );
            return;
        }
        if let Self::Chosen(places) = self
            && i32::try_from(places.len()).map_or(true, |chosen| chosen > question.most)
        {
            errors.add(
                field(),
                format!(
                    "Chọn tối đa {}, đang chọn {}. Hãy bỏ bớt.",
                    question.most,
                    places.len()
                ),
            );
        }
        for (place, candidate) in question.candidates.iter().enumerate() {
            let is_barred = candidate.unit_id.is_some_and(|unit| barred.contains(&unit));
            if is_barred && self.of(place).is_some() {
                errors.add(
                    field(),
                    format!(
                        "Không bỏ phiếu cho đơn vị của mình hoặc có xung đột lợi ích: hãy để trống mục “{}”.",
                        candidate.name
                    ),
                );
            }
        }
    }
}

/// A paper: one answer to each question, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Choices(pub Vec<Answer>);

impl Choices {
    /// What is wrong with it, at `answer-N`; `barred` are the units that the voter doesn't vote for.
    #[must_use]
    pub fn check(&self, plan: &Plan, barred: &[UnitId]) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.0.len() != plan.questions.len() {
            errors.add(
                "answer-0",
                "Phiếu gửi lên không đủ nội dung. Hãy mở lại phiếu và chọn lại.",
            );
            return errors;
        }
        let barred = if plan.rule.may_vote_for_self { &[] } else { barred };
        for (i, (answer, question)) in self.0.iter().zip(&plan.questions).enumerate() {
            answer.check(question, i, barred, &mut errors);
        }
        errors
    }

    /// Whether nothing at all is chosen or marked.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.iter().all(Answer::is_blank)
    }

    /// The same paper in the one form that says nothing of how it was filled in: in the order of the candidates.
    #[must_use]
    pub fn settled(mut self) -> Self {
        for answer in &mut self.0 {
            if let Answer::Chosen(places) = answer {
                places.sort_unstable();
                places.dedup();
            }
        }
        self
    }

    /// An empty paper.
    #[must_use]
    pub fn blank(plan: &Plan) -> Self {
        let blank = |question: &Question| match question.style {
            Style::Choose => Answer::Chosen(Vec::new()),
            Style::EachYesNo => Answer::Marks(vec![None; question.candidates.len()]),
        };
        Self(plan.questions.iter().map(blank).collect())
    }
}
