//! Every SQL statement about days off.

use chrono::NaiveDate;
use sqlx::PgConnection;

use super::model::{Calendar, Holiday};
use crate::kit::error::Result;

/// The days by which working days are counted.
pub async fn calendar(db: &mut PgConnection) -> Result<Calendar> {
    let days = sqlx::query_as!(Holiday, "select day, name, works from holidays order by day")
        .fetch_all(db)
        .await?;
    Ok(Calendar::of(days))
}

/// Adds a day, or says anew what it is.
pub(super) async fn put(db: &mut PgConnection, holiday: &Holiday) -> Result<()> {
    sqlx::query!(
        "insert into holidays (day, name, works) values ($1, $2, $3)
         on conflict on constraint holidays_pkey do update set name = excluded.name, works = excluded.works",
        holiday.day,
        holiday.name,
        holiday.works
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a day off; answers what it was.
pub(super) async fn delete(db: &mut PgConnection, day: NaiveDate) -> Result<Option<Holiday>> {
    Ok(sqlx::query_as!(
        Holiday,
        "delete from holidays where day = $1 returning day, name, works",
        day
    )
    .fetch_optional(db)
    .await?)
}
