//! The evidence of a sheet, each file with the criterion that it proves.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{super::actions, FilePath, FileRemovalPath, FilesPath, Opened, open};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
        files::Arrived,
    },
    papers::{self, File},
    web::{
        Visit, page, page_with, see_other,
        shell::Shell,
        upload::{self, Upload},
    },
};

#[derive(Template)]
#[template(path = "scoring/files.html")]
struct FilesPage {
    shell: Shell,
    opened: Opened,
    /// The files by criterion: code and name, files.
    groups: Vec<(String, Vec<File>)>,
    choices: Vec<(String, String)>,
    errors: FieldErrors,
    is_open: bool,
}

fn view(visit: &Visit, opened: Opened, errors: FieldErrors) -> Result<FilesPage> {
    let is_open = actions::require_files(visit.actor()?, &opened.scoring, &opened.sheet).is_ok();
    let base = opened.path_to("tep");
    let files = opened.history.files(&base, is_open);
    let mut groups = Vec::new();
    let mut choices = Vec::new();
    for asked in opened.asked.iter().filter(|a| a.applies()) {
        let name = format!("{} {}", asked.criterion.code, asked.criterion.name);
        let its: Vec<File> = opened
            .history
            .attachments
            .iter()
            .zip(&files)
            .filter(|(attachment, _)| attachment.part == asked.criterion.code)
            .map(|(_, file)| file.clone())
            .collect();
        choices.push((asked.criterion.code.clone(), name.clone()));
        if !its.is_empty() {
            groups.push((name, its));
        }
    }
    Ok(FilesPage {
        shell: visit.shell_in(&opened.year.place()),
        groups,
        choices,
        errors,
        is_open,
        opened,
    })
}

pub(super) async fn index(path: FilesPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year, &path.unit).await?;
    page(&view(&visit, opened, FieldErrors::default())?)
}

/// First whether a file is wanted, then its bytes, then the act on the sheet as it is by then.
pub(super) async fn attach(path: FilesPath, visit: Visit, upload: Upload) -> Result<Response> {
    let wanted = require_wanted(&path, &visit).await;
    let done = match upload.receive(&visit.app, wanted).await {
        Ok(arrived) => attach_arrived(&path, &visit, arrived).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(to) => Ok(see_other(to, "Đã đính kèm minh chứng.")),
        Err(AppError::Invalid(errors)) => {
            let mut db = visit.db().await?;
            let opened = open(&mut db, &visit, &path.cluster, path.year, &path.unit).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&visit, opened, errors)?)
        }
        Err(error) => Err(error),
    }
}

async fn require_wanted(path: &FilesPath, visit: &Visit) -> Result<()> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, visit, &path.cluster, path.year, &path.unit).await?;
    actions::require_files(visit.actor()?, &opened.scoring, &opened.sheet)
}

async fn attach_arrived(path: &FilesPath, visit: &Visit, arrived: Arrived) -> Result<String> {
    let mut tx = visit.begin().await?;
    let sha256 = arrived.sha256();
    let done = async {
        let opened = open(&mut tx, visit, &path.cluster, path.year, &path.unit).await?;
        let actor = visit.actor()?;
        actions::attach(&mut tx, visit.now, actor, &opened.scoring, &opened.sheet, arrived).await?;
        Ok(opened.path_to("tep"))
    }
    .await;
    papers::settle_upload(&visit.app.pool, &visit.app.files, tx, sha256, done).await
}

pub(super) async fn download(path: FilePath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year, &path.unit).await?;
    let file = opened.history.file(path.attachment)?;
    upload::download(&visit.app, &file.file_name, &file.media_type, &file.hash()?).await
}

pub(super) async fn detach(path: FileRemovalPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    let actor = visit.actor()?;
    let (scoring, sheet) = (&opened.scoring, &opened.sheet);
    actions::detach(&mut tx, visit.now, actor, scoring, sheet, path.attachment).await?;
    tx.commit().await?;
    Ok(see_other(opened.path_to("tep"), "Đã gỡ tệp."))
}
