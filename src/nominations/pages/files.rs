//! The files of a dossier, by part.

use axum::{http::StatusCode, response::Response};

use super::{
    super::{actions, queries},
    FilePath, FileRemovalPath, FilesPath, FrozenFilePath, open,
    show::ShowPage,
};
use crate::{
    kit::{
        error::{AppError, Result},
        files::Arrived,
    },
    papers,
    web::{
        Visit, page_with, see_other,
        upload::{self, Upload},
    },
};

/// First whether a file is wanted, then its bytes, then the act on the dossier as it is by then.
pub(super) async fn attach(path: FilesPath, visit: Visit, upload: Upload) -> Result<Response> {
    let wanted = require_wanted(&path, &visit).await;
    let (part, done) = match upload.receive(&visit.app, wanted).await {
        Ok(arrived) => (arrived.part.clone(), attach_arrived(&path, &visit, arrived).await),
        Err(error) => (String::new(), Err(error)),
    };
    match done {
        Ok(to) => Ok(see_other(to, "Đã đưa tệp vào hồ sơ.")),
        Err(AppError::Invalid(errors)) => {
            let mut db = visit.db().await?;
            let opened = open(&mut db, &visit, path.nomination).await?;
            let view = ShowPage::new(&mut db, &visit, opened)
                .await?
                .with_errors(errors)
                .with_reason(part);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

async fn require_wanted(path: &FilesPath, visit: &Visit) -> Result<()> {
    let opened = open(&mut *visit.db().await?, visit, path.nomination).await?;
    actions::require_files(visit.actor()?, &opened.nomination)?;
    papers::require_room(&opened.history, "nominations")
}

/// Answers where the dossier is shown.
async fn attach_arrived(path: &FilesPath, visit: &Visit, arrived: Arrived) -> Result<String> {
    let mut tx = visit.begin().await?;
    let sha256 = arrived.sha256();
    let done = async {
        let opened = open(&mut tx, visit, path.nomination).await?;
        let (nomination, history) = (&opened.nomination, &opened.history);
        actions::attach(&mut tx, visit.now, visit.actor()?, nomination, history, arrived).await?;
        Ok(nomination.path())
    }
    .await;
    papers::settle_upload(&visit.app.pool, &visit.app.files, tx, sha256, done).await
}

pub(super) async fn detach(path: FileRemovalPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path.nomination).await?;
    actions::detach(
        &mut tx,
        visit.now,
        visit.actor()?,
        &opened.nomination,
        &opened.history,
        path.attachment,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(opened.nomination.path(), "Đã xóa tệp."))
}

/// The file itself, through the same door as the dossier.
pub(super) async fn download(path: FilePath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, path.nomination).await?;
    let file = papers::find_attachment(&mut db, "nominations", opened.nomination.id, path.attachment).await?;
    upload::download(&visit.app, &file.0, &file.1, &file.2).await
}

/// A file of an earlier submission, be it one that was taken off since: whoever may open the dossier may see it.
pub(super) async fn download_frozen(path: FrozenFilePath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, path.nomination).await?;
    let id = opened.nomination.id;
    let file = queries::find_frozen_file(&mut db, id, path.receipt, path.attachment).await?;
    upload::download(&visit.app, &file.0, &file.1, &file.2).await
}
