//! All years that have a catalogue; for the standing office the form that begins another.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::Datelike;
use sqlx::PgConnection;

use super::{
    super::{
        access,
        actions::{self, Source},
        forms::NewCatalogueForm,
        model::Catalogue,
        queries,
    },
    IndexPath, ShowPath,
};
use crate::{
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "indicators/index.html")]
struct IndexPage {
    shell: Shell,
    catalogues: Vec<Catalogue>,
    may_write: bool,
    form: NewCatalogueForm,
    errors: FieldErrors,
}

impl IndexPage {
    /// What a new catalogue can start from: the newest first.
    fn sources(&self) -> Vec<(String, String)> {
        let years = self.catalogues.iter();
        years
            .map(|c| (c.year.to_string(), format!("Chép từ năm {}", c.year)))
            .chain([("default".to_owned(), "Danh mục mặc định của hệ thống".to_owned())])
            .collect()
    }
}

pub(super) async fn index(_: IndexPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let actor = visit.actor()?;
    let catalogues = queries::all(&mut db, actor).await?;
    let this_year = clock::day(visit.now).year();
    let newest = catalogues.first().map(|c| c.year);
    let form = NewCatalogueForm {
        year: newest.map_or(this_year, |y| y + 1).to_string(),
        source: newest.map_or_else(|| "default".to_owned(), |y| y.to_string()),
    };
    page(&IndexPage {
        shell: visit.shell(),
        may_write: access::may_write(actor),
        catalogues,
        form,
        errors: FieldErrors::default(),
    })
}

pub(super) async fn create(
    _: IndexPath,
    visit: Visit,
    Form(form): Form<NewCatalogueForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    match begin(&mut tx, &visit, &form).await {
        Ok(year) => {
            tx.commit().await?;
            Ok(see_other(
                ShowPath { year },
                &format!("Đã lập danh mục chỉ tiêu năm {year}. Xem lại, sửa nếu cần, rồi ban hành."),
            ))
        }
        Err(AppError::Invalid(errors)) => {
            let actor = visit.actor()?;
            let view = IndexPage {
                shell: visit.shell(),
                catalogues: queries::all(&mut tx, actor).await?,
                may_write: access::may_write(actor),
                form,
                errors,
            };
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

async fn begin(db: &mut PgConnection, visit: &Visit, form: &NewCatalogueForm) -> Result<i32> {
    let actor = visit.actor()?;
    let (year, source) = form.check().map_err(AppError::Invalid)?;
    match source {
        None => actions::create(db, visit.now, actor, year, Source::Default).await?,
        Some(other) => {
            let other = queries::find(db, actor, other).await?;
            actions::create(db, visit.now, actor, year, Source::Year(&other)).await?;
        }
    }
    Ok(year)
}
