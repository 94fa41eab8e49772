//! The calendar of a year.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::super::forms::{CalendarForm, CalendarRow, rows_of},
    CalendarPath, base_of, open_to_change,
};
use crate::{
    kit::{error::Result, fields::FieldErrors},
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
    years::{self, LateIs, Year},
};

#[derive(Template)]
#[template(path = "administration/calendar.html")]
struct CalendarPage {
    shell: Shell,
    base: String,
    year: Year,
    version: i32,
    rows: Vec<CalendarRow>,
    errors: FieldErrors,
}

pub(super) async fn form(path: CalendarPath, visit: Visit) -> Result<Response> {
    let year = open_to_change(&mut *visit.db().await?, &visit, &path.cluster, path.year).await?;
    let (rows, base) = (rows_of(&year), base_of(&year));
    page(&CalendarPage {
        shell: visit.shell(),
        base,
        version: year.version,
        year,
        rows,
        errors: FieldErrors::default(),
    })
}

pub(super) async fn save(
    path: CalendarPath,
    visit: Visit,
    Form(form): Form<CalendarForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let year = open_to_change(&mut tx, &visit, &path.cluster, path.year).await?;
    match form.check(&year) {
        Ok(steps) => {
            years::claim(&mut tx, &year, form.version).await?;
            years::set_calendar(&mut tx, visit.now, &visit.actor()?.hand(), &year, &steps).await?;
            tx.commit().await?;
            Ok(see_other(base_of(&year), "Đã lưu lịch của năm."))
        }
        Err(errors) => {
            let base = base_of(&year);
            let view = CalendarPage {
                shell: visit.shell(),
                base,
                version: form.version,
                year,
                rows: form.rows(),
                errors,
            };
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}
