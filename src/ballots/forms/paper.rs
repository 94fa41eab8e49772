//! The paper and its rule as typed.

use serde::Deserialize;

use super::{
    super::model::{AbsentRule, MOST_CANDIDATES, MOST_QUESTIONS, Plan, Question, Style},
    reading::{FLOOR, Ground},
};
use crate::{
    kit::{
        clock::{self, date_text, time_text},
        error::{AppError, Result},
        values::figure_typed,
    },
    years::Year,
};

/// Rows of candidates of one question lie this far from those of the next: the name of a box stays the same, whatever is
/// written above it.
pub const SPREAD: usize = 1000;

/// At most this many rows of all questions together.
const MOST_ROWS: usize = MOST_CANDIDATES * MOST_QUESTIONS;

/// A candidate as typed: a unit's slug or free text, and why it was proposed from the floor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CandidateRow {
    pub unit: String,
    pub name: String,
    pub reason: String,
}

impl CandidateRow {
    /// Whether nothing is typed in it.
    pub fn is_blank(&self) -> bool {
        [&self.unit, &self.name, &self.reason]
            .iter()
            .all(|typed| typed.trim().is_empty())
    }
}

/// A question as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionForm {
    pub purpose: String,
    pub award: String,
    pub title: String,
    pub style: String,
    pub most: String,
    pub seats: String,
    pub rows: Vec<CandidateRow>,
}

/// The whole form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanForm {
    pub title: String,
    pub form: String,
    pub questions: Vec<QuestionForm>,
    pub quorum_percent: String,
    pub threshold: String,
    pub threshold_percent: String,
    pub base: String,
    pub may_vote_for_self: bool,
    pub blank_is_valid: bool,
    pub absent: String,
    pub until_on: String,
    pub until_at: String,
    pub ladder: Vec<String>,
}

/// A number as it is put back into its box; nothing where none was typed.
fn typed(number: i32) -> String {
    if number == 0 {
        String::new()
    } else {
        number.to_string()
    }
}

impl QuestionForm {
    /// A question as it was saved.
    fn of(question: &Question, year: Option<&Year>) -> Self {
        let rows = question.candidates.iter().map(|candidate| {
            let member = candidate.unit_id.and_then(|unit| year?.member_of(unit));
            CandidateRow {
                unit: member.map(|m| m.slug.clone()).unwrap_or_default(),
                name: if member.is_some() {
                    String::new()
                } else {
                    candidate.name.clone()
                },
                reason: candidate
                    .origin
                    .strip_prefix(FLOOR)
                    .unwrap_or_default()
                    .to_owned(),
            }
        });
        Self {
            purpose: question.purpose.code().to_owned(),
            award: question.award.clone().unwrap_or_default(),
            title: question.title.clone(),
            style: question.style.code().to_owned(),
            most: typed(question.most),
            seats: typed(question.seats),
            rows: rows.collect(),
        }
    }
}

impl PlanForm {
    /// A plan as it was saved; `year` knows the units.
    #[must_use]
    pub fn of(plan: &Plan, year: Option<&Year>) -> Self {
        let rule = &plan.rule;
        let (absent, until) = match rule.absent {
            AbsentRule::CountsAsAbsent => ("absent", None),
            AbsentRule::MayVoteBefore { until } => ("before", Some(until)),
        };
        Self {
            title: plan.title.clone(),
            form: plan.form.code().to_owned(),
            questions: plan.questions.iter().map(|q| QuestionForm::of(q, year)).collect(),
            quorum_percent: figure_typed(rule.quorum_percent),
            threshold: rule.threshold.code().to_owned(),
            threshold_percent: figure_typed(rule.threshold_percent),
            base: rule.base.code().to_owned(),
            may_vote_for_self: rule.may_vote_for_self,
            blank_is_valid: rule.blank_is_valid,
            absent: absent.to_owned(),
            until_on: until
                .map(|until| date_text(clock::day(until)))
                .unwrap_or_default(),
            until_at: until.map(time_text).unwrap_or_default(),
            ladder: rule.ladder.iter().map(|step| step.code().to_owned()).collect(),
        }
    }

    /// With an empty question behind the others.
    #[must_use]
    pub fn with_question(mut self) -> Self {
        self.questions.push(QuestionForm {
            purpose: "motion".to_owned(),
            style: Style::EachYesNo.code().to_owned(),
            ..QuestionForm::default()
        });
        self
    }

    /// Without the question at this place.
    #[must_use]
    pub fn without_question(mut self, place: usize) -> Self {
        if place < self.questions.len() {
            self.questions.remove(place);
        }
        self
    }

    /// The checked plan, or everything that is wrong: at the fields of [`Plan::check`], at `candidate_unit-N`,
    /// `candidate_name-N`, `candidate_reason-N` (see [`SPREAD`]), `until_on`, `until_at`, `form`, `base`. What is missing
    /// still isn't wrong: a draft may be saved.
    pub fn read(&self, ground: &Ground<'_>) -> Result<Plan, crate::kit::fields::FieldErrors> {
        super::reading::read(self, ground)
    }
}

/// The form as a browser posts it: one list a column, aligned by position.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PostedPlan {
    pub version: i32,
    pub next: String,
    title: String,
    form: String,
    question_purpose: Vec<String>,
    question_award: Vec<String>,
    question: Vec<String>,
    question_style: Vec<String>,
    most: Vec<String>,
    seats: Vec<String>,
    candidate_of: Vec<String>,
    candidate_unit: Vec<String>,
    candidate_name: Vec<String>,
    candidate_reason: Vec<String>,
    quorum_percent: String,
    threshold: String,
    threshold_percent: String,
    base: String,
    may_vote_for_self: String,
    blank_is_valid: String,
    absent: String,
    until_on: String,
    until_at: String,
    ladder: Vec<String>,
}

impl PostedPlan {
    /// Refuses more rows than anybody types.
    pub fn bound(&self) -> Result<()> {
        if self.question.len() > 2 * MOST_QUESTIONS
            || self.candidate_of.len() > 2 * MOST_ROWS
            || self.ladder.len() > 10
        {
            return Err(AppError::TooLarge(
                "Phiếu có nhiều dòng hơn mức cho phép. Xin chia thành nhiều phiếu.".to_owned(),
            ));
        }
        Ok(())
    }
}

impl From<PostedPlan> for PlanForm {
    fn from(p: PostedPlan) -> Self {
        let at = |column: &[String], i: usize| column.get(i).cloned().unwrap_or_default();
        let mut questions: Vec<QuestionForm> = (0..p.question.len())
            .map(|i| QuestionForm {
                purpose: at(&p.question_purpose, i),
                award: at(&p.question_award, i),
                title: at(&p.question, i),
                style: at(&p.question_style, i),
                most: at(&p.most, i),
                seats: at(&p.seats, i),
                rows: Vec::new(),
            })
            .collect();
        for (i, of) in p.candidate_of.iter().enumerate() {
            let row = CandidateRow {
                unit: at(&p.candidate_unit, i),
                name: at(&p.candidate_name, i),
                reason: at(&p.candidate_reason, i),
            };
            let question = of.parse::<usize>().ok().and_then(|of| questions.get_mut(of));
            if let (Some(question), false) = (question, row.is_blank()) {
                question.rows.push(row);
            }
        }
        Self {
            title: p.title,
            form: p.form,
            questions,
            quorum_percent: p.quorum_percent,
            threshold: p.threshold,
            threshold_percent: p.threshold_percent,
            base: p.base,
            may_vote_for_self: !p.may_vote_for_self.is_empty(),
            blank_is_valid: !p.blank_is_valid.is_empty(),
            absent: p.absent,
            until_on: p.until_on,
            until_at: p.until_at,
            ladder: p.ladder,
        }
    }
}
