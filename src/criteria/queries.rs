//! Every SQL statement about tables of criteria.

use serde_json::json;
use sqlx::{PgConnection, types::Json};

use super::{
    access,
    model::{CriteriaSet, Criterion, Rules, State},
};
use crate::{
    ids::{ClusterId, CriteriaSetId, PersonId},
    kit::{
        clock::Moment,
        error::{AppError, Result, at_field},
    },
    people::Actor,
};

async fn load(
    db: &mut PgConnection,
    id: Option<CriteriaSetId>,
    in_force: Option<(i32, Option<ClusterId>)>,
) -> Result<Option<CriteriaSet>> {
    let row = sqlx::query!(
        r#"select s.id, s.year, s.cluster_id as "cluster_id: ClusterId", s.number, s.state as "state: State", s.title, s.note,
              s.rules as "rules: Json<Rules>", s.version, s.issued_at, encode(s.content_hash, 'hex') as content_hash,
              (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'parent_id', c.parent_id, 'code', c.code, 'name', c.name,
                      'kind', c.kind, 'maximum', c.maximum::text, 'needs_evidence', c.needs_evidence, 'indicator', c.indicator,
                      'fact', c.fact, 'note', c.note) order by c.position), '[]')
               from criteria c where c.set_id = s.id) as "criteria!: Json<Vec<Criterion>>"
           from criteria_sets s
           where s.id = $1 or (s.state = 'issued' and s.year = $2 and s.cluster_id is not distinct from $3)"#,
        id as _,
        in_force.map(|(year, _)| year),
        in_force.and_then(|(_, cluster)| cluster) as _
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|r| CriteriaSet {
        id: r.id,
        year: r.year,
        cluster_id: r.cluster_id,
        number: r.number,
        state: r.state,
        title: r.title,
        note: r.note,
        rules: r.rules.0,
        criteria: r.criteria.0,
        version: r.version,
        issued_at: r.issued_at,
        content_hash: r.content_hash,
    }))
}

/// The table with this id, whoever asks: for what was computed with it.
pub async fn by_id(db: &mut PgConnection, id: CriteriaSetId) -> Result<CriteriaSet> {
    load(db, Some(id), None).await?.ok_or(AppError::NotFound)
}

/// VUSTA's table in force for a year.
pub async fn find_issued(db: &mut PgConnection, year: i32) -> Result<Option<CriteriaSet>> {
    load(db, None, Some((year, None))).await
}

/// The supplement of a cluster in force for a year.
pub async fn find_supplement(
    db: &mut PgConnection,
    cluster: ClusterId,
    year: i32,
) -> Result<Option<CriteriaSet>> {
    load(db, None, Some((year, Some(cluster)))).await
}

/// A table that this person may see.
pub async fn find_visible(db: &mut PgConnection, actor: &Actor, id: CriteriaSetId) -> Result<CriteriaSet> {
    let found = load(db, Some(id), None).await?;
    found
        .filter(|set| access::sees(actor, set.cluster_id, set.state))
        .ok_or(AppError::NotFound)
}

/// A table in a list.
#[derive(Clone, Debug)]
pub struct SetRow {
    /// The id.
    pub id: CriteriaSetId,
    /// The year.
    pub year: i32,
    /// The cluster whose supplement it is.
    pub cluster_id: Option<ClusterId>,
    /// Its name.
    pub cluster: Option<String>,
    /// The version.
    pub number: i32,
    /// Where it is.
    pub state: State,
    /// The heading.
    pub title: String,
    /// When it was issued.
    pub issued_at: Option<Moment>,
}

impl SetRow {
    /// `/tieu-chi/0190...`
    #[must_use]
    pub fn path(&self) -> String {
        format!("/tieu-chi/{}", self.id)
    }

    /// `LHHVN` or the cluster.
    #[must_use]
    pub fn owner(&self) -> &str {
        self.cluster.as_deref().unwrap_or("LHHVN")
    }
}

/// The tables that this person may see: the newest year first, VUSTA's before the clusters'.
pub async fn list_visible(db: &mut PgConnection, actor: &Actor) -> Result<Vec<SetRow>> {
    let mut list = sqlx::query_as!(
        SetRow,
        r#"select s.id, s.year, s.cluster_id as "cluster_id: ClusterId", c.name as "cluster?", s.number, s.state as "state: State",
              s.title, s.issued_at
           from criteria_sets s left join clusters c on c.id = s.cluster_id
           order by s.year desc, c.number nulls first, s.number desc"#
    )
    .fetch_all(db)
    .await?;
    list.retain(|row| access::sees(actor, row.cluster_id, row.state));
    Ok(list)
}

/// Locks the table for an act and answers its version and state now.
pub(super) async fn lock(db: &mut PgConnection, id: CriteriaSetId) -> Result<(i32, State)> {
    let row = sqlx::query!(
        r#"select version, state as "state: State" from criteria_sets where id = $1 for no key update"#,
        id as _
    )
    .fetch_one(db)
    .await?;
    Ok((row.version, row.state))
}

/// Adds a draft as the next version of its year and owner; answers its number.
pub(super) async fn insert(
    db: &mut PgConnection,
    set: &CriteriaSet,
    by: PersonId,
    now: Moment,
) -> Result<i32> {
    let number = sqlx::query_scalar!(
        "insert into criteria_sets (id, year, cluster_id, number, state, title, note, rules, saved_at, saved_by)
         values ($1, $2, $3, (select coalesce(max(number), 0) + 1 from criteria_sets where year = $2 and cluster_id is not distinct from $3),
             'draft', $4, $5, $6, $7, $8)
         returning number",
        set.id as _,
        set.year,
        set.cluster_id as _,
        set.title,
        set.note,
        Json(&set.rules) as _,
        now,
        by as _
    )
    .fetch_one(&mut *db)
    .await
    .map_err(|e| {
        let taken = format!("Năm {} đang có một bản nháp. Hãy sửa hoặc xóa bản nháp đó trước.", set.year);
        at_field(e, "criteria_sets_one_draft", "year", &taken)
    })?;
    insert_criteria(db, set.id, &set.criteria).await?;
    Ok(number)
}

async fn insert_criteria(db: &mut PgConnection, set: CriteriaSetId, criteria: &[Criterion]) -> Result<()> {
    let rows: Vec<_> = (1..)
        .zip(criteria)
        .map(|(position, c)| json!({"position": position, "criterion": c}))
        .collect();
    sqlx::query!(
        r#"insert into criteria (id, set_id, parent_id, position, code, name, kind, maximum, needs_evidence, indicator, fact, note)
           select c.id, $1, c.parent_id, r.position, c.code, c.name, c.kind, c.maximum::numeric, c.needs_evidence, c.indicator, c.fact, c.note
           from jsonb_to_recordset($2) as r(position integer, criterion jsonb),
               jsonb_to_record(r.criterion) as c(id uuid, parent_id uuid, code text, name text, kind jsonb, maximum text,
                   needs_evidence boolean, indicator text, fact text, note text)"#,
        set as _,
        Json(rows) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes a draft anew, with the criteria in their order.
pub(super) async fn save(db: &mut PgConnection, set: &CriteriaSet, by: PersonId, now: Moment) -> Result<()> {
    sqlx::query!(
        "update criteria_sets set title = $2, note = $3, rules = $4, saved_at = $5, saved_by = $6, version = version + 1 where id = $1",
        set.id as _,
        set.title,
        set.note,
        Json(&set.rules) as _,
        now,
        by as _
    )
    .execute(&mut *db)
    .await?;
    delete_criteria(db, set.id).await?;
    insert_criteria(db, set.id, &set.criteria).await
}

async fn delete_criteria(db: &mut PgConnection, set: CriteriaSetId) -> Result<()> {
    sqlx::query!("delete from criteria where set_id = $1", set as _)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn delete(db: &mut PgConnection, set: CriteriaSetId) -> Result<()> {
    delete_criteria(db, set).await?;
    sqlx::query!("delete from criteria_sets where id = $1", set as _)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn issue(
    db: &mut PgConnection,
    id: CriteriaSetId,
    hash: &[u8],
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update criteria_sets set state = 'issued', issued_at = $2, issued_by = $3, content_hash = $4, version = version + 1 where id = $1",
        id as _,
        now,
        by as _,
        hash
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn close(db: &mut PgConnection, id: CriteriaSetId) -> Result<()> {
    sqlx::query!(
        "update criteria_sets set state = 'closed', version = version + 1 where id = $1",
        id as _
    )
    .execute(db)
    .await?;
    Ok(())
}
