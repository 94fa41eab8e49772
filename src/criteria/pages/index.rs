//! All tables, by year.

use askama::Template;
use axum::response::Response;

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
}

pub(super) async fn index(_: IndexPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let actor = visit.actor()?;
    let mut years: Vec<(i32, Vec<SetRow>)> = Vec::new();
    for row in queries::list_visible(&mut db, actor).await? {
        match years.last_mut() {
            Some((year, rows)) if *year == row.year => rows.push(row),
            _ => years.push((row.year, vec![row])),
        }
    }
    page(&IndexPage {
        shell: visit.shell(),
        years,
        may_write: access::writes_any(actor),
    })
}
