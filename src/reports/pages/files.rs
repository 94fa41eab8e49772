//! The files of a report: a page of its own, so that sending one never costs what is typed in the form.

use askama::Template;
use axum::{extract::Query, http::StatusCode, response::Response};
use serde::Deserialize;

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
#[template(path = "reports/files.html")]
struct FilesPage {
    shell: Shell,
    opened: Opened,
    files: Vec<File>,
    /// Files that prove a figure, by figure.
    evidence: Vec<(String, Vec<File>)>,
    /// What a file can prove: rows with their names.
    parts: Vec<(String, String)>,
    part: String,
    errors: FieldErrors,
    is_open: bool,
    /// Whether nothing else is missing: the next page is the one that hands it in.
    is_complete: bool,
    most: usize,
}

/// For which figure a file is wanted: `?so-lieu=…`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "so-lieu")]
    part: String,
}

fn view(visit: &Visit, opened: Opened, errors: FieldErrors, part: String) -> Result<FilesPage> {
    let (actor, report, history) = (visit.actor()?, &opened.report, &opened.history);
    let is_open = actions::files_are_open(actor, report, history);
    let is_whole_open = actions::part_is_open(actor, report, history, "");
    let open = actions::open_figures(actor, report, history);
    let evidence = evidence_of(&opened, |part| open.iter().any(|(rows, _)| rows.has(part)));
    let whole = is_whole_open.then(|| (String::new(), "Cả báo cáo".to_owned()));
    let figures = open.into_iter().map(|(rows, name)| (rows.0.to_string(), name));
    let parts = whole.into_iter().chain(figures).collect();
    let files = opened.whole_files(is_whole_open);
    let is_complete =
        opened.report.state.is_open_to_unit() && actions::preview(&opened.report, &opened.history).is_ok();
    Ok(FilesPage {
        shell: visit.shell_in(&opened.year.place()),
        opened,
        files,
        errors,
        is_open,
        is_complete,
        most: papers::most_files("reports"),
        evidence,
        parts,
        part,
    })
}

/// The evidence by figure, in the order of the figures.
fn evidence_of(opened: &Opened, may_remove: impl Fn(&str) -> bool) -> Vec<(String, Vec<File>)> {
    let base = opened.path_to("tep");
    let mut groups: Vec<(String, Vec<File>)> = Vec::new();
    for file in opened.history.attachments.iter().filter(|a| !a.part.is_empty()) {
        let shown = File::of(file, &base, may_remove(&file.part));
        let name = name_of(opened, &file.part);
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, files)) => files.push(shown),
            None => groups.push((name, vec![shown])),
        }
    }
    groups
}

/// What a row counts.
fn name_of(opened: &Opened, part: &str) -> String {
    let asked = opened.report.asked(&opened.history);
    let figure = asked
        .iter()
        .find(|a| a.rows().has(part))
        .map(|a| a.indicator.clone());
    let additions = &opened.report.draft.additions;
    let addition = || {
        let row = additions
            .iter()
            .find(|row| row.id.is_some_and(|id| id.to_string() == part));
        row.map(|row| row.indicator.clone())
    };
    figure
        .or_else(addition)
        .unwrap_or_else(|| "Số liệu không còn trong báo cáo".to_owned())
}

pub(super) async fn index(path: FilesPath, Query(wanted): Query<Wanted>, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, path).await?;
    page(&view(&visit, opened, FieldErrors::default(), wanted.part)?)
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
            let opened = open(&mut *visit.db().await?, &visit, &path).await?;
            page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &view(&visit, opened, errors, String::new())?,
            )
        }
        Err(error) => Err(error),
    }
}

async fn require_wanted(path: &FilesPath, visit: &Visit) -> Result<()> {
    let opened = open(&mut *visit.db().await?, visit, path).await?;
    actions::require_files(visit.actor()?, &opened.report, &opened.history)?;
    papers::require_room(&opened.history, "reports")
}

/// Answers where the files are shown.
async fn attach_arrived(path: &FilesPath, visit: &Visit, arrived: Arrived) -> Result<String> {
    let mut tx = visit.begin().await?;
    let sha256 = arrived.sha256();
    let done = async {
        let opened = open(&mut tx, visit, path).await?;
        let (report, history) = (&opened.report, &opened.history);
        actions::attach(&mut tx, visit.now, visit.actor()?, report, history, arrived).await?;
        Ok(opened.path_to("tep"))
    }
    .await;
    papers::settle_upload(&visit.app.pool, &visit.app.files, tx, sha256, done).await
}

pub(super) async fn detach(path: FileRemovalPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let id = path.attachment;
    let opened = open(&mut tx, &visit, path).await?;
    let (report, history) = (&opened.report, &opened.history);
    actions::detach(&mut tx, visit.now, visit.actor()?, report, history, id).await?;
    tx.commit().await?;
    Ok(see_other(format!("{}/tep", opened.path()), "Đã xóa tệp."))
}

/// The file itself, through the same door as the report: who may see the one may have the other.
pub(super) async fn download(path: FilePath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let id = path.attachment;
    let opened = open(&mut db, &visit, path).await?;
    let file = opened.history.file(id)?;
    upload::download(&visit.app, &file.file_name, &file.media_type, &file.hash()?).await
}
