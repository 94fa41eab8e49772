//! What the program knows before anybody scores: the figures of reports, what was registered, who was late, who was absent.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::model::Proof;
use crate::{
    criteria::{Basis, Best, Criterion, Fact, Kind},
    ids::UnitId,
};

/// A unit's figure of an indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownFigure {
    /// What was reached: the final figure, before there is one the estimate.
    pub reached: Option<Decimal>,
    /// What was registered.
    pub target: Option<Decimal>,
    /// What proves it.
    pub proofs: Vec<Proof>,
    /// In which unit it is measured.
    pub measure: String,
}

/// Whether a paper came in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrival {
    /// Not awaited, or not due yet.
    #[default]
    Unknown,
    /// In time.
    InTime,
    /// Late, or missing after the deadline.
    Late,
}

/// What is known of a unit besides its figures.
#[derive(Clone, Copy, Debug, Default)]
pub struct Conduct {
    /// Its registration.
    pub registration: Arrival,
    /// Its mid-year report.
    pub midyear_report: Arrival,
    /// Its annual report.
    pub annual_report: Arrival,
    /// Whether it attended the closing conference; none before its minutes are final.
    pub attended: Option<bool>,
}

/// What is known of all units of a year.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Figures by unit and indicator.
    pub figures: HashMap<(UnitId, String), KnownFigure>,
    /// Conduct by unit.
    pub conduct: HashMap<UnitId, Conduct>,
}

impl Known {
    /// What a criterion's points follow from, for a unit.
    #[must_use]
    pub fn basis(&self, unit: UnitId, criterion: &Criterion) -> Basis {
        let figure = self.figure(unit, criterion);
        let mut basis = Basis {
            actual: figure.and_then(|f| f.reached),
            target: figure.and_then(|f| f.target),
            measure: figure.map(|f| f.measure.clone()).unwrap_or_default(),
            ..Basis::default()
        };
        if let (Some(code), Kind::LeaderRelative) = (&criterion.indicator, &criterion.kind) {
            let peers = self.figures.iter().filter(|((_, c), _)| c == code);
            let best = Best::of(peers.map(|(_, f)| (f.reached, f.target)));
            (basis.best_ratio, basis.best_actual) = (best.ratio, best.actual);
        }
        if let Some(fact) = criterion.fact {
            basis.fact_holds = self.holds(unit, fact);
        }
        basis
    }

    /// What proves the figure behind a criterion.
    #[must_use]
    pub fn proofs(&self, unit: UnitId, criterion: &Criterion) -> Vec<Proof> {
        self.figure(unit, criterion)
            .map_or_else(Vec::new, |f| f.proofs.clone())
    }

    fn figure(&self, unit: UnitId, criterion: &Criterion) -> Option<&KnownFigure> {
        let code = criterion.indicator.clone()?;
        self.figures.get(&(unit, code))
    }

    /// Whether a fact holds of a unit; none while nobody can know.
    fn holds(&self, unit: UnitId, fact: Fact) -> Option<bool> {
        let conduct = self.conduct.get(&unit).copied().unwrap_or_default();
        let late = |arrival| match arrival {
            Arrival::Unknown => None,
            Arrival::InTime => Some(false),
            Arrival::Late => Some(true),
        };
        match fact {
            Fact::LateRegistration => late(conduct.registration),
            Fact::LateMidyearReport => late(conduct.midyear_report),
            Fact::LateAnnualReport => late(conduct.annual_report),
            Fact::RegisteredInTime => late(conduct.registration).map(|l| !l),
            Fact::MidyearReportInTime => late(conduct.midyear_report).map(|l| !l),
            Fact::AnnualReportInTime => late(conduct.annual_report).map(|l| !l),
            Fact::AbsentAtConference => conduct.attended.map(|a| !a),
            Fact::PresentAtConference => conduct.attended,
        }
    }
}
