//! From the points of lines to the sums of groups, the total and the class.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    criteria::model::{CriteriaSet, Criterion, Kind, Rescaling, Side},
    ids::CriterionId,
};

/// What a line has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// Points; for a deduction what is taken off, as a positive number.
    Points(Decimal),
    /// It doesn't apply to this unit in this year.
    NotApplicable,
    /// Nothing yet; counts as 0.
    Missing,
}

/// The points of a group, or of a line that stands at the top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPoints {
    /// The group.
    pub id: CriterionId,
    /// Its code.
    pub code: String,
    /// Whether it stands at the top: these sum to the total.
    pub is_top: bool,
    /// On which side its points count: on the deduction's they are what is taken off, as a positive number.
    pub side: Side,
    /// The points.
    pub points: Decimal,
    /// The most that can be reached.
    pub maximum: Decimal,
    /// Whether nothing in it applied.
    pub is_not_applicable: bool,
}

/// The sums of one table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// `base + bonus - deduction`.
    pub total: Decimal,
    /// The points proper: those of the groups at the top and what rescaling adds.
    pub base: Decimal,
    /// Points on top, after the ceiling.
    pub bonus: Decimal,
    /// Points taken off, as a positive number, after the floor.
    pub deduction: Decimal,
    /// How much of `base` comes from stretching the sum of the groups, because whole groups didn't apply.
    pub rescaled: Decimal,
}

/// The sums of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// `base + bonus - deduction`, with the supplement: units of a cluster are ranked by it.
    pub total: Decimal,
    /// The points proper of both tables.
    pub base: Decimal,
    /// The bonus of both tables, each after its ceiling.
    pub bonus: Decimal,
    /// What both tables take off, each after its floor, as a positive number.
    pub deduction: Decimal,
    /// VUSTA's table alone: the class goes by it, so that it means the same in every cluster.
    pub main: Part,
    /// The cluster's supplement alone.
    pub supplement: Option<Part>,
    /// The groups of both tables in reading order, and lines at the top.
    pub by_group: Vec<GroupPoints>,
    /// The class by the points of VUSTA's table.
    pub class: Option<String>,
    /// How much of `base` comes from stretching sums; see [`Part::rescaled`].
    pub rescaled: Decimal,
    /// The groups that were stretched because a line in them didn't apply.
    pub rescaled_groups: Vec<CriterionId>,
    /// Lines that don't apply.
    pub not_applicable: Vec<CriterionId>,
    /// Lines without points yet. While there are any, the sums are provisional.
    pub missing: Vec<CriterionId>,
}

impl Tally {
    /// Whether every line has its points or doesn't apply.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }

    /// The points of the group with this code.
    #[must_use]
    pub fn points_of(&self, code: &str) -> Option<Decimal> {
        self.by_group.iter().find(|g| g.code == code).map(|g| g.points)
    }
}

/// Sums a unit's points. A line that `points` doesn't know is missing; points beyond a line's maximum or below 0 are
/// cut to it.
#[must_use]
pub fn tally(
    set: &CriteriaSet,
    supplement: Option<&CriteriaSet>,
    points: &BTreeMap<CriterionId, Line>,
) -> Tally {
    let mut tally = Tally::default();
    tally.main = Summing::of(set, points).into(&mut tally);
    let added = supplement.map(|s| Summing::of(s, points).into(&mut tally));
    for part in [Some(&tally.main), added.as_ref()].into_iter().flatten() {
        tally.total += part.total;
        tally.base += part.base;
        tally.bonus += part.bonus;
        tally.deduction += part.deduction;
        tally.rescaled += part.rescaled;
    }
    tally.class = set
        .rules
        .class_of(tally.main.total)
        .map(|class| class.label.clone());
    tally.supplement = added;
    tally
}

/// What a criterion comes to.
#[derive(Clone, Copy)]
struct Sum {
    points: Decimal,
    /// The most that could be reached in what applies.
    within: Decimal,
    applies: bool,
}

/// The work on one table.
struct Summing<'a> {
    set: &'a CriteriaSet,
    points: &'a BTreeMap<CriterionId, Line>,
    children: BTreeMap<Option<CriterionId>, Vec<&'a Criterion>>,
    groups: BTreeMap<CriterionId, GroupPoints>,
    rescaled: Vec<CriterionId>,
}

impl<'a> Summing<'a> {
    fn of(set: &'a CriteriaSet, points: &'a BTreeMap<CriterionId, Line>) -> Self {
        let mut children: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for criterion in &set.criteria {
            children.entry(criterion.parent_id).or_default().push(criterion);
        }
        Self {
            set,
            points,
            children,
            groups: BTreeMap::new(),
            rescaled: Vec::new(),
        }
    }

    fn into(mut self, tally: &mut Tally) -> Part {
        let rules = &self.set.rules;
        let (mut part, mut within, mut whole) = (Part::default(), Decimal::ZERO, Decimal::ZERO);
        for top in self.children.remove(&None).unwrap_or_default() {
            let sum = self.sum(top);
            match self.set.side(top) {
                Side::Base => {
                    part.base += sum.points;
                    within += sum.within;
                    whole += top.maximum;
                }
                Side::Bonus => part.bonus += sum.points,
                Side::Deduction => part.deduction += sum.points,
            }
        }
        if stretches(rules.rescaling) && within > Decimal::ZERO && within < whole {
            let stretched = rules.round(part.base * whole / within).min(whole);
            part.rescaled = stretched - part.base;
            part.base = stretched;
        }
        part.bonus = part.bonus.min(rules.bonus_ceiling);
        part.deduction = part.deduction.min(rules.deduction_floor);
        part.total = part.base + part.bonus - part.deduction;
        self.report(tally);
        part
    }

    /// Puts what was found into the tally, in reading order.
    fn report(&mut self, tally: &mut Tally) {
        for criterion in &self.set.criteria {
            tally.by_group.extend(self.groups.remove(&criterion.id));
            if criterion.kind != Kind::Group {
                match self.line(criterion) {
                    Line::Points(_) => {}
                    Line::NotApplicable => tally.not_applicable.push(criterion.id),
                    Line::Missing => tally.missing.push(criterion.id),
                }
            }
        }
        tally.rescaled_groups.append(&mut self.rescaled);
    }

    fn line(&self, criterion: &Criterion) -> Line {
        self.points.get(&criterion.id).copied().unwrap_or(Line::Missing)
    }

    fn sum(&mut self, criterion: &Criterion) -> Sum {
        let sum = if criterion.kind == Kind::Group {
            self.sum_group(criterion)
        } else {
            self.sum_line(criterion)
        };
        if criterion.kind == Kind::Group || criterion.parent_id.is_none() {
            self.groups.insert(
                criterion.id,
                GroupPoints {
                    id: criterion.id,
                    code: criterion.code.clone(),
                    is_top: criterion.parent_id.is_none(),
                    side: self.set.side(criterion),
                    points: sum.points,
                    maximum: criterion.maximum,
                    is_not_applicable: !sum.applies,
                },
            );
        }
        sum
    }

    fn sum_line(&self, criterion: &Criterion) -> Sum {
        let maximum = criterion.maximum.max(Decimal::ZERO);
        let of_base = criterion.kind.side() == Side::Base;
        match self.line(criterion) {
            Line::Points(points) => Sum {
                points: self.set.rules.round(points).clamp(Decimal::ZERO, maximum),
                within: maximum,
                applies: true,
            },
            Line::Missing => Sum {
                points: Decimal::ZERO,
                within: maximum,
                applies: true,
            },
            Line::NotApplicable => match self.set.rules.rescaling {
                Rescaling::FullPoints if of_base => Sum {
                    points: maximum,
                    within: maximum,
                    applies: true,
                },
                Rescaling::RescaleGroup | Rescaling::RescaleTotal if of_base => Sum {
                    points: Decimal::ZERO,
                    within: Decimal::ZERO,
                    applies: false,
                },
                _ => Sum {
                    points: Decimal::ZERO,
                    within: maximum,
                    applies: true,
                },
            },
        }
    }

    fn sum_group(&mut self, group: &Criterion) -> Sum {
        let maximum = group.maximum.max(Decimal::ZERO);
        // Taken out, so that rows which name each other as parent end too.
        let children = self.children.remove(&Some(group.id)).unwrap_or_default();
        let is_empty = children.is_empty();
        let mut sum = Sum {
            points: Decimal::ZERO,
            within: if is_empty { maximum } else { Decimal::ZERO },
            applies: is_empty,
        };
        for child in children {
            let of_child = self.sum(child);
            sum.points += of_child.points;
            sum.within += of_child.within;
            sum.applies |= of_child.applies;
        }
        let by_group =
            self.set.rules.rescaling == Rescaling::RescaleGroup && self.set.side(group) == Side::Base;
        if by_group && sum.within > Decimal::ZERO && sum.within < maximum {
            sum.points = self.set.rules.round(sum.points * maximum / sum.within);
            sum.within = maximum;
            self.rescaled.push(group.id);
        }
        sum.points = sum.points.min(maximum);
        sum
    }
}

fn stretches(rescaling: Rescaling) -> bool {
    matches!(rescaling, Rescaling::RescaleGroup | Rescaling::RescaleTotal)
}
