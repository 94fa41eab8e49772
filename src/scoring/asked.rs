//! What a score sheet asks: its criteria, and what the program knows of each for one unit.

use rust_decimal::Decimal;

use super::model::{Proof, Scoring, Sheet};
use crate::{
    criteria::{self, Basis, Computed, Criterion, Kind},
    ids::UnitId,
};

/// A criterion as one unit meets it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The criterion.
    pub criterion: Criterion,
    /// What is known: figures, targets, facts.
    pub basis: Basis,
    /// The points that follow from it.
    pub computed: Computed,
    /// Why it doesn't apply; empty where it does.
    pub exemption: String,
    /// How many files of its own the line has.
    pub files: usize,
    /// What proves the figure that the points follow from.
    pub proofs: Vec<Proof>,
}

impl Asked {
    /// How many pieces of evidence there are besides the links: files of the line, evidence of its figure.
    #[must_use]
    pub fn evidence(&self) -> usize {
        self.files + self.proofs.len()
    }

    /// Whether the unit has points to give here.
    #[must_use]
    pub fn applies(&self) -> bool {
        self.exemption.is_empty()
    }

    /// Whether the points are a judgement, with nothing to compute them from.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        self.computed.points.is_none()
    }

    /// The most points that can be given.
    #[must_use]
    pub fn maximum(&self) -> Decimal {
        self.criterion.maximum
    }

    /// Whether its points are taken off.
    #[must_use]
    pub fn is_deduction(&self) -> bool {
        matches!(self.criterion.kind, Kind::Deduction { .. })
    }
}

/// Everything the sheet of a unit asks, in reading order. `basis_of` tells what is known of a criterion, `proofs_of` what
/// proves its figure, `files_of` how many files of its own it has.
#[must_use]
pub fn asked(
    scoring: &Scoring,
    unit: UnitId,
    mut basis_of: impl FnMut(&Criterion) -> Basis,
    proofs_of: impl Fn(&Criterion) -> Vec<Proof>,
    files_of: impl Fn(&Criterion) -> usize,
) -> Vec<Asked> {
    let sets = std::iter::once(&scoring.set).chain(scoring.supplement.as_ref());
    sets.flat_map(|set| set.lines().map(move |c| (c, &set.rules)))
        .map(|(criterion, rules)| {
            let basis = basis_of(criterion);
            Asked {
                computed: criteria::compute(criterion, rules, &basis),
                exemption: scoring
                    .exemption(unit, criterion.id)
                    .unwrap_or_default()
                    .to_owned(),
                files: files_of(criterion),
                proofs: proofs_of(criterion),
                criterion: criterion.clone(),
                basis,
            }
        })
        .collect()
}

/// What a sheet asked when it was handed in: the figures of that day, whatever they are now.
#[must_use]
pub fn as_handed_in(scoring: &Scoring, sheet: &Sheet, files_of: impl Fn(&Criterion) -> usize) -> Vec<Asked> {
    let proofs = |criterion: &Criterion| {
        sheet
            .line(criterion.id)
            .map(|line| line.proofs.clone())
            .unwrap_or_default()
    };
    let known = |criterion: &Criterion| {
        sheet
            .line(criterion.id)
            .map(|line| line.basis.clone())
            .unwrap_or_default()
    };
    let mut list = asked(scoring, sheet.unit_id, known, proofs, files_of);
    for asked in &mut list {
        if let Some(line) = sheet.line(asked.criterion.id) {
            asked.computed = Computed {
                points: line.computed,
                working: line.working.clone(),
            };
        }
    }
    list
}
