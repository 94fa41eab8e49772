//! The paths of the appraisal desk.

mod desk;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::{
    kit::error::AppError,
    web::{Pages, Who},
};

/// The desk of the newest year with something on it.
#[derive(TypedPath, Deserialize)]
#[typed_path("/tham-dinh")]
pub(super) struct NewestPath;

/// The desk of a year.
#[derive(TypedPath, Deserialize)]
#[typed_path("/tham-dinh/{year}", rejection(AppError))]
pub(super) struct DeskPath {
    year: i32,
}

/// The pages of this feature.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::StandingOffice, desk::newest)
        .get(Who::StandingOffice, desk::desk)
}
