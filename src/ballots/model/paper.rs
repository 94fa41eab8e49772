//! The count of papers on paper, as one person enters it.

use serde::{Deserialize, Serialize};

use super::{Plan, Question, Style};
use crate::kit::fields::FieldErrors;

/// Votes on one candidate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// For it.
    #[serde(rename = "for")]
    pub votes_for: i32,
    /// Against it; none where candidates are chosen.
    #[serde(rename = "against")]
    pub votes_against: i32,
}

/// What the papers say on one question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionCounts {
    /// Papers that don't count here: too many chosen, or unreadable.
    pub invalid: i32,
    /// Papers on which nothing is chosen here.
    pub blank: i32,
    /// The votes, in the order of the candidates.
    pub votes: Vec<Votes>,
}

/// The count of all papers on paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperCounts {
    /// Papers that came back.
    pub collected: i32,
    /// Question by question.
    pub questions: Vec<QuestionCounts>,
}

/// A figure in which two counts differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which one, in words.
    pub what: String,
    /// The field: `collected`, `invalid-N`, `blank-N`, `for-N-M`, `against-N-M`.
    pub field: String,
    /// What the first person entered.
    pub first: i32,
    /// What the second person entered.
    pub second: i32,
}

impl PaperCounts {
    /// A count with nothing in it.
    #[must_use]
    pub fn empty(plan: &Plan) -> Self {
        let of = |question: &Question| QuestionCounts {
            votes: vec![Votes::default(); question.candidates.len()],
            ..QuestionCounts::default()
        };
        Self {
            collected: 0,
            questions: plan.questions.iter().map(of).collect(),
        }
    }

    /// What can't be, at the fields of [`Difference::field`]; `given_out` is the number of papers that voters got.
    #[must_use]
    pub fn check(&self, plan: &Plan, given_out: i32) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.collected < 0 || self.collected > given_out {
            errors.add(
                "collected",
                format!(
                    "Thu vào {} phiếu giấy, đã phát ra {given_out} phiếu.",
                    self.collected
                ),
            );
        }
        if self.questions.len() != plan.questions.len() {
            errors.add("collected", "Bảng kiểm không khớp với phiếu. Hãy mở lại trang.");
            return errors;
        }
        for (i, (counts, question)) in self.questions.iter().zip(&plan.questions).enumerate() {
            counts.check(question, i, self.collected, &mut errors);
        }
        errors
    }

    /// In what two counts of the same papers differ.
    #[must_use]
    pub fn differences(&self, other: &Self, plan: &Plan) -> Vec<Difference> {
        let (first, second) = (self.figures(plan), other.figures(plan));
        let pairs = first.into_iter().zip(second);
        pairs
            .filter(|((_, _, a), (_, _, b))| a != b)
            .map(|((field, what, a), (_, _, b))| Difference {
                what,
                field,
                first: a,
                second: b,
            })
            .collect()
    }

    /// Every figure with its field and its words.
    #[must_use]
    pub fn figures(&self, plan: &Plan) -> Vec<(String, String, i32)> {
        let mut all = vec![(
            "collected".to_owned(),
            "Số phiếu giấy thu vào".to_owned(),
            self.collected,
        )];
        for (i, question) in plan.questions.iter().enumerate() {
            let counts = self.questions.get(i).cloned().unwrap_or_default();
            let title = &question.title;
            all.push((
                format!("invalid-{i}"),
                format!("{title}: phiếu không hợp lệ"),
                counts.invalid,
            ));
            all.push((
                format!("blank-{i}"),
                format!("{title}: phiếu trắng"),
                counts.blank,
            ));
            for (j, candidate) in question.candidates.iter().enumerate() {
                let votes = counts.votes.get(j).copied().unwrap_or_default();
                let name = &candidate.name;
                all.push((
                    format!("for-{i}-{j}"),
                    format!("{title}: đồng ý {name}"),
                    votes.votes_for,
                ));
                if question.style == Style::EachYesNo {
                    let what = format!("{title}: không đồng ý {name}");
                    all.push((format!("against-{i}-{j}"), what, votes.votes_against));
                }
            }
        }
        all
    }
}

impl QuestionCounts {
    fn check(&self, question: &Question, i: usize, collected: i32, errors: &mut FieldErrors) {
        let before = errors.len();
        if self.votes.len() != question.candidates.len() {
            errors.add("collected", "Bảng kiểm không khớp với phiếu. Hãy mở lại trang.");
            return;
        }
        for (field, figure) in [("invalid", self.invalid), ("blank", self.blank)] {
            if !(0..=collected.max(0)).contains(&figure) {
                errors.add(
                    format!("{field}-{i}"),
                    format!("Phải từ 0 đến {}, số phiếu thu vào.", collected.max(0)),
                );
            }
        }
        if errors.len() > before {
            return;
        }
        let filled = collected - self.invalid - self.blank;
        if filled < 0 {
            errors.add(
                format!("invalid-{i}"),
                format!("Phiếu không hợp lệ và phiếu trắng cộng lại nhiều hơn {collected} phiếu thu vào."),
            );
            return;
        }
        let mut sum = 0_i64;
        for (j, votes) in self.votes.iter().enumerate() {
            let against = if question.style == Style::EachYesNo {
                votes.votes_against
            } else {
                0
            };
            let is_odd = votes.votes_for < 0
                || votes.votes_against < 0
                || votes.votes_against != against
                || i64::from(votes.votes_for) + i64::from(against) > i64::from(filled);
            if is_odd {
                errors.add(
                    format!("for-{i}-{j}"),
                    format!("Số phiếu phải từ 0 và không nhiều hơn {filled} phiếu hợp lệ có lựa chọn."),
                );
            }
            sum += i64::from(votes.votes_for) + i64::from(against);
        }
        // Every paper that isn't blank says something, and none more than is allowed.
        let most = match question.style {
            Style::Choose => i64::from(question.most),
            Style::EachYesNo => i64::try_from(question.candidates.len()).unwrap_or(i64::MAX),
        };
        if errors.len() == before && (sum < i64::from(filled) || sum > most * i64::from(filled)) {
            errors.add(
                format!("for-{i}-0"),
                format!("Tổng số lựa chọn là {sum}, không khớp với {filled} phiếu hợp lệ có lựa chọn."),
            );
        }
    }
}
