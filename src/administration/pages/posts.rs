//! Giving a person a post, ending one.

use axum::{http::StatusCode, response::Response};
use serde::Deserialize;

use super::{
    super::forms::PostForm,
    PersonPath, PostEndPath, PostsPath,
    person::{PersonPage, other, places},
};
use crate::{
    kit::{
        error::{AppError, Result},
        values,
    },
    people,
    web::{Form, Visit, page_with, see_other},
};

pub(super) async fn add(path: PostsPath, visit: Visit, Form(form): Form<PostForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let person = other(&mut tx, &visit, &path.person).await?;
    let places = places(&mut tx, &visit).await?;
    let result = match form.check(&places) {
        Ok(post) => people::add_post(&mut tx, visit.now, &visit.actor()?.hand(), person.id, &post).await,
        Err(errors) => Err(AppError::Invalid(errors)),
    };
    match result {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(PersonPath { person: person.login }, "Đã giao chức vụ."))
        }
        Err(AppError::Invalid(errors)) => {
            let mut view = PersonPage::load(&mut tx, &visit, person, &places).await?;
            (view.form, view.errors) = (form, errors);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct LastDay {
    last_day: String,
}

pub(super) async fn end(path: PostEndPath, visit: Visit, Form(form): Form<LastDay>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let person = other(&mut tx, &visit, &path.person).await?;
    match values::date(&form.last_day) {
        Ok(day) => {
            people::end_post(
                &mut tx,
                visit.now,
                &visit.actor()?.hand(),
                person.id,
                path.post,
                day,
            )
            .await?;
            tx.commit().await?;
            Ok(see_other(
                PersonPath { person: person.login },
                "Đã ghi ngày kết thúc chức vụ.",
            ))
        }
        Err(message) => {
            let places = places(&mut tx, &visit).await?;
            let view = PersonPage::load(&mut tx, &visit, person, &places).await?;
            page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &view.with_wrong_end(path.post, form.last_day, &message),
            )
        }
    }
}
