//! The paths of units.

mod index;
mod show;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::{
    kit::error::AppError,
    web::{Pages, Who},
};

/// All units, with search.
#[derive(TypedPath, Deserialize)]
#[typed_path("/don-vi")]
pub struct UnitsPath;

/// One unit.
#[derive(TypedPath, Deserialize)]
#[typed_path("/don-vi/{unit}", rejection(AppError))]
pub struct UnitPath {
    /// Its slug.
    pub unit: String,
}

/// The pages of units.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, index::index)
        .get(Who::SignedIn, show::show)
}
