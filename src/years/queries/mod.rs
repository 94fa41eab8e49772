//! Every SQL statement about the years of clusters.

mod leaderships;

pub(super) use leaderships::{delete_leadership, end_leadership, insert_leadership, lock_leaderships};

use std::sync::LazyLock;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{
    calendar::{Extension, LateIs, Step, StepPlan},
    model::{Leadership, Member, Year, YearRow, YearState},
    rules::{Rules, ThresholdBase},
};
use crate::{
    clusters::Cluster,
    ids::{ClusterId, PersonId, UnitId, YearId},
    kit::{clock::Moment, error::Result, remembered::Remembered},
};

static YEARS: LazyLock<Remembered<(String, i32), Year>> = LazyLock::new(Remembered::default);

/// The year of the cluster with this slug, whole, in one statement whatever its size.
pub async fn find(db: &mut PgConnection, cluster: &str, year: i32) -> Result<Year> {
    load(db, Some((cluster, year)), None).await
}

/// The same, remembered as long as the reference data is at this revision.
pub async fn find_under(db: &mut PgConnection, revision: Uuid, cluster: &str, year: i32) -> Result<Year> {
    let key = (cluster.to_owned(), year);
    match YEARS.recall(revision, &key) {
        Some(found) => Ok(found),
        None => Ok(YEARS.keep(revision, key, find(db, cluster, year).await?)),
    }
}

/// The same by id.
pub async fn by_id(db: &mut PgConnection, id: YearId) -> Result<Year> {
    load(db, None, Some(id)).await
}

async fn load(db: &mut PgConnection, key: Option<(&str, i32)>, id: Option<YearId>) -> Result<Year> {
    let row = sqlx::query!(
        r#"
        select y.id, y.year, y.state as "state: YearState", y.version,
            c.id as cluster_id, c.slug, c.number, c.name, c.note,
            r.flag_quota, r.merit_quota, r.quorum_percent, r.threshold_percent,
            r.threshold_base as "threshold_base: ThresholdBase", r.frozen_at,
            (select coalesce(jsonb_agg(jsonb_build_object('unit_id', u.id, 'slug', u.slug, 'place', u.place, 'short_name', u.short_name,
                    'kind', u.kind, 'staff', f.staff, 'from_date', m.from_date, 'to_date', m.to_date) order by u.place collate "vi-x-icu", u.founded_on nulls first), '[]')
             from memberships m join units u on u.id = m.unit_id left join unit_facts f on f.unit_id = u.id and f.year = y.year
             where m.year_id = y.id) as "members!: Json<Vec<Member>>",
            (select coalesce(jsonb_agg(jsonb_build_object('office', l.office, 'unit_id', u.id, 'unit_name', u.short_name,
                    'starts_on', l.starts_on, 'ends_on', l.ends_on) order by l.office desc, l.starts_on), '[]')
             from leaderships l join units u on u.id = l.unit_id where l.year_id = y.id) as "leaderships!: Json<Vec<Leadership>>",
            (select coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'opens_on', s.opens_on, 'due_on', s.due_on, 'late_is', s.late_is)
                    order by s.position), '[]')
             from year_steps s where s.year_id = y.id) as "steps!: Json<Vec<StepPlan>>",
            (select coalesce(jsonb_agg(jsonb_build_object('step', e.step, 'unit_id', e.unit_id, 'due_on', e.due_on, 'reason', e.reason)), '[]')
             from deadline_extensions e where e.year_id = y.id) as "extensions!: Json<Vec<Extension>>",
            array(select p.full_name from posts o join persons p on p.id = o.person_id
                  where o.cluster_id = c.id and o.role = 'cluster_patron' and extract(year from o.starts_on) <= y.year
                    and coalesce(extract(year from o.ends_on) >= y.year, true)) as "patrons!"
        from years y join clusters c on c.id = y.cluster_id join year_rules r on r.year_id = y.id
        -- One key in the end: "id or slug and year" would read every year of every cluster.
        where y.id = coalesce($3, (select k.id from years k join clusters s on s.id = k.cluster_id where s.slug = $1 and k.year = $2))
        "#,
        key.map(|k| k.0),
        key.map(|k| k.1),
        id as _
    )
    .fetch_one(db)
    .await?;
    Ok(Year {
        id: row.id,
        cluster: Cluster {
            id: row.cluster_id,
            slug: row.slug,
            number: row.number,
            name: row.name,
            note: row.note,
        },
        year: row.year,
        state: row.state,
        version: row.version,
        members: row.members.0,
        leaderships: row.leaderships.0,
        steps: row.steps.0,
        extensions: row.extensions.0,
        rules: Rules {
            flag_quota: row.flag_quota,
            merit_quota: row.merit_quota,
            quorum_percent: row.quorum_percent,
            threshold_percent: row.threshold_percent,
            threshold_base: row.threshold_base,
            frozen_at: row.frozen_at,
        },
        patrons: row.patrons,
    })
}

/// All years of all clusters, or of one: by cluster, the newest first.
pub async fn list(db: &mut PgConnection, cluster: Option<ClusterId>) -> Result<Vec<YearRow>> {
    Ok(sqlx::query_as!(
        YearRow,
        r#"select y.id, y.cluster_id, c.slug, c.name, c.note, y.year, y.state as "state: YearState",
              array(select m.unit_id from memberships m where m.year_id = y.id) as "members!: Vec<UnitId>",
              array(select u.place from memberships m join units u on u.id = m.unit_id where m.year_id = y.id
                    order by u.place collate "vi-x-icu") as "places!",
              array(select u.place from leaderships l join units u on u.id = l.unit_id
                    where l.year_id = y.id and l.office = 'lead' order by l.starts_on) as "leads!",
              array(select u.place from leaderships l join units u on u.id = l.unit_id
                    where l.year_id = y.id and l.office = 'deputy' order by l.starts_on) as "deputies!"
           from years y join clusters c on c.id = y.cluster_id
           where $1::uuid is null or y.cluster_id = $1
           order by c.number, y.year desc"#,
        cluster as _
    )
    .fetch_all(db)
    .await?)
}

/// The steps that a new year starts from, with their default windows in `year`.
pub async fn step_defaults(db: &mut PgConnection, year: i32) -> Result<Vec<StepPlan>> {
    let rows = sqlx::query!(
        r#"select step as "step: Step",
              make_date($1 + next_year::int, split_part(opens, '-', 1)::int, split_part(opens, '-', 2)::int) as "opens_on!",
              make_date($1 + next_year::int, split_part(due, '-', 1)::int, split_part(due, '-', 2)::int) as "due_on!"
           from step_catalogue order by position"#,
        year
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| StepPlan {
            step: r.step,
            opens_on: r.opens_on,
            due_on: r.due_on,
            late_is: LateIs::Marked,
        })
        .collect())
}

pub(super) async fn insert_year(
    db: &mut PgConnection,
    id: YearId,
    cluster: ClusterId,
    year: i32,
    now: Moment,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into years (id, cluster_id, year, state, opened_at) values ($1, $2, $3, 'open', $4)",
        id as _,
        cluster as _,
        year,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn insert_rules(db: &mut PgConnection, year: YearId, rules: &Rules) -> Result<()> {
    sqlx::query!(
        "insert into year_rules (year_id, flag_quota, merit_quota, quorum_percent, threshold_percent, threshold_base)
         values ($1, $2, $3, $4, $5, $6)",
        year as _, rules.flag_quota, rules.merit_quota, rules.quorum_percent, rules.threshold_percent, rules.threshold_base as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn update_rules(db: &mut PgConnection, year: YearId, rules: &Rules) -> Result<()> {
    sqlx::query!(
        "update year_rules set flag_quota = $2, merit_quota = $3, quorum_percent = $4, threshold_percent = $5,
             threshold_base = $6, version = version + 1 where year_id = $1",
        year as _, rules.flag_quota, rules.merit_quota, rules.quorum_percent, rules.threshold_percent, rules.threshold_base as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn freeze_rules(db: &mut PgConnection, year: YearId, now: Moment) -> Result<bool> {
    let done = sqlx::query!(
        "update year_rules set frozen_at = $2 where year_id = $1 and frozen_at is null",
        year as _,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn replace_steps(db: &mut PgConnection, year: YearId, steps: &[StepPlan]) -> Result<()> {
    let kept: Vec<&str> = steps.iter().map(|s| s.step.code()).collect();
    sqlx::query!(
        "delete from year_steps where year_id = $1 and not step = any($2)",
        year as _,
        &kept as _
    )
    .execute(&mut *db)
    .await?;
    for (position, plan) in (1_i32..).zip(steps) {
        sqlx::query!(
            "insert into year_steps (year_id, step, position, opens_on, due_on, late_is) values ($1, $2, $3, $4, $5, $6)
             on conflict (year_id, step) do update
             set position = excluded.position, opens_on = excluded.opens_on, due_on = excluded.due_on, late_is = excluded.late_is",
            year as _, plan.step as _, position, plan.opens_on, plan.due_on, plan.late_is as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn put_member(
    db: &mut PgConnection,
    year: YearId,
    unit: UnitId,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<()> {
    sqlx::query!(
        "insert into memberships (year_id, unit_id, from_date, to_date) values ($1, $2, $3, $4)
         on conflict (year_id, unit_id) do update set from_date = excluded.from_date, to_date = excluded.to_date",
        year as _, unit as _, from, to
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn remove_member(
    db: &mut PgConnection,
    year: YearId,
    unit: UnitId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from memberships where year_id = $1 and unit_id = $2",
        year as _,
        unit as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Counts a change of the year; answers whether it was still as seen. Locks it for the rest of the transaction.
pub(super) async fn count_change(db: &mut PgConnection, year: YearId, seen_version: i32) -> Result<bool> {
    let done = sqlx::query!(
        "update years set version = version + 1 where id = $1 and version = $2",
        year as _,
        seen_version
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn close(db: &mut PgConnection, year: YearId, now: Moment) -> Result<bool> {
    let done = sqlx::query!(
        "update years set state = 'closed', closed_at = $2, version = version + 1 where id = $1 and state = 'open'",
        year as _, now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn put_extension(
    db: &mut PgConnection,
    year: YearId,
    extension: &Extension,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into deadline_extensions (year_id, step, unit_id, due_on, reason, granted_at, granted_by) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (year_id, step, unit_id) do update
         set due_on = excluded.due_on, reason = excluded.reason, granted_at = excluded.granted_at, granted_by = excluded.granted_by",
        year as _, extension.step as _, extension.unit_id as _, extension.due_on, extension.reason, now, by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Threshold and quorum that a new year starts from, as far as no earlier year is copied. See the design,
/// domain 5.3 and 5.4: a proposal, to be set by VUSTA.
#[must_use]
pub fn rule_defaults(members: usize) -> Rules {
    Rules {
        flag_quota: if members >= 8 { 2 } else { 1 },
        merit_quota: 3,
        quorum_percent: Decimal::new(6667, 2),
        threshold_percent: Decimal::new(50, 0),
        threshold_base: ThresholdBase::AllUnits,
        frozen_at: None,
    }
}
