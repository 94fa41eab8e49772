//! A unit's awards: what it and the units it came from were given; for those who work with it also what it still lacks
//! for each award that it registered, and for the others of the catalogue.

use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    access,
    model::{Card, Subject},
    queries::{self, Judge},
};
use crate::{
    award_history::{self, Laurel},
    kit::{
        clock,
        error::{AppError, Result},
    },
    people::Actor,
    units::{self, Unit},
    web::{Pages, Visit, Who, page, shell::Shell},
    years::{self, Year},
};

/// A unit's awards.
#[derive(TypedPath, Deserialize)]
#[typed_path("/don-vi/{unit}/khen-thuong", rejection(AppError))]
pub(super) struct ShowPath {
    unit: String,
}

/// The pages of what units lack.
#[must_use]
pub fn pages() -> Pages {
    Pages::new().get(Who::SignedIn, show)
}

#[derive(Template)]
#[template(path = "eligibility/show.html")]
struct ShowPage {
    shell: Shell,
    unit: Unit,
    /// Awards of units, its own and of those it came from.
    laurels: Vec<Laurel>,
    year: Option<Year>,
    /// What it lacks; none where the visitor is not to know.
    cards: Option<Cards>,
}

/// What a unit lacks.
#[derive(Default)]
struct Cards {
    /// For the awards that it registered, for itself and for its persons.
    registered: Vec<Card>,
    /// For the other awards that units can have.
    others: Vec<Card>,
}

async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let unit = units::unit_by_slug(&mut db, &path.unit).await?;
    let line = award_history::lineage(&mut db, unit.id).await?;
    let mut laurels = award_history::laurels(&mut db, &line).await?;
    laurels.retain(|laurel| laurel.person_name.is_empty());
    let year = match queries::newest_year(&mut db, unit.id).await? {
        Some(id) => Some(years::by_id(&mut db, id).await?),
        None => None,
    };
    let cards = match &year {
        Some(year) if access::sees(visit.actor()?, unit.id, year.cluster.id) => {
            Some(cards(&mut db, &visit, visit.actor()?, year, &unit).await?)
        }
        _ => None,
    };
    page(&ShowPage {
        shell: visit.shell(),
        unit,
        laurels,
        year,
        cards,
    })
}

/// A card for each award that the unit registered, for itself and for its persons, and for each other one that it could have.
async fn cards(
    db: &mut PgConnection,
    visit: &Visit,
    actor: &Actor,
    year: &Year,
    unit: &Unit,
) -> Result<Cards> {
    // What a unit has handed in is the overseers' to read; who left it reads of closed years only.
    let may_read = actor.is_of(unit.id) || !actor.archive_of.contains(&unit.id) || !year.is_open();
    if !may_read {
        return Ok(Cards::default());
    }
    let judge = Judge::of(db, year.year, clock::day(visit.now)).await?;
    let facts = judge.facts(db, year, unit.id).await?;
    let card = |award: &str, person: Option<&str>| {
        let subject = Subject {
            award: award.to_owned(),
            person: person.map(str::to_owned),
        };
        judge.card(&subject, &facts, &[])
    };
    let registered = facts.registered.clone().unwrap_or_default();
    let of_unit = registered.units.iter().map(|award| card(award, None));
    let of_persons = registered
        .persons
        .iter()
        .map(|(name, award)| card(award, Some(name)));
    let others = judge
        .awards_of_units()
        .filter(|award| !registered.units.iter().any(|known| known == award));
    Ok(Cards {
        registered: of_unit.chain(of_persons).collect(),
        others: others.map(|award| card(award, None)).collect(),
    })
}
