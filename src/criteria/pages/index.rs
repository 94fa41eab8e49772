//! All tables, by year.

use askama::Template;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;

use super::{
    super::{access, queries},
    IndexPath,
};
use crate::{
    criteria::SetRow,
    kit::error::Result,
    web::{Visit, filters, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "criteria/index.html")]
struct IndexPage {
    shell: Shell,
    years: Vec<(i32, Vec<SetRow>)>,
    may_write: bool,
    is_filtered: bool,
}

/// Only the tables of one year: `?nam=2026`. What is no year shows all.
#[derive(Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    nam: String,
}

pub(super) async fn index(_: IndexPath, Query(filter): Query<Filter>, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let actor = visit.actor()?;
    let only: Option<i32> = filter.nam.trim().parse().ok();
    let mut list = queries::list_visible(&mut db, actor).await?;
    list.retain(|row| only.is_none_or(|year| row.year == year));
    let mut years: Vec<(i32, Vec<SetRow>)> = Vec::new();
    for row in list {
        match years.last_mut() {
            Some((year, rows)) if *year == row.year => rows.push(row),
            _ => years.push((row.year, vec![row])),
        }
    }
    page(&IndexPage {
        shell: visit.shell(),
        years,
        may_write: access::writes_any(actor),
        is_filtered: only.is_some(),
    })
}
