//! An indicator: new, changed, taken out.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use sqlx::PgConnection;

use super::{
    super::{
        access, actions,
        forms::IndicatorForm,
        model::{AppliesTo, Catalogue, Group, Kind, Span},
        queries,
    },
    EditPath, NewPath, RemovalPath, ShowPath,
    show::Seen,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "indicators/edit.html")]
struct EditPage {
    shell: Shell,
    year: i32,
    /// The indicator that is changed; none for a new one.
    code: Option<String>,
    form: IndicatorForm,
    errors: FieldErrors,
}

impl EditPage {
    fn new(visit: &Visit, year: i32, code: Option<String>, form: IndicatorForm, errors: FieldErrors) -> Self {
        Self {
            shell: visit.shell(),
            year,
            code,
            form,
            errors,
        }
    }
}

/// The catalogue, if it can be changed.
async fn find_open(db: &mut PgConnection, visit: &Visit, year: i32) -> Result<Catalogue> {
    let catalogue = queries::find(db, visit.actor()?, year).await?;
    access::require_open(visit.actor()?, &catalogue)?;
    Ok(catalogue)
}

pub(super) async fn new(path: NewPath, visit: Visit) -> Result<Response> {
    let catalogue = find_open(&mut *visit.db().await?, &visit, path.year).await?;
    let form = IndicatorForm {
        version: catalogue.version,
        kind: Kind::Count.code().to_owned(),
        period: Span::Year.code().to_owned(),
        applies_to: AppliesTo::All.code().to_owned(),
        least: "0".to_owned(),
        ..IndicatorForm::default()
    };
    page(&EditPage::new(
        &visit,
        path.year,
        None,
        form,
        FieldErrors::default(),
    ))
}

pub(super) async fn form(path: EditPath, visit: Visit) -> Result<Response> {
    let catalogue = find_open(&mut *visit.db().await?, &visit, path.year).await?;
    let indicator = catalogue.find(&path.indicator).ok_or(AppError::NotFound)?;
    let form = IndicatorForm::of(indicator, catalogue.version);
    page(&EditPage::new(
        &visit,
        path.year,
        Some(path.indicator),
        form,
        FieldErrors::default(),
    ))
}

pub(super) async fn add(path: NewPath, visit: Visit, Form(form): Form<IndicatorForm>) -> Result<Response> {
    put(visit, path.year, None, form).await
}

pub(super) async fn save(path: EditPath, visit: Visit, Form(form): Form<IndicatorForm>) -> Result<Response> {
    put(visit, path.year, Some(path.indicator), form).await
}

async fn put(visit: Visit, year: i32, code: Option<String>, form: IndicatorForm) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let catalogue = find_open(&mut tx, &visit, year).await?;
    let replaced = match &code {
        Some(code) => Some(catalogue.find(code).ok_or(AppError::NotFound)?),
        None => None,
    };
    match form.check(&catalogue, replaced) {
        Ok(indicator) => {
            let message = format!("Đã ghi chỉ tiêu {}.", indicator.code);
            let (actor, seen) = (visit.actor()?, form.version);
            actions::save(
                &mut tx,
                visit.now,
                actor,
                &catalogue,
                seen,
                code.as_deref(),
                indicator,
            )
            .await?;
            tx.commit().await?;
            Ok(see_other(ShowPath { year }, &message))
        }
        Err(errors) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &EditPage::new(&visit, year, code, form, errors),
        ),
    }
}

pub(super) async fn remove(path: RemovalPath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let actor = visit.actor()?;
    let catalogue = find_open(&mut tx, &visit, path.year).await?;
    actions::remove(
        &mut tx,
        visit.now,
        actor,
        &catalogue,
        seen.version,
        &path.indicator,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(
        ShowPath { year: path.year },
        &format!("Đã bỏ chỉ tiêu {}.", path.indicator),
    ))
}
