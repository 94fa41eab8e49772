//! What if a line weighed more, or less, or nothing: who would change place, and how firm the places are. Nothing of it is
//! ever stored.

use rust_decimal::Decimal;

use super::model::{Line, Scoring, Sheet};
use crate::{
    criteria::{self, Entry, Kind},
    ids::{CriterionId, UnitId},
};

/// A line's weight in a trial: its points and its maximum times `factor`; 0 drops it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// The line, or a group with all that is in it.
    pub criterion_id: CriterionId,
    /// By what its points are multiplied.
    pub factor: Decimal,
}

/// A unit's place now and in the trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The unit.
    pub unit_id: UnitId,
    /// Total and place now.
    pub now: (Decimal, usize),
    /// Total and place in the trial.
    pub then: (Decimal, usize),
}

/// Totals and places of these sheets with other weights, in the order of the places of now.
#[must_use]
pub fn trial(scoring: &Scoring, sheets: &[&Sheet], weights: &[Weight]) -> Vec<Moved> {
    let (now, then) = (places(scoring, sheets, &[]), places(scoring, sheets, weights));
    now.into_iter()
        .map(|(unit_id, total, place)| {
            let (_, then_total, then_place) = then
                .iter()
                .find(|t| t.0 == unit_id)
                .copied()
                .unwrap_or((unit_id, total, place));
            Moved {
                unit_id,
                now: (total, place),
                then: (then_total, then_place),
            }
        })
        .collect()
}

/// For each unit, in how many of all changes of one line's weight by a tenth, up and down, its place holds: (holds, of).
#[must_use]
pub fn firmness(scoring: &Scoring, sheets: &[&Sheet]) -> Vec<(UnitId, usize, usize)> {
    let now = places(scoring, sheets, &[]);
    let mut holds = vec![0; now.len()];
    let mut all = 0;
    for criterion in scoring.scored() {
        for factor in [Decimal::new(9, 1), Decimal::new(11, 1)] {
            all += 1;
            let weight = Weight {
                criterion_id: criterion.id,
                factor,
            };
            let then = places(scoring, sheets, &[weight]);
            for (held, (unit, _, place)) in holds.iter_mut().zip(&now) {
                *held += usize::from(then.iter().any(|t| t.0 == *unit && t.2 == *place));
            }
        }
    }
    now.iter()
        .zip(holds)
        .map(|((unit, _, _), holds)| (*unit, holds, all))
        .collect()
}

/// Unit, total and place with these weights, best first.
fn places(scoring: &Scoring, sheets: &[&Sheet], weights: &[Weight]) -> Vec<(UnitId, Decimal, usize)> {
    let weighed = weigh(scoring, weights);
    let factor = |id| factor_of(scoring, weights, id);
    let entries: Vec<Entry> = sheets
        .iter()
        .map(|sheet| Entry {
            unit: sheet.unit_id,
            tally: weighed.tally(sheet.unit_id, &sheet.lines, |line: &Line| {
                line.points() * factor(line.criterion_id)
            }),
            awarded_last_year: false,
            votes: None,
            decided: None,
        })
        .collect();
    let total = |unit| {
        entries
            .iter()
            .find(|e| e.unit == unit)
            .map_or(Decimal::ZERO, |e| e.tally.total)
    };
    criteria::rank(&weighed.set.rules, &entries)
        .into_iter()
        .map(|place| (place.unit, total(place.unit), place.place))
        .collect()
}

/// The criteria with other maxima; groups and the total follow from their parts.
fn weigh(scoring: &Scoring, weights: &[Weight]) -> Scoring {
    let mut weighed = scoring.clone();
    if weights.is_empty() {
        return weighed;
    }
    for set in std::iter::once(&mut weighed.set).chain(weighed.supplement.as_mut()) {
        for criterion in &mut set.criteria {
            criterion.maximum *= factor_of(scoring, weights, criterion.id);
        }
        // From the innermost group outwards: children stand behind their group.
        for place in (0..set.criteria.len()).rev() {
            let group = &set.criteria[place];
            if group.kind == Kind::Group {
                let sum = set.children(Some(group.id)).map(|child| child.maximum).sum();
                set.criteria[place].maximum = sum;
            }
        }
    }
    weighed
}

/// The factor of a line: the product of its own and those of the groups that it stands in.
fn factor_of(scoring: &Scoring, weights: &[Weight], id: CriterionId) -> Decimal {
    let set_of = |id| {
        std::iter::once(&scoring.set)
            .chain(&scoring.supplement)
            .find_map(|set| set.criterion(id))
    };
    let mut factor = Decimal::ONE;
    let mut next = Some(id);
    while let Some(id) = next {
        factor *= weights
            .iter()
            .find(|w| w.criterion_id == id)
            .map_or(Decimal::ONE, |w| w.factor);
        next = set_of(id).and_then(|criterion| criterion.parent_id);
    }
    factor
}
