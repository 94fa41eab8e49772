//! A new person with the first post.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        actions,
        forms::{NewPersonForm, Places},
    },
    NewPersonPath, PeoplePath,
    account::with_link,
    person::places,
};
use crate::{
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    people::Role,
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "administration/new_person.html")]
struct NewPersonPage {
    shell: Shell,
    form: NewPersonForm,
    errors: FieldErrors,
    roles: Vec<(&'static str, &'static str)>,
    units: Vec<(String, String)>,
    clusters: Vec<(String, String)>,
}

impl NewPersonPage {
    fn new(visit: &Visit, places: &Places, form: NewPersonForm) -> Self {
        Self {
            shell: visit.shell(),
            form,
            errors: FieldErrors::default(),
            roles: Role::ALL.map(|r| (r.code(), r.label())).to_vec(),
            units: places.unit_choices(),
            clusters: places.cluster_choices(),
        }
    }
}

pub(super) async fn form(_: NewPersonPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let places = places(&mut db, &visit).await?;
    page(&NewPersonPage::new(
        &visit,
        &places,
        NewPersonForm::from_day(clock::day(visit.now)),
    ))
}

pub(super) async fn create(
    _: NewPersonPath,
    visit: Visit,
    Form(form): Form<NewPersonForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let places = places(&mut tx, &visit).await?;
    let result = match form.check(&places) {
        Ok((new, post)) => {
            let login = new.login.clone();
            let hand = visit.actor()?.hand();
            actions::add_person(&mut tx, visit.now, &visit.app.config, &hand, new, &post)
                .await
                .map(|token| (login, token))
        }
        Err(errors) => Err(AppError::Invalid(errors)),
    };
    match result {
        Ok((login, token)) => {
            tx.commit().await?;
            let response = see_other(
                format!("{PeoplePath}/{login}"),
                "Đã tạo tài khoản và giao chức vụ.",
            );
            Ok(with_link(response, &visit, &login, &token))
        }
        Err(AppError::Invalid(errors)) => {
            let view = NewPersonPage {
                errors,
                ..NewPersonPage::new(&visit, &places, form)
            };
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}
