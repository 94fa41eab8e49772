//! The desk of a year: quotas, filters, the dossiers.

use askama::Template;
use axum::response::Response;
use axum_extra::extract::Query;
use chrono::Datelike;

use super::{
    super::{
        model::{Desk, Filter, Line},
        queries,
    },
    DeskPath, NewestPath,
};
use crate::{
    kit::{clock, error::Result},
    nominations,
    web::{Visit, filters, page, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "appraisals/desk.html")]
struct DeskPage {
    shell: Shell,
    year: i32,
    years: Vec<i32>,
    desk: Desk,
    filter: Filter,
    clusters: Vec<(String, String)>,
    awards: Vec<(String, String)>,
    states: Vec<(String, String)>,
}

impl DeskPage {
    fn wanted(&self) -> Vec<&Line> {
        self.desk
            .lines
            .iter()
            .filter(|line| self.filter.fits(line))
            .collect()
    }

    fn count(&self, is: impl Fn(&Line) -> bool) -> usize {
        self.desk.lines.iter().filter(|line| is(line)).count()
    }

    /// How many wait for a finding.
    fn waiting(&self) -> usize {
        self.count(Line::waits)
    }

    /// How many are with their units, and overdue.
    fn overdue(&self) -> usize {
        self.count(|line| line.opens && line.due_again.is_some_and(|(_, late)| late > 0))
    }
}

/// Years with nominations, the newest first.
async fn years(db: &mut sqlx::PgConnection) -> Result<Vec<i32>> {
    let mut years: Vec<i32> = nominations::counts(db).await?.iter().map(|c| c.year).collect();
    years.dedup();
    Ok(years)
}

pub(super) async fn newest(_: NewestPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let newest = years(&mut db).await?.first().copied();
    let year = newest.unwrap_or_else(|| clock::day(visit.now).year());
    Ok(see_other(DeskPath { year }, ""))
}

pub(super) async fn desk(path: DeskPath, Query(filter): Query<Filter>, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let desk = queries::desk(&mut db, visit.actor()?, path.year, visit.now).await?;
    let pair = |code: &str, words: &str| Some((code.to_owned(), words.to_owned()));
    let state = |line: &Line| {
        let state = line.nomination.state;
        pair(state.code(), state.label()).filter(|_| line.opens)
    };
    page(&DeskPage {
        shell: visit.shell(),
        year: path.year,
        years: years(&mut db).await?,
        clusters: desk.choices(|line| pair(&line.nomination.place.slug, &line.nomination.place.name)),
        awards: desk.choices(|line| pair(&line.nomination.award, &line.award)),
        states: desk.choices(state),
        filter,
        desk,
    })
}
