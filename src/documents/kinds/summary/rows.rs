//! How the tables of figures name and compare their rows.

use super::Reported;
use crate::{
    kit::{
        documents::model::{Align, Cell, Column, Row},
        text::fold,
    },
    reports::{ComparisonRow, Period, Progress},
};

pub(super) fn kept_text((met, registered): (usize, usize)) -> String {
    format!("{met}/{registered}")
}

pub(super) fn told(words: &str, is_estimate: bool) -> String {
    if is_estimate {
        format!("{words} (ước)")
    } else {
        words.to_owned()
    }
}

pub(super) fn columns(shape: &[(u16, Align)]) -> Vec<Column> {
    let columns = shape.iter().map(|(width, align)| Column {
        width: *width,
        align: *align,
    });
    columns.collect()
}

pub(super) fn heading_row(words: &str, across: usize) -> Row {
    Row {
        cells: vec![Cell {
            text: words.into(),
            across,
        }],
        is_strong: true,
    }
}

/// `T.1 Lớp tập huấn (lớp)`, with a number where another indicator is called the same.
pub(super) fn unique(labels: &mut Vec<String>, row: &ComparisonRow) -> String {
    let code = row
        .code
        .as_ref()
        .map(|code| format!("{code} "))
        .unwrap_or_default();
    let label = format!("{code}{} ({})", row.indicator, row.unit_of_measure);
    let same = labels.iter().filter(|other| **other == label).count();
    labels.push(label.clone());
    if same == 0 {
        label
    } else {
        format!("{label} [{}]", same + 1)
    }
}

/// Whether two years count the same: by the code of the catalogue, or by name and measure where one had none.
pub(super) fn is_same(row: &ComparisonRow, other: &ComparisonRow) -> bool {
    match (&row.code, &other.code) {
        (Some(own), Some(other)) => own == other,
        _ => {
            fold(&row.indicator) == fold(&other.indicator)
                && fold(&row.unit_of_measure) == fold(&other.unit_of_measure)
        }
    }
}

pub(super) fn kept(row: &ComparisonRow, reported: &[Reported]) -> (usize, usize) {
    let progress: Vec<Progress> = reported
        .iter()
        .zip(&row.cells)
        .filter_map(|(unit, cell)| {
            let id = cell.as_ref()?.id;
            let figure = unit.content.all_figures().find(|figure| figure.id == id)?;
            Progress::of(figure, Period::Annual)
        })
        .collect();
    let met = progress.iter().filter(|p| p.verdict().is_good()).count();
    (met, progress.len())
}
