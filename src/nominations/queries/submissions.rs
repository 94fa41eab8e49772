//! Every SQL statement about the times that a dossier was handed in.

use sqlx::{PgConnection, types::Json};

use crate::{
    ids::{AttachmentId, NominationId},
    kit::error::Result,
    nominations::frozen::{Frozen, FrozenRecord, Submission},
};

/// What was handed in, the newest first, with the records of the files that each receipt names.
pub(in crate::nominations) async fn submissions(
    db: &mut PgConnection,
    id: NominationId,
) -> Result<Vec<Submission>> {
    let rows = sqlx::query!(
        r#"select r.number, r.submitted_at, p.full_name, r.late_days, encode(r.content_hash, 'hex') as "content_hash!",
              r.content as "content: Json<Frozen>",
              (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'part', a.part, 'name', a.file_name,
                      'sha256', encode(a.sha256, 'hex'), 'is_removed', a.removed_at is not null) order by a.uploaded_at, a.id), '[]')
               from attachments a where a.record_kind = 'nominations' and a.record_id = $1
                 and r.content -> 'files' @> jsonb_build_array(jsonb_build_object(
                     'part', a.part, 'name', a.file_name, 'sha256', encode(a.sha256, 'hex')))) as "records!: Json<Vec<FrozenRecord>>"
           from receipts r join persons p on p.id = r.submitted_by
           where r.record_kind = 'nominations' and r.record_id = $1 order by r.number desc"#,
        id as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Submission {
            number: r.number,
            submitted_at: r.submitted_at,
            submitted_by: r.full_name,
            late_days: r.late_days,
            content_hash: r.content_hash,
            content: r.content.0,
            records: r.records.0,
        })
        .collect())
}

/// A file that a receipt of this very dossier names, be it one that was taken off since: its name, media type and hash.
pub(in crate::nominations) async fn find_frozen_file(
    db: &mut PgConnection,
    id: NominationId,
    number: i32,
    file: AttachmentId,
) -> Result<(String, String, Vec<u8>)> {
    let row = sqlx::query!(
        "select a.file_name, a.media_type, a.sha256 from attachments a
         join receipts r on r.record_kind = a.record_kind and r.record_id = a.record_id and r.number = $2
         where a.record_kind = 'nominations' and a.record_id = $1 and a.id = $3
           and r.content -> 'files' @> jsonb_build_array(jsonb_build_object(
               'part', a.part, 'name', a.file_name, 'sha256', encode(a.sha256, 'hex')))",
        id as _,
        number,
        file as _
    )
    .fetch_one(db)
    .await?;
    Ok((row.file_name, row.media_type, row.sha256))
}
