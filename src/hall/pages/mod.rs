//! The paths of the hall.

mod card;
mod minutes;
mod paper;
mod paper_view;
mod phone;
mod running;
mod screen;
mod sitting;

use std::sync::Arc;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::{
    ids::{BallotId, SittingId},
    kit::error::AppError,
    web::{Form, Origin, Pages, Visit, Who, limit::Limit},
};

/// Wrong codes that an address may try before it waits. A hall of delegates shares one address, and a code has forty
/// bits: this many tries find none, and hold up nobody who mistypes.
const MOST_WRONG_CODES: usize = 300;

/// Where a code is typed.
#[derive(TypedPath, Deserialize)]
#[typed_path("/phieu")]
pub(super) struct CodePath;

/// A delegate's card.
#[derive(TypedPath, Deserialize)]
#[typed_path("/phieu/{code}", rejection(AppError))]
pub(super) struct CardPath {
    code: String,
}

/// Saying to be here.
#[derive(TypedPath, Deserialize)]
#[typed_path("/phieu/{code}/co-mat", rejection(AppError))]
pub(super) struct AttendPath {
    code: String,
}

/// A ballot on a delegate's card.
#[derive(TypedPath, Deserialize)]
#[typed_path("/phieu/{code}/{ballot}", rejection(AppError))]
pub(super) struct PaperPath {
    code: String,
    ballot: BallotId,
}

/// The screen on the wall.
#[derive(TypedPath, Deserialize)]
#[typed_path("/cum/{cluster}/{year}/hoi-nghi/man-hinh", rejection(AppError))]
pub(super) struct ScreenPath {
    cluster: String,
    year: i32,
}

/// What the screen listens to.
#[derive(TypedPath, Deserialize)]
#[typed_path("/cum/{cluster}/{year}/hoi-nghi/man-hinh/luong", rejection(AppError))]
pub(super) struct StreamPath {
    cluster: String,
    year: i32,
}

macro_rules! meeting_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            cluster: String,
            year: i32,
            meeting: String,
        }
    )*};
}

meeting_paths! {
    /// The running order.
    RunningPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/dieu-hanh"
    /// The conference begins.
    OpeningPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/khai-mac"
    /// Going on to an item of the agenda.
    ItemPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/muc"
    /// The notes on an item.
    NotesPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/ghi-chep"
    /// The chair's conclusion.
    ConclusionPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/ket-luan"
    /// What ending it makes final, and the act.
    EndPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/ket-thuc"
    /// The minutes.
    MinutesPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/bien-ban"
    /// The minutes are signed.
    SignaturePath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/bien-ban/ky"
}

/// The minutes of a count.
#[derive(TypedPath, Deserialize)]
#[typed_path(
    "/cum/{cluster}/{year}/hoi-nghi/{meeting}/bien-ban/kiem-phieu/{ballot}",
    rejection(AppError)
)]
pub(super) struct CountPath {
    cluster: String,
    year: i32,
    meeting: String,
    ballot: BallotId,
}

macro_rules! sitting_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            year: i32,
            sitting: SittingId,
        }
    )*};
}

sitting_paths! {
    /// A session of the council.
    SittingPath "/hoi-dong/{year}/phien-hop/{sitting}"
    /// It begins.
    SittingOpeningPath "/hoi-dong/{year}/phien-hop/{sitting}/khai-mac"
    /// What ending it makes final, and the act.
    SittingEndPath "/hoi-dong/{year}/phien-hop/{sitting}/ket-thuc"
    /// Calling it off.
    SittingCancellationPath "/hoi-dong/{year}/phien-hop/{sitting}/huy"
    /// Its screen.
    CouncilScreenPath "/hoi-dong/{year}/phien-hop/{sitting}/man-hinh"
    /// What that screen listens to.
    CouncilStreamPath "/hoi-dong/{year}/phien-hop/{sitting}/man-hinh/luong"
}

/// The minutes of a count of the council.
#[derive(TypedPath, Deserialize)]
#[typed_path(
    "/hoi-dong/{year}/phien-hop/{sitting}/bien-ban/kiem-phieu/{ballot}",
    rejection(AppError)
)]
pub(super) struct CouncilCountPath {
    year: i32,
    sitting: SittingId,
    ballot: BallotId,
}

/// The pages of the hall. The limit by address lives as long as they do.
#[must_use]
pub fn pages() -> Pages {
    let limit = Arc::new(Limit::new(MOST_WRONG_CODES));
    let enter = {
        let limit = Arc::clone(&limit);
        move |path: CodePath, visit: Visit, from: Origin, form: Form<phone::Typed>| {
            phone::enter(path, visit, from, limit, form)
        }
    };
    let show = {
        let limit = Arc::clone(&limit);
        move |path: CardPath, visit: Visit, from: Origin| phone::show(path, visit, from, limit)
    };
    let attend = {
        let limit = Arc::clone(&limit);
        move |path: AttendPath, visit: Visit, from: Origin| phone::attend(path, visit, from, limit)
    };
    let open = {
        let limit = Arc::clone(&limit);
        move |path: PaperPath, visit: Visit, from: Origin| paper::open(path, visit, from, limit)
    };
    let act = move |path: PaperPath, visit: Visit, from: Origin, form: Form<Vec<(String, String)>>| {
        paper::act(path, visit, from, limit, form)
    };
    Pages::new()
        .get(Who::Anyone, phone::form)
        .post(Who::Anyone, enter)
        .get(Who::Anyone, show)
        .post(Who::Anyone, attend)
        .get(Who::Anyone, open)
        .post(Who::Anyone, act)
        .get(Who::SignedIn, screen::show)
        .get(Who::SignedIn, screen::stream)
        .get(Who::Secretariat, running::show)
        .post(Who::Secretariat, running::open)
        .post(Who::Secretariat, running::go_to)
        .post(Who::Secretariat, running::save_notes)
        .post(Who::Secretariat, running::conclude)
        .get(Who::Secretariat, running::look_over)
        .post(Who::Secretariat, running::end)
        .get(Who::SignedIn, minutes::show)
        .post(Who::Secretariat, minutes::sign)
        .get(Who::SignedIn, minutes::count_of)
        .get(Who::Council, sitting::show)
        .post(Who::StandingOffice, sitting::open)
        .get(Who::StandingOffice, sitting::look_over)
        .post(Who::StandingOffice, sitting::end)
        .post(Who::StandingOffice, sitting::cancel)
        .get(Who::Council, screen::show_council)
        .get(Who::Council, screen::stream_council)
        .get(Who::Council, sitting::count_of)
}
