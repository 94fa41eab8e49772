//! The paths of consultations: the public ones, and those of the standing office.

mod office;
mod public;

use std::sync::Arc;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use super::forms::CommentForm;
use crate::{
    ids::{CommentId, NominationId},
    kit::error::AppError,
    web::{Form, Origin, Pages, Visit, Who, limit::Limit},
};

/// Who is listed.
#[derive(TypedPath, Deserialize)]
#[typed_path("/lay-y-kien")]
pub(super) struct PublicPath;

/// Objecting to one.
#[derive(TypedPath, Deserialize)]
#[typed_path("/lay-y-kien/{nomination}", rejection(AppError))]
pub(super) struct CommentPath {
    nomination: NominationId,
}

/// Looking for an answer.
#[derive(TypedPath, Deserialize)]
#[typed_path("/lay-y-kien/tra-loi")]
pub(super) struct AnswerPath;

/// A year's consultations as the office sees them.
#[derive(TypedPath, Deserialize)]
#[typed_path("/tham-dinh/{year}/lay-y-kien", rejection(AppError))]
pub(super) struct OfficePath {
    year: i32,
}

/// Answering an objection.
#[derive(TypedPath, Deserialize)]
#[typed_path("/tham-dinh/{year}/lay-y-kien/{comment}", rejection(AppError))]
pub(super) struct ReplyPath {
    year: i32,
    comment: CommentId,
}

/// An address may object this often before it waits: enough for an office behind one address.
const MOST_OBJECTIONS: usize = 5;
/// And try so many codes.
const MOST_CODES: usize = 20;

/// The pages of this feature. The limits by address live as long as they do.
#[must_use]
pub fn pages() -> Pages {
    let limit = Arc::new(Limit::new(MOST_OBJECTIONS));
    let object = move |path: CommentPath, visit: Visit, from: Origin, form: Form<CommentForm>| {
        public::object(path, visit, from, limit, form)
    };
    let codes = Arc::new(Limit::new(MOST_CODES));
    let answer = move |path: AnswerPath, visit: Visit, from: Origin, asked| {
        public::answer(path, visit, from, codes, asked)
    };
    Pages::new()
        .get(Who::Anyone, public::list)
        .get(Who::Anyone, public::form)
        .post(Who::Anyone, object)
        .get(Who::Anyone, answer)
        .get(Who::StandingOffice, office::show)
        .post(Who::StandingOffice, office::open)
        .post(Who::StandingOffice, office::reply)
}
