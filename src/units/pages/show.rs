//! One unit: contact, yearly facts, clusters year by year, predecessors and successors.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        model::{Unit, UnitFacts},
        queries,
    },
    UnitPath,
};
use crate::{
    kit::error::Result,
    web::{Visit, filters, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "units/show.html")]
struct ShowPage {
    shell: Shell,
    unit: Unit,
    /// Whether the visitor may open the years of this unit's clusters; others read which they were.
    may_open_years: bool,
    kin: Vec<queries::Kin>,
    facts: Vec<UnitFacts>,
    memberships: Vec<queries::Membership>,
    codes: Vec<queries::ProvinceCode>,
}

pub(super) async fn show(path: UnitPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let unit = queries::unit_by_slug(&mut db, &path.unit).await?;
    let kin = queries::kin(&mut db, unit.id).await?;
    let facts = queries::facts(&mut db, unit.id).await?;
    let memberships = queries::memberships(&mut db, unit.id).await?;
    let codes = queries::province_codes(&mut db, unit.id).await?;
    let actor = visit.actor()?;
    let may_open_years = actor.is_standing_office
        || actor.is_council_member
        || actor.is_administrator
        || actor.is_of(unit.id)
        || actor.archive_of.contains(&unit.id);
    page(&ShowPage {
        may_open_years,
        shell: visit.shell(),
        unit,
        kin,
        facts,
        memberships,
        codes,
    })
}
