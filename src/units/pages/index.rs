//! The list of units: search by any spelling, also by the names of merged units.

use askama::Template;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;

use super::{super::queries, UnitsPath};
use crate::{
    kit::{error::Result, values},
    web::{Visit, page, shell::Shell},
};

#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    tim: String,
}

#[derive(Template)]
#[template(path = "units/index.html")]
struct IndexPage {
    shell: Shell,
    typed: String,
    units: Vec<queries::UnitRow>,
}

pub(super) async fn index(_: UnitsPath, Query(search): Query<Search>, visit: Visit) -> Result<Response> {
    let typed = values::line(&search.tim, 100).unwrap_or_default();
    let mut db = visit.db().await?;
    let units = queries::search(&mut db, &typed).await?;
    page(&IndexPage {
        shell: visit.shell(),
        typed,
        units,
    })
}
