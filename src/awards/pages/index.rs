//! The catalogue as it holds today, and the base salaries.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use sqlx::PgConnection;

use super::{
    super::{
        access, actions,
        forms::SalaryForm,
        model::{Award, BaseSalary, Version, in_force, salary_on},
        queries,
    },
    IndexPath, SalaryPath,
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
#[template(path = "awards/index.html")]
struct IndexPage {
    shell: Shell,
    /// Each award with what holds of it today.
    entries: Vec<(Award, Option<Version>)>,
    salaries: Vec<BaseSalary>,
    /// Where the base salary of today stands among them.
    today: Option<chrono::NaiveDate>,
    may_write: bool,
    form: SalaryForm,
    errors: FieldErrors,
}

impl IndexPage {
    fn is_todays(&self, salary: &BaseSalary) -> bool {
        self.today == Some(salary.from)
    }

    async fn new(
        db: &mut PgConnection,
        visit: &Visit,
        form: SalaryForm,
        errors: FieldErrors,
    ) -> Result<Self> {
        let today = clock::day(visit.now);
        let versions = queries::versions(db, None).await?;
        let entries = queries::all(db).await?.0.into_iter().map(|award| {
            let own: Vec<Version> = versions
                .iter()
                .filter(|v| v.award == award.code)
                .cloned()
                .collect();
            let holding = in_force(&own, today).cloned();
            (award, holding)
        });
        let salaries = queries::salaries(db).await?;
        Ok(Self {
            shell: visit.shell(),
            entries: entries.collect(),
            today: salary_on(&salaries, today).map(|s| s.from),
            salaries,
            may_write: access::may_write(visit.actor()?),
            form,
            errors,
        })
    }
}

pub(super) async fn index(_: IndexPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    page(&IndexPage::new(&mut db, &visit, SalaryForm::default(), FieldErrors::default()).await?)
}

pub(super) async fn add_salary(
    _: SalaryPath,
    visit: Visit,
    Form(form): Form<SalaryForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    match actions::add_salary(&mut tx, visit.now, visit.actor()?, &form).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(IndexPath, "Đã ghi mức lương cơ sở mới."))
        }
        Err(AppError::Invalid(errors)) => {
            let view = IndexPage::new(&mut tx, &visit, form, errors).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}
