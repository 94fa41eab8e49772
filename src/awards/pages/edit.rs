//! A new version of an entry: it begins as the newest one, and holds from a later day.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use sqlx::PgConnection;

use super::{
    super::{
        actions,
        forms::VersionForm,
        model::{Award, Awards, Grade, Level, Of, Rule},
        queries,
    },
    NewVersionPath,
};
use crate::{
    kit::{
        clock::date_text,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "awards/edit.html")]
struct EditPage {
    shell: Shell,
    award: Award,
    choices: Vec<(String, String)>,
    form: VersionForm,
    errors: FieldErrors,
}

/// How strict a condition is: code and words.
const LENIENCIES: [(&str, &str); 4] = [
    ("strict", "bắt buộc"),
    ("waivable", "được miễn, có lý do"),
    ("to_check", "bắt buộc (cần kiểm tra)"),
    ("waivable_to_check", "được miễn (cần kiểm tra)"),
];

/// Choices of the column that says how well, or whether on end: code and words.
fn grades() -> Vec<(&'static str, &'static str)> {
    let mut list: Vec<_> = Grade::ALL.iter().map(|g| (g.code(), g.label())).collect();
    list.push(("on_end", "các năm liên tục"));
    list
}

/// Of whom a condition is asked: code and words.
fn whom() -> [(&'static str, &'static str); 3] {
    Of::ALL.map(|of| (of.code(), of.label()))
}

async fn find(db: &mut PgConnection, slug: &str) -> Result<(Award, Awards)> {
    let awards = queries::all(db).await?;
    let award = awards.by_slug(slug).ok_or(AppError::NotFound)?.clone();
    Ok((award, awards))
}

impl EditPage {
    fn new(visit: &Visit, award: Award, awards: &Awards, form: VersionForm, errors: FieldErrors) -> Self {
        Self {
            shell: visit.shell(),
            award,
            choices: awards.choices(),
            form,
            errors,
        }
    }
}

pub(super) async fn form(path: NewVersionPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let (award, awards) = find(&mut db, &path.award).await?;
    let versions = queries::versions(&mut db, Some(&award.code)).await?;
    let form = versions.last().map(VersionForm::of).unwrap_or_default();
    page(&EditPage::new(
        &visit,
        award,
        &awards,
        form,
        FieldErrors::default(),
    ))
}

pub(super) async fn add(
    path: NewVersionPath,
    visit: Visit,
    Form(form): Form<VersionForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let (award, awards) = find(&mut tx, &path.award).await?;
    match actions::add_version(&mut tx, visit.now, visit.actor()?, &award, &awards, &form).await {
        Ok(version) => {
            tx.commit().await?;
            let from = date_text(version.from);
            let told = format!("Đã lập phiên bản {}, có hiệu lực từ {from}.", version.number);
            Ok(see_other(award.path(), &told))
        }
        Err(AppError::Invalid(errors)) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &EditPage::new(&visit, award, &awards, form, errors),
        ),
        Err(error) => Err(error),
    }
}
