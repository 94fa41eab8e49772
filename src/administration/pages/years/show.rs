//! One year as it is set up; closing it.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{super::super::access, ClosingPath, YearPath, base_of, open_to_change};
use crate::{
    ids::UnitId,
    kit::error::Result,
    web::{Form, Visit, filters, page, see_other, shell::Shell},
    years::{self, Office, Year, find_year},
};

#[derive(Template)]
#[template(path = "administration/year.html")]
struct YearPage {
    shell: Shell,
    base: String,
    year: Year,
    may_change: bool,
    is_new: bool,
}

impl YearPage {
    /// The name of a member in the table of extensions.
    fn unit_name(&self, unit: &UnitId) -> String {
        self.year
            .member_of(*unit)
            .map_or_else(|| "đơn vị đã rời cụm".to_owned(), |m| m.short_name.clone())
    }
}

pub(super) async fn show(path: YearPath, visit: Visit) -> Result<Response> {
    let year = find_year(&mut *visit.db().await?, &visit, &path.cluster, path.year).await?;
    page(&YearPage {
        shell: visit.shell(),
        base: base_of(&year),
        may_change: access::offers_change(visit.actor()?, &year),
        is_new: year.leaderships.is_empty(),
        year,
    })
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct ClosingForm {
    version: i32,
}

pub(super) async fn close(
    path: ClosingPath,
    visit: Visit,
    Form(form): Form<ClosingForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let year = open_to_change(&mut tx, &visit, &path.cluster, path.year).await?;
    years::claim(&mut tx, &year, form.version).await?;
    years::close_year(&mut tx, visit.now, &visit.actor()?.hand(), &year).await?;
    tx.commit().await?;
    Ok(see_other(
        base_of(&year),
        &format!("Đã khép lại {}.", year.title()),
    ))
}

/// The tone of the year's badge.
fn tone_of(year: &Year) -> &'static str {
    if year.is_open() { "waiting" } else { "neutral" }
}
