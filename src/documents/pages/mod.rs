//! The paths of official papers: drafts, issued ones, registers.

mod bases;
mod copies;
mod draft;
mod edit;
mod files;
mod index;
mod issue;
mod paper;
mod register;
mod show;
mod versions;
mod year;

use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    access,
    forms::Wording,
    kinds::{self, Prepared},
    model::{Kind, Version},
    queries,
};
use crate::{
    ids::{DocumentId, SignedCopyId},
    kit::{
        clock,
        error::{AppError, Result},
    },
    legal_bases::{self, LegalBasis},
    web::{Pages, Visit, Who, shell::Shell},
};

/// The papers of a calendar year.
#[derive(TypedPath, Deserialize)]
#[typed_path("/van-ban")]
pub(super) struct IndexPath;

/// The legal bases that papers cite.
#[derive(TypedPath, Deserialize)]
#[typed_path("/can-cu-phap-ly")]
pub(super) struct BasesPath;

/// The papers of the year of a cluster.
#[derive(TypedPath, Deserialize)]
#[typed_path("/cum/{cluster}/{year}/van-ban", rejection(AppError))]
pub(super) struct YearPath {
    cluster: String,
    year: i32,
}

macro_rules! draft_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            kind: String,
            about: String,
        }
    )*};
}

draft_paths! {
    /// A draft: what it says now.
    DraftPath "/van-ban/soan/{kind}/{about}"
    /// Its wording.
    EditPath "/van-ban/soan/{kind}/{about}/sua"
    /// Its versions and their differences.
    VersionsPath "/van-ban/soan/{kind}/{about}/phien-ban"
    /// Issuing it.
    IssuePath "/van-ban/soan/{kind}/{about}/ban-hanh"
    /// The draft as PDF.
    DraftPdfPath "/van-ban/soan/{kind}/{about}/ban.pdf"
    /// The draft as DOCX.
    DraftDocxPath "/van-ban/soan/{kind}/{about}/ban.docx"
    /// Its tables as XLSX.
    DraftXlsxPath "/van-ban/soan/{kind}/{about}/bang.xlsx"
}

macro_rules! document_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            document: DocumentId,
        }
    )*};
}

document_paths! {
    /// An issued paper.
    ShowPath "/van-ban/{document}"
    /// Its bytes as PDF.
    PdfPath "/van-ban/{document}/ban.pdf"
    /// Its bytes as DOCX.
    DocxPath "/van-ban/{document}/ban.docx"
    /// Its tables as XLSX.
    XlsxPath "/van-ban/{document}/bang.xlsx"
    /// Confirming that it has come.
    ReceiptPath "/van-ban/{document}/da-nhan"
    /// Bringing a signed copy.
    CopiesPath "/van-ban/{document}/ban-ky"
}

macro_rules! copy_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            document: DocumentId,
            copy: SignedCopyId,
        }
    )*};
}

copy_paths! {
    /// A signed copy, with what checking it found.
    CopyPath "/van-ban/{document}/ban-ky/{copy}"
    /// Its file.
    CopyFilePath "/van-ban/{document}/ban-ky/{copy}/tep.pdf"
    /// Having it checked once more.
    CopyCheckPath "/van-ban/{document}/ban-ky/{copy}/kiem-tra"
}

macro_rules! register_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            direction: String,
            number_year: i32,
        }
    )*};
}

register_paths! {
    /// A register of a calendar year: `di`, outgoing, or `den`, incoming.
    RegisterPath "/so-van-ban/{direction}/{number_year}"
    /// The same as XLSX.
    RegisterXlsxPath "/so-van-ban/{direction}/{number_year}/so.xlsx"
    /// Cancelling a number of it.
    CancelPath "/so-van-ban/{direction}/{number_year}/huy-so"
}

/// The pages of official papers.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, index::index)
        .get(Who::StandingOfficeOrAdministrator, bases::show)
        .post(Who::StandingOfficeOrAdministrator, bases::put)
        .get(Who::SignedIn, year::show)
        .get(Who::SignedIn, draft::show)
        .get(Who::SignedIn, edit::form)
        .post(Who::SignedIn, edit::save)
        .get(Who::SignedIn, versions::versions)
        .post(Who::SignedIn, issue::issue)
        .get(Who::SignedIn, files::draft_pdf)
        .get(Who::SignedIn, files::draft_docx)
        .get(Who::SignedIn, files::draft_xlsx)
        .get(Who::SignedIn, show::show)
        .get(Who::SignedIn, files::pdf)
        .get(Who::SignedIn, files::docx)
        .get(Who::SignedIn, files::xlsx)
        .post(Who::SignedIn, show::receive)
        .upload(Who::SignedIn, copies::attach)
        .get(Who::SignedIn, copies::show)
        .get(Who::SignedIn, copies::file)
        .post(Who::SignedIn, copies::check)
        .get(Who::SignedIn, register::register)
        .get(Who::SignedIn, register::workbook)
        .post(Who::SignedIn, register::cancel)
}

/// A draft that is looked at: the paper with its wording as saved last.
struct Opened {
    prepared: Prepared,
    wording: Wording,
    /// The saved versions, the newest first; none for those who don't draft it.
    versions: Vec<Version>,
    bases: Vec<LegalBasis>,
    may_issue: bool,
}

impl Opened {
    /// The draft at a path. Who may know the record but not draft the paper sees, at most, what it says without any hand.
    async fn find(db: &mut PgConnection, visit: &Visit, kind: &str, about: &str) -> Result<Self> {
        let actor = visit.actor()?;
        let kind = Kind::from_slug(kind).ok_or(AppError::NotFound)?;
        let mut prepared = kinds::prepare(db, visit.now, actor, kind, about).await?;
        let may_issue = access::may_issue(actor, prepared.issuer);
        if !may_issue && !prepared.is_open_to_readers {
            return Err(AppError::NotFound);
        }
        let versions = if may_issue {
            queries::versions(db, kind, about).await?
        } else {
            Vec::new()
        };
        let bases = legal_bases::all(db).await?;
        if prepared.cites {
            cite(&mut prepared.offered, kind, &bases, clock::day(visit.now));
        }
        let offered = prepared.offered.clone();
        let saved = versions.first().map(|v| v.wording.clone().refreshed(&offered));
        Ok(Self {
            wording: prepared.settled(saved.unwrap_or(offered)),
            versions,
            bases,
            may_issue,
            prepared,
        })
    }

    /// The number of the newest saved version; 0 when none is.
    fn version(&self) -> i32 {
        self.versions.first().map_or(0, |v| v.version)
    }

    fn shell(&self, visit: &Visit) -> Shell {
        match &self.prepared.place {
            Some(place) => visit
                .shell_in(place)
                .below(&format!("/cum/{}/{}/van-ban", place.slug, place.year)),
            None => visit.shell(),
        }
    }
}

/// Puts the legal bases that are in force on a day before those that the kind of paper brings itself.
fn cite(offered: &mut Wording, kind: Kind, bases: &[LegalBasis], day: chrono::NaiveDate) {
    let bases = legal_bases::in_force(bases, &kind.code(), day).into_iter();
    let mut cited: Vec<String> = bases.map(|basis| format!("Căn cứ {}", basis.words)).collect();
    cited.extend(super::forms::lines(&offered.bases));
    offered.bases = cited.join("\n");
}
