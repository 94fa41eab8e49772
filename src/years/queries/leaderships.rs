//! Every SQL statement about lead and deputy.

use chrono::NaiveDate;
use sqlx::PgConnection;

use super::super::model::{Office, Year};
use crate::{
    ids::{ClusterId, UnitId, YearId},
    kit::error::Result,
};

pub(in crate::years) async fn insert_leadership(
    db: &mut PgConnection,
    year: &Year,
    office: Office,
    unit: UnitId,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into leaderships (id, cluster_id, year_id, office, unit_id, starts_on, ends_on) values ($1, $2, $3, $4, $5, $6, $7)",
        uuid::Uuid::now_v7(), year.cluster.id as _, year.id as _, office as _, unit as _, starts_on, ends_on
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes an office back that hasn't begun before `from`; answers whether there was one.
pub(in crate::years) async fn delete_leadership(
    db: &mut PgConnection,
    year: YearId,
    office: Office,
    unit: UnitId,
    starts_on: NaiveDate,
    from: NaiveDate,
) -> Result<bool> {
    let done = sqlx::query!(
        "delete from leaderships where year_id = $1 and office = $2 and unit_id = $3 and starts_on = $4 and starts_on >= $5",
        year as _, office as _, unit as _, starts_on, from
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Locks all offices of a cluster at once, for an act that gives several with lines of the journal between.
pub(in crate::years) async fn lock_leaderships(db: &mut PgConnection, cluster: ClusterId) -> Result<()> {
    sqlx::query!(
        "select 1 as one from leaderships where cluster_id = $1 order by office, starts_on for no key update",
        cluster as _
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Ends what lasts in an office of the cluster, the day before the next begins.
pub(in crate::years) async fn end_leadership(
    db: &mut PgConnection,
    cluster: ClusterId,
    office: Office,
    before: NaiveDate,
) -> Result<()> {
    sqlx::query!(
        "update leaderships set ends_on = $3::date - 1
         where cluster_id = $1 and office = $2 and starts_on < $3 and coalesce(ends_on >= $3, true)",
        cluster as _,
        office as _,
        before
    )
    .execute(db)
    .await?;
    Ok(())
}
