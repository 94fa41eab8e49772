//! Bringing a signed copy of a paper, and having it checked once more.

use serde_json::json;
use sqlx::PgConnection;

use crate::{
    ids::{DocumentId, SignedCopyId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
        files::{Arrived, FileStore, Refused},
        journal::{self, Subject},
    },
    papers,
    people::Actor,
    signatures::{queries, verifier},
};

/// As many copies of one paper as are kept.
const MOST: usize = 20;

const NO_PDF: &str = "Tệp không phải PDF. Hãy đưa lên bản PDF đã ký hoặc bản quét lưu thành PDF.";

/// Keeps a signed copy of a paper and asks for its check. Whether this person may is asked before; what is wrong with the
/// file is an error at `file`.
pub async fn attach(
    db: &mut PgConnection,
    files: &FileStore,
    now: Moment,
    actor: &Actor,
    (document, subject): (DocumentId, Subject),
    arrived: Arrived,
) -> Result<SignedCopyId> {
    let stored = arrived.file.map_err(|refused| {
        let why = match refused {
            Refused::WrongKind => NO_PDF,
            other => other.message(),
        };
        AppError::invalid("file", why)
    })?;
    if stored.media_type != "application/pdf" {
        return Err(AppError::invalid("file", NO_PDF));
    }
    if let Some(flaw) = verifier::flaw(&files.bytes(&stored.sha256).await?) {
        return Err(AppError::invalid("file", flaw));
    }
    queries::lock_copies(db, document).await?;
    let copies = queries::copies(db, document).await?;
    let hash = hex::encode(stored.sha256);
    if let Some(newest) = copies.first().filter(|copy| copy.sha256 == hash) {
        let why = format!("Tệp này chính là bản ký lần {} đã đưa lên.", newest.number);
        return Err(AppError::invalid("file", &why));
    }
    if copies.len() >= MOST {
        let why = format!("Văn bản này đã có {MOST} bản ký, không nhận thêm.");
        return Err(AppError::invalid("file", &why));
    }
    papers::lock_bytes(db, &stored.sha256).await?;
    let id = SignedCopyId::new();
    let number = copies.first().map_or(1, |newest| newest.number + 1);
    queries::insert_copy(db, (document, id, number), &arrived.name, &stored, actor.id, now).await?;
    queries::insert_check(db, id, actor.id, now).await?;
    let after = json!({"copy": number, "file_name": arrived.name, "size": stored.size, "sha256": hash});
    journal::write(db, now, &actor.hand(), "signed_copy.add", subject, (), after).await?;
    Ok(id)
}

/// Asks for another check of a copy: the authorities or the programs may have changed.
pub async fn check_again(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    (document, subject): (DocumentId, Subject),
    id: SignedCopyId,
) -> Result<()> {
    queries::lock_copies(db, document).await?;
    let copy = queries::find(db, document, id).await?;
    if copy.is_waiting {
        return Err(AppError::conflict(
            "Bản ký này đang chờ kiểm tra. Xin xem lại sau ít giây.",
        ));
    }
    queries::insert_check(db, id, actor.id, now).await?;
    let after = json!({"copy": copy.number});
    journal::write(db, now, &actor.hand(), "signed_copy.check", subject, (), after).await
}
