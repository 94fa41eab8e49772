//! What if a line weighed more, or less, or nothing: who would change place, and how firm the places are. Nothing of it is
//! ever stored.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    criteria::{self, CriteriaSet, Entry, Kind, Line},
    ids::{CriterionId, UnitId},
    kit::{fields::FieldErrors, values::figure},
};

/// A line's weight in a trial: its points and its maximum times `factor`; 0 drops it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// The line, or a group with all that is in it.
    pub criterion_id: CriterionId,
    /// By what its points are multiplied.
    pub factor: Decimal,
}

/// A unit with its points in the trial.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The unit.
    pub unit_id: UnitId,
    /// What it has in each criterion.
    pub given: BTreeMap<CriterionId, Line>,
    /// Whether it was awarded last year.
    pub awarded_last_year: bool,
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

/// A year's criteria with the units that are tried on them.
#[derive(Clone, Copy, Debug)]
pub struct Trial<'a> {
    /// VUSTA's criteria.
    pub set: &'a CriteriaSet,
    /// The cluster's supplement.
    pub supplement: Option<&'a CriteriaSet>,
    /// The units.
    pub candidates: &'a [Candidate],
}

impl Trial<'_> {
    /// Totals and places with other weights, in the order of the places of now.
    #[must_use]
    pub fn moved(&self, weights: &[Weight]) -> Vec<Moved> {
        let (now, then) = (self.places(&[]), self.places(weights));
        now.into_iter()
            .map(|(unit_id, total, place)| {
                let found = then.iter().find(|t| t.0 == unit_id).copied();
                let (_, then_total, then_place) = found.unwrap_or((unit_id, total, place));
                Moved {
                    unit_id,
                    now: (total, place),
                    then: (then_total, then_place),
                }
            })
            .collect()
    }

    /// For each unit, in how many of all changes of one line's weight by a tenth, up and down, its place holds:
    /// (holds, of).
    #[must_use]
    pub fn firmness(&self) -> Vec<(UnitId, usize, usize)> {
        let now = self.places(&[]);
        let mut holds = vec![0; now.len()];
        let mut all = 0;
        for criterion in self.sets().flat_map(CriteriaSet::lines) {
            for factor in [Decimal::new(9, 1), Decimal::new(11, 1)] {
                all += 1;
                let weight = Weight {
                    criterion_id: criterion.id,
                    factor,
                };
                let then = self.places(&[weight]);
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

    fn sets(&self) -> impl Iterator<Item = &CriteriaSet> {
        std::iter::once(self.set).chain(self.supplement)
    }

    /// Unit, total and place with these weights, best first.
    fn places(&self, weights: &[Weight]) -> Vec<(UnitId, Decimal, usize)> {
        let set = self.weighed(self.set, weights);
        let supplement = self.supplement.map(|set| self.weighed(set, weights));
        let entries: Vec<Entry> = self
            .candidates
            .iter()
            .map(|candidate| {
                let weigh = |(id, line): (&CriterionId, &Line)| match line {
                    Line::Points(points) => (*id, Line::Points(points * self.factor_of(weights, *id))),
                    other => (*id, *other),
                };
                let given = candidate.given.iter().map(weigh).collect();
                Entry {
                    unit: candidate.unit_id,
                    tally: criteria::tally(&set, supplement.as_ref(), &given),
                    awarded_last_year: candidate.awarded_last_year,
                    votes: None,
                    decided: None,
                }
            })
            .collect();
        let total = |unit| {
            let found = entries.iter().find(|e| e.unit == unit);
            found.map_or(Decimal::ZERO, |e| e.tally.total)
        };
        criteria::rank(&set.rules, &entries)
            .into_iter()
            .map(|place| (place.unit, total(place.unit), place.place))
            .collect()
    }

    /// A set with other maxima; groups follow from their parts.
    fn weighed(&self, set: &CriteriaSet, weights: &[Weight]) -> CriteriaSet {
        let mut weighed = set.clone();
        if weights.is_empty() {
            return weighed;
        }
        for criterion in &mut weighed.criteria {
            criterion.maximum *= self.factor_of(weights, criterion.id);
        }
        // From the innermost group outwards: children stand behind their group.
        for place in (0..weighed.criteria.len()).rev() {
            let group = &weighed.criteria[place];
            if group.kind == Kind::Group {
                let sum = weighed.children(Some(group.id)).map(|child| child.maximum).sum();
                weighed.criteria[place].maximum = sum;
            }
        }
        weighed
    }

    /// The factor of a line: the product of its own and those of the groups that it stands in.
    fn factor_of(&self, weights: &[Weight], id: CriterionId) -> Decimal {
        let mut factor = Decimal::ONE;
        if weights.is_empty() {
            return factor;
        }
        let mut next = Some(id);
        while let Some(id) = next {
            let weight = weights.iter().find(|w| w.criterion_id == id);
            factor *= weight.map_or(Decimal::ONE, |w| w.factor);
            next = self
                .sets()
                .find_map(|set| set.criterion(id))
                .and_then(|c| c.parent_id);
        }
        factor
    }
}

/// The maxima typed for a trial, `name=value` by the criterion's code, as weights; what is wrong is told at the code. A code
/// that nothing is typed for keeps its maximum.
pub fn weights<'a>(
    sets: impl Iterator<Item = &'a CriteriaSet>,
    typed: &[(String, String)],
    errors: &mut FieldErrors,
) -> Vec<Weight> {
    let mut weights = Vec::new();
    for criterion in sets.flat_map(CriteriaSet::lines) {
        let text = typed_for(typed, &criterion.code).filter(|text| !text.trim().is_empty());
        let Some(text) = text.filter(|_| !criterion.maximum.is_zero()) else {
            continue;
        };
        let maximum = errors.read(criterion.code.clone(), figure(text));
        if let Some(maximum) = maximum.filter(|m| *m != criterion.maximum) {
            weights.push(Weight {
                criterion_id: criterion.id,
                factor: maximum / criterion.maximum,
            });
        }
    }
    weights
}

/// What was typed under a name.
#[must_use]
pub fn typed_for<'a>(typed: &'a [(String, String)], name: &str) -> Option<&'a str> {
    typed
        .iter()
        .find(|(code, _)| code == name)
        .map(|(_, text)| text.as_str())
}

/// `78/80 (98 %)`: in how many of all changes a place holds.
#[must_use]
pub fn firm_words(holds: usize, all: usize) -> String {
    match (holds * 100 + all / 2).checked_div(all) {
        Some(share) => format!("{holds}/{all} ({share} %)"),
        None => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests;
