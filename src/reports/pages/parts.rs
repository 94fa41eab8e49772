//! The rows of the form by groups, with what is still missing.

use super::{
    super::{asked::Asked, forms::FigureRow},
    Opened, sheet,
};
use crate::{indicators::Kind, kit::values};

/// A row of the form: what is asked, what is typed, its place among all rows.
pub(super) struct Line<'a> {
    pub index: usize,
    pub asked: &'a Asked,
    pub row: &'a FigureRow,
    /// What the officer is asked about the value.
    pub question: String,
    /// Files that prove it.
    pub files: usize,
}

impl Line<'_> {
    /// What was answered, where it can't be changed now.
    pub fn answer(&self) -> String {
        match (self.asked.kind(), self.row.reached.as_str()) {
            (Kind::YesNo, "1") => "có".to_owned(),
            (Kind::YesNo, "0") => "không".to_owned(),
            (_, typed) => values::typed_text(typed),
        }
    }
}

/// Rows that belong together.
pub(super) struct Part<'a> {
    pub title: &'static str,
    pub lines: Vec<Line<'a>>,
}

impl<'a> Part<'a> {
    /// All parts of a form, in the order of what is asked.
    pub fn all(opened: &Opened, asked: &'a [Asked], rows: &'a [FigureRow]) -> Vec<Self> {
        let has_catalogue = opened.report.basis.catalogue.is_some();
        let mut parts: Vec<Self> = Vec::new();
        for (index, (asked, row)) in asked.iter().zip(rows).enumerate() {
            let title = sheet::heading(asked.group(), has_catalogue);
            let question = row.number(asked.kind()).and_then(|value| asked.question(value));
            let hangs_at = asked.rows();
            let files = opened
                .history
                .attachments
                .iter()
                .filter(|a| hangs_at.has(&a.part));
            let line = Line {
                index,
                asked,
                row,
                question: question.unwrap_or_default(),
                files: files.count(),
            };
            match parts.iter_mut().find(|p| p.title == title) {
                Some(known) => known.lines.push(line),
                None => parts.push(Self {
                    title,
                    lines: vec![line],
                }),
            }
        }
        parts
    }

    /// The rows that still wait for an answer.
    pub fn missing(&self) -> Vec<&Line<'a>> {
        let is_missing = |line: &&Line<'a>| {
            let needs_answer = !line.question.is_empty() && line.row.answer.trim().is_empty();
            needs_answer || (line.asked.required && line.row.reached.trim().is_empty())
        };
        self.lines.iter().filter(is_missing).collect()
    }
}
