//! The paths of nominations: who may open which page. What a person may do with a dossier is `access`'s matter.

mod conditions;
mod export;
mod files;
mod index;
mod individual;
mod show;
mod steps;
mod whole;

use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{checklist::Facts, model::Nomination, queries, year_papers::YearPapers};
use crate::{
    awards::{self, Awards},
    ids::{AttachmentId, NominationId},
    kit::error::{AppError, Result},
    papers::{self, History},
    web::{Pages, Visit, Who},
    years::{self, Year},
};

macro_rules! year_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            cluster: String,
            year: i32,
        }
    )*};
}

year_paths! {
    /// A cluster's nominations.
    IndexPath "/cum/{cluster}/{year}/khen-thuong"
    /// The same as a spreadsheet.
    SheetPath "/cum/{cluster}/{year}/khen-thuong/bang.xlsx"
    /// The form with which a unit puts a person forward.
    IndividualPath "/cum/{cluster}/{year}/khen-thuong/ca-nhan"
    /// Handing all complete dossiers to VUSTA.
    AllSubmissionPath "/cum/{cluster}/{year}/khen-thuong/trinh"
}

macro_rules! dossier_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            nomination: NominationId,
        }
    )*};
}

dossier_paths! {
    /// One dossier.
    ShowPath "/khen-thuong/{nomination}"
    /// Handing it to VUSTA.
    SubmissionPath "/khen-thuong/{nomination}/trinh"
    /// Taking it back.
    WithdrawalPath "/khen-thuong/{nomination}/rut"
    /// VUSTA's finding, or its return.
    AppraisalPath "/khen-thuong/{nomination}/tham-dinh"
    /// What is noted of its conditions.
    ConditionPath "/khen-thuong/{nomination}/dieu-kien"
    /// Whom it names, on which ground.
    PersonPath "/khen-thuong/{nomination}/ca-nhan"
    /// Of what the catalogue asks for in it: what is there.
    PartNotePath "/khen-thuong/{nomination}/thanh-phan"
    /// A person whom it doesn't name any more.
    LeavingPath "/khen-thuong/{nomination}/ca-nhan/ra"
    /// A consent that was taken back.
    PersonEndPath "/khen-thuong/{nomination}/ca-nhan/rut"
    /// All of it as one PDF.
    PdfPath "/khen-thuong/{nomination}/ho-so.pdf"
    /// All its files with an index.
    ZipPath "/khen-thuong/{nomination}/ho-so.zip"
    /// Its files.
    FilesPath "/khen-thuong/{nomination}/tep"
}

/// One file.
#[derive(TypedPath, Deserialize)]
#[typed_path("/khen-thuong/{nomination}/tep/{attachment}", rejection(AppError))]
pub(super) struct FilePath {
    nomination: NominationId,
    attachment: AttachmentId,
}

/// Taking a file off.
#[derive(TypedPath, Deserialize)]
#[typed_path("/khen-thuong/{nomination}/tep/{attachment}/go", rejection(AppError))]
pub(super) struct FileRemovalPath {
    nomination: NominationId,
    attachment: AttachmentId,
}

/// A file as it was handed in.
#[derive(TypedPath, Deserialize)]
#[typed_path(
    "/khen-thuong/{nomination}/lan-trinh/{receipt}/{attachment}",
    rejection(AppError)
)]
pub(super) struct FrozenFilePath {
    nomination: NominationId,
    receipt: i32,
    attachment: AttachmentId,
}

/// The pages of nominations.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, index::index)
        .get(Who::SignedIn, export::sheet)
        .get(Who::Units, individual::form)
        .post(Who::Units, individual::put_forward)
        .post(Who::Secretariat, index::submit_all)
        .get(Who::SignedIn, show::show)
        .post(Who::Secretariat, steps::submit)
        .post(Who::Units, steps::withdraw)
        .post(Who::StandingOffice, steps::appraise)
        .post(Who::SignedIn, conditions::remark)
        .post(Who::SignedIn, conditions::name_person)
        .post(Who::SignedIn, conditions::attest_part)
        .post(Who::SignedIn, conditions::end_person)
        .post(Who::SignedIn, conditions::leave_out)
        .upload(Who::Units, files::attach)
        .get(Who::SignedIn, files::download)
        .get(Who::SignedIn, files::download_frozen)
        .get(Who::SignedIn, whole::pdf)
        .get(Who::SignedIn, whole::zip)
        .post(Who::Units, files::detach)
}

/// A dossier with everything its pages need: the same few statements, whatever is in it.
pub(super) struct Opened {
    pub year: Year,
    pub nomination: Nomination,
    pub history: History,
    pub facts: Facts,
    pub awards: Awards,
}

/// Opens a dossier for this visit, or answers 404.
pub(super) async fn open(db: &mut PgConnection, visit: &Visit, id: NominationId) -> Result<Opened> {
    let nomination = queries::find_visible(db, visit.actor()?, id).await?;
    let year = years::by_id(db, nomination.year_id).await?;
    let history = papers::history(db, "nominations", nomination.id).await?;
    let facts = YearPapers::of(db, &year).await?.facts_of(&nomination);
    let awards = awards::all(db).await?;
    Ok(Opened {
        year,
        nomination,
        history,
        facts,
        awards,
    })
}

impl Opened {
    /// `Cờ thi đua LHHVN`
    pub fn award_name(&self) -> String {
        self.awards.name(&self.nomination.award)
    }
}
