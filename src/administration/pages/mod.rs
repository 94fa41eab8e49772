//! The paths of administration: people, journal, letters, years.

mod account;
mod journal;
mod letters;
mod new_person;
mod people;
mod person;
mod posts;
mod years;

use axum_extra::routing::TypedPath;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    kit::error::AppError,
    web::{Pages, Who},
};

/// All people.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quan-tri/nguoi-dung")]
pub(super) struct PeoplePath;

/// A new person.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quan-tri/nguoi-dung/moi")]
pub(super) struct NewPersonPath;

macro_rules! person_paths {
    ($($(#[$doc:meta])* $name:ident $end:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($end, rejection(AppError))]
        pub(super) struct $name {
            person: String,
        }
    )*};
}

person_paths! {
    /// One person, by login.
    PersonPath "/quan-tri/nguoi-dung/{person}"
    /// The form of the person's particulars.
    PersonEditPath "/quan-tri/nguoi-dung/{person}/sua"
    /// A further post.
    PostsPath "/quan-tri/nguoi-dung/{person}/chuc-vu"
    /// A new one-time link.
    LinkPath "/quan-tri/nguoi-dung/{person}/duong-dan"
    /// Ending a lock.
    UnlockPath "/quan-tri/nguoi-dung/{person}/mo-khoa"
}

/// Ending a post.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quan-tri/nguoi-dung/{person}/chuc-vu/{post}/ket-thuc", rejection(AppError))]
pub(super) struct PostEndPath {
    person: String,
    post: Uuid,
}

/// The journal.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quan-tri/nhat-ky")]
pub(super) struct JournalPath;

/// Letters that failed.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quan-tri/thu")]
pub(super) struct LettersPath;

/// The pages of administration.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::Administrator, people::index)
        .get(Who::Administrator, new_person::form)
        .post(Who::Administrator, new_person::create)
        .get(Who::Administrator, person::show)
        .get(Who::Administrator, person::edit)
        .post(Who::Administrator, person::update)
        .post(Who::Administrator, posts::add)
        .post(Who::Administrator, posts::end)
        .post(Who::Administrator, account::issue_link)
        .post(Who::Administrator, account::unlock)
        .get(Who::StandingOfficeOrAdministrator, journal::index)
        .get(Who::Administrator, letters::index)
        .and(years::pages())
}
