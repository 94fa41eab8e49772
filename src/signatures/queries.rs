//! Every SQL statement about signed copies and the authorities that they are checked against.

use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::model::{CaCertificate, Check, Outcome, Report, SignedCopy};
use crate::{
    ids::{CaCertificateId, DocumentId, PersonId, SignedCopyId},
    kit::{
        clock::Moment,
        database,
        error::{AppError, Result, at_field},
        files::Stored,
    },
};

/// The certificates that are in the list, by name.
pub(super) async fn authorities(db: &mut PgConnection) -> Result<Vec<CaCertificate>> {
    let rows = sqlx::query!(
        r#"select c.id, c.name, c.der, encode(c.fingerprint, 'hex') as "fingerprint!", c.subject, c.issuer, c.starts_at, c.ends_at,
              c.added_at, p.full_name as added_by, l.issued_at as "listed_at?", l.next_at as "next_at?"
           from ca_certificates c join persons p on p.id = c.added_by
           left join lateral (select issued_at, next_at from revocation_lists r where r.certificate_id = c.id
               order by issued_at desc limit 1) l on true
           where not exists (select 1 from ca_removals r where r.certificate_id = c.id)
           order by c.name collate "vi-x-icu", c.added_at"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| CaCertificate {
            id: r.id,
            name: r.name,
            der: r.der,
            fingerprint: r.fingerprint,
            subject: r.subject,
            issuer: r.issuer,
            starts_at: r.starts_at,
            ends_at: r.ends_at,
            added_at: r.added_at,
            added_by: r.added_by,
            list: r.listed_at.map(|at| (at, r.next_at)),
        })
        .collect())
}

/// Lets one change of the list after another happen.
pub(super) async fn lock_authorities(db: &mut PgConnection) -> Result<()> {
    database::take_turns(db, "certificates of authorities").await
}

/// A certificate that is put into the list.
pub(super) struct NewCertificate<'a> {
    pub(super) id: CaCertificateId,
    pub(super) name: &'a str,
    pub(super) der: &'a [u8],
    pub(super) subject: &'a str,
    pub(super) issuer: &'a str,
    pub(super) span: (Moment, Moment),
}

pub(super) async fn insert_certificate(
    db: &mut PgConnection,
    new: &NewCertificate<'_>,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into ca_certificates (id, name, der, fingerprint, subject, issuer, starts_at, ends_at, added_at, added_by)
         values ($1, $2, $3, sha256($3), $4, $5, $6, $7, $8, $9)",
        new.id as _,
        new.name,
        new.der,
        new.subject,
        new.issuer,
        new.span.0,
        new.span.1,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn insert_removal(
    db: &mut PgConnection,
    id: CaCertificateId,
    reason: &str,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into ca_removals (certificate_id, reason, removed_at, removed_by) values ($1, $2, $3, $4)",
        id as _,
        reason,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps what an authority says it has revoked.
pub(super) async fn insert_list(
    db: &mut PgConnection,
    authority: CaCertificateId,
    der: &[u8],
    (issued_at, next_at): (Moment, Option<Moment>),
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into revocation_lists (id, certificate_id, der, issued_at, next_at, added_at, added_by) values ($1, $2, $3, $4, $5, $6, $7)",
        Uuid::now_v7(),
        authority as _,
        der,
        issued_at,
        next_at,
        now,
        by as _
    )
    .execute(db)
    .await
    .map_err(|error| {
        let known = "Danh sách thu hồi này đã được nạp.";
        at_field(error, "revocation_lists_issued_once", "list", known)
    })?;
    Ok(())
}

/// The newest list of each authority.
pub(super) async fn lists(db: &mut PgConnection) -> Result<Vec<Vec<u8>>> {
    Ok(sqlx::query_scalar!(
        "select distinct on (l.certificate_id) l.der from revocation_lists l
         where not exists (select 1 from ca_removals r where r.certificate_id = l.certificate_id)
         order by l.certificate_id, l.issued_at desc"
    )
    .fetch_all(db)
    .await?)
}

/// The signed copies of a paper, the newest first, each with its checks. Who may see the paper is asked before.
pub async fn copies(db: &mut PgConnection, document: DocumentId) -> Result<Vec<SignedCopy>> {
    let rows = sqlx::query!(
        r#"select c.id, c.number, c.file_name, c.size, encode(c.sha256, 'hex') as "sha256!", c.added_at, p.full_name as added_by,
              exists (select 1 from signature_checks k where k.copy_id = c.id
                  and not exists (select 1 from signature_results r where r.check_id = k.id)) as "is_waiting!"
           from signed_copies c join persons p on p.id = c.added_by where c.document_id = $1 order by c.number desc"#,
        document as _
    )
    .fetch_all(&mut *db)
    .await?;
    let mut copies: Vec<SignedCopy> = rows
        .into_iter()
        .map(|r| SignedCopy {
            id: r.id,
            document_id: document,
            number: r.number,
            file_name: r.file_name,
            size: r.size,
            sha256: r.sha256,
            added_at: r.added_at,
            added_by: r.added_by,
            checks: Vec::new(),
            is_waiting: r.is_waiting,
        })
        .collect();
    let results = sqlx::query!(
        r#"select k.copy_id, r.checked_at, r.outcome as "outcome: Outcome", r.report as "report: Json<Report>", r.tool
           from signature_results r join signature_checks k on k.id = r.check_id join signed_copies c on c.id = k.copy_id
           where c.document_id = $1 order by r.checked_at desc, k.id desc"#,
        document as _
    )
    .fetch_all(db)
    .await?;
    for result in results {
        if let Some(copy) = copies.iter_mut().find(|copy| copy.id == result.copy_id) {
            copy.checks.push(Check {
                checked_at: result.checked_at,
                outcome: result.outcome,
                report: result.report.0,
                tool: result.tool,
            });
        }
    }
    Ok(copies)
}

/// The newest signed copy of a paper, for anybody who verifies it: a file that isn't of this paper, or whose signature is
/// wrong, is no copy of it.
pub async fn newest(db: &mut PgConnection, document: DocumentId) -> Result<Option<SignedCopy>> {
    let is_wrong = |copy: &SignedCopy| {
        let check = copy.check();
        check.is_some_and(|check| check.outcome == Outcome::Invalid)
    };
    Ok(copies(db, document)
        .await?
        .into_iter()
        .find(|copy| !is_wrong(copy)))
}

/// One signed copy of this very paper.
pub(super) async fn find(
    db: &mut PgConnection,
    document: DocumentId,
    id: SignedCopyId,
) -> Result<SignedCopy> {
    let all = copies(db, document).await?;
    all.into_iter()
        .find(|copy| copy.id == id)
        .ok_or(AppError::NotFound)
}

/// Lets one change of a paper's copies after another happen.
pub(super) async fn lock_copies(db: &mut PgConnection, document: DocumentId) -> Result<()> {
    database::take_turns(db, &format!("signed copies {document}")).await
}

pub(super) async fn insert_copy(
    db: &mut PgConnection,
    (document, id, number): (DocumentId, SignedCopyId, i32),
    name: &str,
    stored: &Stored,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into signed_copies (id, document_id, number, file_name, size, sha256, added_at, added_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id as _,
        document as _,
        number,
        name,
        stored.size,
        &stored.sha256[..],
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Asks for a check.
pub(super) async fn insert_check(
    db: &mut PgConnection,
    copy: SignedCopyId,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into signature_checks (id, copy_id, asked_at, asked_by) values ($1, $2, $3, $4)",
        Uuid::now_v7(),
        copy as _,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A check that waits, with what it needs.
pub(super) struct Waiting {
    pub(super) check: Uuid,
    pub(super) document: DocumentId,
    pub(super) number: i32,
    pub(super) sha256: Vec<u8>,
    pub(super) issued: Vec<u8>,
}

/// The check that has waited longest.
pub(super) async fn next_check(db: &mut PgConnection) -> Result<Option<Waiting>> {
    Ok(sqlx::query_as!(
        Waiting,
        r#"select k.id as "check", c.document_id as document, c.number, c.sha256, f.bytes as issued
           from signature_checks k join signed_copies c on c.id = k.copy_id
           join document_files f on f.document_id = c.document_id and f.format = 'pdf'
           where not exists (select 1 from signature_results r where r.check_id = k.id)
           order by k.asked_at, k.id limit 1"#
    )
    .fetch_optional(db)
    .await?)
}

/// Keeps a result; answers whether there was none yet.
pub(super) async fn insert_result(
    db: &mut PgConnection,
    check: Uuid,
    report: &Report,
    now: Moment,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into signature_results (check_id, checked_at, outcome, report, tool) values ($1, $2, $3, $4, $5)
         on conflict on constraint signature_results_pkey do nothing",
        check,
        now,
        report.outcome() as _,
        Json(report) as _,
        report.tool
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
