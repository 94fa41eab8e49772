//! The files of a registration: a page of its own, so that sending one never costs what is typed in the form.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{super::actions, FilePath, FileRemovalPath, FilesPath, Opened, open};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
        files::Arrived,
    },
    papers::{self, File, MOST_FILES},
    web::{
        Visit, page, page_with, see_other,
        shell::Shell,
        upload::{self, Upload},
    },
};

#[derive(Template)]
#[template(path = "registrations/files.html")]
struct FilesPage {
    shell: Shell,
    opened: Opened,
    files: Vec<File>,
    errors: FieldErrors,
    is_open: bool,
    /// Whether nothing else is missing: the next page is the one that hands it in.
    is_complete: bool,
    most: usize,
}

fn view(visit: &Visit, opened: Opened, errors: FieldErrors) -> Result<FilesPage> {
    let is_open = actions::files_are_open(visit.actor()?, &opened.registration, &opened.history);
    let base = format!("{}/tep", opened.path());
    let files = opened.history.files(&base, is_open);
    let is_complete = opened.registration.state.is_open_to_unit()
        && actions::preview(&opened.registration, &opened.awards, opened.year.year).is_ok();
    Ok(FilesPage {
        shell: visit.shell_in(&opened.year.place()),
        opened,
        files,
        errors,
        is_open,
        is_complete,
        most: MOST_FILES,
    })
}

pub(super) async fn index(path: FilesPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year, &path.unit).await?;
    page(&view(&visit, opened, FieldErrors::default())?)
}

/// First whether a file is wanted, then its bytes, then the act on the paper as it is by then.
pub(super) async fn attach(path: FilesPath, visit: Visit, upload: Upload) -> Result<Response> {
    let wanted = require_wanted(&path, &visit).await;
    let done = match upload.receive(&visit.app, wanted).await {
        Ok(arrived) => attach_arrived(&path, &visit, arrived).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(to) => Ok(see_other(to, "Đã đính kèm tệp.")),
        Err(AppError::Invalid(errors)) => {
            let opened = open(
                &mut *visit.db().await?,
                &visit,
                &path.cluster,
                path.year,
                &path.unit,
            )
            .await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&visit, opened, errors)?)
        }
        Err(error) => Err(error),
    }
}

async fn require_wanted(path: &FilesPath, visit: &Visit) -> Result<()> {
    let opened = open(
        &mut *visit.db().await?,
        visit,
        &path.cluster,
        path.year,
        &path.unit,
    )
    .await?;
    actions::require_files(visit.actor()?, &opened.registration, &opened.history)?;
    papers::require_room(&opened.history, "registrations")
}

/// Answers where the files are shown.
async fn attach_arrived(path: &FilesPath, visit: &Visit, arrived: Arrived) -> Result<String> {
    let mut tx = visit.begin().await?;
    let sha256 = arrived.sha256();
    let done = async {
        let opened = open(&mut tx, visit, &path.cluster, path.year, &path.unit).await?;
        let (registration, history) = (&opened.registration, &opened.history);
        actions::attach(&mut tx, visit.now, visit.actor()?, registration, history, arrived).await?;
        Ok(opened.path_to("tep"))
    }
    .await;
    papers::settle_upload(&visit.app.pool, &visit.app.files, tx, sha256, done).await
}

pub(super) async fn detach(path: FileRemovalPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    let (registration, history) = (&opened.registration, &opened.history);
    actions::detach(
        &mut tx,
        visit.now,
        visit.actor()?,
        registration,
        history,
        path.attachment,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(format!("{}/tep", opened.path()), "Đã xóa tệp."))
}

/// The file itself, through the same door as the registration: who may see the one may have the other.
pub(super) async fn download(path: FilePath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year, &path.unit).await?;
    let file = opened.history.file(path.attachment)?;
    upload::download(&visit.app, &file.file_name, &file.media_type, &file.hash()?).await
}
