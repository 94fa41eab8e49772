//! The paths of catalogues of indicators.

mod edit;
mod index;
mod show;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::{
    kit::error::AppError,
    web::{Pages, Who},
};

/// All catalogues, and the form that begins one.
#[derive(TypedPath, Deserialize)]
#[typed_path("/chi-tieu")]
pub(super) struct IndexPath;

macro_rules! year_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            year: i32,
        }
    )*};
}

year_paths! {
    /// The catalogue of a year.
    ShowPath "/chi-tieu/{year}"
    /// A new indicator.
    NewPath "/chi-tieu/{year}/them"
    /// Issuing it.
    IssuePath "/chi-tieu/{year}/ban-hanh"
}

/// An indicator to change.
#[derive(TypedPath, Deserialize)]
#[typed_path("/chi-tieu/{year}/{indicator}/sua", rejection(AppError))]
pub(super) struct EditPath {
    year: i32,
    indicator: String,
}

/// An indicator to take out.
#[derive(TypedPath, Deserialize)]
#[typed_path("/chi-tieu/{year}/{indicator}/bo", rejection(AppError))]
pub(super) struct RemovalPath {
    year: i32,
    indicator: String,
}

/// The pages of catalogues.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, index::index)
        .post(Who::StandingOffice, index::create)
        .get(Who::SignedIn, show::show)
        .post(Who::StandingOffice, show::issue)
        .get(Who::StandingOffice, edit::new)
        .post(Who::StandingOffice, edit::add)
        .get(Who::StandingOffice, edit::form)
        .post(Who::StandingOffice, edit::save)
        .post(Who::StandingOffice, edit::remove)
}
