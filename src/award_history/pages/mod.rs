//! The paths of the history of awards.

mod import;
mod imports;
mod index;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::{
    ids::AwardImportId,
    kit::error::AppError,
    web::{Pages, Who},
};

/// The history, with its filter.
#[derive(TypedPath, Deserialize)]
#[typed_path("/lich-su-khen-thuong")]
pub(super) struct IndexPath;

/// Files that were read, and the form for another one.
#[derive(TypedPath, Deserialize)]
#[typed_path("/lich-su-khen-thuong/nhap")]
pub(super) struct ImportsPath;

/// An empty spreadsheet with the right headings.
#[derive(TypedPath, Deserialize)]
#[typed_path("/lich-su-khen-thuong/nhap/mau.xlsx")]
pub(super) struct TemplatePath;

macro_rules! import_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            import: AwardImportId,
        }
    )*};
}

import_paths! {
    /// A file that was read, cell by cell.
    ImportPath "/lich-su-khen-thuong/nhap/{import}"
    /// Adding its rows to the history.
    ConfirmationPath "/lich-su-khen-thuong/nhap/{import}/ghi"
    /// Taking it back.
    WithdrawalPath "/lich-su-khen-thuong/nhap/{import}/huy"
}

/// The pages of the history.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, index::index)
        .get(Who::StandingOffice, imports::index)
        .upload(Who::StandingOffice, imports::read)
        .get(Who::StandingOffice, imports::template)
        .get(Who::StandingOffice, import::show)
        .post(Who::StandingOffice, import::confirm)
        .post(Who::StandingOffice, import::withdraw)
}
