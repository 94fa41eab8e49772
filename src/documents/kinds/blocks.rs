//! Headings and tables that several kinds of papers have.

use super::{super::forms::Wording, paragraphs};
use crate::kit::documents::model::{Align, Block, Column, HeaderCell, Level, Row, Table};

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

/// Parts with their headings; one that nobody wrote leaves no empty heading behind.
pub(super) fn written(wording: &Wording, first: usize, parts: &[(&str, &str)]) -> Vec<Block> {
    let mut body = Vec::new();
    let mut number = first;
    for (code, title) in parts {
        let text = paragraphs(wording.section(code));
        if !text.is_empty() {
            body.push(titled(number, title));
            body.extend(text);
            number += 1;
        }
    }
    body
}

/// `1. Title`
pub(super) fn titled(number: usize, title: &str) -> Block {
    Block::Heading {
        level: Level::Clause,
        number,
        title: title.to_owned(),
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
