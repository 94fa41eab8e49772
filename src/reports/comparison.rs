//! The figures of all units side by side: indicators by units with totals. Pure.

use rust_decimal::Decimal;

use super::{
    content::{Content, Figure},
    model::Period,
};
use crate::{
    ids::RowId,
    indicators::{Group, Kind},
    kit::text::fold,
    registrations::Target,
};

/// A cell: a unit's figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The row of the report that it stands in.
    pub id: RowId,
    /// What counts, as a number.
    pub value: Decimal,
    /// As people write it.
    pub words: String,
    /// Whether its final figure is still to come.
    pub is_estimate: bool,
}

/// A row: an indicator with what each unit reported.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its code in the catalogue.
    pub code: Option<String>,
    /// Its group in the catalogue.
    pub group: Option<Group>,
    /// What is counted.
    pub indicator: String,
    /// In which unit.
    pub unit_of_measure: String,
    /// What an answer is.
    pub kind: Kind,
    /// In the order of the units.
    pub cells: Vec<Option<Cell>>,
}

/// What the units' figures come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// The number; none where nothing can be added up.
    pub value: Option<Decimal>,
    /// As people write it: `118`, `5 có`.
    pub words: String,
    /// Whether something in it is an estimate.
    pub is_estimate: bool,
}

/// The rows of all reports, in the order of the catalogue; what isn't in it comes last, as the units wrote it. Reports
/// are in the order of the units, none where a report can't be seen.
#[must_use]
pub fn rows(reports: &[Option<&Content>], order: &[String]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (place, report) in reports.iter().enumerate() {
        for figure in report.iter().flat_map(|content| content.all_figures()) {
            let at = rows.iter().position(|row| row.is_of(figure)).unwrap_or_else(|| {
                rows.push(Row::blank(figure, reports.len()));
                rows.len() - 1
            });
            rows[at].cells[place] = Some(Cell {
                id: figure.id,
                value: figure.value(),
                words: figure.words(),
                is_estimate: figure.is_open_estimate(),
            });
        }
    }
    let place = |row: &Row| match &row.code {
        Some(code) => order
            .iter()
            .position(|known| known == code)
            .unwrap_or(order.len()),
        None => usize::MAX,
    };
    rows.sort_by_key(place);
    rows
}

impl Row {
    fn blank(figure: &Figure, units: usize) -> Self {
        Self {
            code: figure.code.clone(),
            group: figure.group,
            indicator: figure.indicator.clone(),
            unit_of_measure: figure.unit_of_measure.clone(),
            kind: figure.answers_with(),
            cells: vec![None; units],
        }
    }

    fn is_of(&self, figure: &Figure) -> bool {
        match (&self.code, &figure.code) {
            (Some(own), Some(other)) => own == other,
            (None, None) => {
                fold(&self.indicator) == fold(&figure.indicator)
                    && fold(&self.unit_of_measure) == fold(&figure.unit_of_measure)
            }
            _ => false,
        }
    }

    /// The sum of the units, or how many said yes. Shares and words have none.
    #[must_use]
    pub fn total(&self) -> Option<Total> {
        let known = || self.cells.iter().flatten();
        let sum = known().try_fold(Decimal::ZERO, |sum, cell| sum.checked_add(cell.value))?;
        let is_estimate = known().any(|cell| cell.is_estimate);
        match self.kind {
            Kind::Ratio | Kind::Text => None,
            Kind::YesNo => Some(Total {
                value: None,
                words: format!("{} có", crate::kit::values::figure_text(sum)),
                is_estimate,
            }),
            Kind::Count | Kind::Money => Some(Total {
                value: Some(sum),
                words: crate::kit::values::figure_text(sum),
                is_estimate,
            }),
        }
    }
}

/// A promise of a unit with what came of it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What was promised.
    pub target: Target,
    /// The figure on six months.
    pub midyear: Option<Cell>,
    /// The figure of the year.
    pub reached: Option<Cell>,
}

impl Kept {
    /// What a unit's reports say of its targets.
    #[must_use]
    pub fn of(targets: &[Target], midyear: Option<&Content>, annual: Option<&Content>) -> Vec<Self> {
        let find = |content: Option<&Content>, target: &Target| {
            let by_name = |f: &&Figure| fold(&f.indicator) == fold(&target.indicator);
            content?.all_figures().find(by_name).map(|f| Cell {
                id: f.id,
                value: f.value(),
                words: f.words(),
                is_estimate: f.is_open_estimate(),
            })
        };
        targets
            .iter()
            .map(|target| Self {
                target: target.clone(),
                midyear: find(midyear, target),
                reached: find(annual, target),
            })
            .collect()
    }

    /// How it stands by the newest report.
    #[must_use]
    pub fn progress(&self) -> Option<super::Progress> {
        let newest = match (&self.reached, &self.midyear) {
            (Some(cell), _) => (cell, Period::Annual),
            (None, Some(cell)) => (cell, Period::Midyear),
            (None, None) => return None,
        };
        Some(super::Progress::new(self.target.target, newest.0.value, newest.1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn content(figures: &[(&str, &str, i64, bool)]) -> Content {
        let rows = figures.iter().map(|(code, name, n, is_final)| {
            serde_json::json!({"id": RowId::new(), "indicator": name, "unit_of_measure": "lớp", "registered": null,
                "reached": n.to_string(), "certainty": if *is_final { "final" } else { "estimate" }, "note": "",
                "code": Some(*code).filter(|code| !code.is_empty())})
        });
        let json = serde_json::json!({"figures": rows.collect::<Vec<_>>(), "additions": [], "situation": "", "results": "",
            "emulation": "", "limitations": "", "directions": "", "proposals": ""});
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn rows_follow_the_catalogue_and_what_is_outside_comes_last() {
        let a = content(&[
            ("", "Hội thảo", 2, true),
            ("T.2", "Bài", 3, true),
            ("T.1", "Lớp", 4, false),
        ]);
        let b = content(&[("T.1", "Lớp", 5, true), ("", "HỘI THẢO", 1, true)]);
        let order = ["T.1".to_owned(), "T.2".to_owned()];
        let rows = rows(&[Some(&a), None, Some(&b)], &order);
        let told: Vec<String> = rows
            .iter()
            .map(|row| {
                let cells = row
                    .cells
                    .iter()
                    .map(|c| c.as_ref().map_or("–", |c| c.words.as_str()));
                let total = row.total().unwrap();
                let mark = if total.is_estimate { " ước" } else { "" };
                format!(
                    "{}: {} = {}{mark}",
                    row.indicator,
                    cells.collect::<Vec<_>>().join(" "),
                    total.words
                )
            })
            .collect();
        assert_eq!(
            told,
            ["Lớp: 4 – 5 = 9 ước", "Bài: 3 – – = 3", "Hội thảo: 2 – 1 = 3"]
        );
    }

    proptest! {
        #[test]
        fn a_total_is_the_sum_of_its_cells(figures in proptest::collection::vec(0_i64..=999_999_999_999, 1..9)) {
            let reports: Vec<Content> = figures.iter().map(|n| content(&[("T.1", "Lớp", *n, true)])).collect();
            let seen: Vec<Option<&Content>> = reports.iter().map(Some).collect();
            let rows = rows(&seen, &[]);
            prop_assert_eq!(rows.len(), 1);
            prop_assert_eq!(rows[0].total().unwrap().value, Some(Decimal::from(figures.iter().sum::<i64>())));
        }
    }
}
