//! More time for one unit.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{super::super::forms::ExtensionForm, ExtensionsPath, base_of, open_to_change};
use crate::{
    kit::{clock, error::Result, fields::FieldErrors},
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
    years::{self, Year},
};

#[derive(Template)]
#[template(path = "administration/extension.html")]
struct ExtensionPage {
    shell: Shell,
    base: String,
    year: Year,
    form: ExtensionForm,
    errors: FieldErrors,
}

impl ExtensionPage {
    fn new(visit: &Visit, year: Year, form: ExtensionForm, errors: FieldErrors) -> Self {
        Self {
            shell: visit.shell(),
            base: base_of(&year),
            year,
            form,
            errors,
        }
    }

    fn units(&self) -> Vec<(String, String)> {
        self.year
            .members
            .iter()
            .map(|m| (m.slug.clone(), m.short_name.clone()))
            .collect()
    }

    fn steps(&self) -> Vec<(&'static str, String)> {
        let words = |p: &years::StepPlan| format!("{} (hạn {})", p.step.label(), clock::date_text(p.due_on));
        self.year
            .steps
            .iter()
            .map(|p| (p.step.code(), words(p)))
            .collect()
    }
}

pub(super) async fn form(path: ExtensionsPath, visit: Visit) -> Result<Response> {
    let year = open_to_change(&mut *visit.db().await?, &visit, &path.cluster, path.year).await?;
    let form = ExtensionForm {
        version: year.version,
        ..ExtensionForm::default()
    };
    page(&ExtensionPage::new(&visit, year, form, FieldErrors::default()))
}

pub(super) async fn grant(
    path: ExtensionsPath,
    visit: Visit,
    Form(form): Form<ExtensionForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let year = open_to_change(&mut tx, &visit, &path.cluster, path.year).await?;
    match form.check(&year) {
        Ok(extension) => {
            let actor = visit.actor()?;
            years::claim(&mut tx, &year, form.version).await?;
            years::grant_extension(&mut tx, visit.now, &actor.hand(), actor.id, &year, &extension).await?;
            tx.commit().await?;
            Ok(see_other(
                base_of(&year),
                "Đã gia hạn; hạn mới chỉ áp dụng cho đơn vị này.",
            ))
        }
        Err(errors) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &ExtensionPage::new(&visit, year, form, errors),
        ),
    }
}
