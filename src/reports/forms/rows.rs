//! The rows of a report: from what was typed to what is checked, and back.

use rust_decimal::Decimal;
use url::Url;

use super::{
    super::{
        asked::Asked,
        content::{Certainty, Explained, Figure},
    },
    AdditionRow, FigureRow,
};
use crate::{
    indicators::{self, Given, Kind},
    kit::values::{self, figure_typed},
    papers::{Checked, Reader},
};

/// At most this many links at a figure.
const MOST_LINKS: usize = 5;
/// At most this many characters of an answer in words.
const MOST_WORDS: usize = 1000;

/// The figures of all rows; those without an answer that needn't have one are left out. Then the catalogue's rules.
pub(super) fn read_figures(asked: &[Asked], rows: &[FigureRow], r: &mut Reader) -> Vec<Figure> {
    let mut given = Given::new();
    let mut figures = Vec::new();
    for (i, (one, row)) in asked.iter().zip(rows).enumerate() {
        let figure = row.read(i, one, r);
        if let (Some(code), Some(figure)) = (one.code(), &figure)
            && one.kind().is_number()
        {
            given.insert(code.to_owned(), figure.reached);
        }
        figures.extend(figure);
    }
    let name_of = |code: &str| {
        let named = asked.iter().find(|a| a.code() == Some(code));
        named.map_or_else(|| code.to_owned(), |a| a.indicator.clone())
    };
    let is_whole = r.how == Checked::AsWhole;
    for (i, one) in asked.iter().enumerate() {
        let broken = one
            .rule
            .as_ref()
            .and_then(|rule| indicators::broken(rule, &given, is_whole, name_of));
        if let Some(message) = broken {
            r.errors.add(format!("figure_reached-{i}"), message);
        }
    }
    figures
}

fn certainty(typed: &str) -> Result<Certainty, String> {
    Certainty::from_code(typed).ok_or_else(|| "Hãy chọn ước hoặc chính thức.".to_owned())
}

/// Addresses separated by spaces or lines: https only, so that nothing else hides behind a link.
fn links(typed: &str) -> Result<Vec<String>, String> {
    let mut links = Vec::new();
    for text in typed.split_whitespace() {
        let is_safe = Url::parse(text).is_ok_and(|url| {
            url.scheme() == "https"
                && url.host_str().is_some_and(|host| host.contains('.'))
                && url.username().is_empty()
        });
        if !is_safe || text.chars().count() > 500 || values::line(text, 500).is_err() {
            let shown: String = text.chars().take(40).collect();
            return Err(format!(
                "“{shown}” không phải là liên kết dùng được. Liên kết bắt đầu bằng https://; nhiều liên kết cách nhau bằng dấu cách."
            ));
        }
        links.push(text.to_owned());
    }
    if links.len() > MOST_LINKS {
        return Err(format!("Tối đa {MOST_LINKS} liên kết cho một số liệu."));
    }
    Ok(links)
}

impl FigureRow {
    /// The row of something that nobody has answered yet. An estimate taken for one does no harm: closing the
    /// report asks again.
    pub(super) fn blank(asked: &Asked) -> Self {
        Self {
            id: Some(asked.id),
            certainty: Certainty::Estimate.code().to_owned(),
            ..Self::default()
        }
    }

    /// The row as a person would have typed it.
    pub(super) fn of(figure: &Figure) -> Self {
        Self {
            id: Some(figure.id),
            reached: match figure.answers_with() {
                Kind::Text => figure.text.clone(),
                _ => figure_typed(figure.reached),
            },
            certainty: figure.certainty.code().to_owned(),
            note: figure.note.clone(),
            answer: figure
                .explained
                .as_ref()
                .map(|e| e.answer.clone())
                .unwrap_or_default(),
            links: figure.links.join(" "),
            taken_over: if figure.taken_over { "1" } else { "" }.to_owned(),
        }
    }

    /// This row in the place of `before`: what was taken over from last year stays so until anything in it is touched.
    pub(super) fn after(mut self, before: &Self) -> Self {
        let is_untouched = self.reached.trim() == before.reached.trim()
            && (self.certainty.is_empty() || self.certainty == before.certainty)
            && self.note.trim() == before.note.trim()
            && self.answer.trim() == before.answer.trim()
            && self.links.trim() == before.links.trim();
        if is_untouched {
            self.taken_over.clone_from(&before.taken_over);
        } else {
            self.taken_over.clear();
        }
        self
    }

    /// What was typed, as a number; none where it isn't one (yet).
    #[must_use]
    pub fn number(&self, kind: Kind) -> Option<Decimal> {
        kind.is_number()
            .then(|| values::figure(&self.reached).ok())
            .flatten()
    }

    /// The links as far as they are right.
    #[must_use]
    pub fn checked_links(&self) -> Vec<String> {
        links(&self.links).unwrap_or_default()
    }

    fn read(&self, i: usize, asked: &Asked, r: &mut Reader) -> Option<Figure> {
        let (place, kind) = (format!("figure_reached-{i}"), asked.kind());
        let note = r.optional(format!("figure_note-{i}"), &self.note, |t| values::line(t, 300));
        let links = r
            .errors
            .read(format!("figure_links-{i}"), links(&self.links))
            .unwrap_or_default();
        let answer = r.optional(format!("figure_answer-{i}"), &self.answer, |t| {
            values::line(t, 500)
        });
        if self.reached.trim().is_empty() && (!asked.required || r.how == Checked::AsDraft) {
            return None;
        }
        let mut text = String::new();
        let reached = match kind {
            Kind::Count | Kind::Money | Kind::Ratio => r.errors.read(place, values::figure(&self.reached))?,
            Kind::YesNo => r.errors.read(place, yes_no(&self.reached))?,
            Kind::Text => {
                text = r.errors.read(
                    place,
                    values::required_paragraphs(&self.reached, MOST_WORDS, "nội dung"),
                )?;
                Decimal::ZERO
            }
        };
        // Words, and a yes or no, are as they are: there is nothing to estimate.
        let certainty = if kind.is_number() {
            r.needed(format!("figure_certainty-{i}"), &self.certainty, certainty)
                .unwrap_or(Certainty::Estimate)
        } else {
            Certainty::Final
        };
        Some(Figure {
            id: asked.id,
            indicator: asked.indicator.clone(),
            unit_of_measure: asked.unit_of_measure.clone(),
            registered: asked.registered,
            reached,
            certainty,
            final_reached: None,
            note,
            code: asked.code().map(str::to_owned),
            group: asked.group(),
            kind: asked.rule.as_ref().map(|rule| rule.kind),
            text,
            explained: explained(i, asked, reached, answer, r),
            links,
            taken_over: !self.taken_over.is_empty(),
            promise_id: asked.promise_id.filter(|id| *id != asked.id),
        })
    }
}

/// The question about a figure with its answer. A whole report answers it.
fn explained(i: usize, asked: &Asked, reached: Decimal, answer: String, r: &mut Reader) -> Option<Explained> {
    let question = asked.question(reached)?;
    if answer.is_empty() && r.how == Checked::AsWhole {
        r.errors.add(
            format!("figure_answer-{i}"),
            format!("{question} Xin xác nhận hoặc giải thích ngắn gọn, hoặc sửa số liệu."),
        );
    }
    Some(Explained { question, answer })
}

fn yes_no(typed: &str) -> Result<Decimal, String> {
    match typed.trim() {
        "1" => Ok(Decimal::ONE),
        "0" => Ok(Decimal::ZERO),
        _ => Err("Hãy chọn có hoặc không.".to_owned()),
    }
}

impl AdditionRow {
    /// The row as a person would have typed it.
    pub(super) fn of(figure: &Figure) -> Self {
        Self {
            id: Some(figure.id),
            indicator: figure.indicator.clone(),
            unit_of_measure: figure.unit_of_measure.clone(),
            reached: figure_typed(figure.reached),
            certainty: figure.certainty.code().to_owned(),
            note: figure.note.clone(),
            links: figure.links.join(" "),
        }
    }

    /// The links as far as they are right.
    #[must_use]
    pub fn checked_links(&self) -> Vec<String> {
        links(&self.links).unwrap_or_default()
    }

    pub(super) fn read(&self, i: usize, r: &mut Reader) -> Figure {
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
            code: None,
            group: None,
            kind: None,
            text: String::new(),
            explained: None,
            links: r
                .errors
                .read(format!("addition_links-{i}"), links(&self.links))
                .unwrap_or_default(),
            taken_over: false,
            promise_id: None,
        }
    }
}
