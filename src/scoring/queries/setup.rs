//! By which criteria a year is scored, who appraises whom, what doesn't apply to whom.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::super::model::{Appraiser, Exemption, Scoring};
use crate::{
    criteria::{self, CriteriaSet},
    ids::{CriteriaSetId, CriterionId, PersonId, UnitId, YearId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
        remembered::Remembered,
    },
    years::Year,
};

/// Criteria sets by id: an id stands for one content.
static SETS: LazyLock<Remembered<CriteriaSetId, CriteriaSet>> = LazyLock::new(Remembered::default);

/// The scoring of a year; none where it hasn't been opened.
pub async fn find_scoring(db: &mut PgConnection, year: YearId) -> Result<Option<Scoring>> {
    let row = sqlx::query!(
        r#"select s.set_id as "set_id: CriteriaSetId", s.supplement_id as "supplement_id: CriteriaSetId", s.opened_at,
              (select coalesce(jsonb_agg(jsonb_build_object('unit_id', a.unit_id, 'appraiser_unit_id', a.appraiser_unit_id)), '[]')
               from appraisers a where a.year_id = s.year_id and a.ended_at is null) as "appraisers!: Json<Vec<Appraiser>>",
              array(select g.person_id from appraisal_group g where g.year_id = s.year_id) as "group!: Vec<PersonId>",
              (select coalesce(jsonb_agg(jsonb_build_object('unit_id', e.unit_id, 'criterion_id', e.criterion_id, 'reason', e.reason)), '[]')
               from score_exemptions e where e.year_id = s.year_id) as "exemptions!: Json<Vec<Exemption>>"
           from scorings s where s.year_id = $1"#,
        year as _
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let set = frozen_set(db, row.set_id).await?;
    let supplement = match row.supplement_id {
        Some(id) => Some(frozen_set(db, id).await?),
        None => None,
    };
    Ok(Some(Scoring {
        year_id: year,
        set,
        supplement,
        opened_at: row.opened_at,
        appraisers: row.appraisers.0,
        group: row.group,
        exemptions: row.exemptions.0,
    }))
}

/// A set that was issued changes no more, so it is read once.
async fn frozen_set(db: &mut PgConnection, id: CriteriaSetId) -> Result<CriteriaSet> {
    match SETS.recall(Uuid::nil(), &id) {
        Some(set) => Ok(set),
        None => Ok(SETS.keep(Uuid::nil(), id, criteria::by_id(db, id).await?)),
    }
}

/// Locks the year's scoring against another change of its setup; answers whether it is open.
pub(in super::super) async fn lock_scoring(db: &mut PgConnection, year: YearId) -> Result<bool> {
    sqlx::query_scalar!("select 1 from years where id = $1 for update", year as _)
        .fetch_one(&mut *db)
        .await?;
    let found = sqlx::query_scalar!("select 1 from scorings where year_id = $1", year as _)
        .fetch_optional(db)
        .await?;
    Ok(found.is_some())
}

pub(in super::super) async fn insert_scoring(
    db: &mut PgConnection,
    year: YearId,
    set: CriteriaSetId,
    supplement: Option<CriteriaSetId>,
    now: Moment,
    by: PersonId,
) -> Result<()> {
    sqlx::query!(
        "insert into scorings (year_id, set_id, supplement_id, opened_at, opened_by) values ($1, $2, $3, $4, $5)",
        year as _,
        set as _,
        supplement as _,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who appraised whom in the cluster's year before.
pub(in super::super) async fn last_year_appraisers(
    db: &mut PgConnection,
    year: &Year,
) -> Result<Vec<Appraiser>> {
    let rows = sqlx::query!(
        r#"select a.unit_id as "unit_id: UnitId", a.appraiser_unit_id as "appraiser_unit_id: UnitId"
           from appraisers a join years y on y.id = a.year_id
           where y.cluster_id = $1 and y.year = $2 and a.ended_at is null"#,
        year.cluster.id as _,
        year.year - 1
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Appraiser {
            unit_id: r.unit_id,
            appraiser_unit_id: r.appraiser_unit_id,
        })
        .collect())
}

/// Ends a unit's appraiser.
pub(in super::super) async fn end_appraiser(
    db: &mut PgConnection,
    year: YearId,
    unit: UnitId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update appraisers set ended_at = $3 where year_id = $1 and unit_id = $2 and ended_at is null",
        year as _,
        unit as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in super::super) async fn name_appraiser(
    db: &mut PgConnection,
    year: YearId,
    appraiser: Appraiser,
    now: Moment,
    by: PersonId,
) -> Result<()> {
    sqlx::query!(
        "insert into appraisers (id, year_id, unit_id, appraiser_unit_id, named_at, named_by) values ($1, $2, $3, $4, $5, $6)",
        Uuid::now_v7(),
        year as _,
        appraiser.unit_id as _,
        appraiser.appraiser_unit_id as _,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Makes these persons the year's working group.
pub(in super::super) async fn put_group(
    db: &mut PgConnection,
    year: YearId,
    group: &[PersonId],
    now: Moment,
    by: PersonId,
) -> Result<()> {
    let group: Vec<Uuid> = group.iter().map(|person| person.0).collect();
    sqlx::query!(
        "delete from appraisal_group where year_id = $1 and not person_id = any($2)",
        year as _,
        &group
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into appraisal_group (year_id, person_id, named_at, named_by)
         select $1, person, $3, $4 from unnest($2::uuid[]) as person on conflict do nothing",
        year as _,
        &group,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Says that a criterion doesn't apply to a unit, or gives that another reason.
pub(in super::super) async fn grant_exemption(
    db: &mut PgConnection,
    year: YearId,
    exemption: &Exemption,
    now: Moment,
    by: PersonId,
) -> Result<()> {
    sqlx::query!(
        "insert into score_exemptions (year_id, unit_id, criterion_id, reason, granted_at, granted_by) values ($1, $2, $3, $4, $5, $6)
         on conflict (year_id, unit_id, criterion_id) do update
         set reason = excluded.reason, granted_at = excluded.granted_at, granted_by = excluded.granted_by",
        year as _,
        exemption.unit_id as _,
        exemption.criterion_id as _,
        exemption.reason,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets a criterion apply again; answers whether it didn't.
pub(in super::super) async fn revoke_exemption(
    db: &mut PgConnection,
    year: YearId,
    unit: UnitId,
    criterion: CriterionId,
) -> Result<bool> {
    let done = sqlx::query!(
        "delete from score_exemptions where year_id = $1 and unit_id = $2 and criterion_id = $3",
        year as _,
        unit as _,
        criterion as _
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Makes sure that the conference hasn't confirmed a unit's points yet.
pub(in super::super) async fn require_unlocked(
    db: &mut PgConnection,
    year: YearId,
    unit: UnitId,
) -> Result<()> {
    let locked = sqlx::query_scalar!(
        "select 1 from score_sheets where year_id = $1 and unit_id = $2 and state = 'locked' for update",
        year as _,
        unit as _
    )
    .fetch_optional(db)
    .await?;
    match locked {
        None => Ok(()),
        Some(_) => Err(AppError::conflict("Điểm của đơn vị này đã chốt tại hội nghị.")),
    }
}

/// Units of the cluster that were given VUSTA's flag for the year before.
pub async fn awarded_last_year(db: &mut PgConnection, year: &Year) -> Result<Vec<UnitId>> {
    Ok(sqlx::query_scalar!(
        r#"select n.unit_id as "unit_id: UnitId" from nominations n join years y on y.id = n.year_id
           where y.cluster_id = $1 and y.year = $2 and n.award = 'vusta_flag' and n.person_name is null and n.state in ('decided', 'awarded')"#,
        year.cluster.id as _,
        year.year - 1
    )
    .fetch_all(db)
    .await?)
}

/// Confirmed totals of a cluster's years: year, unit, total; the oldest first.
pub(in super::super) async fn totals_over_years(
    db: &mut PgConnection,
    year: &Year,
) -> Result<Vec<(i32, UnitId, Decimal)>> {
    let rows = sqlx::query!(
        r#"select y.year, s.unit_id as "unit_id: UnitId", (s.result ->> 'total')::numeric as "total!"
           from score_sheets s join years y on y.id = s.year_id
           where y.cluster_id = $1 and y.year <= $2 and s.state = 'locked' order by y.year"#,
        year.cluster.id as _,
        year.year
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|r| (r.year, r.unit_id, r.total)).collect())
}
