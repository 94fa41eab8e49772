//! The paths of reports: who may open which page. What a person may do with a record is `access`'s matter.

mod closing;
mod edit;
mod files;
mod index;
mod keeper;
mod parts;
mod review;
mod sheet;
mod show;
mod submission;
mod table;

use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    access,
    model::{Period, Report},
    queries,
    section::Section,
};
use crate::{
    ids::AttachmentId,
    kit::error::{AppError, Result},
    papers::{self, File, History},
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
            period: Period,
            unit: String,
        }

        impl From<$name> for UnitPlace {
            fn from(path: $name) -> Self {
                Self { cluster: path.cluster, year: path.year, period: path.period, unit: path.unit }
            }
        }
    )*};
}

/// All reports of a year on a period.
#[derive(TypedPath, Deserialize)]
#[typed_path("/cum/{cluster}/{year}/bao-cao/{period}", rejection(AppError))]
pub(super) struct IndexPath {
    cluster: String,
    year: i32,
    period: Period,
}

/// The figures of all units side by side.
#[derive(TypedPath, Deserialize)]
#[typed_path("/cum/{cluster}/{year}/bao-cao/{period}/bang-so-lieu", rejection(AppError))]
pub(super) struct TablePath {
    cluster: String,
    year: i32,
    period: Period,
}

/// The same as a spreadsheet.
#[derive(TypedPath, Deserialize)]
#[typed_path(
    "/cum/{cluster}/{year}/bao-cao/{period}/bang-so-lieu/bang.xlsx",
    rejection(AppError)
)]
pub(super) struct TableSheetPath {
    cluster: String,
    year: i32,
    period: Period,
}

/// What became of everything that the units registered.
#[derive(TypedPath, Deserialize)]
#[typed_path("/cum/{cluster}/{year}/bao-cao/thuc-hien-dang-ky", rejection(AppError))]
pub(super) struct KeeperPath {
    cluster: String,
    year: i32,
}

unit_paths! {
    /// One unit's report.
    ShowPath "/cum/{cluster}/{year}/bao-cao/{period}/{unit}"
    /// Its form.
    EditPath "/cum/{cluster}/{year}/bao-cao/{period}/{unit}/sua"
    /// Where the form saves itself while it is filled in.
    DraftPath "/cum/{cluster}/{year}/bao-cao/{period}/{unit}/ban-nhap"
    /// What will be frozen, and the act of handing it in.
    SubmissionPath "/cum/{cluster}/{year}/bao-cao/{period}/{unit}/nop"
    /// Taking it back.
    WithdrawalPath "/cum/{cluster}/{year}/bao-cao/{period}/{unit}/rut"
    /// Taking it in.
    AcceptancePath "/cum/{cluster}/{year}/bao-cao/{period}/{unit}/tiep-nhan"
    /// Sending it back.
    ReturnPath "/cum/{cluster}/{year}/bao-cao/{period}/{unit}/tra-lai"
    /// Closing its figures.
    ClosingPath "/cum/{cluster}/{year}/bao-cao/{period}/{unit}/chot"
    /// Its files.
    FilesPath "/cum/{cluster}/{year}/bao-cao/{period}/{unit}/tep"
}

/// One file.
#[derive(TypedPath, Deserialize)]
#[typed_path(
    "/cum/{cluster}/{year}/bao-cao/{period}/{unit}/tep/{attachment}",
    rejection(AppError)
)]
pub(super) struct FilePath {
    cluster: String,
    year: i32,
    period: Period,
    unit: String,
    attachment: AttachmentId,
}

/// Taking a file off.
#[derive(TypedPath, Deserialize)]
#[typed_path(
    "/cum/{cluster}/{year}/bao-cao/{period}/{unit}/tep/{attachment}/go",
    rejection(AppError)
)]
pub(super) struct FileRemovalPath {
    cluster: String,
    year: i32,
    period: Period,
    unit: String,
    attachment: AttachmentId,
}

impl From<FilePath> for UnitPlace {
    fn from(path: FilePath) -> Self {
        Self {
            cluster: path.cluster,
            year: path.year,
            period: path.period,
            unit: path.unit,
        }
    }
}

impl From<&FilesPath> for UnitPlace {
    fn from(path: &FilesPath) -> Self {
        Self {
            cluster: path.cluster.clone(),
            year: path.year,
            period: path.period,
            unit: path.unit.clone(),
        }
    }
}

impl From<FileRemovalPath> for UnitPlace {
    fn from(path: FileRemovalPath) -> Self {
        Self {
            cluster: path.cluster,
            year: path.year,
            period: path.period,
            unit: path.unit,
        }
    }
}

/// The pages of reports.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, index::index)
        .get(Who::SignedIn, table::show)
        .get(Who::SignedIn, table::sheet)
        .get(Who::SignedIn, keeper::show)
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
        .get(Who::Units, closing::form)
        .post(Who::Units, closing::close)
        .get(Who::Units, files::index)
        .upload(Who::Units, files::attach)
        .get(Who::SignedIn, files::download)
        .post(Who::Units, files::detach)
}

/// Whose report on what, as a path names it.
pub(super) struct UnitPlace {
    pub cluster: String,
    pub year: i32,
    pub period: Period,
    pub unit: String,
}

/// A report with everything its pages need: four statements, whatever is in it.
pub(super) struct Opened {
    pub year: Year,
    pub member: Member,
    pub report: Report,
    pub history: History,
}

/// Opens a unit's report for this visit, or answers 404.
pub(super) async fn open(
    db: &mut PgConnection,
    visit: &Visit,
    place: impl Into<UnitPlace>,
) -> Result<Opened> {
    let UnitPlace {
        cluster,
        year,
        period,
        unit,
    } = place.into();
    let year = find_year(db, visit, &cluster, year).await?;
    let report = queries::find_visible(db, visit.actor()?, &year, period, &unit).await?;
    let member = year.member(&unit).cloned().ok_or(AppError::NotFound)?;
    let mut history = papers::history(db, "reports", report.id).await?;
    if report.state.is_open_to_unit() && !access::is_own(visit.actor()?, &report) {
        // What the unit adds and takes off while it mends is its own matter until it hands in again.
        history.attachments = papers::files_handed_in(db, "reports", report.id).await?;
    }
    Ok(Opened {
        year,
        member,
        report,
        history,
    })
}

impl Opened {
    /// `/cum/cum-3/2023/bao-cao/nam`
    pub fn index_path(&self) -> String {
        format!("{}/bao-cao/{}", self.year.path(), self.report.period)
    }

    /// `/cum/cum-3/2023/bao-cao/nam/son-la`
    pub fn path(&self) -> String {
        format!("{}/{}", self.index_path(), self.member.slug)
    }

    /// The path of one of its pages: `path_to("nop")`.
    pub fn path_to(&self, page: &str) -> String {
        format!("{}/{page}", self.path())
    }

    /// `Báo cáo năm 2023`, `Báo cáo 6 tháng năm 2023`
    pub fn title(&self) -> String {
        title(self.report.period, self.year.year)
    }

    /// The sections of text, in their order.
    pub fn narrative(&self) -> &'static [Section] {
        Section::narrative(self.report.period)
    }

    /// The heading of a section in this report.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub fn label_of(&self, section: &Section) -> &'static str {
        section.label_in(self.report.period)
    }

    /// The files of the report as a whole; evidence is shown at its figure.
    pub fn whole_files(&self, may_remove: bool) -> Vec<File> {
        let base = self.path_to("tep");
        let whole = self.history.attachments.iter().filter(|a| a.part.is_empty());
        whole.map(|a| File::of(a, &base, may_remove)).collect()
    }
}

/// `Báo cáo năm 2023`, `Báo cáo 6 tháng năm 2023`
pub(super) fn title(period: Period, year: i32) -> String {
    match period {
        Period::Annual => format!("{} {year}", period.label()),
        Period::Midyear => format!("{} năm {year}", period.label()),
    }
}
