//! How the tables of figures compare their rows.

use super::Reported;
use crate::{
    kit::text::fold,
    reports::{ComparisonRow, Period, Progress},
};

pub(super) fn kept_text((met, registered): (usize, usize)) -> String {
    format!("{met}/{registered}")
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
