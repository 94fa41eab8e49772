//! Recording a session of the council.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{actions, forms::SessionForm, model::Base},
    SessionPath,
};
use crate::{
    awards::{self, Awards},
    kit::{clock, error::Result, fields::FieldErrors},
    nominations::{self, Nomination, State},
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "council/session.html")]
struct SessionPage {
    shell: Shell,
    year: i32,
    form: SessionForm,
    errors: FieldErrors,
    list: Vec<Nomination>,
    awards: Awards,
}

impl SessionPage {
    fn bases() -> Vec<(&'static str, &'static str)> {
        Base::ALL.iter().map(|b| (b.code(), b.label())).collect()
    }
}

/// The nominations that wait for the council.
async fn eligible(db: &mut sqlx::PgConnection, visit: &Visit, year: i32) -> Result<Vec<Nomination>> {
    let mut list = nominations::of_calendar_year(db, visit.actor()?, year).await?;
    list.retain(|n| n.state == State::Eligible);
    Ok(list)
}

pub(super) async fn form(path: SessionPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let list = eligible(&mut db, &visit, path.year).await?;
    let awards = awards::all(&mut db).await?;
    let form = SessionForm::default();
    page(&SessionPage {
        shell: visit.shell(),
        year: path.year,
        form,
        errors: FieldErrors::default(),
        list,
        awards,
    })
}

pub(super) async fn record(
    path: SessionPath,
    visit: Visit,
    Form(form): Form<SessionForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let list = eligible(&mut tx, &visit, path.year).await?;
    let input = match form.check(&list, clock::day(visit.now)) {
        Ok(input) => input,
        Err(errors) => {
            let awards = awards::all(&mut tx).await?;
            let view = SessionPage {
                shell: visit.shell(),
                year: path.year,
                form,
                errors,
                list,
                awards,
            };
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    actions::record(&mut tx, visit.now, visit.actor()?, path.year, None, &input, &list).await?;
    tx.commit().await?;
    let passed = input.votes.iter().filter(|voted| voted.passed).count();
    let message = format!(
        "Đã ghi phiên họp: thông qua {passed} trên {} đề nghị.",
        input.votes.len()
    );
    Ok(see_other(format!("/hoi-dong/{}", path.year), &message))
}
