//! The paths of the council.

mod cards;
mod index;
mod roll;
mod session;
mod sitting;
mod year;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::{
    ids::{SeatId, SittingId},
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

macro_rules! sitting_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal { $($field:ident: $kind:ty)? })*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            year: i32,
            sitting: SittingId,
            $($field: $kind,)?
        }
    )*};
}

/// A session to be held in the program.
#[derive(TypedPath, Deserialize)]
#[typed_path("/hoi-dong/{year}/phien-hop/moi", rejection(AppError))]
pub(super) struct NewSittingPath {
    year: i32,
}

sitting_paths! {
    /// Its day, rule and agenda.
    SittingEditPath "/hoi-dong/{year}/phien-hop/{sitting}/sua" {}
    /// Its roll.
    RollPath "/hoi-dong/{year}/phien-hop/{sitting}/diem-danh" {}
    /// A member's conflict.
    DeclarationPath "/hoi-dong/{year}/phien-hop/{sitting}/khai-bao" {}
    /// The members' cards, to be printed.
    CardsPath "/hoi-dong/{year}/phien-hop/{sitting}/the-uy-vien" {}
    /// A new card for a lost one.
    NewCardPath "/hoi-dong/{year}/phien-hop/{sitting}/the-uy-vien/{seat}/the-moi" { seat: SeatId }
}

/// The pages of the council.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::Council, index::index)
        .get(Who::Council, year::year)
        .get(Who::StandingOffice, session::form)
        .post(Who::StandingOffice, session::record)
        .get(Who::StandingOffice, sitting::form)
        .post(Who::StandingOffice, sitting::create)
        .get(Who::StandingOffice, sitting::edit)
        .post(Who::StandingOffice, sitting::save)
        .get(Who::StandingOffice, roll::show)
        .post(Who::StandingOffice, roll::note)
        .post(Who::StandingOffice, roll::declare)
        .get(Who::StandingOffice, cards::show)
        .post(Who::StandingOffice, cards::renew)
}
