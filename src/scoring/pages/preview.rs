//! A table of criteria tried on last year's figures, before it is issued: what it would have given each unit. Nothing of it is
//! stored; what people judge stays open.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::Query, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

use super::super::queries;
use crate::{
    criteria::{self, CriteriaSet, Criterion, Line, Tally},
    ids::CriteriaSetId,
    kit::error::{AppError, Result},
    people::Actor,
    web::{Visit, page, shell::Shell},
    years::{self, YearRow},
};

/// The preview of a table.
#[derive(TypedPath, Deserialize)]
#[typed_path("/tieu-chi/{set}/xem-thu", rejection(AppError))]
pub(super) struct PreviewPath {
    set: CriteriaSetId,
}

/// Which cluster's figures.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    cum: String,
}

#[derive(Template)]
#[template(path = "scoring/preview.html")]
struct PreviewPage {
    shell: Shell,
    set: CriteriaSet,
    years: Vec<YearRow>,
    chosen: String,
    rows: Vec<Row>,
    lines: Vec<Criterion>,
}

/// A unit with the points that its figures would have given.
struct Row {
    place: String,
    points: Vec<String>,
    total: String,
    open: usize,
}

/// Whether this person may know the figures of a cluster's units.
fn may_know(actor: &Actor, row: &YearRow) -> bool {
    actor.is_standing_office || actor.is_secretariat_of(row.cluster_id) || actor.is_patron_of(row.cluster_id)
}

pub(super) async fn show(path: PreviewPath, Query(choice): Query<Choice>, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let actor = visit.actor()?;
    let set = criteria::find_visible(&mut db, actor, path.set).await?;
    let years: Vec<YearRow> = years::list(&mut db, set.cluster_id)
        .await?
        .into_iter()
        .filter(|row| row.year == set.year - 1 && may_know(actor, row))
        .collect();
    let chosen = years
        .iter()
        .find(|row| row.slug == choice.cum)
        .or(years.first())
        .map(|row| row.slug.clone())
        .unwrap_or_default();
    let mut rows = Vec::new();
    if !chosen.is_empty() {
        let year = years::find_under(&mut db, actor.revision, &chosen, set.year - 1).await?;
        let known = queries::known(&mut db, &year, visit.now).await?;
        for member in &year.members {
            let points: BTreeMap<_, _> = set
                .lines()
                .map(|line| {
                    let computed = criteria::compute(line, &set.rules, &known.basis(member.unit_id, line));
                    (line.id, computed.points.map_or(Line::Missing, Line::Points))
                })
                .collect();
            let tally = criteria::tally(&set, None, &points);
            rows.push(row(&set, &member.place, &points, &tally));
        }
    }
    page(&PreviewPage {
        shell: visit.shell(),
        lines: set.lines().cloned().collect(),
        years,
        chosen,
        rows,
        set,
    })
}

fn row(
    set: &CriteriaSet,
    place: &str,
    points: &BTreeMap<crate::ids::CriterionId, Line>,
    tally: &Tally,
) -> Row {
    Row {
        place: place.to_owned(),
        points: set
            .lines()
            .map(|line| match points.get(&line.id) {
                Some(Line::Points(points)) => set.rules.points_text(*points),
                _ => "–".to_owned(),
            })
            .collect(),
        total: set.rules.points_text(tally.total),
        open: tally.missing.len(),
    }
}
