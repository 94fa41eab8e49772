//! Clusters and their years, each with its state.

use askama::Template;
use axum::response::Response;

use super::YearsPath;
use crate::{
    clusters::{self, Cluster},
    kit::error::Result,
    web::{Visit, page, shell::Shell},
    years::{self, YearRow, YearState, access::may_shape},
};

/// How many of the newest years have a column.
const COLUMNS: usize = 5;

#[derive(Template)]
#[template(path = "administration/years.html")]
struct YearsPage {
    shell: Shell,
    columns: Vec<i32>,
    rows: Vec<(Cluster, Vec<Option<YearRow>>)>,
    may_open: bool,
}

pub(super) async fn index(_: YearsPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let years = years::list(&mut db, None).await?;
    let mut columns: Vec<i32> = years.iter().map(|y| y.year).collect();
    columns.sort_unstable_by(|a, b| b.cmp(a));
    columns.dedup();
    columns.truncate(COLUMNS);
    let row = |cluster: Cluster| {
        let cell = |year: &i32| {
            years
                .iter()
                .find(|y| y.cluster_id == cluster.id && y.year == *year)
                .cloned()
        };
        let cells = columns.iter().map(cell).collect();
        (cluster, cells)
    };
    let rows = clusters::all(&mut db).await?.into_iter().map(row).collect();
    page(&YearsPage {
        shell: visit.shell(),
        rows,
        columns,
        may_open: may_shape(visit.actor()?),
    })
}

/// The tone of a year's badge.
fn tone_of(row: &YearRow) -> &'static str {
    match row.state {
        YearState::Open => "waiting",
        YearState::Closed => "neutral",
    }
}
