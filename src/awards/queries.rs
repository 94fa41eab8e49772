//! Every SQL statement about awards.

use chrono::NaiveDate;
use sqlx::{PgConnection, types::Json};

use super::model::{Award, Awards, BaseSalary, Condition, Level, Version};
use crate::{
    ids::PersonId,
    kit::{clock::Moment, error::Result},
};

/// The catalogue in its order.
pub async fn all(db: &mut PgConnection) -> Result<Awards> {
    let list = sqlx::query_as!(
        Award,
        "select code, name, short_name, for_units, for_persons from awards order by position"
    )
    .fetch_all(db)
    .await?;
    Ok(Awards(list))
}

/// The versions of all awards, or of one, in the order of the catalogue and of their numbers.
pub async fn versions(db: &mut PgConnection, award: Option<&str>) -> Result<Vec<Version>> {
    let rows = sqlx::query!(
        r#"select v.award, v.version, v.in_force_from, v.in_force_until, v.level as "level: Level", v.source, v.to_check,
              v.conditions as "conditions: Json<Vec<Condition>>", v.dossier as "dossier: Json<Vec<String>>",
              v.unit_multiple, v.person_multiple, v.reason, p.full_name as "added_by?"
           from award_versions v join awards a on a.code = v.award left join persons p on p.id = v.added_by
           where $1::text is null or v.award = $1
           order by a.position, v.version"#,
        award
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Version {
            award: r.award,
            number: r.version,
            from: r.in_force_from,
            until: r.in_force_until,
            level: r.level,
            source: r.source,
            to_check: r.to_check,
            conditions: r.conditions.0,
            dossier: r.dossier.0,
            unit_multiple: r.unit_multiple,
            person_multiple: r.person_multiple,
            reason: r.reason,
            added_by: r.added_by,
        })
        .collect())
}

/// The base salaries in the order of time.
pub async fn salaries(db: &mut PgConnection) -> Result<Vec<BaseSalary>> {
    Ok(sqlx::query_as!(
        BaseSalary,
        r#"select in_force_from as "from", amount, source, to_check from base_salaries order by in_force_from"#
    )
    .fetch_all(db)
    .await?)
}

/// The last day on which what holds of an award has been used for good: by a decision that gave it, by a year that is
/// closed; and the first day of its newest version.
pub(super) async fn settled(db: &mut PgConnection, award: &str) -> Result<Option<NaiveDate>> {
    Ok(sqlx::query_scalar!(
        "select greatest(
             (select max(d.issued_on) from decisions d join decision_lines l on l.decision_id = d.id
                 join nominations n on n.id = l.nomination_id where n.award = $1),
             (select make_date(max(year), 12, 31) from years where state = 'closed'),
             (select max(in_force_from) from award_versions where award = $1))",
        award
    )
    .fetch_one(db)
    .await?)
}

/// The last day for which a bonus may have been counted, and the first day of the newest base salary.
pub(super) async fn salaries_settled(db: &mut PgConnection) -> Result<Option<NaiveDate>> {
    Ok(sqlx::query_scalar!(
        "select greatest((select max(issued_on) from decisions), (select max(in_force_from) from base_salaries))"
    )
    .fetch_one(db)
    .await?)
}

/// The number of the newest version of an award; 0 without one.
pub(super) async fn newest_number(db: &mut PgConnection, award: &str) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(max(version), 0) as "newest!" from award_versions where award = $1"#,
        award
    )
    .fetch_one(db)
    .await?)
}

/// Adds a version; false when another one has its number by now.
pub(super) async fn insert_version(
    db: &mut PgConnection,
    version: &Version,
    by: PersonId,
    now: Moment,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into award_versions (award, version, in_force_from, in_force_until, level, source, to_check, conditions, dossier,
             unit_multiple, person_multiple, reason, added_at, added_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing",
        version.award,
        version.number,
        version.from,
        version.until,
        version.level as _,
        version.source,
        version.to_check,
        Json(&version.conditions) as _,
        Json(&version.dossier) as _,
        version.unit_multiple,
        version.person_multiple,
        version.reason,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds a base salary; false when that day has one by now.
pub(super) async fn insert_salary(
    db: &mut PgConnection,
    salary: &BaseSalary,
    by: PersonId,
    now: Moment,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into base_salaries (in_force_from, amount, source, to_check, added_at, added_by) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
        salary.from,
        salary.amount,
        salary.source,
        salary.to_check,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
