//! Scans of what was signed on paper for one ballot: the minutes of the count, tally sheets. A page of its own, so that
//! sending one never costs what is typed in a form.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use sqlx::PgConnection;

use super::{
    super::{access, actions},
    AtBallot, Opened, open,
    paths::AtScan,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
        files::Arrived,
    },
    papers::{self, Attachment, File, History, MOST_FILES},
    web::{
        Visit, page, page_with, see_other,
        shell::Shell,
        upload::{self, Upload},
    },
};

/// The scans of a ballot, and whether this person may attach more.
pub(super) struct Scans {
    pub list: Vec<File>,
    /// Of each its name and the hash by which it is known again.
    pub hashes: Vec<(String, String)>,
    pub is_open: bool,
    /// Names what was seen, for an act that freezes it.
    pub digest: String,
}

impl Scans {
    /// The scans as they are now.
    pub async fn of(db: &mut PgConnection, visit: &Visit, opened: &Opened) -> Result<Self> {
        let history = history(db, opened).await?;
        let is_open = require(visit, opened).is_ok();
        let hash = |scan: &Attachment| (scan.file_name.clone(), scan.sha256.clone());
        Ok(Self {
            list: history.files(&opened.path_to("ban-quet"), is_open),
            hashes: history.attachments.iter().map(hash).collect(),
            is_open,
            digest: history.files_digest(),
        })
    }
}

async fn history(db: &mut PgConnection, opened: &Opened) -> Result<History> {
    papers::history(db, "ballots", opened.ballot.id).await
}

fn require(visit: &Visit, opened: &Opened) -> Result<()> {
    access::require_scans(visit.actor()?, &opened.ballot, opened.house.is_signed())
}

#[derive(Template)]
#[template(path = "ballots/scans.html")]
struct ScansPage {
    shell: Shell,
    opened: Opened,
    scans: Scans,
    errors: FieldErrors,
    most: usize,
}

async fn view(
    db: &mut PgConnection,
    visit: &Visit,
    opened: Opened,
    errors: FieldErrors,
) -> Result<ScansPage> {
    Ok(ScansPage {
        shell: opened.shell(visit),
        scans: Scans::of(db, visit, &opened).await?,
        opened,
        errors,
        most: MOST_FILES,
    })
}

pub(super) async fn index<P: AtBallot>(path: P, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path).await?;
    page(&view(&mut db, &visit, opened, FieldErrors::default()).await?)
}

/// First whether a file is wanted, then its bytes, then the act on the ballot as it is by then.
pub(super) async fn attach<P: AtBallot>(path: P, visit: Visit, upload: Upload) -> Result<Response> {
    let wanted = require_wanted(&path, &visit).await;
    let done = match upload.receive(&visit.app, wanted).await {
        Ok(arrived) => attach_arrived(&path, &visit, arrived).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(to) => Ok(see_other(to, "Đã đính kèm bản quét.")),
        Err(AppError::Invalid(errors)) => {
            let mut db = visit.db().await?;
            let opened = open(&mut db, &visit, &path).await?;
            let view = view(&mut db, &visit, opened, errors).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

async fn require_wanted(path: &impl AtBallot, visit: &Visit) -> Result<()> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, visit, path).await?;
    require(visit, &opened)?;
    papers::require_room(&history(&mut db, &opened).await?, "ballots")
}

/// Answers where the scans are shown.
async fn attach_arrived(path: &impl AtBallot, visit: &Visit, arrived: Arrived) -> Result<String> {
    let mut tx = visit.begin().await?;
    let sha256 = arrived.sha256();
    let done = async {
        let opened = open(&mut tx, visit, path).await?;
        require(visit, &opened)?;
        actions::attach_scan(&mut tx, visit.now, visit.actor()?, &opened.ballot, arrived).await?;
        Ok(opened.path_to("ban-quet"))
    }
    .await;
    papers::settle_upload(&visit.app.pool, &visit.app.files, tx, sha256, done).await
}

pub(super) async fn detach<P: AtScan>(path: P, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path).await?;
    let file = history(&mut tx, &opened).await?.file(path.attachment())?.id;
    require(&visit, &opened)?;
    actions::detach_scan(&mut tx, visit.now, visit.actor()?, &opened.ballot, file).await?;
    tx.commit().await?;
    Ok(see_other(opened.path_to("ban-quet"), "Đã xóa bản quét."))
}

/// The scan itself: for everybody who may open the ballot.
pub(super) async fn download<P: AtScan>(path: P, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path).await?;
    let history = history(&mut db, &opened).await?;
    let file = history.file(path.attachment())?;
    upload::download(&visit.app, &file.file_name, &file.media_type, &file.hash()?).await
}
