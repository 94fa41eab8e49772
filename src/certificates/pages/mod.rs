//! The paths of certificates, all of them the standing office's.

mod book;
mod decision;
mod files;
mod layout;
mod printers;

use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    access,
    forms::Wording,
    model::{Certificate, Printer},
    queries,
};
use crate::{
    decisions::{self, Content, Decision},
    ids::{DecisionId, NominationId, PrinterId, UnitId},
    kit::{
        documents::pictures::Drawing,
        error::{AppError, Result},
        text::capital,
    },
    nominations, units,
    web::{Pages, Visit, Who},
};

macro_rules! decision_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            decision: DecisionId,
        }
    )*};
}

decision_paths! {
    /// The certificates and flags of a decision.
    ShowPath "/quyet-dinh/{decision}/bang-khen"
    /// The words on them.
    WordingPath "/quyet-dinh/{decision}/bang-khen/loi-ghi"
    /// Giving them their numbers in the golden book.
    EntryPath "/quyet-dinh/{decision}/bang-khen/so-vang"
    /// The certificates as one PDF.
    PdfPath "/quyet-dinh/{decision}/bang-khen/ban.pdf"
    /// The lettering of the flags as XLSX.
    FlagsPath "/quyet-dinh/{decision}/bang-khen/chu-tren-co.xlsx"
}

/// Where the fields stand on a kind of paper.
#[derive(TypedPath, Deserialize)]
#[typed_path("/bang-khen/mau/{stationery}", rejection(AppError))]
pub(super) struct LayoutPath {
    stationery: String,
}

/// The printers.
#[derive(TypedPath, Deserialize)]
#[typed_path("/bang-khen/may-in")]
pub(super) struct PrintersPath;

/// The measures of a printer.
#[derive(TypedPath, Deserialize)]
#[typed_path("/bang-khen/may-in/{printer}", rejection(AppError))]
pub(super) struct OffsetPath {
    printer: PrinterId,
}

/// The sheet by which a printer is adjusted.
#[derive(TypedPath, Deserialize)]
#[typed_path("/bang-khen/to-can-chinh.pdf")]
pub(super) struct CalibrationPath;

macro_rules! book_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            number_year: i32,
        }
    )*};
}

book_paths! {
    /// The golden book of a year.
    BookPath "/so-vang/{number_year}"
    /// The same as XLSX.
    BookXlsxPath "/so-vang/{number_year}/so.xlsx"
}

/// The pages of certificates.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::StandingOffice, decision::show)
        .post(Who::StandingOffice, decision::save_wording)
        .post(Who::StandingOffice, decision::enter)
        .get(Who::StandingOffice, files::certificates)
        .get(Who::StandingOffice, files::flags)
        .get(Who::StandingOffice, layout::form)
        .post(Who::StandingOffice, layout::save)
        .get(Who::StandingOffice, printers::list)
        .post(Who::StandingOffice, printers::add)
        .post(Who::StandingOffice, printers::measure)
        .get(Who::StandingOffice, files::calibration)
        .get(Who::StandingOffice, book::show)
        .get(Who::StandingOffice, book::workbook)
}

/// The certificates of a decision with everything their pages need.
struct Opened {
    decision: Decision,
    content: Content,
    wording: Wording,
    certificates: Vec<Certificate>,
}

impl Opened {
    async fn find(db: &mut PgConnection, visit: &Visit, id: DecisionId) -> Result<Self> {
        let actor = visit.actor()?;
        let decision = decisions::find_visible(db, actor, id).await?;
        let mut content = access::require_award(&decision)?.clone();
        // A cancelled award has no certificate.
        let gone = decisions::cancelled(db, id).await?;
        content.lines.retain(|line| !gone.contains(&line.nomination_id));
        let ids: Vec<NominationId> = content.lines.iter().map(|line| line.nomination_id).collect();
        let awarded = nominations::by_ids(db, actor, &ids).await?;
        let numbers = queries::numbers(db, id).await?;
        let address = visit.app.config.address();
        // All certificates of a decision have the same one.
        let square = decision
            .code
            .as_ref()
            .and_then(|code| Drawing::square_code(&format!("{address}/xac-minh/{code}")));
        let mut names: Vec<(UnitId, String)> = Vec::new();
        let mut certificates = Vec::new();
        for line in &content.lines {
            let unit = awarded
                .iter()
                .find(|n| n.id == line.nomination_id)
                .map(|n| n.unit_id);
            let unit = unit.ok_or(AppError::NotFound)?;
            if !names.iter().any(|(known, _)| *known == unit) {
                names.push((unit, units::find(db, unit).await?.name));
            }
            let name = names.iter().find(|(known, _)| *known == unit);
            let number = numbers
                .iter()
                .find(|(nomination, _)| *nomination == line.nomination_id);
            let unit = name.map(|(_, name)| name.clone()).unwrap_or_default();
            certificates.push(Certificate {
                nomination_id: line.nomination_id,
                name: match &line.person {
                    Some(person) => format!("{}\n{}, {unit}", capital(&person.addressed()), person.position),
                    None => unit,
                },
                award: line.award_name.clone(),
                year: line.year,
                decision: content.number_text(),
                on: content.issued_on,
                signer: content.signer.clone(),
                number: number.map(|(_, number)| *number),
                code: square.clone(),
            });
        }
        let saved = queries::wording(db, id).await?;
        Ok(Self {
            wording: saved.unwrap_or_else(|| Wording::of(&content)),
            decision,
            content,
            certificates,
        })
    }

    /// Where its certificates are.
    fn path(&self) -> String {
        self.decision.path_to("bang-khen")
    }
}

/// The printer with this id, or the error that there is none.
async fn printer(db: &mut PgConnection, id: PrinterId) -> Result<Printer> {
    let all = queries::printers(db).await?;
    all.into_iter()
        .find(|printer| printer.id == id)
        .ok_or(AppError::NotFound)
}
