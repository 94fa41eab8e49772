//! The paths of decisions.

mod bonus;
mod edit;
mod handover;
mod index;
mod show;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::{
    ids::{AttachmentId, DecisionId},
    kit::error::AppError,
    web::{Pages, Who},
};

/// All decisions.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quyet-dinh")]
pub(super) struct IndexPath;

/// A new one.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quyet-dinh/moi")]
pub(super) struct NewPath;

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
    /// One decision.
    ShowPath "/quyet-dinh/{decision}"
    /// Its form.
    EditPath "/quyet-dinh/{decision}/sua"
    /// Issuing it.
    IssuePath "/quyet-dinh/{decision}/ban-hanh"
    /// Noting that an award has been handed over.
    HandoverPath "/quyet-dinh/{decision}/trao"
    /// Putting right what was noted of a handing over.
    CorrectionPath "/quyet-dinh/{decision}/trao/sua"
    /// The bonuses as a spreadsheet.
    BonusPath "/quyet-dinh/{decision}/tien-thuong.xlsx"
    /// The signed file.
    FilesPath "/quyet-dinh/{decision}/tep"
}

/// A file.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quyet-dinh/{decision}/tep/{attachment}", rejection(AppError))]
pub(super) struct FilePath {
    decision: DecisionId,
    attachment: AttachmentId,
}

/// The pages of decisions.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, index::index)
        .get(Who::StandingOffice, edit::new)
        .post(Who::StandingOffice, edit::create)
        .get(Who::SignedIn, show::show)
        .get(Who::StandingOffice, edit::form)
        .post(Who::StandingOffice, edit::save)
        .post(Who::StandingOffice, show::issue)
        .post(Who::StandingOffice, handover::hand_over)
        .post(Who::StandingOffice, handover::correct)
        .get(Who::SignedIn, bonus::sheet)
        .upload(Who::StandingOffice, show::attach)
        .get(Who::SignedIn, show::download)
}
