//! SQL that issues papers, and notes what happens to them afterwards.

use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::super::{
    forms::Wording,
    kinds::Stamp,
    model::{Figure, Issuer, Kind},
};
use super::numbers::number_taken;
use crate::{
    ids::{ClusterId, DocumentId, PersonId, UnitId},
    kit::{
        clock::Moment,
        database,
        documents::Document,
        error::{AppError, Result},
    },
};

/// What is issued.
pub(in crate::documents) struct NewDocument<'a> {
    pub(in crate::documents) id: DocumentId,
    pub(in crate::documents) kind: Kind,
    pub(in crate::documents) about: &'a str,
    pub(in crate::documents) issuer: Issuer,
    pub(in crate::documents) lead: Option<UnitId>,
    /// The cluster that it is about.
    pub(in crate::documents) matter: Option<ClusterId>,
    pub(in crate::documents) stamp: &'a Stamp,
    pub(in crate::documents) year: i32,
    pub(in crate::documents) title: &'a str,
    pub(in crate::documents) wording: &'a Wording,
    pub(in crate::documents) figures: &'a [Figure],
    pub(in crate::documents) text: &'a str,
    pub(in crate::documents) replaces: Option<DocumentId>,
}

/// Keeps an issued paper.
pub(in crate::documents) async fn insert(
    db: &mut PgConnection,
    new: &NewDocument<'_>,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    let number = i32::try_from(new.stamp.number).map_err(|_| AppError::NotFound)?;
    sqlx::query!(
        "insert into documents (id, kind, about, issuer, unit_id, cluster_id, series, series_year, number, symbol, issued_on, title,
             signer, wording, figures, text, code, replaces_id, issued_at, issued_by, lead_id,
             about_cluster_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
        new.id as _,
        new.kind as _,
        new.about,
        new.issuer.code(),
        new.issuer.unit().map(|u| u.0),
        new.issuer.cluster().map(|c| c.0),
        new.kind.series(),
        new.year,
        number,
        new.wording.symbol.trim(),
        new.stamp.on,
        new.title,
        new.wording.signer(),
        Json(new.wording) as _,
        Json(new.figures) as _,
        new.text,
        new.stamp.code,
        new.replaces.map(|r| r.0),
        now,
        by as _,
        new.lead.map(|l| l.0),
        new.matter.map(|c| c.0)
    )
    .execute(db)
    .await
    .map_err(|error| number_taken(error, number, new.year))?;
    Ok(())
}

/// Keeps the bytes of an issued paper.
pub(in crate::documents) async fn insert_file(
    db: &mut PgConnection,
    id: DocumentId,
    format: &str,
    sha256: &[u8],
    bytes: &[u8],
) -> Result<()> {
    sqlx::query!(
        "insert into document_files (document_id, format, sha256, bytes) values ($1, $2, $3, $4)",
        id as _,
        format,
        sha256,
        bytes
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps what an issued paper says, so that pages show it as it looks.
pub(in crate::documents) async fn insert_contents(
    db: &mut PgConnection,
    id: DocumentId,
    contents: &Document,
) -> Result<()> {
    sqlx::query!(
        "insert into document_contents (document_id, contents) values ($1, $2)",
        id as _,
        Json(contents) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What an issued paper says. Who may see the paper is asked before.
pub(in crate::documents) async fn contents(
    db: &mut PgConnection,
    id: DocumentId,
) -> Result<Option<Document>> {
    let kept = sqlx::query_scalar!(
        r#"select contents as "contents: Json<serde_json::Value>" from document_contents where document_id = $1"#,
        id as _
    )
    .fetch_optional(db)
    .await?;
    // A form that is no longer known costs the look, not the page: the words are kept beside it.
    Ok(kept.and_then(|kept| serde_json::from_value(kept.0).ok()))
}

/// Notes to whom an issued paper goes.
pub(in crate::documents) async fn insert_recipients(
    db: &mut PgConnection,
    id: DocumentId,
    to: &[Option<UnitId>],
) -> Result<()> {
    let units: Vec<Uuid> = to.iter().flatten().map(|u| u.0).collect();
    sqlx::query!(
        "insert into document_recipients (document_id, unit_id)
         select $1::uuid, unit from unnest($2::uuid[]) as unit
         union all select $1, null where $3",
        id as _,
        &units,
        to.iter().any(Option::is_none)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that a recipient has a paper, under the next number of a register of incoming papers: its own, or that of its
/// successor. Answers the number; none when it was noted before.
pub(in crate::documents) async fn receive(
    db: &mut PgConnection,
    id: DocumentId,
    unit: Option<UnitId>,
    register: Option<UnitId>,
    year: i32,
    by: PersonId,
    now: Moment,
) -> Result<Option<i32>> {
    database::take_turns(db, &format!("incoming {register:?} {year}")).await?;
    Ok(sqlx::query_scalar!(
        "insert into document_receipts (recipient_id, unit_id, series_year, number, received_at, received_by)
         select q.id, $6::uuid, $3, 1 + (select coalesce(max(number), 0) from document_receipts
             where unit_id is not distinct from $6 and series_year = $3), $4, $5
         from document_recipients q where q.document_id = $1 and q.unit_id is not distinct from $2
         on conflict on constraint document_receipts_pkey do nothing
         returning number",
        id as _,
        unit.map(|u| u.0),
        year,
        now,
        by as _,
        register.map(|u| u.0)
    )
    .fetch_optional(db)
    .await?)
}

/// Notes that a paper was taken back by another one.
pub(in crate::documents) async fn recall(
    db: &mut PgConnection,
    id: DocumentId,
    by: DocumentId,
    reason: &str,
    person: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into document_recalls (document_id, by_id, reason, recalled_at, recalled_by) values ($1, $2, $3, $4, $5)",
        id as _,
        by as _,
        reason,
        now,
        person as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets one recall after another happen.
pub(in crate::documents) async fn lock_recalls(db: &mut PgConnection) -> Result<()> {
    database::take_turns(db, "recalls of papers").await
}
