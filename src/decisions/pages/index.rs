//! All decisions: drafts first, then the newest.

use askama::Template;
use axum::response::Response;
use chrono::Datelike;

use super::{
    super::{access, model::Decision, queries},
    IndexPath,
};
use crate::{
    kit::error::Result,
    web::{Visit, filters, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "decisions/index.html")]
struct IndexPage {
    shell: Shell,
    list: Vec<Decision>,
    may_draft: bool,
    /// The year of the newest decision: its golden book.
    newest_year: Option<i32>,
}

pub(super) async fn index(_: IndexPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let list = queries::list_visible(&mut db, visit.actor()?).await?;
    page(&IndexPage {
        shell: visit.shell(),
        newest_year: list
            .iter()
            .find_map(|decision| decision.content.as_ref().map(|content| content.issued_on.year())),
        list,
        may_draft: access::may(visit.actor()?),
    })
}
