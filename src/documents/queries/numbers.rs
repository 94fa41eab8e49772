//! SQL about numbers: which is next in a series, and which were cancelled.

use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{
    access,
    forms::CancelInput,
    model::{CancelledNumber, Issuer, NamedSeries, Series},
};
use crate::{
    ids::{CancelledNumberId, ClusterId, PersonId, UnitId},
    kit::{
        clock::Moment,
        database,
        error::{AppError, Result, at_field, violates},
    },
    people::Actor,
};

/// Lets one paper after another take its number in this series, and answers the next free one.
pub(in crate::documents) async fn next_number(
    db: &mut PgConnection,
    series: Series,
    year: i32,
) -> Result<i32> {
    let Series { issuer, code } = series;
    database::take_turns(db, &format!("{issuer:?} {code} {year}")).await?;
    highest_number(db, series, year).await.map(|highest| highest + 1)
}

/// The highest number given or cancelled in a series so far; 0 when none is. A decision takes its number before its paper
/// is there.
pub async fn highest_number(db: &mut PgConnection, series: Series, year: i32) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(max(number), 0) as "number!" from (
               select number from documents
               where issuer = $1 and unit_id is not distinct from $2 and cluster_id is not distinct from $3
                 and series = $4 and series_year = $5
               union all select number from cancelled_numbers
               where issuer = $1 and unit_id is not distinct from $2 and cluster_id is not distinct from $3
                 and series = $4 and series_year = $5
               union all select number from decisions where $6 and series_year = $5
           ) as taken"#,
        series.issuer.code(),
        series.issuer.unit().map(|u| u.0),
        series.issuer.cluster().map(|c| c.0),
        series.code,
        year,
        series == Series::DECISIONS
    )
    .fetch_one(db)
    .await?)
}

/// A number that is taken already, told at its field.
pub(super) fn number_taken(error: sqlx::Error, number: i32, year: i32) -> AppError {
    if violates(&error, "documents_number_not_cancelled") {
        let cancelled = format!("Số {number:02} của năm {year} đã hủy, không cấp cho văn bản nào.");
        return AppError::invalid("number", &cancelled);
    }
    let taken = format!("Số {number:02} đã dùng cho một văn bản khác trong năm {year}.");
    at_field(error, "documents_number_unique", "number", &taken)
}

/// Cancels a number for good.
pub(in crate::documents) async fn cancel_number(
    db: &mut PgConnection,
    input: &CancelInput,
    number: i32,
    by: PersonId,
    now: Moment,
) -> Result<CancelledNumberId> {
    let id = CancelledNumberId::new();
    let (issuer, year) = (input.series.issuer, input.year);
    sqlx::query!(
        "insert into cancelled_numbers (id, issuer, unit_id, cluster_id, series, series_year, number, reason, cancelled_at, cancelled_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id as _,
        issuer.code(),
        issuer.unit().map(|u| u.0),
        issuer.cluster().map(|c| c.0),
        input.series.code,
        year,
        number,
        input.reason,
        now,
        by as _
    )
    .execute(db)
    .await
    .map_err(|error| {
        if violates(&error, "cancelled_numbers_not_given") {
            let given = format!("Số {number:02} của năm {year} đã cấp cho một văn bản nên không hủy được.");
            AppError::invalid("number", &given)
        } else {
            let twice = format!("Số {number:02} của năm {year} đã hủy trước đó.");
            at_field(error, "cancelled_numbers_number_unique", "number", &twice)
        }
    })?;
    Ok(id)
}

/// The numbers of a year that were cancelled in the series whose papers this person issues.
pub async fn cancelled_numbers(
    db: &mut PgConnection,
    actor: &Actor,
    year: i32,
) -> Result<Vec<CancelledNumber>> {
    let rows = sqlx::query!(
        r#"select c.issuer, c.unit_id as "unit_id: UnitId", c.cluster_id as "cluster_id: ClusterId", c.series, c.number, c.reason,
              c.cancelled_at, p.full_name as cancelled_by
           from cancelled_numbers c join persons p on p.id = c.cancelled_by
           where c.series_year = $1 order by c.number"#,
        year
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|r| {
            let issuer = Issuer::from_columns(&r.issuer, r.unit_id, r.cluster_id)?;
            let code = if r.series.is_empty() {
                ""
            } else {
                Series::DECISIONS.code
            };
            Some(CancelledNumber {
                series: Series { issuer, code },
                number: r.number,
                reason: r.reason,
                cancelled_at: r.cancelled_at,
                cancelled_by: r.cancelled_by,
            })
        })
        .filter(|cancelled| access::may_issue(actor, cancelled.series.issuer))
        .collect())
}

/// The series in which this person gives numbers.
pub async fn own_series(db: &mut PgConnection, actor: &Actor) -> Result<Vec<NamedSeries>> {
    let units: Vec<Uuid> = actor.units().into_iter().map(|u| u.0).collect();
    let clusters: Vec<Uuid> = actor.secretariat_of.iter().map(|c| c.0).collect();
    let rows = sqlx::query!(
        r#"select 1 as place, id as "unit_id: UnitId", null::uuid as "cluster_id: ClusterId", short_name as "name!" from units where id = any($1)
           union all select 2, null, id, name from clusters where id = any($2)
           order by 1, 4"#,
        &units,
        &clusters
    )
    .fetch_all(db)
    .await?;
    let named = |series, name: &str| NamedSeries {
        series,
        name: name.to_owned(),
    };
    let plain = |issuer| Series { issuer, code: "" };
    let mut own: Vec<NamedSeries> = rows
        .into_iter()
        .filter_map(|r| {
            let unit = r.unit_id.map(Issuer::Unit);
            let issuer = unit.or(r.cluster_id.map(Issuer::Cluster))?;
            Some(named(plain(issuer), &r.name))
        })
        .collect();
    if actor.is_standing_office {
        own.push(named(plain(Issuer::Office), "Liên hiệp Hội Việt Nam"));
        own.push(named(Series::DECISIONS, "Liên hiệp Hội Việt Nam: quyết định"));
        own.push(named(plain(Issuer::Council), "Hội đồng Thi đua - Khen thưởng"));
    }
    own.retain(|own| access::may_issue(actor, own.series.issuer));
    Ok(own)
}
