//! What a report is asked: a row for each indicator of the year's catalogue that applies to the unit, and one for each
//! target that the unit registered outside of it; each with what it is compared with.

use rust_decimal::Decimal;

use super::{
    content::{Figure, Promise, Rows},
    model::Period,
    past::{Earlier, Past},
    questions,
};
use crate::{
    ids::RowId,
    indicators::{Catalogue, Group, Indicator, Kind},
    kit::text::fold,
    units::UnitKind,
};

/// A row of the form.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The row: the indicator's, or the target's outside of the catalogue.
    pub id: RowId,
    /// The row of the registration, by which a draft from before the catalogue knows it.
    pub promise_id: Option<RowId>,
    /// What is counted.
    pub indicator: String,
    /// In which unit.
    pub unit_of_measure: String,
    /// The indicator of the catalogue with its definition and rules.
    pub rule: Option<Indicator>,
    /// What was registered.
    pub registered: Option<Decimal>,
    /// Whether there must be an answer.
    pub required: bool,
    /// Last year's value.
    pub last: Option<Earlier>,
    /// The value on six months, for the annual report.
    pub midyear: Option<Earlier>,
    /// The numbers of up to three years before, the nearest first.
    pub history: Vec<Decimal>,
    /// On what the report is.
    pub period: Period,
}

/// What the rows are made from.
#[derive(Clone, Debug)]
pub struct Basis {
    /// The calendar year.
    pub year: i32,
    /// The kind of unit that reports.
    pub unit_kind: UnitKind,
    /// The year's issued catalogue.
    pub catalogue: Option<Catalogue>,
    /// What the unit reported before.
    pub past: Past,
}

impl Basis {
    /// The rows of a report: the catalogue's in its order, then the targets that aren't in it.
    #[must_use]
    pub fn rows(&self, promises: &[Promise], period: Period) -> Vec<Asked> {
        let mut left: Vec<&Promise> = promises.iter().collect();
        let mut rows = Vec::new();
        for indicator in self.catalogue.iter().flat_map(|c| c.asked_of(self.unit_kind)) {
            let place = left.iter().position(|p| match &p.code {
                Some(code) => *code == indicator.code,
                // Registered before the catalogue was issued.
                None => fold(&p.indicator) == fold(&indicator.name),
            });
            let promise = place.map(|at| left.remove(at));
            rows.push(self.row(Asked {
                id: indicator.id,
                promise_id: promise.map(|p| p.id),
                indicator: indicator.name.clone(),
                unit_of_measure: indicator.unit_of_measure.clone(),
                rule: Some(indicator.clone()),
                registered: promise.map(|p| p.registered),
                required: indicator.required || promise.is_some(),
                last: None,
                midyear: None,
                history: Vec::new(),
                period,
            }));
        }
        rows.extend(
            left.into_iter()
                .map(|promise| self.row(Asked::promised(promise, period))),
        );
        rows
    }

    /// The rows of a report whose figures aren't open any more: those it has.
    #[must_use]
    pub fn rows_of<'a>(&self, figures: impl Iterator<Item = &'a Figure>, period: Period) -> Vec<Asked> {
        figures
            .map(|f| {
                let catalogue = self.catalogue.as_ref();
                let rule = f.code.as_ref().and_then(|code| catalogue?.find(code).cloned());
                self.row(Asked {
                    id: f.id,
                    promise_id: f.promise_id,
                    indicator: f.indicator.clone(),
                    unit_of_measure: f.unit_of_measure.clone(),
                    rule,
                    registered: f.registered,
                    required: true,
                    last: None,
                    midyear: None,
                    history: Vec::new(),
                    period,
                })
            })
            .collect()
    }

    /// A row with what the unit reported before.
    fn row(&self, mut row: Asked) -> Asked {
        let (code, name) = (row.rule.as_ref().map(|r| r.code.as_str()), row.indicator.as_str());
        row.last = self.past.of_year(self.year - 1, code, name);
        row.midyear = (row.period == Period::Annual)
            .then(|| self.past.of_midyear(self.year, code, name))
            .flatten();
        row.history = self.past.history(self.year, code, name);
        row
    }
}

impl Asked {
    fn promised(promise: &Promise, period: Period) -> Self {
        Self {
            id: promise.id,
            promise_id: Some(promise.id),
            indicator: promise.indicator.clone(),
            unit_of_measure: promise.unit_of_measure.clone(),
            rule: None,
            registered: Some(promise.registered),
            required: true,
            last: None,
            midyear: None,
            history: Vec::new(),
            period,
        }
    }

    /// The rows under which its evidence hangs.
    #[must_use]
    pub fn rows(&self) -> Rows {
        Rows(self.id, self.promise_id)
    }

    /// The indicator's code.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.rule.as_ref().map(|r| r.code.as_str())
    }

    /// The indicator's group.
    #[must_use]
    pub fn group(&self) -> Option<Group> {
        self.rule.as_ref().map(|r| r.group)
    }

    /// What the answer is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.rule.as_ref().map_or(Kind::Count, |r| r.kind)
    }

    /// What the officer is asked about this value; none where it looks as before.
    #[must_use]
    pub fn question(&self, value: Decimal) -> Option<String> {
        questions::is_asked(self.kind(), self.period, value, &self.history)
            .then(|| questions::words(value, &self.unit_of_measure, &self.history))
    }
}
