//! The paths of tables of criteria. Who reads and who writes which is `access`'s matter.

mod acts;
mod difference;
mod head;
mod index;
mod line;
mod new;
mod points;
mod show;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::{
    ids::{CriteriaSetId, CriterionId},
    kit::error::AppError,
    web::{Pages, Who},
};

/// All tables.
#[derive(TypedPath, Deserialize)]
#[typed_path("/tieu-chi")]
pub(super) struct IndexPath;

/// A new one.
#[derive(TypedPath, Deserialize)]
#[typed_path("/tieu-chi/moi")]
pub(super) struct NewPath;

macro_rules! set_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            set: CriteriaSetId,
        }
    )*};
}

set_paths! {
    /// One.
    ShowPath "/tieu-chi/{set}"
    /// Title, remark and rules of a draft.
    HeadPath "/tieu-chi/{set}/sua"
    /// Names and maxima of a draft.
    PointsPath "/tieu-chi/{set}/diem"
    /// A group or line more.
    AddPath "/tieu-chi/{set}/them"
    /// Issuing.
    IssuePath "/tieu-chi/{set}/ban-hanh"
    /// Closing.
    ClosePath "/tieu-chi/{set}/dong"
    /// Throwing a draft away.
    RemovalPath "/tieu-chi/{set}/xoa"
}

macro_rules! line_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            set: CriteriaSetId,
            criterion: CriterionId,
        }
    )*};
}

line_paths! {
    /// A group or line of a draft.
    LinePath "/tieu-chi/{set}/muc/{criterion}/sua"
    /// Up or down among its neighbours.
    ShiftPath "/tieu-chi/{set}/muc/{criterion}/chuyen"
    /// Out of the draft.
    LineRemovalPath "/tieu-chi/{set}/muc/{criterion}/xoa"
}

/// What differs between two tables of the same owner.
#[derive(TypedPath, Deserialize)]
#[typed_path("/tieu-chi/{set}/so-voi/{other}", rejection(AppError))]
pub(super) struct DifferencePath {
    set: CriteriaSetId,
    other: CriteriaSetId,
}

/// The pages of tables of criteria.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, index::index)
        .get(Who::SignedIn, new::form)
        .post(Who::SignedIn, new::create)
        .get(Who::SignedIn, show::show)
        .get(Who::SignedIn, head::form)
        .post(Who::SignedIn, head::save)
        .get(Who::SignedIn, points::form)
        .post(Who::SignedIn, points::save)
        .get(Who::SignedIn, line::add_form)
        .post(Who::SignedIn, line::add)
        .get(Who::SignedIn, line::form)
        .post(Who::SignedIn, line::save)
        .post(Who::SignedIn, line::shift)
        .post(Who::SignedIn, line::take_out)
        .post(Who::SignedIn, acts::issue)
        .post(Who::SignedIn, acts::close)
        .post(Who::SignedIn, acts::remove)
        .get(Who::SignedIn, difference::show)
}
