//! Lead and deputy as one unit: what happened, and the two ways on.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{access, actions, forms::ConfirmationForm, model::Merger, queries};
use crate::{
    conferences,
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Pages, Visit, Who, filters, page, page_with, see_other, shell::Shell},
    years::{self, Year, find_year},
};

/// Lead and deputy have become one unit.
#[derive(TypedPath, Deserialize)]
#[typed_path("/cum/{cluster}/{year}/hoi-nghi/hop-nhat", rejection(AppError))]
pub(super) struct MergerPath {
    cluster: String,
    year: i32,
}

/// The pages of elections.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, show)
        .post(Who::StandingOffice, confirm)
}

#[derive(Template)]
#[template(path = "elections/merger.html")]
struct MergerPage {
    shell: Shell,
    year: Year,
    merger: Merger,
    may_confirm: bool,
    is_office: bool,
    form: ConfirmationForm,
    errors: FieldErrors,
}

async fn open(db: &mut PgConnection, visit: &Visit, path: &MergerPath) -> Result<(Year, Merger)> {
    let year = find_year(db, visit, &path.cluster, path.year).await?;
    if !years::access::is_concerned(visit.actor()?, &year) {
        return Err(AppError::NotFound);
    }
    let conference = conferences::find(db, &year).await?;
    let merger = queries::merger_of(db, conference.id, clock::day(visit.now))
        .await?
        .ok_or(AppError::NotFound)?;
    Ok((year, merger))
}

fn view(
    visit: &Visit,
    year: Year,
    merger: Merger,
    form: ConfirmationForm,
    errors: FieldErrors,
) -> Result<MergerPage> {
    let actor = visit.actor()?;
    Ok(MergerPage {
        shell: visit.shell_in(&year.place()),
        may_confirm: access::require_confirm(actor, &merger).is_ok(),
        is_office: actor.is_standing_office,
        year,
        merger,
        form,
        errors,
    })
}

async fn show(path: MergerPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let (year, merger) = open(&mut db, &visit, &path).await?;
    let (form, errors) = (ConfirmationForm::default(), FieldErrors::default());
    page(&view(&visit, year, merger, form, errors)?)
}

async fn confirm(path: MergerPath, visit: Visit, Form(form): Form<ConfirmationForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let (year, merger) = open(&mut tx, &visit, &path).await?;
    let actor = visit.actor()?;
    access::require_confirm(actor, &merger)?;
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(errors) => {
            let view = view(&visit, year, merger, form, errors)?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    actions::confirm(&mut tx, visit.now, actor, merger.conference_id, &reason).await?;
    tx.commit().await?;
    Ok(see_other(
        merger.path(),
        "Đã xác nhận: cụm tiếp tục với đơn vị hợp nhất.",
    ))
}
