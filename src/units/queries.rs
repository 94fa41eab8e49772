//! Every SQL statement about units.

use chrono::NaiveDate;
use sqlx::{PgConnection, types::Json};

use super::model::{SuccessionKind, Unit, UnitFacts, UnitKind};
use crate::{ids::UnitId, kit::error::Result, kit::text::fold};

/// The unit with this id.
pub async fn find(db: &mut PgConnection, id: UnitId) -> Result<Unit> {
    Ok(sqlx::query_as!(
        Unit,
        r#"select id, slug, place, name, short_name, kind as "kind: UnitKind", founded_on, ended_on, address, phone, email, made_up
           from units where id = $1"#,
        id as _
    )
    .fetch_one(db)
    .await?)
}

/// The unit with this slug.
pub async fn unit_by_slug(db: &mut PgConnection, slug: &str) -> Result<Unit> {
    Ok(sqlx::query_as!(
        Unit,
        r#"select id, slug, place, name, short_name, kind as "kind: UnitKind", founded_on, ended_on, address, phone, email, made_up
           from units where slug = $1"#,
        slug
    )
    .fetch_one(db)
    .await?)
}

/// A unit in a list to choose from.
#[derive(Clone, Debug)]
pub struct UnitChoice {
    /// The id.
    pub id: UnitId,
    /// Its slug.
    pub slug: String,
    /// Its short name.
    pub short_name: String,
}

/// The units that exist on `day`, by place.
pub async fn choices(db: &mut PgConnection, day: NaiveDate) -> Result<Vec<UnitChoice>> {
    Ok(sqlx::query_as!(
        UnitChoice,
        r#"select id, slug, short_name from units
           where coalesce(founded_on <= $1, true) and coalesce(ended_on >= $1, true) order by place collate "vi-x-icu""#,
        day
    )
    .fetch_all(db)
    .await?)
}

/// A line of the list of units.
#[derive(Clone, Debug)]
pub struct UnitRow {
    /// Its slug.
    pub slug: String,
    /// The short name.
    pub short_name: String,
    /// The last day, if it has ended.
    pub ended_on: Option<NaiveDate>,
    /// Name and slug of the successor, if any.
    pub successor: Option<Json<(String, String)>>,
    /// Places of the predecessors.
    pub predecessors: Vec<String>,
    /// The newest cluster: name.
    pub cluster: Option<String>,
}

/// Units whose own name or a predecessor's or successor's contains what was typed, forgivingly:
/// exact spelling first, then units that exist, then by place.
pub async fn search(db: &mut PgConnection, typed: &str) -> Result<Vec<UnitRow>> {
    let folded = fold(typed);
    Ok(sqlx::query_as!(
        UnitRow,
        r#"select u.slug, u.short_name, u.ended_on,
              (select jsonb_build_array(n.short_name, n.slug) from unit_successions s join units n on n.id = s.successor_id
               where s.predecessor_id = u.id limit 1) as "successor: Json<(String, String)>",
              array(select o.place from unit_successions s join units o on o.id = s.predecessor_id
                    where s.successor_id = u.id order by o.place collate "vi-x-icu") as "predecessors!",
              (select c.name from memberships m join years y on y.id = m.year_id join clusters c on c.id = y.cluster_id
               where m.unit_id = u.id order by y.year desc limit 1) as cluster
           from units u
           where $1 = '' or u.search_key like '%' || $1 || '%'
              or exists(select from unit_successions s join units o on o.id in (s.predecessor_id, s.successor_id)
                        where u.id in (s.predecessor_id, s.successor_id) and o.search_key like '%' || $1 || '%')
           order by u.search_key like '%' || $1 || '%' desc, u.place = $2 desc, u.ended_on is not null, u.place collate "vi-x-icu""#,
        folded,
        typed.trim()
    )
    .fetch_all(db)
    .await?)
}

/// A unit related by succession.
#[derive(Clone, Debug)]
pub struct Kin {
    /// Its slug.
    pub slug: String,
    /// Its short name.
    pub short_name: String,
    /// The day of the change.
    pub happened_on: NaiveDate,
    /// Whether it came before (or after).
    pub is_predecessor: bool,
}

/// Predecessors and successors of a unit.
pub async fn kin(db: &mut PgConnection, id: UnitId) -> Result<Vec<Kin>> {
    Ok(sqlx::query_as!(
        Kin,
        r#"select o.slug, o.short_name, s.happened_on, s.successor_id = $1 as "is_predecessor!"
           from unit_successions s
           join units o on o.id = case when s.successor_id = $1 then s.predecessor_id else s.successor_id end
           where $1 in (s.predecessor_id, s.successor_id)
           order by s.happened_on, o.place collate "vi-x-icu""#,
        id as _
    )
    .fetch_all(db)
    .await?)
}

/// Which of these units came from which: pairs of predecessor and successor.
pub async fn successions_among(db: &mut PgConnection, units: &[UnitId]) -> Result<Vec<(UnitId, UnitId)>> {
    let units: Vec<uuid::Uuid> = units.iter().map(|unit| unit.0).collect();
    let rows = sqlx::query!(
        r#"select predecessor_id as "predecessor_id: UnitId", successor_id as "successor_id: UnitId" from unit_successions
           where predecessor_id = any($1) and successor_id = any($1)"#,
        &units
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| (r.predecessor_id, r.successor_id))
        .collect())
}

/// The yearly facts of a unit, the newest first.
pub async fn facts(db: &mut PgConnection, id: UnitId) -> Result<Vec<UnitFacts>> {
    Ok(sqlx::query_as!(
        UnitFacts,
        "select year, departments, staff, leader_is_civil_servant, made_up from unit_facts where unit_id = $1 order by year desc",
        id as _
    )
    .fetch_all(db)
    .await?)
}

/// A membership of a unit in the year of a cluster.
#[derive(Clone, Debug)]
pub struct Membership {
    /// The cluster's slug.
    pub cluster_slug: String,
    /// Its name.
    pub cluster: String,
    /// The year.
    pub year: i32,
    /// The last day in it, where the unit left within the year.
    pub to_date: Option<NaiveDate>,
    /// The unit's office in it: `lead`, `deputy` or none.
    pub office: Option<String>,
}

/// The clusters a unit has been in, the newest year first.
pub async fn memberships(db: &mut PgConnection, id: UnitId) -> Result<Vec<Membership>> {
    Ok(sqlx::query_as!(
        Membership,
        r#"select c.slug as cluster_slug, c.name as cluster, y.year, m.to_date,
              (select min(l.office) from leaderships l where l.year_id = y.id and l.unit_id = m.unit_id) as office
           from memberships m join years y on y.id = m.year_id join clusters c on c.id = y.cluster_id
           where m.unit_id = $1 order by y.year desc, c.number"#,
        id as _
    )
    .fetch_all(db)
    .await?)
}

/// A province code and the days on which it was the unit's: first day, day after the last.
#[derive(Clone, Debug)]
pub struct ProvinceCode {
    /// Two digits.
    pub code: String,
    /// The first day, if known.
    pub from_date: Option<NaiveDate>,
    /// The day after the last, if it has ended.
    pub until_date: Option<NaiveDate>,
}

/// The province codes of a unit, with their dates.
pub async fn province_codes(db: &mut PgConnection, id: UnitId) -> Result<Vec<ProvinceCode>> {
    Ok(sqlx::query_as!(
        ProvinceCode,
        r#"select code, lower(valid) as from_date, upper(valid) as until_date
           from unit_province_codes where unit_id = $1 order by lower(valid) nulls first"#,
        id as _
    )
    .fetch_all(db)
    .await?)
}

/// Adds a unit with its province codes.
pub(super) async fn insert_unit(
    db: &mut PgConnection,
    unit: &Unit,
    codes: &[ProvinceCode],
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into units (id, slug, place, name, short_name, kind, founded_on, ended_on, address, phone, email, search_key, made_up)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        unit.id as _, unit.slug, unit.place, unit.name, unit.short_name, unit.kind as _, unit.founded_on, unit.ended_on,
        // Not the full name: every unit has "Khoa học và Kỹ thuật" in it, so "hoa" would find them all.
        unit.address, unit.phone, unit.email, fold(&format!("{} {}", unit.short_name, unit.place)), &unit.made_up
    )
    .execute(&mut *db)
    .await?;
    for code in codes {
        sqlx::query!(
            "insert into unit_province_codes (unit_id, code, valid) values ($1, $2, daterange($3::date, $4::date))",
            unit.id as _, code.code, code.from_date, code.until_date
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn insert_succession(
    db: &mut PgConnection,
    predecessor: UnitId,
    successor: UnitId,
    on: NaiveDate,
    kind: SuccessionKind,
) -> Result<()> {
    sqlx::query!(
        "insert into unit_successions (predecessor_id, successor_id, happened_on, kind) values ($1, $2, $3, $4)",
        predecessor as _, successor as _, on, kind as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn put_facts(db: &mut PgConnection, unit: UnitId, facts: &UnitFacts) -> Result<()> {
    sqlx::query!(
        "insert into unit_facts (unit_id, year, departments, staff, leader_is_civil_servant, made_up) values ($1, $2, $3, $4, $5, $6)
         on conflict (unit_id, year) do update
         set departments = excluded.departments, staff = excluded.staff,
             leader_is_civil_servant = excluded.leader_is_civil_servant, made_up = excluded.made_up",
        unit as _, facts.year, facts.departments, facts.staff, facts.leader_is_civil_servant, &facts.made_up
    )
    .execute(db)
    .await?;
    Ok(())
}
