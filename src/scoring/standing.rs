//! The standing of a year: total, class and place of each unit, by the declared ladder for equal points; beside it, never
//! mixed with it, the standing adjusted to size.

use rust_decimal::Decimal;

use super::model::{Points, Scoring, Sheet};
use crate::{
    criteria::{self, CriteriaSet, Criterion, Entry, Kind, Measured, Rules, Tally},
    ids::UnitId,
    years::Year,
};

/// A unit of fewer people counts at most this many times, one of more at least one part in as many.
const MOST_FACTOR: i64 = 3;

/// A unit's line of the standing.
#[derive(Clone, Debug)]
pub struct Row {
    /// The unit.
    pub unit_id: UnitId,
    /// Its place name.
    pub place_name: String,
    /// Its staff, where it is known.
    pub staff: Option<i32>,
    /// Its sums.
    pub tally: Tally,
    /// The sums by the unit's own points.
    pub own: Tally,
    /// The place.
    pub place: usize,
    /// Whether others share it.
    pub is_shared: bool,
    /// How equal points were told apart.
    pub steps: Vec<String>,
    /// The unit's points too few for the place above; none for the first.
    pub gap: Option<Decimal>,
    /// The total adjusted to size.
    pub adjusted: Decimal,
    /// The place by that.
    pub adjusted_place: usize,
}

/// Sums of one unit, as [`rows`] takes them.
pub struct Scored<'a> {
    /// The sheet.
    pub sheet: &'a Sheet<Points>,
    /// Whether the unit was awarded last year.
    pub awarded_last_year: bool,
}

/// The standing of these sheets, best first.
#[must_use]
pub fn rows(year: &Year, scoring: &Scoring, scored: &[Scored<'_>]) -> Vec<Row> {
    let entries: Vec<Entry> = scored
        .iter()
        .map(|s| Entry {
            unit: s.sheet.unit_id,
            tally: scoring.tally(s.sheet.unit_id, &s.sheet.lines, Points::points),
            awarded_last_year: s.awarded_last_year,
            votes: None,
            decided: None,
        })
        .collect();
    let places = criteria::rank(&scoring.set.rules, &entries);
    let middle = median(year.members.iter().filter_map(|m| m.staff));
    let mut rows: Vec<Row> = places
        .into_iter()
        .filter_map(|place| {
            let sheet = scored.iter().find(|s| s.sheet.unit_id == place.unit)?.sheet;
            let tally = entries.iter().find(|e| e.unit == place.unit)?.tally.clone();
            let member = year.members.iter().find(|m| m.unit_id == place.unit)?;
            let factor = member
                .staff
                .zip(middle)
                .map(|(staff, middle)| size_factor(staff, middle));
            let by_size = |line: &Points| adjusted_points(scoring, line, factor);
            Some(Row {
                unit_id: place.unit,
                place_name: member.place.clone(),
                staff: member.staff,
                own: scoring.tally(place.unit, &sheet.lines, |line| line.own),
                adjusted: scoring.tally(place.unit, &sheet.lines, by_size).total,
                adjusted_place: 0,
                tally,
                place: place.place,
                is_shared: place.shared,
                steps: place.steps,
                gap: None,
            })
        })
        .collect();
    for i in 1..rows.len() {
        let above = rows[..i].iter().rev().find(|r| r.place < rows[i].place);
        rows[i].gap = above.map(|above| above.tally.total - rows[i].tally.total);
    }
    let adjusted: Vec<Decimal> = rows.iter().map(|r| r.adjusted).collect();
    for row in &mut rows {
        row.adjusted_place = 1 + adjusted.iter().filter(|a| **a > row.adjusted).count();
    }
    rows
}

/// The middle one of the cluster's numbers of staff: the lower of two.
fn median(staff: impl Iterator<Item = i32>) -> Option<i32> {
    let mut all: Vec<i32> = staff.filter(|n| *n > 0).collect();
    all.sort_unstable();
    all.get(all.len().saturating_sub(1) / 2).copied()
}

/// How much more a unit's numbers count than those of the cluster's middle one.
fn size_factor(staff: i32, middle: i32) -> Decimal {
    let most = Decimal::from(MOST_FACTOR);
    let factor = Decimal::from(middle) / Decimal::from(staff.max(1));
    factor.clamp(Decimal::ONE / most, most)
}

/// Whether a criterion counts numbers, which a larger unit reaches more easily. Ratios to the own target don't.
#[must_use]
pub fn counts_numbers(criterion: &Criterion) -> bool {
    matches!(
        criterion.kind,
        Kind::Count { .. }
            | Kind::Steps {
                of: Measured::Value,
                ..
            }
    )
}

/// A line's points with its figure taken in relation to the unit's size. What appraisers gave above or below the computed
/// points stays on top of it.
fn adjusted_points(scoring: &Scoring, line: &Points, factor: Option<Decimal>) -> Decimal {
    let found = scoring.scored().find(|c| c.id == line.criterion_id);
    let (Some(criterion), Some(factor), Some(computed)) = (found, factor, line.computed) else {
        return line.points();
    };
    if !counts_numbers(criterion) {
        return line.points();
    }
    let mut basis = line.basis.clone();
    basis.actual = basis.actual.map(|actual| actual * factor);
    basis.count = basis.count.map(|count| count * factor);
    let by_size = criteria::compute(criterion, &scoring.set.rules, &basis).points;
    let points = by_size.unwrap_or(computed) + (line.points() - computed);
    points.clamp(Decimal::ZERO, criterion.maximum)
}

/// What lies between a unit and the place above, in words.
#[must_use]
pub fn gap_text(row: &Row, rules: &Rules) -> String {
    match row.gap {
        None => "đang dẫn đầu".to_owned(),
        Some(gap) if gap.is_zero() => "bằng điểm đơn vị xếp trên, xét theo thứ tự ưu tiên".to_owned(),
        Some(gap) => format!("còn thiếu {} điểm", rules.points_text(gap)),
    }
}

/// VUSTA's criteria and the cluster's.
pub fn sets(scoring: &Scoring) -> impl Iterator<Item = &CriteriaSet> {
    std::iter::once(&scoring.set).chain(&scoring.supplement)
}

/// The groups at the top, with their points in a tally: the columns of the matrix, the pieces of a bar.
#[must_use]
pub fn top_groups(scoring: &Scoring) -> Vec<&Criterion> {
    sets(scoring).flat_map(|set| set.children(None)).collect()
}

/// A top group's points in a tally.
#[must_use]
pub fn points_in(tally: &Tally, criterion: &Criterion) -> Decimal {
    tally
        .by_group
        .iter()
        .find(|group| group.id == criterion.id)
        .map_or(Decimal::ZERO, |group| group.points)
}
