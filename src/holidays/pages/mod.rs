//! The paths of the table of days off.

mod index;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::web::{Pages, Who};

/// The table, and adding a day.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quan-tri/ngay-nghi")]
pub(super) struct IndexPath;

/// Taking a day off.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quan-tri/ngay-nghi/go")]
pub(super) struct RemovalPath;

/// The pages of this feature.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::StandingOfficeOrAdministrator, index::index)
        .post(Who::StandingOffice, index::add)
        .post(Who::StandingOffice, index::remove)
}
