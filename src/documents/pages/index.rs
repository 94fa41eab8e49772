//! The issued papers of a calendar year that a person may see.

use askama::Template;
use axum::response::Response;
use axum_extra::extract::Query;
use chrono::Datelike;
use serde::Deserialize;

use super::{
    super::{
        access,
        model::{Issued, Recipient},
        queries,
    },
    IndexPath,
};
use crate::{
    kit::{clock, error::Result, text::fold},
    web::{Visit, filters, page, shell::Shell},
};

/// What is looked for: `?nam=2026&tim=ke hoach`.
#[derive(Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    nam: Option<i32>,
    #[serde(default)]
    tim: String,
}

#[derive(Template)]
#[template(path = "documents/index.html")]
struct IndexPage {
    shell: Shell,
    year: i32,
    years: Vec<i32>,
    sought: String,
    may_put_basis: bool,
    list: Vec<(Issued, Vec<Recipient>)>,
}

impl IndexPage {
    fn received(recipients: &[Recipient]) -> usize {
        recipients.iter().filter(|r| r.received.is_some()).count()
    }
}

pub(super) async fn index(_: IndexPath, Query(filter): Query<Filter>, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let this_year = clock::day(visit.now).year();
    let year = filter.nam.unwrap_or(this_year);
    let mut years = queries::years(&mut db).await?;
    for known in [year, this_year] {
        if !years.contains(&known) {
            years.push(known);
        }
    }
    years.sort_unstable_by(|a, b| b.cmp(a));
    let mut list = queries::list_visible(&mut db, visit.actor()?, year).await?;
    let sought = fold(&filter.tim);
    list.retain(|(issued, _)| {
        let words = fold(&format!(
            "{} {} {}",
            issued.number_text(),
            issued.title,
            issued.text
        ));
        sought.split(' ').all(|word| words.contains(word))
    });
    page(&IndexPage {
        shell: visit.shell(),
        year,
        years,
        sought: filter.tim,
        may_put_basis: access::may_put_basis(visit.actor()?),
        list,
    })
}
