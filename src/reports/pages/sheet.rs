//! A report for reading: registered against reached, side by side. The same where it is shown, handed in and closed.

use super::super::{
    asked::Asked,
    content::{Certainty, Content, Figure, Rows, words_of},
    forms::{AdditionRow, FigureRow, ReportForm},
    model::Report,
    progress::Progress,
};
use crate::{
    indicators::{Group, Kind},
    kit::values::{self, figure_text},
    papers::{File, History},
};

/// What `reports/sheet.html` shows.
pub(super) struct Sheet {
    /// What was asked.
    pub figures: Vec<Line>,
    /// Figures that nobody asked for.
    pub additions: Vec<Line>,
    /// The sections of text.
    pub text: ReportForm,
    /// Evidence of figures that the report doesn't have any more.
    pub left: Vec<File>,
}

/// A figure in words. Empty where nothing is known yet.
pub(super) struct Line {
    /// The rows under which its evidence hangs; none for one that has no id yet.
    rows: Option<Rows>,
    /// The heading that it stands under.
    heading: &'static str,
    pub indicator: String,
    pub unit_of_measure: String,
    /// Last year's value.
    pub last: String,
    /// The value on six months.
    pub midyear: String,
    pub registered: String,
    pub reached: String,
    pub is_estimate: bool,
    /// `ước khi nộp: 9, chênh +1`
    pub replaced: String,
    pub progress: Option<Progress>,
    pub note: String,
    /// What was asked about it, and the answer.
    pub question: String,
    pub answer: String,
    pub is_taken_over: bool,
    pub links: Vec<String>,
    pub files: Vec<File>,
}

/// The heading of a group of rows: `has_catalogue` tells whether the rest stands outside of one.
pub(super) fn heading(group: Option<Group>, has_catalogue: bool) -> &'static str {
    match group {
        Some(group) => group.label(),
        None if has_catalogue => "Chỉ tiêu đăng ký ngoài danh mục",
        None => "Kết quả các chỉ tiêu đã đăng ký",
    }
}

impl Line {
    /// What other pages point to: `so-lieu-…`; none for a row that has no id yet.
    pub fn anchor(&self) -> Option<String> {
        self.rows.map(|rows| format!("so-lieu-{}", rows.0))
    }
}

impl Sheet {
    /// What was handed in, with the years before where the reader may see them.
    pub fn of_content(content: &Content, report: &Report, with_past: bool) -> Self {
        let asked = report.basis.rows_of(content.figures.iter(), report.period);
        let has_catalogue = content.figures.iter().any(|f| f.group.is_some());
        let figures = content.figures.iter().zip(&asked).map(|(figure, asked)| {
            let mut line = Line::of(figure, report);
            line.heading = heading(figure.group, has_catalogue);
            if with_past {
                line.compare(asked);
            } else {
                line.question.clear();
                line.answer.clear();
            }
            line
        });
        Self {
            figures: figures.collect(),
            additions: content.additions.iter().map(|f| Line::of(f, report)).collect(),
            text: ReportForm::from(content),
            left: Vec::new(),
        }
    }

    /// A draft as far as it is written.
    pub fn of_draft(draft: &ReportForm, report: &Report, history: &History) -> Self {
        let asked = report.asked(history);
        let text = draft.clone().aligned(&asked);
        let figures = asked.iter().zip(&text.figures).map(|(asked, row)| {
            let mut line = Line::asked(asked, row);
            line.heading = heading(asked.group(), report.basis.catalogue.is_some());
            line
        });
        Self {
            figures: figures.collect(),
            additions: text.additions.iter().map(Line::added).collect(),
            text,
            left: Vec::new(),
        }
    }

    /// The same with the files that prove its figures.
    pub fn with_evidence(mut self, history: &History, base: &str) -> Self {
        for file in history.attachments.iter().filter(|a| !a.part.is_empty()) {
            let shown = File::of(file, base, false);
            let mut lines = self.figures.iter_mut().chain(&mut self.additions);
            match lines.find(|line| line.rows.is_some_and(|rows| rows.has(&file.part))) {
                Some(line) => line.files.push(shown),
                None => self.left.push(shown),
            }
        }
        self
    }

    /// The lines under their headings.
    pub fn groups(&self) -> Vec<(&'static str, Vec<&Line>)> {
        let mut groups: Vec<(&'static str, Vec<&Line>)> = Vec::new();
        for line in &self.figures {
            match groups.iter_mut().find(|(title, _)| *title == line.heading) {
                Some((_, lines)) => lines.push(line),
                None => groups.push((line.heading, vec![line])),
            }
        }
        groups
    }

    /// Whether there is a value of the year before.
    pub fn has_last(&self) -> bool {
        self.figures.iter().any(|line| !line.last.is_empty())
    }

    /// Whether there is a value on six months.
    pub fn has_midyear(&self) -> bool {
        self.figures.iter().any(|line| !line.midyear.is_empty())
    }

    /// Where a mistake is: away from its field a message such as “Hãy nhập một số” says too little.
    pub fn place_of(&self, field: &str) -> String {
        let (name, row) = match field.rsplit_once('-') {
            Some((name, row)) => (name, row.parse::<usize>().ok()),
            None => (field, None),
        };
        let (section, lines) = match name.split('_').next() {
            Some("figure") => ("Chỉ tiêu", &self.figures),
            Some("addition" | "additions") => ("Kết quả ngoài đăng ký", &self.additions),
            _ => return String::new(),
        };
        let Some(row) = row else {
            return section.to_owned();
        };
        match lines.get(row).map(|line| (line.heading, line.indicator.trim())) {
            Some((heading, text)) if !text.is_empty() && !heading.is_empty() => format!("{heading}, {text}"),
            Some((_, text)) if !text.is_empty() => format!("{section}, dòng {} ({text})", row + 1),
            _ => format!("{section}, dòng {}", row + 1),
        }
    }
}

impl Line {
    fn new(rows: Option<Rows>, indicator: &str, unit_of_measure: &str) -> Self {
        Self {
            rows,
            heading: "",
            indicator: indicator.to_owned(),
            unit_of_measure: unit_of_measure.to_owned(),
            last: String::new(),
            midyear: String::new(),
            registered: String::new(),
            reached: String::new(),
            is_estimate: false,
            replaced: String::new(),
            progress: None,
            note: String::new(),
            question: String::new(),
            answer: String::new(),
            is_taken_over: false,
            links: Vec::new(),
            files: Vec::new(),
        }
    }

    fn of(figure: &Figure, report: &Report) -> Self {
        let explained = figure.explained.clone();
        let (question, answer) = explained.map(|e| (e.question, e.answer)).unwrap_or_default();
        Self {
            registered: figure.registered.map(figure_text).unwrap_or_default(),
            reached: figure.words(),
            is_estimate: figure.is_open_estimate(),
            replaced: replaced(figure),
            progress: Progress::of(figure, report.period),
            note: figure.note.clone(),
            question,
            answer,
            is_taken_over: figure.taken_over,
            links: figure.links.clone(),
            ..Self::new(Some(figure.rows()), &figure.indicator, &figure.unit_of_measure)
        }
    }

    fn asked(asked: &Asked, row: &FigureRow) -> Self {
        let value = row.number(asked.kind());
        let mut line = Self {
            registered: asked.registered.map(figure_text).unwrap_or_default(),
            reached: match asked.kind() {
                Kind::YesNo if row.reached == "1" => words_of(Kind::YesNo, 1.into(), ""),
                Kind::YesNo if row.reached == "0" => words_of(Kind::YesNo, 0.into(), ""),
                Kind::Text => row.reached.clone(),
                _ => values::typed_text(&row.reached),
            },
            is_estimate: asked.kind().is_number() && row.certainty == Certainty::Estimate.code(),
            progress: asked
                .registered
                .zip(value)
                .map(|(registered, reached)| Progress::new(registered, reached, asked.period)),
            note: row.note.clone(),
            question: value.and_then(|value| asked.question(value)).unwrap_or_default(),
            answer: row.answer.clone(),
            is_taken_over: !row.taken_over.is_empty(),
            links: row.checked_links(),
            ..Self::new(Some(asked.rows()), &asked.indicator, &asked.unit_of_measure)
        };
        line.compare(asked);
        line
    }

    fn added(row: &AdditionRow) -> Self {
        Self {
            reached: values::typed_text(&row.reached),
            is_estimate: row.certainty == Certainty::Estimate.code(),
            note: row.note.clone(),
            links: row.checked_links(),
            ..Self::new(
                row.id.map(|id| Rows(id, None)),
                &row.indicator,
                &row.unit_of_measure,
            )
        }
    }

    /// Puts the years before beside it.
    fn compare(&mut self, asked: &Asked) {
        self.last = asked
            .last
            .as_ref()
            .map(super::super::past::Earlier::told)
            .unwrap_or_default();
        self.midyear = asked
            .midyear
            .as_ref()
            .map(super::super::past::Earlier::told)
            .unwrap_or_default();
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
