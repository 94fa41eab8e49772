//! A report for reading: registered against reached, side by side. The same where it is shown, handed in and closed.

use super::super::{
    content::{Certainty, Content, Figure, Promise},
    forms::ReportForm,
    progress::Progress,
};
use crate::kit::values::{self, figure_text};

/// What `reports/sheet.html` shows.
pub(super) struct Sheet {
    /// Registered figures.
    pub figures: Vec<Line>,
    /// Figures that weren't registered.
    pub additions: Vec<Line>,
    /// The sections of text.
    pub text: ReportForm,
}

/// A figure in words. Empty where nothing is known yet.
pub(super) struct Line {
    pub indicator: String,
    pub unit_of_measure: String,
    pub registered: String,
    pub reached: String,
    pub is_estimate: bool,
    /// `ước khi nộp: 9, chênh +1`
    pub replaced: String,
    pub progress: Option<Progress>,
    pub note: String,
}

impl Sheet {
    /// What was handed in.
    pub fn of_content(content: &Content) -> Self {
        Self {
            figures: content.figures.iter().map(Line::of).collect(),
            additions: content.additions.iter().map(Line::of).collect(),
            text: ReportForm::from(content),
        }
    }

    /// A draft as far as it is written.
    pub fn of_draft(draft: &ReportForm, promises: &[Promise]) -> Self {
        let text = draft.clone().aligned(promises);
        let figures = promises
            .iter()
            .zip(&text.figures)
            .map(|(promise, row)| Line {
                indicator: promise.indicator.clone(),
                unit_of_measure: promise.unit_of_measure.clone(),
                registered: figure_text(promise.registered),
                progress: values::figure(&row.reached)
                    .ok()
                    .map(|reached| Progress::new(promise.registered, reached)),
                ..Line::typed(&row.reached, &row.certainty, &row.note)
            })
            .collect();
        let additions = text
            .additions
            .iter()
            .map(|row| Line {
                indicator: row.indicator.clone(),
                unit_of_measure: row.unit_of_measure.clone(),
                ..Line::typed(&row.reached, &row.certainty, &row.note)
            })
            .collect();
        Self {
            figures,
            additions,
            text,
        }
    }

    /// Where a mistake is: away from its field a message such as “Hãy nhập một số” says too little.
    pub fn place_of(&self, field: &str) -> String {
        let (name, row) = match field.rsplit_once('-') {
            Some((name, row)) => (name, row.parse::<usize>().ok()),
            None => (field, None),
        };
        let (section, lines) = match name.split('_').next() {
            Some("figure") => ("Chỉ tiêu đã đăng ký", &self.figures),
            Some("addition" | "additions") => ("Kết quả ngoài đăng ký", &self.additions),
            _ => return String::new(),
        };
        let Some(row) = row else {
            return section.to_owned();
        };
        match lines.get(row).map(|line| line.indicator.trim()) {
            Some(text) if !text.is_empty() => format!("{section}, dòng {} ({text})", row + 1),
            _ => format!("{section}, dòng {}", row + 1),
        }
    }
}

impl Line {
    fn of(figure: &Figure) -> Self {
        Self {
            indicator: figure.indicator.clone(),
            unit_of_measure: figure.unit_of_measure.clone(),
            registered: figure.registered.map(figure_text).unwrap_or_default(),
            reached: figure_text(figure.value()),
            is_estimate: figure.is_open_estimate(),
            replaced: replaced(figure),
            progress: Progress::of(figure),
            note: figure.note.clone(),
        }
    }

    fn typed(reached: &str, certainty: &str, note: &str) -> Self {
        Self {
            indicator: String::new(),
            unit_of_measure: String::new(),
            registered: String::new(),
            reached: values::typed_text(reached),
            is_estimate: certainty == Certainty::Estimate.code(),
            replaced: String::new(),
            progress: None,
            note: note.to_owned(),
        }
    }
}

/// How a final figure differs from the estimate it replaced.
fn replaced(figure: &Figure) -> String {
    let Some(difference) = figure.difference() else {
        return String::new();
    };
    let estimate = figure_text(figure.reached);
    if difference.is_zero() {
        return format!("ước khi nộp: {estimate}, không đổi");
    }
    let sign = if difference.is_sign_positive() { "+" } else { "" };
    format!("ước khi nộp: {estimate}, chênh {sign}{}", figure_text(difference))
}
