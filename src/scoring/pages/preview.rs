//! A table of criteria tried on last year's figures, before it is issued: what it would have given each unit, and
//! who would change place with other maxima. Nothing of it is stored; what people judge stays open.

use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::super::{
    queries,
    what_if::{self, Candidate, Trial, Weight},
};
use crate::{
    criteria::{self, Basis, CriteriaSet, Criterion, Line},
    ids::CriteriaSetId,
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
        values::figure_text,
    },
    people::Actor,
    web::{Visit, page, shell::Shell},
    years::{self, Year, YearRow},
};

/// The preview of a table.
#[derive(TypedPath, Deserialize)]
#[typed_path("/tieu-chi/{set}/xem-thu", rejection(AppError))]
pub(super) struct PreviewPath {
    set: CriteriaSetId,
}

#[derive(Template)]
#[template(path = "scoring/preview.html")]
struct PreviewPage {
    shell: Shell,
    set: CriteriaSet,
    years: Vec<YearRow>,
    chosen: String,
    rows: Vec<Row>,
    /// Each criterion with what was typed for its maximum.
    lines: Vec<(Criterion, String)>,
    errors: FieldErrors,
    is_changed: bool,
}

/// A unit with the points that its figures would have given.
struct Row {
    place: String,
    points: Vec<String>,
    open: usize,
    /// Total and place by the table as it is.
    now: (String, usize),
    /// Total and place with the maxima typed.
    then: (String, usize),
    /// How firm the place is.
    firm: String,
}

/// Whether this person may know the figures of a cluster's units.
fn may_know(actor: &Actor, row: &YearRow) -> bool {
    actor.is_standing_office || actor.is_secretariat_of(row.cluster_id) || actor.is_patron_of(row.cluster_id)
}

pub(super) async fn show(path: PreviewPath, RawQuery(query): RawQuery, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let actor = visit.actor()?;
    let set = criteria::find_visible(&mut db, actor, path.set).await?;
    let typed: Vec<(String, String)> = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .into_owned()
        .collect();
    let wanted = what_if::typed_for(&typed, "cum").unwrap_or_default();
    let years: Vec<YearRow> = years::list(&mut db, set.cluster_id)
        .await?
        .into_iter()
        .filter(|row| row.year == set.year - 1 && may_know(actor, row))
        .collect();
    let chosen = years
        .iter()
        .find(|row| row.slug == wanted)
        .or(years.first())
        .map(|row| row.slug.clone())
        .unwrap_or_default();
    let mut errors = FieldErrors::default();
    let weights = what_if::weights(std::iter::once(&set), &typed, &mut errors);
    let rows = if chosen.is_empty() {
        Vec::new()
    } else {
        let year = years::find_under(&mut db, actor.revision, &chosen, set.year - 1).await?;
        let known = queries::known(&mut db, &year, visit.now).await?;
        let awarded = queries::awarded_last_year(&mut db, &year).await?;
        let candidates: Vec<Candidate> = year
            .members
            .iter()
            .map(|member| Candidate {
                unit_id: member.unit_id,
                given: set
                    .lines()
                    .map(|line| (line.id, computed(&set, line, &known.basis(member.unit_id, line))))
                    .collect(),
                awarded_last_year: awarded.contains(&member.unit_id),
            })
            .collect();
        tried(&set, &year, &candidates, &weights)
    };
    page(&PreviewPage {
        shell: visit.shell(),
        lines: set
            .lines()
            .map(|line| {
                let text = what_if::typed_for(&typed, &line.code);
                (
                    line.clone(),
                    text.map_or_else(|| figure_text(line.maximum), str::to_owned),
                )
            })
            .collect(),
        is_changed: !weights.is_empty(),
        errors,
        years,
        chosen,
        rows,
        set,
    })
}

/// What last year's figures give in a line; what people judge is missing.
fn computed(set: &CriteriaSet, line: &Criterion, basis: &Basis) -> Line {
    let found = criteria::compute(line, &set.rules, basis);
    found.points.map_or(Line::Missing, Line::Points)
}

/// The units in the order of the members, with places by the table as it is and with other maxima.
fn tried(set: &CriteriaSet, year: &Year, candidates: &[Candidate], weights: &[Weight]) -> Vec<Row> {
    let trial = Trial {
        set,
        supplement: None,
        candidates,
    };
    let (moved, firm) = (trial.moved(weights), trial.firmness());
    let words = |(total, place): (Decimal, usize)| (set.rules.points_text(total), place);
    year.members
        .iter()
        .zip(candidates)
        .filter_map(|(member, candidate)| {
            let moved = moved.iter().find(|m| m.unit_id == member.unit_id)?;
            let (_, holds, all) = firm.iter().find(|f| f.0 == member.unit_id)?;
            Some(Row {
                place: member.place.clone(),
                points: set
                    .lines()
                    .map(|line| match candidate.given.get(&line.id) {
                        Some(Line::Points(points)) => set.rules.points_text(*points),
                        _ => "–".to_owned(),
                    })
                    .collect(),
                open: candidate
                    .given
                    .values()
                    .filter(|line| **line == Line::Missing)
                    .count(),
                now: words(moved.now),
                then: words(moved.then),
                firm: what_if::firm_words(*holds, *all),
            })
        })
        .collect()
}
