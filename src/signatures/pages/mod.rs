//! The paths of the list of authorities. Signed copies have theirs below the paper, in `documents`.

mod authorities;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::{
    ids::CaCertificateId,
    kit::error::AppError,
    web::{Pages, Who},
};

/// The certificates of the authorities.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quan-tri/chung-thu-ca")]
pub(super) struct AuthoritiesPath;

/// What they revoked.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quan-tri/chung-thu-ca/danh-sach-thu-hoi")]
pub(super) struct ListsPath;

/// Taking one off the list.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quan-tri/chung-thu-ca/{certificate}/go", rejection(AppError))]
pub(super) struct RemovalPath {
    certificate: CaCertificateId,
}

/// The pages of the list.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::Administrator, authorities::index)
        .upload(Who::Administrator, authorities::add)
        .upload(Who::Administrator, authorities::add_list)
        .post(Who::Administrator, authorities::remove)
}
