//! The table of days off, the newest year first, with the form that adds a day.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::Datelike;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    super::{access, actions, forms::HolidayForm, model::Holiday, queries},
    IndexPath, RemovalPath,
};
use crate::{
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
        values,
    },
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "holidays/index.html")]
struct IndexPage {
    shell: Shell,
    years: Vec<(i32, Vec<Holiday>)>,
    /// This year or the next, of which nothing is known yet.
    unknown: Option<i32>,
    form: HolidayForm,
    errors: FieldErrors,
    may_keep: bool,
}

async fn view(
    db: &mut PgConnection,
    visit: &Visit,
    form: HolidayForm,
    errors: FieldErrors,
) -> Result<IndexPage> {
    let calendar = queries::calendar(db).await?;
    let mut years: Vec<(i32, Vec<Holiday>)> = Vec::new();
    for holiday in calendar.exceptions() {
        match years.last_mut() {
            Some((year, days)) if *year == holiday.day.year() => days.push(holiday.clone()),
            _ => years.push((holiday.day.year(), vec![holiday.clone()])),
        }
    }
    years.reverse();
    let today = clock::day(visit.now);
    // The next year's are announced in autumn.
    let soon = if today.month() >= 11 {
        today.year() + 1
    } else {
        today.year()
    };
    Ok(IndexPage {
        shell: visit.shell(),
        years,
        unknown: (today.year()..=soon).find(|year| !calendar.knows(*year)),
        form,
        errors,
        may_keep: access::may_keep(visit.actor()?),
    })
}

pub(super) async fn index(_: IndexPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let form = HolidayForm {
        kind: "off".to_owned(),
        ..HolidayForm::default()
    };
    page(&view(&mut db, &visit, form, FieldErrors::default()).await?)
}

pub(super) async fn add(_: IndexPath, visit: Visit, Form(form): Form<HolidayForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let holiday = match form.check() {
        Ok(holiday) => holiday,
        Err(errors) => {
            let view = view(&mut tx, &visit, form, errors).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    actions::add(&mut tx, visit.now, visit.actor()?, &holiday).await?;
    tx.commit().await?;
    let message = format!("Đã ghi ngày {}.", clock::date_text(holiday.day));
    Ok(see_other(IndexPath, &message))
}

/// Which day.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Removed {
    day: String,
}

pub(super) async fn remove(_: RemovalPath, visit: Visit, Form(form): Form<Removed>) -> Result<Response> {
    let day = values::date(&form.day).map_err(|_| AppError::NotFound)?;
    let mut tx = visit.begin().await?;
    actions::remove(&mut tx, visit.now, visit.actor()?, day).await?;
    tx.commit().await?;
    let message = format!("Đã bỏ ngày {} khỏi bảng.", clock::date_text(day));
    Ok(see_other(IndexPath, &message))
}
