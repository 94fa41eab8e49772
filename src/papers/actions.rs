//! Handing in, sending back, attaching: the parts of a feature's acts that are the same for every paper.
//! Each runs in the caller's transaction, after the caller has checked right and state.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    model::{MOST_FILES, ReturnItem},
    queries,
};
use crate::{
    ids::{AttachmentId, PersonId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
        files::{Arrived, Stored},
        journal::{self, Subject},
    },
    people::Actor,
};

/// The paper's key in the tables of facts.
fn key(paper: Subject) -> (&'static str, Uuid) {
    (paper.kind, paper.id)
}

/// Writes the receipt of a paper handed in: the frozen content, its hash, the lateness. Answers the receipt's number.
pub async fn receive(
    db: &mut PgConnection,
    now: Moment,
    by: PersonId,
    paper: Subject,
    late_days: i32,
    content: &impl Serialize,
) -> Result<i32> {
    let mut content: Value = serde_json::to_value(content)?;
    // With sorted keys equal content has an equal hash.
    content.sort_all_objects();
    let hash = Sha256::digest(content.to_string().as_bytes());
    queries::insert_receipt(db, key(paper), by, now, late_days, &content, &hash).await
}

/// Writes the fact that a paper was sent back. Without a reason there is no return.
pub async fn send_back(
    db: &mut PgConnection,
    now: Moment,
    by: PersonId,
    paper: Subject,
    reason: &str,
    due_on: Option<NaiveDate>,
    items: &[ReturnItem],
) -> Result<()> {
    queries::insert_return(db, key(paper), by, now, reason, due_on, items).await
}

/// Attaches an uploaded file; what was wrong with it is an error at `file`.
pub async fn attach(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    paper: Subject,
    arrived: Arrived,
) -> Result<AttachmentId> {
    let stored: Stored = arrived
        .file
        .map_err(|refused| AppError::invalid("file", refused.message()))?;
    let (kind, record) = key(paper);
    if queries::count_attachments(db, kind, record).await? >= i64::try_from(MOST_FILES).unwrap_or(i64::MAX) {
        return Err(AppError::invalid(
            "file",
            &format!("Đã đủ {MOST_FILES} tệp. Hãy gỡ bớt một tệp, hoặc ghép các tệp nhỏ thành một tệp PDF."),
        ));
    }
    let id = queries::insert_attachment(
        db,
        key(paper),
        actor.id,
        now,
        &arrived.part,
        &arrived.name,
        &stored,
    )
    .await?;
    let after = json!({"file": arrived.name, "size": stored.size, "sha256": hex::encode(stored.sha256)});
    journal::write(db, now, &actor.hand(), "attachment.add", paper, (), after).await?;
    Ok(id)
}

/// Takes a file off a paper; its bytes stay for the receipts that name them.
pub async fn detach(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    paper: Subject,
    id: AttachmentId,
) -> Result<()> {
    let (kind, record) = key(paper);
    let name = queries::remove_attachment(db, kind, record, id, now)
        .await?
        .ok_or(AppError::NotFound)?;
    journal::write(
        db,
        now,
        &actor.hand(),
        "attachment.remove",
        paper,
        json!({"file": name}),
        (),
    )
    .await
}
