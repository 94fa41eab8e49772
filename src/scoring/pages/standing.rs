//! The standing: total, class and place, beside it the one adjusted to size; the ladder for equal points step by step.

use askama::Template;
use axum::response::Response;
use rust_decimal::Decimal;

use super::{
    super::{
        access,
        model::{Points, Sheet},
        pictures::{self, Bars, DifferenceOf, Differences, Lines},
        queries,
        ranking::ranked,
        standing::{self, Row},
    },
    Ground, StandingPath, ground, sheet_view,
};
use crate::{
    criteria::Criterion,
    kit::error::{AppError, Result},
    reports::{self, Period},
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
    differences: Option<Differences>,
    is_final: bool,
    may_try: bool,
    /// Whether the cluster's report on the year can be drafted from here.
    drafts_summary: bool,
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
    let rows = ranked(&mut db, &ground.year, &ground.scoring, &sheets).await?;
    let groups: Vec<Criterion> = sheet_view::top_groups(&ground.scoring)
        .into_iter()
        .cloned()
        .collect();
    // Members open this page most, and draft nothing from it.
    let reported = if actor.is_secretariat_of(ground.year.cluster.id) {
        reports::summaries(&mut db, ground.year.id, Some(Period::Annual)).await?
    } else {
        Vec::new()
    };
    let states = reported.iter().map(|s| s.state);
    page(&StandingPage {
        shell: visit.shell_in(&ground.year.place()),
        drafts_summary: reports::access::drafts_summary(actor, &ground.year, Period::Annual, states),
        bars: pictures::bars(&ground.year, &ground.scoring, &rows),
        course: pictures::course(
            &ground.year,
            &queries::totals_over_years(&mut db, &ground.year).await?,
        ),
        differences: differences(&ground, &sheets),
        may_try: access::may_try(actor, &ground.year),
        is_final: sheets.iter().all(|s| s.locked_at.is_some()),
        rows,
        groups,
        ground,
    })
}

/// How far each appraiser's points lie from the units' own on average: members by name, then the working group.
fn differences(ground: &Ground, sheets: &[Sheet<Points>]) -> Option<Differences> {
    let members = &ground.year.members;
    let appraisers = members.iter().map(|m| (m.place.clone(), Some(m.unit_id)));
    let group = ("Tổ thẩm định".to_owned(), None);
    let given: Vec<DifferenceOf> = appraisers
        .chain([group])
        .filter_map(|(name, appraiser)| {
            let is_its = |sheet: &&Sheet<Points>| {
                let named = ground.scoring.appraiser_of(sheet.unit_id);
                named.is_some_and(|a| a.appraiser_unit_id == appraiser)
            };
            let lines: Vec<Decimal> = sheets
                .iter()
                .filter(is_its)
                .flat_map(|s| &s.lines)
                .filter_map(|line| line.appraised.map(|points| points - line.own))
                .collect();
            let mean = lines.iter().sum::<Decimal>().checked_div(lines.len().into())?;
            Some(DifferenceOf {
                name,
                mean,
                lines: lines.len(),
            })
        })
        .collect();
    let title = "Chênh lệch trung bình giữa điểm thẩm định và điểm tự chấm";
    Differences::new(title, &given)
}
