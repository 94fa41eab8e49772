//! The files of a dossier, by part.

use axum::{http::StatusCode, response::Response};

use super::{super::actions, FilePath, FileRemovalPath, FilesPath, open, show::ShowPage};
use crate::{
    kit::error::{AppError, Result},
    papers,
    web::{
        Visit, page_with, see_other,
        upload::{self, Upload},
    },
};

pub(super) async fn attach(path: FilesPath, visit: Visit, Upload(arrived): Upload) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path.nomination).await?;
    let part = arrived.part.clone();
    match actions::attach(
        &mut tx,
        visit.now,
        visit.actor()?,
        &opened.nomination,
        &opened.history,
        arrived,
    )
    .await
    {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(opened.nomination.path(), "Đã đưa tệp vào hồ sơ."))
        }
        Err(AppError::Invalid(errors)) => {
            let view = ShowPage::new(&mut tx, &visit, opened)
                .await?
                .with_errors(errors)
                .with_reason(part);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
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
