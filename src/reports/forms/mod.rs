//! The report as typed, and the way from there to checked content.

mod closing;
mod posted;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{
    content::{Certainty, Content, Figure, Promise},
    model::Report,
    section::Section,
};
use crate::{
    kit::{
        fields::FieldErrors,
        text::fold,
        values::{self, figure_typed},
    },
    papers::{Checked, OpenParts, Reader, Returnable, draft_rows, number_rows},
};

pub use closing::FinalForm;
pub(super) use posted::PostedReport;

/// At most this many characters in a section of text.
const MOST_TEXT: usize = 8000;
/// At most this many bytes of a draft, below the bound of its table.
pub(super) const MOST_DRAFT_BYTES: usize = 640_000;

draft_rows! {
    /// What was reached of a registered target, as typed. Its id is the target's.
    FigureRow { reached, certainty, note }
    /// A figure that wasn't registered, as typed.
    AdditionRow { indicator, unit_of_measure, reached, certainty, note }
}

impl FigureRow {
    /// The row of a target that nobody has answered yet. An estimate taken for one does no harm: closing the
    /// report asks again.
    fn blank(promise: &Promise) -> Self {
        Self {
            id: Some(promise.id),
            certainty: Certainty::Estimate.code().to_owned(),
            ..Self::default()
        }
    }
}

/// The whole form as typed: what a draft keeps, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like the fields of the checked content")]
pub struct ReportForm {
    pub figures: Vec<FigureRow>,
    pub additions: Vec<AdditionRow>,
    pub situation: String,
    pub results: String,
    pub emulation: String,
    pub limitations: String,
    pub directions: String,
    pub proposals: String,
}

impl ReportForm {
    /// The text of a section; empty for one that has none.
    #[must_use]
    pub fn text(&self, section: &Section) -> &str {
        match section {
            Section::Situation => &self.situation,
            Section::Results => &self.results,
            Section::Emulation => &self.emulation,
            Section::Limitations => &self.limitations,
            Section::Directions => &self.directions,
            Section::Proposals => &self.proposals,
            Section::Figures | Section::Additions | Section::Attachments => "",
        }
    }

    /// The text of a section to write in; none for one that has none.
    fn text_mut(&mut self, section: Section) -> Option<&mut String> {
        match section {
            Section::Situation => Some(&mut self.situation),
            Section::Results => Some(&mut self.results),
            Section::Emulation => Some(&mut self.emulation),
            Section::Limitations => Some(&mut self.limitations),
            Section::Directions => Some(&mut self.directions),
            Section::Proposals => Some(&mut self.proposals),
            Section::Figures | Section::Additions | Section::Attachments => None,
        }
    }

    /// The form with a row for each promise, in their order. Rows whose promise is away (its registration is being
    /// mended) stay behind them, so that nothing typed is lost when it comes back.
    #[must_use]
    pub fn aligned(mut self, promises: &[Promise]) -> Self {
        let mut rows = std::mem::take(&mut self.figures);
        for promise in promises {
            let place = rows.iter().position(|row| row.id == Some(promise.id));
            self.figures
                .push(place.map_or_else(|| FigureRow::blank(promise), |at| rows.remove(at)));
        }
        self.figures.append(&mut rows);
        self
    }

    /// The edit of a stored form by a typed one, as far as parts are open. New rows get their ids.
    #[must_use]
    pub fn merged(stored: Self, mut typed: Self, open: &OpenParts, promises: &[Promise]) -> Self {
        let mut stored = stored.aligned(promises);
        for row in &mut stored.figures {
            let place = typed.figures.iter().position(|t| t.id == row.id);
            if let Some(at) = place.filter(|_| open.has_row(Section::Figures.code(), row.id)) {
                *row = typed.figures.swap_remove(at);
            }
        }
        stored.additions = open.merge(
            Section::Additions.code(),
            stored.additions,
            typed.additions.clone(),
        );
        stored.additions.retain(|row| !row.is_blank());
        for section in Section::NARRATIVE
            .into_iter()
            .filter(|s| open.has_section(s.code()))
        {
            if let Some(text) = stored.text_mut(section) {
                typed.text(&section).clone_into(text);
            }
        }
        let (figures, additions) = (
            stored.figures.iter_mut().map(|r| &mut r.id),
            stored.additions.iter_mut().map(|r| &mut r.id),
        );
        number_rows(figures.chain(additions));
        stored
    }

    /// The checked content. Errors are at `field` or, in rows, at `field-index`.
    pub fn check(&self, promises: &[Promise], how: Checked) -> Result<Content, FieldErrors> {
        let mut reader = Reader::new(how);
        let r = &mut reader;
        let form = self.clone().aligned(promises);
        let figures = promises
            .iter()
            .zip(&form.figures)
            .enumerate()
            .map(|(i, (promise, row))| row.read(i, promise, r))
            .collect();
        r.bound_rows(Section::Additions.code(), self.additions.len());
        self.check_repeats(promises, r);
        let additions = self
            .additions
            .iter()
            .enumerate()
            .map(|(i, row)| row.read(i, r))
            .collect();
        if how == Checked::AsWhole && promises.is_empty() && self.additions.is_empty() {
            r.errors
                .add(Section::Additions.code(), "Hãy báo cáo ít nhất một số liệu.");
        }
        let mut text = |section: Section| self.read_text(section, r);
        let content = Content {
            figures,
            additions,
            situation: text(Section::Situation),
            results: text(Section::Results),
            emulation: text(Section::Emulation),
            limitations: text(Section::Limitations),
            directions: text(Section::Directions),
            proposals: text(Section::Proposals),
        };
        reader.finish(content)
    }

    /// Every section of text is asked for, only requests may be missing.
    fn read_text(&self, section: Section, r: &mut Reader) -> String {
        let typed = self.text(&section);
        if section.is_optional() {
            return r.optional(section.code(), typed, |t| values::paragraphs(t, MOST_TEXT));
        }
        let what = format!("mục “{}”", section.label());
        r.needed(section.code(), typed, |t| {
            values::required_paragraphs(t, MOST_TEXT, &what)
        })
        .unwrap_or_default()
    }

    /// The same indicator twice is a slip of the hand.
    fn check_repeats(&self, promises: &[Promise], r: &mut Reader) {
        let mut seen: HashSet<String> = promises.iter().map(|p| fold(&p.indicator)).collect();
        for (i, row) in self.additions.iter().enumerate() {
            let key = fold(&row.indicator);
            if !key.is_empty() && !seen.insert(key) {
                r.errors
                    .add(format!("addition_indicator-{i}"), "Chỉ tiêu này đã có ở trên.");
            }
        }
    }
}

fn certainty(typed: &str) -> Result<Certainty, String> {
    Certainty::from_code(typed).ok_or_else(|| "Hãy chọn ước hoặc chính thức.".to_owned())
}

impl FigureRow {
    fn read(&self, i: usize, promise: &Promise, r: &mut Reader) -> Figure {
        Figure {
            id: promise.id,
            indicator: promise.indicator.clone(),
            unit_of_measure: promise.unit_of_measure.clone(),
            registered: Some(promise.registered),
            reached: r
                .needed(format!("figure_reached-{i}"), &self.reached, values::figure)
                .unwrap_or_default(),
            certainty: r
                .needed(format!("figure_certainty-{i}"), &self.certainty, certainty)
                .unwrap_or(Certainty::Estimate),
            final_reached: None,
            note: r.optional(format!("figure_note-{i}"), &self.note, |t| values::line(t, 300)),
        }
    }
}

impl AdditionRow {
    fn read(&self, i: usize, r: &mut Reader) -> Figure {
        Figure {
            id: self.id.unwrap_or_default(),
            indicator: r
                .needed(format!("addition_indicator-{i}"), &self.indicator, |t| {
                    values::required_line(t, 300, "tên chỉ tiêu")
                })
                .unwrap_or_default(),
            unit_of_measure: r
                .needed(
                    format!("addition_unit_of_measure-{i}"),
                    &self.unit_of_measure,
                    |t| values::required_line(t, 50, "đơn vị tính"),
                )
                .unwrap_or_default(),
            registered: None,
            reached: r
                .needed(format!("addition_reached-{i}"), &self.reached, values::figure)
                .unwrap_or_default(),
            certainty: r
                .needed(format!("addition_certainty-{i}"), &self.certainty, certainty)
                .unwrap_or(Certainty::Estimate),
            final_reached: None,
            note: r.optional(format!("addition_note-{i}"), &self.note, |t| values::line(t, 300)),
        }
    }
}

impl From<&Content> for ReportForm {
    /// The content as a person would have typed it: what a returned report is mended from.
    fn from(content: &Content) -> Self {
        let typed = |f: &Figure| {
            (
                Some(f.id),
                figure_typed(f.reached),
                f.certainty.code().to_owned(),
                f.note.clone(),
            )
        };
        Self {
            figures: content
                .figures
                .iter()
                .map(|f| {
                    let (id, reached, certainty, note) = typed(f);
                    FigureRow {
                        id,
                        reached,
                        certainty,
                        note,
                    }
                })
                .collect(),
            additions: content
                .additions
                .iter()
                .map(|f| {
                    let (id, reached, certainty, note) = typed(f);
                    let (indicator, unit_of_measure) = (f.indicator.clone(), f.unit_of_measure.clone());
                    AdditionRow {
                        id,
                        indicator,
                        unit_of_measure,
                        reached,
                        certainty,
                        note,
                    }
                })
                .collect(),
            situation: content.situation.clone(),
            results: content.results.clone(),
            emulation: content.emulation.clone(),
            limitations: content.limitations.clone(),
            directions: content.directions.clone(),
            proposals: content.proposals.clone(),
        }
    }
}

/// Everything in a report that can be sent back, in the order of the form.
#[must_use]
pub fn returnables(report: &Report) -> Vec<Returnable> {
    let Some(content) = &report.content else {
        return Vec::new();
    };
    let mut list = Vec::new();
    for section in Section::ALL {
        list.push(Returnable::section(section.code(), section.label()));
        let rows = match section {
            Section::Figures => content.figures.as_slice(),
            Section::Additions => content.additions.as_slice(),
            _ => &[],
        };
        list.extend(
            rows.iter()
                .map(|f| Returnable::row(section.code(), f.id, f.indicator.clone())),
        );
    }
    list
}

#[cfg(test)]
mod tests;
