//! Headings and tables that several kinds of papers have.

use super::{super::forms::Wording, paragraphs};
use crate::kit::documents::model::{Align, Block, Cell, Column, HeaderCell, Level, Row, Table};
use crate::kit::documents::wording::closed_list;

/// `I. TITLE`
pub(super) fn roman(number: usize, title: &str) -> Block {
    Block::Heading {
        level: Level::Roman,
        number,
        title: title.to_owned(),
    }
}

/// Parts under Roman headings; one that says nothing is left out, and its number goes to the next.
pub(super) fn numbered<'a>(parts: impl IntoIterator<Item = (&'a str, Vec<Block>)>) -> Vec<Block> {
    let said = parts.into_iter().filter(|(_, blocks)| !blocks.is_empty());
    said.enumerate()
        .flat_map(|(at, (title, blocks))| std::iter::once(roman(at + 1, title)).chain(blocks))
        .collect()
}

/// Room for what isn't written yet.
pub(super) fn gap() -> Block {
    Block::Paragraph("…".into())
}

/// Parts below Arabic numbers; one that nobody wrote leaves no empty heading behind, and a single one needs no number.
/// Where nothing is written at all, room for it.
pub(super) fn clauses(parts: impl IntoIterator<Item = (&'static str, Vec<Block>)>) -> Vec<Block> {
    let mut said: Vec<_> = parts
        .into_iter()
        .filter(|(_, blocks)| !blocks.is_empty())
        .collect();
    match said.len() {
        0 => vec![gap()],
        1 => said.remove(0).1,
        _ => {
            let said = said.into_iter().enumerate();
            said.flat_map(|(at, (title, blocks))| std::iter::once(titled(at + 1, title)).chain(blocks))
                .collect()
        }
    }
}

/// What was written for a part.
pub(super) fn part(wording: &Wording, code: &str, title: &'static str) -> (&'static str, Vec<Block>) {
    (title, paragraphs(wording.section(code)))
}

/// A list as papers close it: `;` behind each item, `.` behind the last.
pub(super) fn dashes(items: impl IntoIterator<Item = String>) -> Vec<Block> {
    let items: Vec<String> = items.into_iter().collect();
    let closed = closed_list(&items).into_iter();
    closed.map(|item| Block::Dash(item.into())).collect()
}

/// `1. Title`
pub(super) fn titled(number: usize, title: &str) -> Block {
    Block::Heading {
        level: Level::Clause,
        number,
        title: title.to_owned(),
    }
}

/// How many are meant: `02 tập thể`, `02 tập thể và 01 cá nhân`.
pub(super) fn heads(units: usize, persons: usize) -> String {
    match (units, persons) {
        (0, persons) if persons > 0 => format!("{persons:02} cá nhân"),
        (units, 0) => format!("{units:02} tập thể"),
        (units, persons) => format!("{units:02} tập thể và {persons:02} cá nhân"),
    }
}

/// Who is meant, with commas between: `tập thể`, `cá nhân`, `tập thể, cá nhân`.
pub(super) fn whom(has_units: bool, has_persons: bool) -> &'static str {
    match (has_units, has_persons) {
        (true, true) => "tập thể, cá nhân",
        (false, true) => "cá nhân",
        (_, false) => "tập thể",
    }
}

/// `A, B và C`
pub(super) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} và {last}", before.join(", ")),
        names => names.concat(),
    }
}

/// Columns: the width and side of each.
pub(super) fn columns(shape: &[(u16, Align)]) -> Vec<Column> {
    let columns = shape.iter().map(|(width, align)| Column {
        width: *width,
        align: *align,
    });
    columns.collect()
}

/// A row that is the heading of those below it.
pub(super) fn heading_row(words: &str, across: usize) -> Row {
    Row {
        cells: vec![Cell {
            text: words.into(),
            across,
        }],
        is_strong: true,
    }
}

/// `12 (ước)`
pub(super) fn told(words: &str, is_estimate: bool) -> String {
    if is_estimate {
        format!("{words} (ước)")
    } else {
        words.to_owned()
    }
}

/// What a figure is called: `T.1 Lớp tập huấn (lớp)`, with a number where another one is called the same.
pub(super) fn unique(
    labels: &mut Vec<String>,
    code: Option<&str>,
    indicator: &str,
    unit_of_measure: &str,
) -> String {
    let code = code.map(|code| format!("{code} ")).unwrap_or_default();
    let label = format!("{code}{indicator} ({unit_of_measure})");
    let same = labels.iter().filter(|other| **other == label).count();
    labels.push(label.clone());
    if same == 0 {
        label
    } else {
        format!("{label} [{}]", same + 1)
    }
}

/// A table with one line of headings: words, width, side of each column; then the rows.
pub(super) fn grid(columns: &[(&str, u16, Align)], rows: impl IntoIterator<Item = Vec<String>>) -> Block {
    Block::Table(Table {
        caption: String::new(),
        columns: columns
            .iter()
            .map(|(_, width, align)| Column {
                width: *width,
                align: *align,
            })
            .collect(),
        header: vec![
            columns
                .iter()
                .map(|(words, ..)| HeaderCell::from(*words))
                .collect(),
        ],
        rows: rows
            .into_iter()
            .map(|cells| Row {
                cells: cells.into_iter().map(Into::into).collect(),
                is_strong: false,
            })
            .collect(),
    })
}
