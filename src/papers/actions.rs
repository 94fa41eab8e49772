//! Handing in, sending back, attaching: the parts of a feature's acts that are the same for every paper.
//! Each runs in the caller's transaction, after the caller has checked right and state.

use anyhow::anyhow;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{
    model::{History, ReturnItem, most_files},
    queries,
};
use crate::{
    ids::{AttachmentId, PersonId},
    kit::{
        clock::{Moment, date_text},
        database::{self, Transaction},
        error::{AppError, Result},
        files::{Arrived, FileStore, Refused, Stored},
        journal::{self, Subject},
    },
    people::Actor,
    years::{Deadline, LateIs},
};

/// The paper's key in the tables of facts.
fn key(paper: Subject) -> (&'static str, Uuid) {
    (paper.kind, paper.id)
}

/// The conflict of a person who acts on a paper that isn't any more what it was on the page. `paper` begins the sentence.
#[must_use]
pub fn changed_meanwhile(paper: &str) -> AppError {
    AppError::Conflict(format!(
        "{paper} này vừa được người khác sửa hoặc xử lý trong lúc anh/chị đang mở. Nội dung của anh/chị chưa được ghi, bản của người kia vẫn nguyên. Xin mở lại hồ sơ để xem bản mới."
    ))
}

/// The facts of a paper as they are now that it is locked, for an act that freezes them. A conflict when the files
/// aren't any more those of `seen`: adding and taking off a file leaves the paper's version as it is.
pub async fn history_to_freeze(
    db: &mut PgConnection,
    paper: Subject,
    seen: &History,
    what: &str,
) -> Result<History> {
    let history = queries::history(db, paper.kind, paper.id).await?;
    if history.files_digest() == seen.files_digest() {
        Ok(history)
    } else {
        Err(changed_meanwhile(what))
    }
}

/// Makes sure that the files are still those that a person saw.
pub fn require_files_seen(history: &History, seen: &str, what: &str) -> Result<()> {
    if history.files_digest() == seen {
        Ok(())
    } else {
        Err(changed_meanwhile(what))
    }
}

/// Days late when handed in now; a conflict where the year takes nothing late.
///
/// `returned_with` are the days that a paper sent back had when it was handed in before: these count, not the time
/// that reading and mending took. `paper` completes "hết hạn …".
pub fn late_days(
    deadline: Option<Deadline>,
    returned_with: Option<i32>,
    now: Moment,
    paper: &str,
) -> Result<i32> {
    if let Some(days) = returned_with {
        return Ok(days);
    }
    let Some(deadline) = deadline else { return Ok(0) };
    let days = deadline.days_late(now);
    if days > 0 && deadline.late_is == LateIs::Refused {
        return Err(AppError::Conflict(format!(
            "Đã hết hạn {paper} ngày {} và quy định của năm không nhận {paper} chậm. Bản nháp vẫn còn; xin liên hệ Thường trực Hội đồng để được gia hạn.",
            date_text(deadline.due_on)
        )));
    }
    Ok(days)
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
    // With sorted keys equal content has an equal hash, whatever order serde_json was built to keep.
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

/// Makes sure that one more file fits, before its bytes are received.
pub fn require_room(history: &History, kind: &str) -> Result<()> {
    if history.attachments.len() < most_files(kind) {
        Ok(())
    } else {
        Err(full(kind))
    }
}

fn full(kind: &str) -> AppError {
    let most = most_files(kind);
    AppError::invalid(
        "file",
        &format!("Đã đủ {most} tệp. Hãy gỡ bớt một tệp, hoặc ghép các tệp nhỏ thành một tệp PDF."),
    )
}

/// Ends the transaction of an act that was to attach stored bytes. When the act failed, the bytes go again, unless a
/// record names them: the same file may have been sent before.
pub async fn settle_upload<T>(
    pool: &PgPool,
    files: &FileStore,
    mut tx: Transaction,
    sha256: Option<[u8; 32]>,
    done: Result<T>,
) -> Result<T> {
    let Some(sha256) = sha256 else { return done };
    let error = match done {
        // Somebody whose act failed may have deleted the same bytes before this one took their lock.
        Ok(answer) if files.has(&sha256).await => {
            tx.commit().await?;
            return Ok(answer);
        }
        Ok(_) => AppError::invalid("file", Refused::Failed(anyhow!("deleted meanwhile")).message()),
        Err(error) => error,
    };
    tx.rollback().await?;
    tx = database::begin(pool).await?;
    queries::lock_bytes(&mut tx, &sha256).await?;
    if !queries::names_bytes(&mut tx, &sha256).await? {
        files.forget(&sha256).await;
    }
    tx.commit().await?;
    Err(error)
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
    if queries::count_attachments(db, kind, record).await?
        >= i64::try_from(most_files(kind)).unwrap_or(i64::MAX)
    {
        return Err(full(kind));
    }
    queries::lock_bytes(db, &stored.sha256).await?;
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

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::*;
    use crate::kit::clock;

    #[test]
    fn a_returned_paper_keeps_the_lateness_of_its_first_receipt() {
        let due_on = NaiveDate::from_ymd_opt(2023, 11, 15).unwrap();
        let deadline = Some(Deadline {
            opens_on: due_on,
            due_on,
            late_is: LateIs::Refused,
        });
        let two_days_later = clock::at(due_on + chrono::Duration::days(2), NaiveTime::MIN);
        assert_eq!(
            late_days(deadline, Some(0), two_days_later, "báo cáo").unwrap(),
            0
        );
        assert!(late_days(deadline, None, two_days_later, "báo cáo").is_err());
        let marked = deadline.map(|d| Deadline {
            late_is: LateIs::Marked,
            ..d
        });
        assert_eq!(late_days(marked, None, two_days_later, "báo cáo").unwrap(), 2);
        assert_eq!(
            late_days(None, None, two_days_later, "báo cáo").unwrap(),
            0,
            "a year without the step"
        );
    }
}
