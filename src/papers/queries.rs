//! Every SQL statement about receipts, returns and attachments.

use std::collections::HashMap;

use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::model::{Attachment, History, Receipt, Return, ReturnItem};
use crate::{
    ids::{AttachmentId, PersonId, UnitId, YearId},
    kit::{clock::Moment, error::Result},
};

/// All facts of a paper, in one statement.
pub async fn history(db: &mut PgConnection, kind: &str, record: impl Into<Uuid>) -> Result<History> {
    let row = sqlx::query!(
        r#"select
            (select coalesce(jsonb_agg(jsonb_build_object('number', r.number, 'submitted_at', r.submitted_at, 'submitted_by', p.full_name,
                    'late_days', r.late_days, 'content_hash', encode(r.content_hash, 'hex')) order by r.number desc), '[]')
             from receipts r join persons p on p.id = r.submitted_by where r.record_kind = $1 and r.record_id = $2) as "receipts!: Json<Vec<Receipt>>",
            (select coalesce(jsonb_agg(jsonb_build_object('returned_at', r.returned_at, 'returned_by', p.full_name, 'reason', r.reason,
                    'due_on', r.due_on, 'items', r.items) order by r.returned_at desc), '[]')
             from returns r join persons p on p.id = r.returned_by where r.record_kind = $1 and r.record_id = $2) as "returns!: Json<Vec<Return>>",
            (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'part', a.part, 'file_name', a.file_name, 'media_type', a.media_type,
                    'size', a.size, 'sha256', encode(a.sha256, 'hex'), 'uploaded_at', a.uploaded_at, 'uploaded_by', p.full_name) order by a.uploaded_at, a.id), '[]')
             from attachments a join persons p on p.id = a.uploaded_by
             where a.record_kind = $1 and a.record_id = $2 and a.removed_at is null) as "attachments!: Json<Vec<Attachment>>""#,
        kind,
        record.into()
    )
    .fetch_one(db)
    .await?;
    Ok(History {
        receipts: row.receipts.0,
        returns: row.returns.0,
        attachments: row.attachments.0,
    })
}

/// The files that are attached to these records now, in the order they came; in one statement, however many records.
pub async fn files_of(
    db: &mut PgConnection,
    kind: &str,
    records: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Attachment>>> {
    let rows = sqlx::query!(
        r#"select a.record_id, jsonb_agg(jsonb_build_object('id', a.id, 'part', a.part, 'file_name', a.file_name, 'media_type', a.media_type,
                'size', a.size, 'sha256', encode(a.sha256, 'hex'), 'uploaded_at', a.uploaded_at, 'uploaded_by', p.full_name)
                order by a.uploaded_at, a.id) as "files!: Json<Vec<Attachment>>"
           from attachments a join persons p on p.id = a.uploaded_by
           where a.record_kind = $1 and a.record_id = any($2) and a.removed_at is null group by a.record_id"#,
        kind,
        records
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|r| (r.record_id, r.files.0)).collect())
}

/// Locks a unit's membership of a year for an act on one of its papers: the membership exists before the paper does,
/// so two first saves wait for each other.
pub async fn lock_member(db: &mut PgConnection, year: YearId, unit: UnitId) -> Result<()> {
    sqlx::query!(
        "select 1 as one from memberships where year_id = $1 and unit_id = $2 for no key update",
        year as _,
        unit as _
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

/// Locks all memberships of a year at once, for an act on the papers of several units: taken one by one between
/// lines of the journal, they would deadlock with a unit that saves.
pub async fn lock_members(db: &mut PgConnection, year: YearId) -> Result<()> {
    sqlx::query!(
        "select 1 as one from memberships where year_id = $1 order by unit_id for no key update",
        year as _
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

pub(super) async fn insert_receipt(
    db: &mut PgConnection,
    (kind, record): (&str, Uuid),
    by: PersonId,
    now: Moment,
    late_days: i32,
    content: &serde_json::Value,
    content_hash: &[u8],
) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        "insert into receipts (id, record_kind, record_id, number, submitted_at, submitted_by, late_days, content, content_hash)
         select $1, $2, $3, 1 + count(*)::int, $4, $5, $6, $7, $8 from receipts where record_kind = $2 and record_id = $3
         returning number",
        Uuid::now_v7(), kind, record, now, by as _, late_days, content, content_hash
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn insert_return(
    db: &mut PgConnection,
    (kind, record): (&str, Uuid),
    by: PersonId,
    now: Moment,
    reason: &str,
    due_on: Option<chrono::NaiveDate>,
    items: &[ReturnItem],
) -> Result<()> {
    sqlx::query!(
        "insert into returns (id, record_kind, record_id, returned_at, returned_by, reason, due_on, items) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        Uuid::now_v7(), kind, record, now, by as _, reason, due_on, Json(items) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets one transaction at a time decide about the bytes with this hash.
pub async fn lock_bytes(db: &mut PgConnection, sha256: &[u8; 32]) -> Result<()> {
    let first = sha256.first_chunk::<8>().copied().unwrap_or_default();
    sqlx::query!("select pg_advisory_xact_lock($1)", i64::from_be_bytes(first))
        .fetch_one(db)
        .await?;
    Ok(())
}

/// Whether any record names the bytes with this hash, be it one that was taken off.
pub(super) async fn names_bytes(db: &mut PgConnection, sha256: &[u8; 32]) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from attachments where sha256 = $1)
               or exists (select 1 from signed_copies where sha256 = $1) as "named!""#,
        &sha256[..]
    )
    .fetch_one(db)
    .await?)
}

/// The files that the last receipt names, also those taken off since: what others than the unit see of a paper that
/// is back with it.
pub async fn files_handed_in(
    db: &mut PgConnection,
    kind: &str,
    record: impl Into<Uuid>,
) -> Result<Vec<Attachment>> {
    let files = sqlx::query_scalar!(
        r#"with last as (select content from receipts where record_kind = $1 and record_id = $2 order by number desc limit 1),
           named as (
               select distinct on (a.file_name, a.sha256) a.*, p.full_name as uploaded_by_name
               from attachments a join persons p on p.id = a.uploaded_by cross join last
               where a.record_kind = $1 and a.record_id = $2
                 and last.content -> 'attachments' @> jsonb_build_array(
                         jsonb_build_object('name', a.file_name, 'sha256', encode(a.sha256, 'hex')))
               order by a.file_name, a.sha256, a.uploaded_at)
           select coalesce(jsonb_agg(jsonb_build_object('id', id, 'part', part, 'file_name', file_name, 'media_type', media_type,
                  'size', size, 'sha256', encode(sha256, 'hex'), 'uploaded_at', uploaded_at, 'uploaded_by', uploaded_by_name)
                  order by uploaded_at), '[]') as "files!: Json<Vec<Attachment>>" from named"#,
        kind,
        record.into()
    )
    .fetch_one(db)
    .await?;
    Ok(files.0)
}

pub(super) async fn insert_attachment(
    db: &mut PgConnection,
    (kind, record): (&str, Uuid),
    by: PersonId,
    now: Moment,
    part: &str,
    name: &str,
    stored: &crate::kit::files::Stored,
) -> Result<AttachmentId> {
    let id = AttachmentId::new();
    sqlx::query!(
        "insert into attachments (id, record_kind, record_id, part, file_name, media_type, size, sha256, uploaded_at, uploaded_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id as _, kind, record, part, name, stored.media_type, stored.size, &stored.sha256[..], now, by as _
    )
    .execute(db)
    .await?;
    Ok(id)
}

pub(super) async fn count_attachments(db: &mut PgConnection, kind: &str, record: Uuid) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from attachments where record_kind = $1 and record_id = $2 and removed_at is null"#,
        kind, record
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn remove_attachment(
    db: &mut PgConnection,
    kind: &str,
    record: Uuid,
    id: AttachmentId,
    now: Moment,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "update attachments set removed_at = $4 where record_kind = $1 and record_id = $2 and id = $3 and removed_at is null returning file_name",
        kind, record, id as _, now
    )
    .fetch_optional(db)
    .await?)
}

/// A file of this very paper: its name, media type and hash. Who may see the paper may see it.
pub async fn find_attachment(
    db: &mut PgConnection,
    kind: &str,
    record: impl Into<Uuid>,
    id: AttachmentId,
) -> Result<(String, String, Vec<u8>)> {
    let row = sqlx::query!(
        "select file_name, media_type, sha256 from attachments where record_kind = $1 and record_id = $2 and id = $3 and removed_at is null",
        kind, record.into(), id as _
    )
    .fetch_one(db)
    .await?;
    Ok((row.file_name, row.media_type, row.sha256))
}
