//! Every SQL statement about catalogues of indicators.

use std::sync::LazyLock;

use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{
    access,
    model::{Catalogue, Indicator, State, in_order},
};
use crate::{
    ids::PersonId,
    kit::{
        clock::Moment,
        error::{AppError, Result},
        remembered::Remembered,
    },
    people::Actor,
};

static ISSUED: LazyLock<Remembered<i32, Option<Catalogue>>> = LazyLock::new(Remembered::default);

async fn load(db: &mut PgConnection, year: Option<i32>) -> Result<Vec<Catalogue>> {
    let rows = sqlx::query!(
        r#"select year, state as "state: State", version, indicators as "indicators: Json<Vec<Indicator>>", issued_at
           from indicator_catalogues where $1::integer is null or year = $1 order by year desc"#,
        year
    )
    .fetch_all(db)
    .await?;
    let catalogues = rows.into_iter().map(|r| Catalogue {
        year: r.year,
        state: r.state,
        version: r.version,
        indicators: in_order(r.indicators.0),
        issued_at: r.issued_at,
    });
    Ok(catalogues.collect())
}

/// All catalogues that this person may read, the newest first.
pub(super) async fn all(db: &mut PgConnection, actor: &Actor) -> Result<Vec<Catalogue>> {
    let mut list = load(db, None).await?;
    list.retain(|catalogue| access::sees(actor, catalogue.state));
    Ok(list)
}

/// The catalogue of a year, if this person may read it.
pub async fn find(db: &mut PgConnection, actor: &Actor, year: i32) -> Result<Catalogue> {
    let found = load(db, Some(year)).await?.into_iter().next();
    found
        .filter(|catalogue| access::sees(actor, catalogue.state))
        .ok_or(AppError::NotFound)
}

/// The catalogue by which reports on a year are written; none before one is issued.
pub async fn find_issued(db: &mut PgConnection, year: i32) -> Result<Option<Catalogue>> {
    let found = load(db, Some(year)).await?.into_iter().next();
    Ok(found.filter(|catalogue| catalogue.state == State::Issued))
}

/// The same, remembered as long as the reference data is at this revision.
pub async fn find_issued_under(
    db: &mut PgConnection,
    revision: Uuid,
    year: i32,
) -> Result<Option<Catalogue>> {
    match ISSUED.recall(revision, &year) {
        Some(found) => Ok(found),
        None => Ok(ISSUED.keep(revision, year, find_issued(db, year).await?)),
    }
}

/// Locks the catalogue of a year for an act; none where there isn't any.
pub(super) async fn lock(db: &mut PgConnection, year: i32) -> Result<Option<(i32, State)>> {
    let row = sqlx::query!(
        r#"select version, state as "state: State" from indicator_catalogues where year = $1 for update"#,
        year
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|r| (r.version, r.state)))
}

pub(super) async fn insert(
    db: &mut PgConnection,
    year: i32,
    indicators: &[Indicator],
    by: PersonId,
    now: Moment,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into indicator_catalogues (year, indicators, saved_at, saved_by) values ($1, $2, $3, $4)
         on conflict (year) do nothing",
        year,
        Json(indicators) as _,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn save(
    db: &mut PgConnection,
    year: i32,
    indicators: &[Indicator],
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update indicator_catalogues set indicators = $2, saved_at = $3, saved_by = $4, version = version + 1 where year = $1",
        year,
        Json(indicators) as _,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn issue(db: &mut PgConnection, year: i32, now: Moment) -> Result<()> {
    sqlx::query!(
        "update indicator_catalogues set state = 'issued', issued_at = $2, version = version + 1 where year = $1",
        year,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
