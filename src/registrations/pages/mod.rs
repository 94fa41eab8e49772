//! The paths of registrations: who may open which page. What a person may do with a record is `access`'s matter.

mod edit;
mod files;
mod index;
mod place;
mod review;
mod show;
mod submission;

use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{access, model::Registration, queries};
use crate::{
    awards::{self, Awards},
    ids::AttachmentId,
    indicators,
    kit::error::{AppError, Result},
    papers::{self, History},
    web::{Pages, Visit, Who},
    years::{Member, Year, find_year},
};

macro_rules! unit_paths {
    ($($(#[$doc:meta])* $name:ident $end:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($end, rejection(AppError))]
        pub(super) struct $name {
            cluster: String,
            year: i32,
            unit: String,
        }
    )*};
}

/// All registrations of a year.
#[derive(TypedPath, Deserialize)]
#[typed_path("/cum/{cluster}/{year}/dang-ky", rejection(AppError))]
pub(super) struct IndexPath {
    cluster: String,
    year: i32,
}

unit_paths! {
    /// One unit's registration.
    ShowPath "/cum/{cluster}/{year}/dang-ky/{unit}"
    /// Its form.
    EditPath "/cum/{cluster}/{year}/dang-ky/{unit}/sua"
    /// Where the form saves itself while it is filled in.
    DraftPath "/cum/{cluster}/{year}/dang-ky/{unit}/ban-nhap"
    /// What will be frozen, and the act of handing it in.
    SubmissionPath "/cum/{cluster}/{year}/dang-ky/{unit}/nop"
    /// Taking it back.
    WithdrawalPath "/cum/{cluster}/{year}/dang-ky/{unit}/rut"
    /// Taking it in.
    AcceptancePath "/cum/{cluster}/{year}/dang-ky/{unit}/tiep-nhan"
    /// Sending it back.
    ReturnPath "/cum/{cluster}/{year}/dang-ky/{unit}/tra-lai"
    /// Its files.
    FilesPath "/cum/{cluster}/{year}/dang-ky/{unit}/tep"
}

/// One file.
#[derive(TypedPath, Deserialize)]
#[typed_path("/cum/{cluster}/{year}/dang-ky/{unit}/tep/{attachment}", rejection(AppError))]
pub(super) struct FilePath {
    cluster: String,
    year: i32,
    unit: String,
    attachment: AttachmentId,
}

/// Taking a file off.
#[derive(TypedPath, Deserialize)]
#[typed_path(
    "/cum/{cluster}/{year}/dang-ky/{unit}/tep/{attachment}/go",
    rejection(AppError)
)]
pub(super) struct FileRemovalPath {
    cluster: String,
    year: i32,
    unit: String,
    attachment: AttachmentId,
}

/// The pages of registrations.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, index::index)
        .get(Who::SignedIn, show::show)
        .get(Who::Units, edit::form)
        .post(Who::Units, edit::save)
        .post(Who::Units, edit::autosave)
        .get(Who::Units, submission::preview)
        .post(Who::Units, submission::submit)
        .post(Who::Units, submission::withdraw)
        .post(Who::Secretariat, review::accept)
        .get(Who::Secretariat, review::return_form)
        .post(Who::Secretariat, review::send_back)
        .get(Who::Units, files::index)
        .upload(Who::Units, files::attach)
        .get(Who::SignedIn, files::download)
        .post(Who::Units, files::detach)
}

/// A registration with everything its pages need: four statements, whatever is in it.
pub(super) struct Opened {
    pub year: Year,
    pub member: Member,
    pub registration: Registration,
    pub history: History,
    pub awards: Awards,
    /// The names of the indicators of the year's issued catalogue.
    pub indicators: Vec<String>,
}

/// Opens a unit's registration for this visit, or answers 404.
pub(super) async fn open(
    db: &mut PgConnection,
    visit: &Visit,
    cluster: &str,
    year: i32,
    unit: &str,
) -> Result<Opened> {
    let year = find_year(db, visit, cluster, year).await?;
    let registration = queries::find_visible(db, visit.actor()?, &year, unit).await?;
    let member = year.member(unit).cloned().ok_or(AppError::NotFound)?;
    let mut history = papers::history(db, "registrations", registration.id).await?;
    if registration.state.is_open_to_unit() && !access::is_own(visit.actor()?, &registration) {
        // What the unit adds and takes off while it mends is its own matter until it hands in again.
        history.attachments = papers::files_handed_in(db, "registrations", registration.id).await?;
    }
    let awards = awards::all(db).await?;
    let revision = visit.actor()?.revision;
    let catalogue = indicators::find_issued_under(db, revision, year.year).await?;
    Ok(Opened {
        indicators: catalogue
            .map(|c| c.indicators)
            .unwrap_or_default()
            .into_iter()
            .map(|i| i.name)
            .collect(),
        year,
        member,
        registration,
        history,
        awards,
    })
}

impl Opened {
    /// `/cum/cum-3/2023/dang-ky/son-la`
    pub fn path(&self) -> String {
        format!("{}/dang-ky/{}", self.year.path(), self.member.slug)
    }

    /// The path of one of its pages: `path_to("nop")`.
    pub fn path_to(&self, page: &str) -> String {
        format!("{}/{page}", self.path())
    }
}
