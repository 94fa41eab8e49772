//! Every SQL statement about the history of awards.

mod given;

pub use given::given;

use std::collections::{HashMap, HashSet};

use chrono::Datelike;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{
    access::Scope,
    forms::{Known, KnownUnit, RowText},
    model::{Entry, Forebear, Import, Key, Laurel, Record},
};
use crate::{
    awards,
    ids::{AwardImportId, DecisionId, PersonId, UnitId},
    kit::{
        clock::{self, Moment},
        error::Result,
        text::fold,
    },
};

/// Which rows are wanted: those that fit everything given.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of these units.
    pub units: Option<Vec<UnitId>>,
    /// Of persons whose name holds this; empty for all rows.
    pub person: String,
    /// This award.
    pub award: Option<String>,
    /// This year.
    pub year: Option<i32>,
}

/// Rows on a page.
pub const PAGE_ROWS: i64 = 100;

fn uuids<T: Copy + Into<Uuid>>(ids: &[T]) -> Vec<Uuid> {
    ids.iter().map(|id| (*id).into()).collect()
}

/// The rows that this person may read, the newest year first; and how many there are in all.
pub async fn find_visible(
    db: &mut PgConnection,
    scope: &Scope,
    wanted: &Wanted,
    page: i64,
) -> Result<(Vec<Record>, i64)> {
    let rows = sqlx::query!(
        r#"select h.unit_id as "unit_id!: UnitId", u.slug as unit_slug, u.short_name as unit_name, h.person_name as "person_name!",
              h.award_name as "award_name!", h.year as "year!", h.number as "number!", h.decided_on, h.issuer as "issuer!", h.bonus,
              h.note as "note!", h.decision_id as "decision_id: crate::ids::DecisionId", count(*) over () as "total!"
           from (
               select n.unit_id, coalesce(n.person_name, '') as person_name, coalesce(n.person_search_key, '') as search_key, n.award, a.name as award_name, y.year,
                   lpad(d.number::text, greatest(2, length(d.number::text)), '0') || '/' || d.symbol as number, d.issued_on as decided_on,
                   d.content ->> 'issuer' as issuer, null::numeric as bonus, '' as note, d.id as decision_id
               from decision_lines l
               join decisions d on d.id = l.decision_id and d.state in ('issued', 'corrected')
               join nominations n on n.id = l.nomination_id and l.cancelled_by is null and n.state in ('decided', 'awarded')
               join years y on y.id = n.year_id join awards a on a.code = n.award
               union all
               select r.unit_id, r.person_name, r.search_key, r.award, r.award_name, r.year, r.decision_number, r.decided_on, r.issuer,
                   r.bonus, r.note, null
               from award_records r
               join award_imports i on i.id = r.import_id and i.confirmed_at is not null and i.withdrawn_at is null
           ) h join units u on u.id = h.unit_id
           where ($1::uuid[] is null or h.unit_id = any($1)) and ($2 = '' or h.search_key like '%' || $2 || '%')
             and ($3::text is null or h.award = $3) and ($4::integer is null or h.year = $4)
             and (h.person_name = '' or $5 or h.unit_id = any($6) or exists(
                 select from memberships m join years y on y.id = m.year_id where m.unit_id = h.unit_id and y.cluster_id = any($7)))
           order by h.year desc, u.place collate "vi-x-icu", h.person_name collate "vi-x-icu", h.award_name collate "vi-x-icu"
           limit $8 offset $9"#,
        wanted.units.as_deref().map(uuids) as _,
        fold(&wanted.person),
        wanted.award,
        wanted.year,
        scope.all_persons,
        &uuids(&scope.units),
        &uuids(&scope.clusters),
        PAGE_ROWS,
        page * PAGE_ROWS
    )
    .fetch_all(db)
    .await?;
    let total = rows.first().map_or(0, |r| r.total);
    let list = rows.into_iter().map(|r| Record {
        unit_id: r.unit_id,
        unit_slug: r.unit_slug,
        unit_name: r.unit_name,
        person_name: r.person_name,
        award_name: r.award_name,
        year: r.year,
        number: r.number,
        decided_on: r.decided_on,
        issuer: r.issuer,
        bonus: r.bonus,
        note: r.note,
        decision_id: r.decision_id,
    });
    Ok((list.collect(), total))
}

/// The unit and all units it came from, over all mergers.
pub async fn lineage(db: &mut PgConnection, unit: UnitId) -> Result<Vec<UnitId>> {
    let forebears = forebears(db, &[unit]).await?;
    let before = forebears.values().flatten().map(|forebear| forebear.unit_id);
    Ok(std::iter::once(unit).chain(before).collect())
}

/// The units that each of these came from, over all mergers.
pub async fn forebears(db: &mut PgConnection, units: &[UnitId]) -> Result<HashMap<UnitId, Vec<Forebear>>> {
    let rows = sqlx::query!(
        r#"with recursive line (root, id, successor) as (
               select s.successor_id, s.predecessor_id, s.successor_id from unit_successions s where s.successor_id = any($1)
               union
               select l.root, s.predecessor_id, s.successor_id from unit_successions s join line l on l.id = s.successor_id)
           select l.root as "root!: UnitId", l.id as "id!: UnitId", l.successor as "successor!: UnitId", u.short_name
           from line l join units u on u.id = l.id order by u.place collate "vi-x-icu""#,
        &uuids(units)
    )
    .fetch_all(db)
    .await?;
    let mut found: HashMap<UnitId, Vec<Forebear>> = HashMap::new();
    for r in rows {
        found.entry(r.root).or_default().push(Forebear {
            unit_id: r.id,
            unit_name: r.short_name,
            successor_id: r.successor,
        });
    }
    Ok(found)
}

/// Every award of these units and of their persons, for the rules to look at.
pub async fn laurels(db: &mut PgConnection, units: &[UnitId]) -> Result<Vec<Laurel>> {
    Ok(sqlx::query_as!(
        Laurel,
        r#"select h.unit_id as "unit_id!: UnitId", u.short_name as unit_name, h.person_name as "person_name!", h.award, h.award_name as "award_name!", h.year as "year!",
              h.number as "number!", h.issuer as "issuer!",
              h.decision_id as "decision_id: DecisionId"
           from (
               select n.unit_id, coalesce(n.person_name, '') as person_name, n.award, a.name as award_name, y.year,
                   lpad(d.number::text, greatest(2, length(d.number::text)), '0') || '/' || d.symbol as number, d.content ->> 'issuer' as issuer,
                   d.id as decision_id
               from decision_lines l
               join decisions d on d.id = l.decision_id and d.state in ('issued', 'corrected')
               join nominations n on n.id = l.nomination_id and l.cancelled_by is null and n.state in ('decided', 'awarded')
               join years y on y.id = n.year_id join awards a on a.code = n.award
               where n.unit_id = any($1)
               union all
               select r.unit_id, r.person_name, r.award, r.award_name, r.year, r.decision_number, r.issuer, null
               from award_records r
               join award_imports i on i.id = r.import_id and i.confirmed_at is not null and i.withdrawn_at is null
               where r.unit_id = any($1)
           ) h join units u on u.id = h.unit_id order by h.year desc, h.number"#,
        &uuids(units)
    )
    .fetch_all(db)
    .await?)
}

/// What rows are read with.
pub(super) async fn known(db: &mut PgConnection, now: Moment) -> Result<Known> {
    let units = sqlx::query!("select id, place, short_name, name, ended_on from units")
        .fetch_all(&mut *db)
        .await?;
    Ok(Known {
        this_year: clock::day(now).year(),
        units: units
            .into_iter()
            .map(|r| KnownUnit {
                id: r.id,
                names: [r.place, r.short_name, r.name],
                ended_on: r.ended_on,
            })
            .collect(),
        awards: awards::all(db).await?,
    })
}

/// What the history holds already.
pub(super) async fn keys(db: &mut PgConnection) -> Result<HashSet<Key>> {
    let rows = sqlx::query!(
        r#"select n.unit_id as "unit_id!: UnitId", coalesce(n.person_name, '') as "person!", a.name as "award!", y.year as "year!"
           from decision_lines l
           join decisions d on d.id = l.decision_id and d.state in ('issued', 'corrected')
           join nominations n on n.id = l.nomination_id and l.cancelled_by is null and n.state in ('decided', 'awarded')
           join years y on y.id = n.year_id join awards a on a.code = n.award
           union all
           select r.unit_id, r.person_name, r.award_name, r.year from award_records r
           join award_imports i on i.id = r.import_id and i.confirmed_at is not null and i.withdrawn_at is null"#
    )
    .fetch_all(db)
    .await?;
    let keys = rows.into_iter().map(|r| Key {
        unit_id: r.unit_id,
        person: fold(&r.person),
        award: fold(&r.award),
        year: r.year,
    });
    Ok(keys.collect())
}

/// A file that was read.
pub(super) async fn import(db: &mut PgConnection, id: AwardImportId) -> Result<Import> {
    let mut found = load(db, Some(id)).await?;
    found.pop().ok_or(crate::kit::error::AppError::NotFound)
}

/// All files that were read, the newest first.
pub(super) async fn imports(db: &mut PgConnection) -> Result<Vec<Import>> {
    load(db, None).await
}

async fn load(db: &mut PgConnection, id: Option<AwardImportId>) -> Result<Vec<Import>> {
    let rows = sqlx::query!(
        r#"select i.id as "id: AwardImportId", i.file_name, i.rows as "rows: Json<Vec<RowText>>", i.read_at, p.full_name as read_by,
              i.confirmed_at, i.withdrawn_at, i.reason
           from award_imports i join persons p on p.id = i.read_by
           where $1::uuid is null or i.id = $1 order by i.read_at desc, i.id desc"#,
        id as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Import {
            id: r.id,
            file_name: r.file_name,
            rows: r.rows.0,
            read_at: r.read_at,
            read_by: r.read_by,
            confirmed_at: r.confirmed_at,
            withdrawn_at: r.withdrawn_at,
            reason: r.reason,
        })
        .collect())
}

pub(super) async fn insert_import(
    db: &mut PgConnection,
    id: AwardImportId,
    file_name: &str,
    rows: &[RowText],
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into award_imports (id, file_name, rows, read_at, read_by) values ($1, $2, $3, $4, $5)",
        id as _,
        file_name,
        Json(rows) as _,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Locks a file for an act and answers whether it waits to be confirmed, and whether it was taken back.
pub(super) async fn lock_import(db: &mut PgConnection, id: AwardImportId) -> Result<(bool, bool)> {
    let row = sqlx::query!(
        r#"select confirmed_at is null as "waits!", withdrawn_at is not null as "is_withdrawn!" from award_imports where id = $1 for no key update"#,
        id as _
    )
    .fetch_one(db)
    .await?;
    Ok((row.waits, row.is_withdrawn))
}

pub(super) async fn confirm_import(
    db: &mut PgConnection,
    id: AwardImportId,
    entries: &[Entry],
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update award_imports set confirmed_at = $2, confirmed_by = $3 where id = $1",
        id as _,
        now,
        by as _
    )
    .execute(&mut *db)
    .await?;
    // One statement for all rows, whatever their number.
    let rows: Vec<_> = entries
        .iter()
        .map(|entry| serde_json::json!({"entry": entry, "key": fold(&entry.person_name)}))
        .collect();
    sqlx::query!(
        "insert into award_records (import_id, line, unit_id, person_name, search_key, award, award_name, year, decision_number, decided_on,
             issuer, bonus, note)
         select $1, (e ->> 'line')::integer, (e ->> 'unit_id')::uuid, e ->> 'person_name', r ->> 'key', e ->> 'award', e ->> 'award_name',
             (e ->> 'year')::integer, e ->> 'number', (e ->> 'decided_on')::date, e ->> 'issuer', (e ->> 'bonus')::numeric, e ->> 'note'
         from jsonb_array_elements($2::jsonb) r, lateral (select r -> 'entry') x (e)",
        id as _,
        Json(&rows) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn withdraw_import(
    db: &mut PgConnection,
    id: AwardImportId,
    reason: &str,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update award_imports set withdrawn_at = $2, withdrawn_by = $3, reason = $4 where id = $1",
        id as _,
        now,
        by as _,
        reason
    )
    .execute(db)
    .await?;
    Ok(())
}

/// All units by place, those that have ended after the others: slug and name.
pub(super) async fn unit_choices(db: &mut PgConnection) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"select slug, case when ended_on is null then short_name else short_name || ' (đến ' || to_char(ended_on, 'DD/MM/YYYY') || ')' end as "name!"
           from units order by ended_on is not null, place collate "vi-x-icu""#
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|r| (r.slug, r.name)).collect())
}
