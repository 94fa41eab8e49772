//! The report as typed, and the way from there to checked content.

mod closing;
mod posted;
mod rows;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{
    asked::Asked,
    content::Content,
    model::{Period, Report},
    section::Section,
};
use crate::{
    kit::{fields::FieldErrors, text::fold, values},
    papers::{Checked, OpenParts, Reader, Returnable, draft_rows, number_rows},
};

pub use closing::FinalForm;
pub(super) use posted::PostedReport;

/// At most this many characters in a section of text.
const MOST_TEXT: usize = 8000;
/// At most this many bytes of a draft, below the bound of its table.
pub(super) const MOST_DRAFT_BYTES: usize = 640_000;

draft_rows! {
    /// The answer to what is asked, as typed. Its id is the row's. `taken_over` is set by the program alone.
    FigureRow { reached, certainty, note, answer, links, taken_over }
    /// A figure that wasn't registered, as typed.
    AdditionRow { indicator, unit_of_measure, reached, certainty, note, links }
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

    /// The form with a row for each that is asked, in their order. Rows that aren't asked now (their registration is
    /// being mended) stay behind them, so that nothing typed is lost when they come back.
    #[must_use]
    pub fn aligned(mut self, asked: &[Asked]) -> Self {
        let mut rows = std::mem::take(&mut self.figures);
        for one in asked {
            let knows =
                |row: &FigureRow| row.id.is_some() && (row.id == Some(one.id) || row.id == one.promise_id);
            let place = rows.iter().position(knows);
            let mut row = place.map_or_else(|| FigureRow::blank(one), |at| rows.remove(at));
            row.id = Some(one.id);
            self.figures.push(row);
        }
        self.figures.append(&mut rows);
        self
    }

    /// The edit of a stored form by a typed one, as far as parts are open. New rows get their ids.
    #[must_use]
    pub fn merged(stored: Self, mut typed: Self, open: &OpenParts, asked: &[Asked], period: Period) -> Self {
        let mut stored = stored.aligned(asked);
        for row in &mut stored.figures {
            let place = typed.figures.iter().position(|t| t.id == row.id);
            if let Some(at) = place.filter(|_| open.has_row(Section::Figures.code(), row.id)) {
                *row = typed.figures.swap_remove(at).after(row);
            }
        }
        stored.additions = open.merge(
            Section::Additions.code(),
            stored.additions,
            typed.additions.clone(),
        );
        stored.additions.retain(|row| !row.is_blank());
        let is_open = |section: &Section| open.has_section(section.code());
        for section in Section::narrative(period).iter().copied().filter(is_open) {
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
    pub fn check(&self, asked: &[Asked], period: Period, how: Checked) -> Result<Content, FieldErrors> {
        let mut reader = Reader::new(how);
        let r = &mut reader;
        let form = self.clone().aligned(asked);
        let figures = rows::read_figures(asked, &form.figures, r);
        r.bound_rows(Section::Additions.code(), self.additions.len());
        self.check_repeats(asked, r);
        let additions = self
            .additions
            .iter()
            .enumerate()
            .map(|(i, row)| row.read(i, r))
            .collect();
        if how == Checked::AsWhole && asked.is_empty() && self.additions.is_empty() {
            r.errors
                .add(Section::Additions.code(), "Hãy báo cáo ít nhất một số liệu.");
        }
        let mut text = |section: Section| {
            if section.is_in(period) {
                self.read_text(section, period, r)
            } else {
                String::new()
            }
        };
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

    /// The form with last year's value in each open field that is empty, marked as taken over. Answers how many.
    #[must_use]
    pub fn filled_from_last_year(self, asked: &[Asked], open: &OpenParts) -> (Self, usize) {
        let mut form = self.aligned(asked);
        let mut filled = 0;
        for (one, row) in asked.iter().zip(&mut form.figures) {
            let is_open = open.has_row(Section::Figures.code(), row.id);
            if let Some(last) = one
                .last
                .as_ref()
                .filter(|_| is_open && row.reached.trim().is_empty())
            {
                row.reached.clone_from(&last.typed);
                "1".clone_into(&mut row.taken_over);
                filled += 1;
            }
        }
        (form, filled)
    }

    /// Every section of text is asked for, only requests may be missing.
    fn read_text(&self, section: Section, period: Period, r: &mut Reader) -> String {
        let typed = self.text(&section);
        if section.is_optional() {
            return r.optional(section.code(), typed, |t| values::paragraphs(t, MOST_TEXT));
        }
        let what = format!("mục “{}”", section.label_in(period));
        r.needed(section.code(), typed, |t| {
            values::required_paragraphs(t, MOST_TEXT, &what)
        })
        .unwrap_or_default()
    }

    /// The same indicator twice is a slip of the hand.
    fn check_repeats(&self, asked: &[Asked], r: &mut Reader) {
        let mut seen: HashSet<String> = asked.iter().map(|a| fold(&a.indicator)).collect();
        for (i, row) in self.additions.iter().enumerate() {
            let key = fold(&row.indicator);
            if !key.is_empty() && !seen.insert(key) {
                r.errors
                    .add(format!("addition_indicator-{i}"), "Chỉ tiêu này đã có ở trên.");
            }
        }
    }
}

impl From<&Content> for ReportForm {
    /// The content as a person would have typed it: what a returned report is mended from.
    fn from(content: &Content) -> Self {
        Self {
            figures: content.figures.iter().map(FigureRow::of).collect(),
            additions: content.additions.iter().map(AdditionRow::of).collect(),
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
    for section in Section::ALL.into_iter().filter(|s| s.is_in(report.period)) {
        list.push(Returnable::section(
            section.code(),
            section.label_in(report.period),
        ));
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
