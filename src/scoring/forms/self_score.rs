//! The unit's own points.

use serde::{Deserialize, Serialize};

use super::super::{asked::Asked, model::Line};
use crate::{
    ids::RowId,
    kit::{
        error::Result as Outcome,
        fields::FieldErrors,
        values::{self, figure_text, figure_typed},
    },
    papers::{Checked, Reader, at, bound_columns, draft_rows, id_at},
};

draft_rows! {
    /// A criterion's points as typed. Its id is the criterion's.
    SelfRow { points, note, links }
}

/// The whole self-score as typed: what a draft keeps, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SelfScoreForm {
    /// A row per criterion.
    pub rows: Vec<SelfRow>,
}

impl SelfScoreForm {
    /// The form with a row for each criterion that applies, in their order. Points that nobody has typed yet are those
    /// that follow from the figures.
    #[must_use]
    pub fn aligned(mut self, asked: &[Asked]) -> Self {
        let mut typed = std::mem::take(&mut self.rows);
        self.rows = asked
            .iter()
            .filter(|a| a.applies())
            .map(|a| {
                let id = Some(RowId(a.criterion.id.0));
                match typed.iter().position(|row| row.id == id) {
                    Some(place) => typed.swap_remove(place),
                    None => SelfRow {
                        id,
                        points: a.computed.points.map(figure_typed).unwrap_or_default(),
                        ..SelfRow::default()
                    },
                }
            })
            .collect();
        self
    }

    /// The checked lines. Errors are at `line_points-index` and so on, counted over the lines that apply.
    pub fn check(&self, asked: &[Asked], decimals: u32, how: Checked) -> Result<Vec<Line>, FieldErrors> {
        let mut reader = Reader::new(how);
        let form = self.clone().aligned(asked);
        let lines = asked
            .iter()
            .filter(|a| a.applies())
            .zip(&form.rows)
            .enumerate()
            .map(|(i, (asked, row))| row.read(i, asked, decimals, &mut reader))
            .collect();
        reader.finish(lines)
    }
}

impl SelfRow {
    fn read(&self, i: usize, asked: &Asked, decimals: u32, r: &mut Reader) -> Line {
        let field = format!("line_points-{i}");
        let given = if self.points.trim().is_empty() && r.how == Checked::AsWhole {
            r.errors.add(&field, "Hãy ghi điểm tự chấm; không có thì ghi 0.");
            None
        } else {
            r.needed(&field, &self.points, |t| super::points(t, asked, decimals))
        };
        let note = r.optional(format!("line_note-{i}"), &self.note, |t| {
            values::paragraphs(t, 1000)
        });
        let links = r
            .optional_value(format!("line_links-{i}"), &self.links, super::links)
            .unwrap_or_default();
        if r.how == Checked::AsWhole
            && let Some(points) = given
        {
            let lacks_evidence = asked.criterion.needs_evidence && asked.evidence() == 0 && links.is_empty();
            if lacks_evidence && !points.is_zero() && !asked.is_deduction() {
                r.errors.add(
                    format!("line_links-{i}"),
                    "Điểm trên 0 phải có minh chứng: đính kèm tệp hoặc ghi đường dẫn. Chưa có thì ghi 0 điểm.",
                );
            }
            if asked.computed.points.is_some_and(|c| c != points) && note.is_empty() {
                let computed = asked.computed.points.map(figure_text).unwrap_or_default();
                r.errors.add(
                    format!("line_note-{i}"),
                    format!("Điểm khác {computed} điểm tính theo số liệu: hãy ghi lý do."),
                );
            }
        }
        Line {
            criterion_id: asked.criterion.id,
            basis: asked.basis.clone(),
            computed: asked.computed.points,
            working: asked.computed.working.clone(),
            own: given.unwrap_or_default(),
            note,
            links,
            proofs: asked.proofs.clone(),
            appraised: None,
            reason: String::new(),
            question: String::new(),
            explanation: String::new(),
        }
    }
}

/// The form as a browser posts it: one list a column, aligned by position.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct PostedSelfScore {
    pub version: i32,
    pub next: String,
    line_id: Vec<String>,
    line_points: Vec<String>,
    line_note: Vec<String>,
    line_links: Vec<String>,
}

impl PostedSelfScore {
    /// Refuses more rows than anybody types.
    pub(in super::super) fn bound(&self) -> Outcome<()> {
        bound_columns([
            &self.line_id,
            &self.line_points,
            &self.line_note,
            &self.line_links,
        ])
    }
}

impl From<PostedSelfScore> for SelfScoreForm {
    fn from(p: PostedSelfScore) -> Self {
        Self {
            rows: (0..p.line_id.len())
                .map(|i| SelfRow {
                    id: id_at(&p.line_id, i),
                    points: at(&p.line_points, i),
                    note: at(&p.line_note, i),
                    links: at(&p.line_links, i),
                })
                .collect(),
        }
    }
}
