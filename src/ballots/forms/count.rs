//! The count as typed: who counts, the figures of the papers on paper, VUSTA's answer, why a ballot is called off.

use serde::Deserialize;

use super::super::model::{Committee, Outcome, PaperCounts, Plan, QuestionCounts, Settlement, Style, Votes};
use crate::kit::{
    error::{AppError, Result},
    fields::FieldErrors,
    values,
};

/// At most this many members of a committee.
const MOST_MEMBERS: usize = 20;

/// Who counts, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CommitteeForm {
    pub version: i32,
    pub head: String,
    pub secretary: String,
    pub members: String,
}

impl CommitteeForm {
    /// What was named before.
    #[must_use]
    pub fn of(committee: &Committee, version: i32) -> Self {
        Self {
            version,
            head: committee.head.clone(),
            secretary: committee.secretary.clone(),
            members: committee.members.join("\n"),
        }
    }

    /// The checked committee.
    pub fn check(&self) -> Result<Committee, FieldErrors> {
        let mut errors = FieldErrors::default();
        let head = errors.read(
            "head",
            values::required_line(&self.head, 200, "tổ trưởng tổ kiểm phiếu"),
        );
        let secretary = errors.read(
            "secretary",
            values::required_line(&self.secretary, 200, "thư ký tổ kiểm phiếu"),
        );
        let lines = self.members.lines().filter(|line| !line.trim().is_empty());
        let members: Result<Vec<String>, String> = lines.map(|line| values::line(line, 200)).collect();
        let members = members.and_then(|members| {
            if members.len() > MOST_MEMBERS {
                Err(format!("Tối đa {MOST_MEMBERS} ủy viên."))
            } else {
                Ok(members)
            }
        });
        let members = errors.read("members", members);
        match (head, secretary, members) {
            (Some(head), Some(secretary), Some(members)) => Ok(Committee {
                head,
                secretary,
                members,
            }),
            _ => Err(errors),
        }
    }
}

/// The count of papers on paper as a browser posts it: figures in the order of the questions and candidates.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PostedTally {
    pub version: i32,
    collected: String,
    invalid: Vec<String>,
    blank: Vec<String>,
    votes_for: Vec<String>,
    votes_against: Vec<String>,
}

/// The figures of a question as typed.
#[derive(Clone, Debug, Default)]
pub struct TallyQuestion {
    pub invalid: String,
    pub blank: String,
    /// For, and against where that is asked.
    pub votes: Vec<(String, String)>,
}

/// The figures as typed.
#[derive(Clone, Debug, Default)]
pub struct TallyForm {
    pub collected: String,
    pub questions: Vec<TallyQuestion>,
}

impl PostedTally {
    /// The figures beside what they are figures of.
    pub fn form(&self, plan: &Plan) -> TallyForm {
        let at = |column: &[String], i: usize| column.get(i).cloned().unwrap_or_default();
        let (mut row, mut against) = (0, 0);
        let questions = plan.questions.iter().enumerate().map(|(i, question)| {
            let votes = question.candidates.iter().map(|_| {
                let votes_for = at(&self.votes_for, row);
                row += 1;
                let mut votes_against = String::new();
                if question.style == Style::EachYesNo {
                    votes_against = at(&self.votes_against, against);
                    against += 1;
                }
                (votes_for, votes_against)
            });
            TallyQuestion {
                votes: votes.collect(),
                invalid: at(&self.invalid, i),
                blank: at(&self.blank, i),
            }
        });
        TallyForm {
            questions: questions.collect(),
            collected: self.collected.clone(),
        }
    }
}

impl TallyForm {
    /// Boxes with nothing in them.
    #[must_use]
    pub fn empty(plan: &Plan) -> Self {
        PostedTally::default().form(plan)
    }

    /// The figures as somebody entered them before.
    #[must_use]
    pub fn of(counts: &PaperCounts) -> Self {
        let questions = counts.questions.iter().map(|question| TallyQuestion {
            invalid: question.invalid.to_string(),
            blank: question.blank.to_string(),
            votes: question
                .votes
                .iter()
                .map(|votes| (votes.votes_for.to_string(), votes.votes_against.to_string()))
                .collect(),
        });
        Self {
            collected: counts.collected.to_string(),
            questions: questions.collect(),
        }
    }

    /// The checked figures: whether they can be is asked of [`PaperCounts::check`].
    pub fn read(&self, plan: &Plan) -> Result<PaperCounts, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut figure = |field: String, typed: &str| {
            errors
                .read(field, values::whole(typed, 0, 10_000, "Số phiếu"))
                .unwrap_or_default()
        };
        let collected = figure("collected".to_owned(), &self.collected);
        let questions = plan.questions.iter().zip(&self.questions).enumerate();
        let questions = questions.map(|(i, (question, typed))| {
            let votes = typed.votes.iter().enumerate();
            let votes = votes.map(|(j, (votes_for, votes_against))| Votes {
                votes_for: figure(format!("for-{i}-{j}"), votes_for),
                votes_against: match question.style {
                    Style::EachYesNo => figure(format!("against-{i}-{j}"), votes_against),
                    Style::Choose => 0,
                },
            });
            let votes = votes.collect();
            QuestionCounts {
                votes,
                invalid: figure(format!("invalid-{i}"), &typed.invalid),
                blank: figure(format!("blank-{i}"), &typed.blank),
            }
        });
        let counts = PaperCounts {
            questions: questions.collect(),
            collected,
        };
        if errors.is_empty() {
            Ok(counts)
        } else {
            Err(errors)
        }
    }
}

/// Why a ballot is called off, or made again.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReasonForm {
    pub version: i32,
    pub reason: String,
}

impl ReasonForm {
    /// The reason.
    pub fn check(&self) -> Result<String, FieldErrors> {
        values::required_line(&self.reason, 500, "lý do")
            .map_err(|message| FieldErrors::one("reason", message))
    }
}

/// VUSTA's answer on equal votes, as typed: `question-candidate` of those who pass.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SettlementForm {
    pub version: i32,
    pub elected: Vec<String>,
    pub reason: String,
}

impl SettlementForm {
    /// The value of the choice of a candidate.
    #[must_use]
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub fn code(question: &usize, place: &usize) -> String {
        format!("{question}-{place}")
    }

    /// Whether a candidate is ticked.
    #[must_use]
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub fn has(&self, question: &usize, place: &usize) -> bool {
        self.elected.contains(&Self::code(question, place))
    }

    /// The checked answer: of each open question as many of those with equal votes as there are seats left.
    pub fn check(&self, outcome: &Outcome) -> Result<Settlement> {
        let mut errors = FieldErrors::default();
        let reason = errors.read(
            "reason",
            values::required_line(&self.reason, 500, "số, ngày văn bản của LHHVN"),
        );
        let mut elected = Vec::new();
        for (i, question) in outcome.questions.iter().enumerate() {
            let Some(tie) = &question.tie else {
                elected.push(Vec::new());
                continue;
            };
            let ticked = tie.among.iter().filter(|place| self.has(&i, place));
            let chosen: Vec<usize> = ticked.copied().collect();
            if i32::try_from(chosen.len()).ok() != Some(tie.seats) {
                errors.add(
                    format!("elected-{i}"),
                    format!(
                        "Hãy chọn đúng {} đơn vị theo ý kiến của LHHVN, đang chọn {}.",
                        tie.seats,
                        chosen.len()
                    ),
                );
            }
            elected.push(chosen);
        }
        match reason {
            Some(reason) if errors.is_empty() => Ok(Settlement { elected, reason }),
            _ => Err(AppError::Invalid(errors)),
        }
    }
}
