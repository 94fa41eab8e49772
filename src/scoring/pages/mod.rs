//! The paths of scoring: who may open which page. What a person may do with a sheet is `access`'s matter.

mod appraisal;
mod course;
mod edit;
mod explanation;
mod export;
mod files;
mod index;
mod objections;
mod preview;
mod setup;
mod sheet_view;
mod show;
mod standing;
mod submission;
mod table;
mod trial;

use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    asked::{self, Asked},
    model::{Proof, Scoring, Sheet, State},
    queries::{self, Facts},
};
use crate::{
    ids::{AttachmentId, ObjectionId},
    kit::error::{AppError, Result},
    papers::{self, History},
    web::{Pages, Visit, Who},
    years::{Member, Year, find_year},
};

macro_rules! year_paths {
    ($($(#[$doc:meta])* $name:ident $end:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($end, rejection(AppError))]
        pub(super) struct $name {
            cluster: String,
            year: i32,
        }
    )*};
}

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

year_paths! {
    /// All units' points.
    IndexPath "/cum/{cluster}/{year}/cham-diem"
    /// Opening the scoring.
    OpeningPath "/cum/{cluster}/{year}/cham-diem/mo"
    /// The conference confirms all points.
    LockPath "/cum/{cluster}/{year}/cham-diem/chot"
    /// Who appraises whom, what doesn't apply to whom.
    SetupPath "/cum/{cluster}/{year}/cham-diem/phan-cong"
    /// Naming all appraisers by rotation.
    RotationPath "/cum/{cluster}/{year}/cham-diem/phan-cong/luan-phien"
    /// The working group.
    GroupPath "/cum/{cluster}/{year}/cham-diem/phan-cong/to-tham-dinh"
    /// A criterion that doesn't apply to a unit.
    ExemptionPath "/cum/{cluster}/{year}/cham-diem/phan-cong/khong-ap-dung"
    /// Taking that back.
    ExemptionEndPath "/cum/{cluster}/{year}/cham-diem/phan-cong/khong-ap-dung/bo"
    /// The standing.
    StandingPath "/cum/{cluster}/{year}/cham-diem/xep-hang"
    /// What if.
    TrialPath "/cum/{cluster}/{year}/cham-diem/thu-doi"
    /// Units and criteria as a workbook.
    ExportPath "/cum/{cluster}/{year}/cham-diem/bang-diem.xlsx"
    /// Every criterion, a column for each unit.
    TablePath "/cum/{cluster}/{year}/cham-diem/bang-diem"
}

unit_paths! {
    /// One unit's sheet: why these points.
    ShowPath "/cum/{cluster}/{year}/cham-diem/{unit}"
    /// Its self-score.
    EditPath "/cum/{cluster}/{year}/cham-diem/{unit}/sua"
    /// Where the self-score saves itself.
    DraftPath "/cum/{cluster}/{year}/cham-diem/{unit}/ban-nhap"
    /// What will be frozen, and the act of handing it in.
    SubmissionPath "/cum/{cluster}/{year}/cham-diem/{unit}/nop"
    /// Taking it back.
    WithdrawalPath "/cum/{cluster}/{year}/cham-diem/{unit}/rut"
    /// Its evidence.
    FilesPath "/cum/{cluster}/{year}/cham-diem/{unit}/tep"
    /// The appraisal's grid.
    AppraisalPath "/cum/{cluster}/{year}/cham-diem/{unit}/tham-dinh"
    /// Where the grid saves itself.
    AppraisalDraftPath "/cum/{cluster}/{year}/cham-diem/{unit}/tham-dinh/ban-nhap"
    /// The unit explains.
    ExplanationPath "/cum/{cluster}/{year}/cham-diem/{unit}/giai-trinh"
    /// The secretariat opens a finished appraisal again.
    ReopeningPath "/cum/{cluster}/{year}/cham-diem/{unit}/mo-lai"
    /// The unit objects to a line.
    ObjectionPath "/cum/{cluster}/{year}/cham-diem/{unit}/kien-nghi"
}

/// A piece of evidence.
#[derive(TypedPath, Deserialize)]
#[typed_path(
    "/cum/{cluster}/{year}/cham-diem/{unit}/tep/{attachment}",
    rejection(AppError)
)]
pub(super) struct FilePath {
    cluster: String,
    year: i32,
    unit: String,
    attachment: AttachmentId,
}

/// Taking evidence off.
#[derive(TypedPath, Deserialize)]
#[typed_path(
    "/cum/{cluster}/{year}/cham-diem/{unit}/tep/{attachment}/go",
    rejection(AppError)
)]
pub(super) struct FileRemovalPath {
    cluster: String,
    year: i32,
    unit: String,
    attachment: AttachmentId,
}

/// Answering an objection.
#[derive(TypedPath, Deserialize)]
#[typed_path(
    "/cum/{cluster}/{year}/cham-diem/{unit}/kien-nghi/{objection}",
    rejection(AppError)
)]
pub(super) struct AnswerPath {
    cluster: String,
    year: i32,
    unit: String,
    objection: ObjectionId,
}

/// The pages of scoring.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, index::index)
        .post(Who::Secretariat, course::open)
        .post(Who::Secretariat, course::lock)
        .get(Who::Secretariat, setup::form)
        .post(Who::Secretariat, setup::assign)
        .post(Who::Secretariat, setup::rotate)
        .post(Who::Secretariat, setup::form_group)
        .post(Who::Secretariat, setup::exempt)
        .post(Who::Secretariat, setup::unexempt)
        .get(Who::SignedIn, preview::show)
        .get(Who::SignedIn, standing::show)
        .get(Who::SignedIn, trial::show)
        .get(Who::SignedIn, export::workbook)
        .get(Who::SignedIn, table::show)
        .get(Who::SignedIn, show::show)
        .get(Who::Units, edit::form)
        .post(Who::Units, edit::save)
        .post(Who::Units, edit::autosave)
        .get(Who::Units, submission::preview)
        .post(Who::Units, submission::submit)
        .post(Who::Units, submission::withdraw)
        .get(Who::Units, files::index)
        .upload(Who::Units, files::attach)
        .get(Who::SignedIn, files::download)
        .post(Who::Units, files::detach)
        .get(Who::Units, appraisal::form)
        .post(Who::Units, appraisal::save)
        .post(Who::Units, appraisal::autosave)
        .get(Who::Units, explanation::form)
        .post(Who::Units, explanation::explain)
        .post(Who::Secretariat, course::reopen)
        .post(Who::Units, objections::object)
        .post(Who::Secretariat, objections::answer)
}

/// A year with its scoring.
pub(super) struct Ground {
    pub year: Year,
    pub scoring: Scoring,
}

/// The year's scoring, or 404 where it hasn't been opened.
pub(super) async fn ground(db: &mut PgConnection, visit: &Visit, cluster: &str, year: i32) -> Result<Ground> {
    let year = find_year(db, visit, cluster, year).await?;
    let scoring = queries::find_scoring(db, year.id)
        .await?
        .ok_or(AppError::NotFound)?;
    Ok(Ground { year, scoring })
}

/// A sheet with everything its pages need.
pub(super) struct Opened {
    pub year: Year,
    pub scoring: Scoring,
    pub member: Member,
    pub sheet: Sheet,
    pub facts: Facts,
    pub history: History,
    pub asked: Vec<Asked>,
}

/// Opens a unit's sheet for this visit, or answers 404. While the unit scores itself, what is asked follows from the
/// figures of now; later from those of the day on which it was handed in.
pub(super) async fn open(
    db: &mut PgConnection,
    visit: &Visit,
    cluster: &str,
    year: i32,
    unit: &str,
) -> Result<Opened> {
    let Ground { year, scoring } = ground(db, visit, cluster, year).await?;
    let (sheet, facts) = queries::find_visible(db, visit.actor()?, &year, &scoring, unit, visit.now).await?;
    let member = year.member(unit).cloned().ok_or(AppError::NotFound)?;
    let history = papers::history(db, "score_sheets", sheet.id).await?;
    let files_of = |code: &str| history.attachments.iter().filter(|a| a.part == code).count();
    let asked = if sheet.state == State::Draft {
        let known = queries::known(db, &year, visit.now).await?;
        asked::asked(
            &scoring,
            member.unit_id,
            |criterion| known.basis(member.unit_id, criterion),
            |criterion| known.proofs(member.unit_id, criterion),
            |criterion| files_of(&criterion.code),
        )
    } else {
        asked::as_handed_in(&scoring, &sheet, |criterion| files_of(&criterion.code))
    };
    Ok(Opened {
        year,
        scoring,
        member,
        sheet,
        facts,
        history,
        asked,
    })
}

impl Opened {
    /// `/cum/cum-3/2023/cham-diem/son-la`
    pub fn path(&self) -> String {
        format!("{}/cham-diem/{}", self.year.path(), self.member.slug)
    }

    /// The path of one of its pages: `path_to("nop")`.
    pub fn path_to(&self, page: &str) -> String {
        format!("{}/{page}", self.path())
    }

    /// Where a piece of evidence of a figure is read: a file of the unit's report, or an address.
    pub fn proof_href(&self, proof: &Proof) -> String {
        match proof.file {
            Some(id) => format!("{}/bao-cao/nam/{}/tep/{id}", self.year.path(), self.member.slug),
            None => proof.name.clone(),
        }
    }

    /// A number of points as people write it, with the places of the year's rule.
    pub fn points(&self, points: &rust_decimal::Decimal) -> String {
        self.scoring.set.rules.points_text(*points)
    }
}
