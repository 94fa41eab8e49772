//! The pictures of a year's standing.

use rust_decimal::Decimal;

use super::{BarOf, Bars, Lines};
use crate::{
    criteria::Side,
    ids::UnitId,
    scoring::{
        model::Scoring,
        standing::{Row, points_in, top_groups},
    },
    years::Year,
};

/// The standing as stacked bars; what is taken off isn't drawn, the total says it.
#[must_use]
pub fn bars(year: &Year, scoring: &Scoring, rows: &[Row]) -> Bars {
    let set = &scoring.set;
    let whole = set.rules.total + set.rules.bonus_ceiling;
    let groups = top_groups(scoring);
    let units: Vec<BarOf> = rows
        .iter()
        .map(|row| BarOf {
            name: row.place_name.clone(),
            total: set.rules.points_text(row.tally.total),
            parts: groups
                .iter()
                .filter(|group| set.side(group) != Side::Deduction)
                .map(|group| {
                    (
                        format!("{} {}", group.code, group.name),
                        points_in(&row.tally, group),
                    )
                })
                .collect(),
        })
        .collect();
    Bars::new(&format!("Xếp hạng năm {}", year.year), whole, &units)
}

/// The members' confirmed totals over the years.
#[must_use]
pub fn course(year: &Year, totals: &[(i32, UnitId, Decimal)]) -> Option<Lines> {
    let mut years: Vec<i32> = totals.iter().map(|(year, _, _)| *year).collect();
    years.dedup();
    let units: Vec<(String, Vec<Option<Decimal>>)> = year
        .members
        .iter()
        .map(|member| {
            let of = |year: &i32| {
                let found = totals
                    .iter()
                    .find(|(y, unit, _)| y == year && *unit == member.unit_id);
                found.map(|(_, _, total)| *total)
            };
            (member.place.clone(), years.iter().map(of).collect())
        })
        .collect();
    Lines::new("Tổng điểm qua các năm", &years, &units)
}
