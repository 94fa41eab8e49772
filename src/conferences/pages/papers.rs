//! The papers of a conference: a page of its own, so that sending one never costs what is typed in a form.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{access, actions},
    Meeting, PaperPath, PaperRemovalPath, PapersPath, open_meeting,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
        files::Arrived,
    },
    papers::{self, File, History, MOST_FILES},
    web::{
        Visit, page, page_with, see_other,
        shell::Shell,
        upload::{self, Upload},
    },
};

#[derive(Template)]
#[template(path = "conferences/papers.html")]
struct PapersPage {
    shell: Shell,
    opened: Opened,
    files: Vec<File>,
    errors: FieldErrors,
    is_open: bool,
    most: usize,
}

struct Opened {
    meeting: Meeting,
    history: History,
}

async fn open(
    db: &mut sqlx::PgConnection,
    visit: &Visit,
    cluster: &str,
    year: i32,
    meeting: &str,
) -> Result<Opened> {
    let meeting = open_meeting(db, visit, cluster, year, meeting).await?;
    let history = papers::history(db, "conferences", meeting.conference.id).await?;
    Ok(Opened { meeting, history })
}

fn view(visit: &Visit, opened: Opened, errors: FieldErrors) -> Result<PapersPage> {
    let is_open = access::require_papers(visit.actor()?, &opened.meeting.conference).is_ok();
    let files = opened.history.files(&opened.meeting.path_to("tai-lieu"), is_open);
    Ok(PapersPage {
        shell: visit.shell_in(&opened.meeting.year.place()),
        opened,
        files,
        errors,
        is_open,
        most: MOST_FILES,
    })
}

pub(super) async fn index(path: PapersPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year, &path.meeting).await?;
    page(&view(&visit, opened, FieldErrors::default())?)
}

/// First whether a file is wanted, then its bytes, then the act on the conference as it is by then.
pub(super) async fn attach(path: PapersPath, visit: Visit, upload: Upload) -> Result<Response> {
    let wanted = require_wanted(&path, &visit).await;
    let done = match upload.receive(&visit.app, wanted).await {
        Ok(arrived) => attach_arrived(&path, &visit, arrived).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(to) => Ok(see_other(to, "Đã đính kèm tài liệu.")),
        Err(AppError::Invalid(errors)) => {
            let mut db = visit.db().await?;
            let opened = open(&mut db, &visit, &path.cluster, path.year, &path.meeting).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&visit, opened, errors)?)
        }
        Err(error) => Err(error),
    }
}

async fn require_wanted(path: &PapersPath, visit: &Visit) -> Result<()> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, visit, &path.cluster, path.year, &path.meeting).await?;
    access::require_papers(visit.actor()?, &opened.meeting.conference)?;
    papers::require_room(&opened.history, "conferences")
}

/// Answers where the papers are shown.
async fn attach_arrived(path: &PapersPath, visit: &Visit, arrived: Arrived) -> Result<String> {
    let mut tx = visit.begin().await?;
    let sha256 = arrived.sha256();
    let done = async {
        let opened = open(&mut tx, visit, &path.cluster, path.year, &path.meeting).await?;
        let meeting = &opened.meeting;
        // Of the whole: what is for a part of the conference (its signed minutes) comes by another door.
        let arrived = Arrived {
            part: String::new(),
            ..arrived
        };
        actions::attach(&mut tx, visit.now, visit.actor()?, &meeting.conference, arrived).await?;
        Ok(meeting.path_to("tai-lieu"))
    }
    .await;
    papers::settle_upload(&visit.app.pool, &visit.app.files, tx, sha256, done).await
}

pub(super) async fn detach(path: PaperRemovalPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.meeting).await?;
    let (meeting, history) = (&opened.meeting, &opened.history);
    actions::detach(
        &mut tx,
        visit.now,
        visit.actor()?,
        &meeting.conference,
        history,
        path.attachment,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(meeting.path_to("tai-lieu"), "Đã xóa tài liệu."))
}

/// The paper itself: for everybody who may see the year.
pub(super) async fn download(path: PaperPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year, &path.meeting).await?;
    let file = opened.history.file(path.attachment)?;
    upload::download(&visit.app, &file.file_name, &file.media_type, &file.hash()?).await
}
