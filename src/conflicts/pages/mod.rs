//! The paths of the register of conflicts.

mod index;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::{
    ids::ConflictId,
    kit::error::AppError,
    web::{Pages, Who},
};

/// The register, and declaring.
#[derive(TypedPath, Deserialize)]
#[typed_path("/xung-dot-loi-ich")]
pub(super) struct IndexPath;

/// Lifting one.
#[derive(TypedPath, Deserialize)]
#[typed_path("/xung-dot-loi-ich/{conflict}/go", rejection(AppError))]
pub(super) struct LiftPath {
    conflict: ConflictId,
}

/// The pages of this feature.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::Council, index::index)
        .post(Who::Council, index::declare)
        .post(Who::StandingOffice, index::lift)
}
