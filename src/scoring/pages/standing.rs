//! The standing: total, class and place, beside it the one adjusted to size; the ladder for equal points step by step.

use askama::Template;
use axum::response::Response;
use rust_decimal::Decimal;

use super::{
    super::{
        access,
        model::Sheet,
        pictures::{BarOf, Bars, Lines},
        queries,
        standing::{self, Row, Scored},
    },
    Ground, StandingPath, ground, sheet_view,
};
use crate::{
    criteria::{Criterion, Side},
    ids::UnitId,
    kit::error::{AppError, Result},
    web::{Visit, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "scoring/standing.html")]
struct StandingPage {
    shell: Shell,
    ground: Ground,
    rows: Vec<Row>,
    bars: Bars,
    course: Option<Lines>,
    groups: Vec<Criterion>,
    differences: Vec<(String, String, usize)>,
    is_final: bool,
    may_try: bool,
}

impl StandingPage {
    fn points(&self, points: &Decimal) -> String {
        self.ground.scoring.set.rules.points_text(*points)
    }

    fn gap(&self, row: &Row) -> String {
        standing::gap_text(row, &self.ground.scoring.set.rules)
    }

    fn in_group(&self, row: &Row, group: &Criterion) -> String {
        self.points(&sheet_view::points_in(&row.tally, group))
    }

    fn slug_of(&self, row: &Row) -> String {
        self.ground
            .year
            .members
            .iter()
            .find(|m| m.unit_id == row.unit_id)
            .map_or_else(String::new, |m| m.slug.clone())
    }
}

pub(super) async fn show(path: StandingPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let ground = ground(&mut db, &visit, &path.cluster, path.year).await?;
    let actor = visit.actor()?;
    let sheets = queries::of_year(&mut db, actor, &ground.year, &ground.scoring, visit.now).await?;
    if !access::sees_standing(actor, &ground.year, &ground.scoring, &sheets, visit.now) {
        return Err(AppError::NotFound);
    }
    let awarded = queries::awarded_last_year(&mut db, &ground.year).await?;
    let scored: Vec<Scored<'_>> = sheets
        .iter()
        .map(|sheet| Scored {
            sheet,
            awarded_last_year: awarded.contains(&sheet.unit_id),
        })
        .collect();
    let rows = standing::rows(&ground.year, &ground.scoring, &scored);
    let groups: Vec<Criterion> = sheet_view::top_groups(&ground.scoring)
        .into_iter()
        .cloned()
        .collect();
    page(&StandingPage {
        shell: visit.shell_in(&ground.year.place()),
        bars: bars(&ground, &rows, &groups),
        course: course(&ground, &queries::totals_over_years(&mut db, &ground.year).await?),
        differences: differences(&ground, &sheets),
        may_try: access::may_try(actor, &ground.year),
        is_final: sheets.iter().all(|s| s.locked_at.is_some()),
        rows,
        groups,
        ground,
    })
}

/// The standing as stacked bars; what is taken off isn't drawn, the total says it.
fn bars(ground: &Ground, rows: &[Row], groups: &[Criterion]) -> Bars {
    let set = &ground.scoring.set;
    let whole = set.rules.total + set.rules.bonus_ceiling;
    let units: Vec<BarOf> = rows
        .iter()
        .map(|row| BarOf {
            name: row.place_name.clone(),
            total: set.rules.points_text(row.tally.total),
            parts: groups
                .iter()
                .filter(|group| set.side(group) != Side::Deduction)
                .map(|group| (group.code.clone(), sheet_view::points_in(&row.tally, group)))
                .collect(),
        })
        .collect();
    Bars::new(&format!("Xếp hạng năm {}", ground.year.year), whole, &units)
}

/// The members' confirmed totals over the years.
fn course(ground: &Ground, totals: &[(i32, UnitId, Decimal)]) -> Option<Lines> {
    let mut years: Vec<i32> = totals.iter().map(|(year, _, _)| *year).collect();
    years.dedup();
    let units: Vec<(String, Vec<Option<Decimal>>)> = ground
        .year
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

/// How far each appraiser's points lie from the units' own on average: name, points a line, lines.
fn differences(ground: &Ground, sheets: &[Sheet]) -> Vec<(String, String, usize)> {
    ground
        .year
        .members
        .iter()
        .filter_map(|member| {
            let lines: Vec<Decimal> = sheets
                .iter()
                .filter(|s| {
                    let appraiser = ground.scoring.appraiser_of(s.unit_id);
                    appraiser.is_some_and(|a| a.appraiser_unit_id == Some(member.unit_id))
                })
                .flat_map(|s| &s.lines)
                .filter_map(|line| line.appraised.map(|points| points - line.own))
                .collect();
            let mean = lines
                .iter()
                .sum::<Decimal>()
                .checked_div(Decimal::from(lines.len()))?;
            let words = ground.scoring.set.rules.points_text(mean);
            Some((member.place.clone(), words, lines.len()))
        })
        .collect()
}
