//! Where the fields stand on a kind of paper.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::LayoutForm,
        model::{Field, Stationery},
        queries,
    },
    LayoutPath,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "certificates/layout.html")]
struct LayoutPage {
    shell: Shell,
    stationery: Stationery,
    fields: [Field; 13],
    form: LayoutForm,
    errors: FieldErrors,
}

fn find(path: &LayoutPath) -> Result<Stationery> {
    Stationery::from_slug(&path.stationery).ok_or(AppError::NotFound)
}

impl LayoutPage {
    fn new(visit: &Visit, stationery: Stationery, form: LayoutForm) -> Self {
        Self {
            shell: visit.shell(),
            stationery,
            fields: Field::ALL,
            form,
            errors: FieldErrors::default(),
        }
    }

    /// What was typed for a field.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn typed<'a>(column: &'a [String], at: &usize) -> &'a str {
        column.get(*at).map_or("", String::as_str)
    }
}

pub(super) async fn form(path: LayoutPath, visit: Visit) -> Result<Response> {
    let stationery = find(&path)?;
    let (version, layout) = queries::layout(&mut *visit.db().await?, stationery).await?;
    page(&LayoutPage::new(
        &visit,
        stationery,
        LayoutForm::of(&layout, version),
    ))
}

pub(super) async fn save(path: LayoutPath, visit: Visit, Form(typed): Form<LayoutForm>) -> Result<Response> {
    let stationery = find(&path)?;
    access::require(visit.actor()?)?;
    let layout = match typed.check() {
        Ok(layout) => layout,
        Err(errors) => {
            let mut view = LayoutPage::new(&visit, stationery, typed);
            view.errors = errors;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    let mut tx = visit.begin().await?;
    actions::save_layout(
        &mut tx,
        visit.now,
        visit.actor()?,
        stationery,
        &layout,
        typed.version,
    )
    .await?;
    tx.commit().await?;
    let to = format!("/bang-khen/mau/{}", stationery.slug());
    Ok(see_other(to, "Đã lưu mẫu bằng."))
}
