//! What a unit reported before: last year's values beside the fields, and the years that a question looks back on.
//!
//! A unit made by a merger has the sum of its predecessors' figures where it has no report of its own, and the page
//! says so. Only what can be added up is: of shares, yes or no and words there is no sum.

use rust_decimal::Decimal;

use super::content::{Certainty, Content, Figure, words_of};
use crate::{ids::UnitId, indicators::Kind, kit::text::fold, reports::model::Period};

/// How many years a question looks back.
pub const YEARS_BACK: i32 = 3;

/// An earlier report, of the unit itself or of a predecessor.
#[derive(Clone, Debug)]
pub struct Before {
    /// The calendar year.
    pub year: i32,
    /// On what.
    pub period: Period,
    /// Whose.
    pub unit_id: UnitId,
    /// The unit's place.
    pub place: String,
    /// What it says.
    pub content: Content,
}

/// All earlier reports that count: annual ones that were taken in, and this year's on six months.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// Whose past it is.
    own: Option<UnitId>,
    reports: Vec<Before>,
}

/// An earlier value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// As a number; 1 is a yes.
    pub value: Decimal,
    /// As people write it.
    pub words: String,
    /// As it is typed into a field.
    pub typed: String,
    /// Whether something in it was still an estimate.
    pub is_estimate: bool,
    /// The predecessors whose sum it is; none for the unit's own.
    pub sum_of: Vec<String>,
}

impl Past {
    /// The past of a unit out of these reports.
    #[must_use]
    pub fn new(own: UnitId, reports: Vec<Before>) -> Self {
        Self {
            own: Some(own),
            reports,
        }
    }

    /// What was reported in a year's annual report.
    #[must_use]
    pub fn of_year(&self, year: i32, code: Option<&str>, name: &str) -> Option<Earlier> {
        self.value(year, Period::Annual, code, name)
    }

    /// What was reported on the six months of a year.
    #[must_use]
    pub fn of_midyear(&self, year: i32, code: Option<&str>, name: &str) -> Option<Earlier> {
        self.value(year, Period::Midyear, code, name)
    }

    /// The numbers of the years before `year`, the nearest first.
    #[must_use]
    pub fn history(&self, year: i32, code: Option<&str>, name: &str) -> Vec<Decimal> {
        (1..=YEARS_BACK)
            .filter_map(|back| self.of_year(year - back, code, name))
            .map(|earlier| earlier.value)
            .collect()
    }

    /// Whether there is anything to take over from the year before `year`.
    #[must_use]
    pub fn has_year_before(&self, year: i32) -> bool {
        let mut annual = self.reports.iter().filter(|r| r.period == Period::Annual);
        annual.any(|r| r.year == year - 1)
    }

    fn value(&self, year: i32, period: Period, code: Option<&str>, name: &str) -> Option<Earlier> {
        let of = self
            .reports
            .iter()
            .filter(|r| r.year == year && r.period == period);
        let (own, others): (Vec<&Before>, Vec<&Before>) = of.partition(|r| Some(r.unit_id) == self.own);
        if let Some(report) = own.first() {
            return find(&report.content, code, name).map(Earlier::of);
        }
        let found: Vec<(&Figure, &str)> = others
            .into_iter()
            .filter_map(|r| Some((find(&r.content, code, name)?, r.place.as_str())))
            .collect();
        let (first, _) = found.first()?;
        if !found.iter().all(|(f, _)| f.answers_with().adds_up()) {
            return None;
        }
        let sum = found
            .iter()
            .try_fold(Decimal::ZERO, |sum, (f, _)| sum.checked_add(f.value()))?;
        Some(Earlier {
            value: sum,
            words: words_of(first.answers_with(), sum, ""),
            typed: crate::kit::values::figure_typed(sum),
            is_estimate: found.iter().any(|(f, _)| f.is_open_estimate()),
            sum_of: found.iter().map(|(_, place)| (*place).to_owned()).collect(),
        })
    }
}

/// The figure of an indicator: by its code, or by its name where the report was written without a catalogue.
fn find<'a>(content: &'a Content, code: Option<&str>, name: &str) -> Option<&'a Figure> {
    let by_code = |f: &&Figure| code.is_some() && f.code.as_deref() == code;
    let by_name = |f: &&Figure| (f.code.is_none() || code.is_none()) && fold(&f.indicator) == fold(name);
    content
        .all_figures()
        .find(by_code)
        .or_else(|| content.all_figures().find(by_name))
}

impl Earlier {
    fn of(figure: &Figure) -> Self {
        Self {
            value: figure.value(),
            words: figure.words(),
            typed: match figure.answers_with() {
                Kind::Text => figure.text.clone(),
                _ => crate::kit::values::figure_typed(figure.value()),
            },
            is_estimate: figure.certainty == Certainty::Estimate && figure.is_open_estimate(),
            sum_of: Vec::new(),
        }
    }

    /// `12`, `12 (ước)`, `31 (cộng Lào Cai, Yên Bái)`
    #[must_use]
    pub fn told(&self) -> String {
        let mut remarks = Vec::new();
        if self.is_estimate {
            remarks.push("ước".to_owned());
        }
        if !self.sum_of.is_empty() {
            remarks.push(format!("cộng {}", self.sum_of.join(", ")));
        }
        if remarks.is_empty() {
            self.words.clone()
        } else {
            format!("{} ({})", self.words, remarks.join("; "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RowId;

    fn report(year: i32, unit_id: UnitId, place: &str, figures: &[(&str, &str, i64)]) -> Before {
        let figures = figures.iter().map(|(code, name, n)| {
            serde_json::json!({"id": RowId::new(), "indicator": name, "unit_of_measure": "lớp", "registered": null,
                "reached": n.to_string(), "certainty": "final", "note": "",
                "code": Some(*code).filter(|code| !code.is_empty())})
        });
        let content = serde_json::json!({"figures": figures.collect::<Vec<_>>(), "additions": [], "situation": "",
            "results": "", "emulation": "", "limitations": "", "directions": "", "proposals": ""});
        Before {
            year,
            period: Period::Annual,
            unit_id,
            place: place.to_owned(),
            content: serde_json::from_value(content).unwrap(),
        }
    }

    #[test]
    fn after_a_merger_last_years_value_is_the_sum_of_the_predecessors_and_says_so() {
        let (own, a, b) = (UnitId::new(), UnitId::new(), UnitId::new());
        let past = Past::new(
            own,
            vec![
                report(2024, a, "Lào Cai", &[("T.1", "Lớp", 17), ("", "Hội thảo", 2)]),
                report(2024, b, "Yên Bái", &[("T.1", "Lớp", 13)]),
                report(2025, own, "Lào Cai", &[("T.1", "Lớp", 33)]),
            ],
        );
        let earlier = past.of_year(2024, Some("T.1"), "Lớp").unwrap();
        assert_eq!(earlier.told(), "30 (cộng Lào Cai, Yên Bái)");
        assert_eq!(past.of_year(2025, Some("T.1"), "Lớp").unwrap().told(), "33");
        assert_eq!(
            past.history(2026, Some("T.1"), "Lớp"),
            [33, 30].map(Decimal::from)
        );
        // A report without a catalogue is found by the name.
        assert_eq!(
            past.of_year(2024, Some("T.9"), "HOI THAO").unwrap().told(),
            "2 (cộng Lào Cai)"
        );
        assert_eq!(
            past.of_year(2024, Some("T.8"), "Lớp"),
            None,
            "another code is another thing"
        );
        assert!(past.has_year_before(2026) && !past.has_year_before(2024));
    }
}
