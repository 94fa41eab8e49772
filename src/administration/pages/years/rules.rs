//! The rules of a year, until they have decided something.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{super::super::forms::RulesForm, RulesPath, base_of, open_to_change};
use crate::{
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
    years::{self, ThresholdBase, Year},
};

#[derive(Template)]
#[template(path = "administration/rules.html")]
struct RulesPage {
    shell: Shell,
    base: String,
    year: Year,
    bases: Vec<(&'static str, &'static str)>,
    form: RulesForm,
    errors: FieldErrors,
}

impl RulesPage {
    fn new(visit: &Visit, year: Year, form: RulesForm, errors: FieldErrors) -> Self {
        let bases = ThresholdBase::ALL.map(|b| (b.code(), b.label())).to_vec();
        Self {
            shell: visit.shell(),
            base: base_of(&year),
            year,
            bases,
            form,
            errors,
        }
    }
}

pub(super) async fn form(path: RulesPath, visit: Visit) -> Result<Response> {
    let year = open_to_change(&mut *visit.db().await?, &visit, &path.cluster, path.year).await?;
    if let Some(since) = year.rules.frozen_at {
        let day = clock::date_text(clock::day(since));
        return Err(AppError::Conflict(format!(
            "Quy định của năm {} đã được dùng để xét từ ngày {day}, không sửa được nữa.",
            year.year
        )));
    }
    let form = RulesForm::of(&year.rules, year.version);
    page(&RulesPage::new(&visit, year, form, FieldErrors::default()))
}

pub(super) async fn save(path: RulesPath, visit: Visit, Form(form): Form<RulesForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let year = open_to_change(&mut tx, &visit, &path.cluster, path.year).await?;
    match form.check() {
        Ok(rules) => {
            years::claim(&mut tx, &year, form.version).await?;
            years::set_rules(&mut tx, visit.now, &visit.actor()?.hand(), &year, &rules).await?;
            tx.commit().await?;
            Ok(see_other(base_of(&year), "Đã lưu quy định của năm."))
        }
        Err(errors) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &RulesPage::new(&visit, year, form, errors),
        ),
    }
}
