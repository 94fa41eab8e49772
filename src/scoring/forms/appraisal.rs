//! The appraisers' points with their reasons and questions, and the unit's explanations.

use serde::{Deserialize, Serialize};

use super::super::{asked::Asked, model::Line};
use crate::{
    ids::RowId,
    kit::{error::Result as Outcome, fields::FieldErrors, values},
    papers::{Checked, Reader, at, bound_columns, draft_rows, id_at},
};

draft_rows! {
    /// A line's appraisal as typed. Its id is the criterion's.
    AppraisalRow { points, reason, question }
}

/// The whole appraisal as typed: kept right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AppraisalForm {
    /// A row per line.
    pub rows: Vec<AppraisalRow>,
}

impl AppraisalForm {
    /// The form with a row for each line, in their order.
    #[must_use]
    pub fn aligned(mut self, lines: &[Line]) -> Self {
        let mut typed = std::mem::take(&mut self.rows);
        self.rows = lines
            .iter()
            .map(|line| {
                let id = Some(RowId(line.criterion_id.0));
                match typed.iter().position(|row| row.id == id) {
                    Some(place) => typed.swap_remove(place),
                    None => AppraisalRow {
                        id,
                        ..AppraisalRow::default()
                    },
                }
            })
            .collect();
        self
    }

    /// The lines with what is right in the form; and what is wrong. A line that is wrong keeps what it had.
    ///
    /// As a whole every line has points. A question is asked of the unit; it goes with points or without.
    #[must_use]
    pub fn check(
        &self,
        asked: &[Asked],
        lines: &[Line],
        decimals: u32,
        how: Checked,
    ) -> (Vec<Line>, FieldErrors) {
        let form = self.clone().aligned(lines);
        let mut errors = FieldErrors::default();
        let checked = lines
            .iter()
            .zip(&form.rows)
            .enumerate()
            .map(|(i, (line, row))| {
                let Some(asked) = asked.iter().find(|a| a.criterion.id == line.criterion_id) else {
                    return line.clone();
                };
                let mut reader = Reader::new(how);
                let read = row.read(i, asked, line, decimals, &mut reader);
                match reader.finish(read) {
                    Ok(read) => read,
                    Err(wrong) => {
                        for error in &wrong {
                            errors.add(error.field.clone(), error.message.clone());
                        }
                        line.clone()
                    }
                }
            })
            .collect();
        (checked, errors)
    }
}

impl AppraisalRow {
    fn read(&self, i: usize, asked: &Asked, line: &Line, decimals: u32, r: &mut Reader) -> Line {
        let field = format!("line_points-{i}");
        let points = if self.points.trim().is_empty() {
            if r.how == Checked::AsWhole {
                r.errors.add(
                    &field,
                    "Dòng này chưa thẩm định: ghi điểm, hoặc nhận điểm tự chấm.",
                );
            }
            None
        } else {
            r.errors
                .read(&field, super::points(&self.points, asked, decimals))
        };
        let reason = r.optional(format!("line_reason-{i}"), &self.reason, |t| {
            values::paragraphs(t, 1000)
        });
        let question = r.optional(format!("line_question-{i}"), &self.question, |t| {
            values::paragraphs(t, 1000)
        });
        if points.is_some_and(|p| p != line.own) && reason.is_empty() {
            r.errors.add(
                format!("line_reason-{i}"),
                "Hãy ghi lý do: điểm thẩm định khác điểm tự chấm.",
            );
        }
        Line {
            appraised: points,
            reason: if points == Some(line.own) {
                String::new()
            } else {
                reason
            },
            question,
            ..line.clone()
        }
    }
}

/// The form as a browser posts it: one list a column, aligned by position.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct PostedAppraisal {
    pub version: i32,
    pub next: String,
    line_id: Vec<String>,
    line_points: Vec<String>,
    line_reason: Vec<String>,
    line_question: Vec<String>,
}

impl PostedAppraisal {
    /// Refuses more rows than anybody types.
    pub(in super::super) fn bound(&self) -> Outcome<()> {
        bound_columns([
            &self.line_id,
            &self.line_points,
            &self.line_reason,
            &self.line_question,
        ])
    }
}

impl From<PostedAppraisal> for AppraisalForm {
    fn from(p: PostedAppraisal) -> Self {
        Self {
            rows: (0..p.line_id.len())
                .map(|i| AppraisalRow {
                    id: id_at(&p.line_id, i),
                    points: at(&p.line_points, i),
                    reason: at(&p.line_reason, i),
                    question: at(&p.line_question, i),
                })
                .collect(),
        }
    }
}

draft_rows! {
    /// An explanation as typed. Its id is the criterion's.
    ExplanationRow { explanation }
}

/// What the unit explains, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExplanationForm {
    /// A row per line that was asked for.
    pub rows: Vec<ExplanationRow>,
}

impl ExplanationForm {
    /// The form with a row for each line that was asked for.
    #[must_use]
    pub fn aligned(self, lines: &[Line]) -> Self {
        let rows = lines
            .iter()
            .filter(|line| !line.question.is_empty())
            .map(|line| {
                let id = Some(RowId(line.criterion_id.0));
                self.rows
                    .iter()
                    .find(|row| row.id == id)
                    .cloned()
                    .unwrap_or_else(|| ExplanationRow {
                        id,
                        explanation: line.explanation.clone(),
                    })
            })
            .collect();
        Self { rows }
    }

    /// The lines with their explanations; each that was asked for needs one.
    pub fn check(&self, lines: &[Line]) -> Result<Vec<Line>, FieldErrors> {
        let form = self.clone().aligned(lines);
        let mut errors = FieldErrors::default();
        let mut checked = lines.to_vec();
        for (i, row) in form.rows.iter().enumerate() {
            let read = errors.read(
                format!("line_explanation-{i}"),
                values::required_paragraphs(&row.explanation, 2000, "phần giải trình"),
            );
            if let (Some(text), Some(line)) = (
                read,
                checked
                    .iter_mut()
                    .find(|line| Some(RowId(line.criterion_id.0)) == row.id),
            ) {
                line.explanation = text;
            }
        }
        if errors.is_empty() {
            Ok(checked)
        } else {
            Err(errors)
        }
    }
}

/// The form as a browser posts it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct PostedExplanation {
    pub version: i32,
    line_id: Vec<String>,
    line_explanation: Vec<String>,
}

impl From<PostedExplanation> for ExplanationForm {
    fn from(p: PostedExplanation) -> Self {
        Self {
            rows: (0..p.line_id.len())
                .map(|i| ExplanationRow {
                    id: id_at(&p.line_id, i),
                    explanation: at(&p.line_explanation, i),
                })
                .collect(),
        }
    }
}
