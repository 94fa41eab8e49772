//! The paths of the council.

mod index;
mod session;
mod year;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::{
    kit::error::AppError,
    web::{Pages, Who},
};

/// The years with their nominations.
#[derive(TypedPath, Deserialize)]
#[typed_path("/hoi-dong")]
pub(super) struct IndexPath;

/// The nominations of all clusters in a year.
#[derive(TypedPath, Deserialize)]
#[typed_path("/hoi-dong/{year}", rejection(AppError))]
pub(super) struct YearPath {
    year: i32,
}

/// Recording a session.
#[derive(TypedPath, Deserialize)]
#[typed_path("/hoi-dong/{year}/phien-hop", rejection(AppError))]
pub(super) struct SessionPath {
    year: i32,
}

/// The pages of the council.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::Council, index::index)
        .get(Who::Council, year::year)
        .get(Who::StandingOffice, session::form)
        .post(Who::StandingOffice, session::record)
}
