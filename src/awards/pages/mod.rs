//! The paths of the catalogue of awards.

mod edit;
mod index;
mod show;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::{
    kit::error::AppError,
    web::{Pages, Who},
};

/// The whole catalogue, and the base salaries.
#[derive(TypedPath, Deserialize)]
#[typed_path("/danh-muc-khen-thuong")]
pub(super) struct IndexPath;

/// A new base salary.
#[derive(TypedPath, Deserialize)]
#[typed_path("/danh-muc-khen-thuong/luong-co-so")]
pub(super) struct SalaryPath;

/// One entry with its versions.
#[derive(TypedPath, Deserialize)]
#[typed_path("/danh-muc-khen-thuong/{award}", rejection(AppError))]
pub(super) struct ShowPath {
    award: String,
}

/// A new version of it.
#[derive(TypedPath, Deserialize)]
#[typed_path("/danh-muc-khen-thuong/{award}/phien-ban-moi", rejection(AppError))]
pub(super) struct NewVersionPath {
    award: String,
}

/// The pages of the catalogue.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, index::index)
        .post(Who::StandingOffice, index::add_salary)
        .get(Who::SignedIn, show::show)
        .get(Who::StandingOffice, edit::form)
        .post(Who::StandingOffice, edit::add)
}
