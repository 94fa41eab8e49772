//! Lead and deputy of the cluster, from day to day.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;

use super::{
    super::super::forms::LeadershipForm, LeadershipPath, LeadershipRemovalPath, base_of, open_to_change,
};
use crate::{
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
        values,
    },
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell, view::see_other_warning},
    years::{self, Leadership, Office, Year},
};

#[derive(Template)]
#[template(path = "administration/leadership.html")]
struct LeadershipPage {
    shell: Shell,
    base: String,
    year: Year,
    today: chrono::NaiveDate,
    form: LeadershipForm,
    errors: FieldErrors,
}

impl LeadershipPage {
    fn new(visit: &Visit, year: Year, form: LeadershipForm, errors: FieldErrors) -> Self {
        Self {
            shell: visit.shell(),
            base: base_of(&year),
            year,
            today: clock::day(visit.now),
            form,
            errors,
        }
    }

    fn choices(&self) -> Vec<(String, String)> {
        self.year
            .members
            .iter()
            .map(|m| (m.slug.clone(), m.short_name.clone()))
            .collect()
    }

    /// An office given by mistake can be taken back until its first day is over.
    fn can_remove(&self, leadership: &Leadership) -> bool {
        leadership.starts_on >= self.today
    }

    fn slug(&self, leadership: &Leadership) -> String {
        self.year
            .member_of(leadership.unit_id)
            .map(|m| m.slug.clone())
            .unwrap_or_default()
    }
}

pub(super) async fn form(path: LeadershipPath, visit: Visit) -> Result<Response> {
    let year = open_to_change(&mut *visit.db().await?, &visit, &path.cluster, path.year).await?;
    let form = LeadershipForm {
        version: year.version,
        ..LeadershipForm::default()
    };
    page(&LeadershipPage::new(&visit, year, form, FieldErrors::default()))
}

pub(super) async fn put(
    path: LeadershipPath,
    visit: Visit,
    Form(form): Form<LeadershipForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let year = open_to_change(&mut tx, &visit, &path.cluster, path.year).await?;
    let result = match form.check(&year) {
        Ok(input) => {
            years::claim(&mut tx, &year, form.version).await?;
            years::put_leadership(&mut tx, visit.now, &visit.actor()?.hand(), &year, input).await
        }
        Err(errors) => Err(AppError::Invalid(errors)),
    };
    match result {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(
                base_of(&year),
                "Đã ghi vai trò. Quyền của ban thư ký cụm chuyển theo ngày bắt đầu.",
            ))
        }
        Err(AppError::Invalid(errors)) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &LeadershipPage::new(&visit, year, form, errors),
        ),
        Err(error) => Err(error),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct RemovalForm {
    version: i32,
    office: String,
    unit: String,
    starts_on: String,
}

pub(super) async fn remove(
    path: LeadershipRemovalPath,
    visit: Visit,
    Form(form): Form<RemovalForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let year = open_to_change(&mut tx, &visit, &path.cluster, path.year).await?;
    let office = Office::from_code(&form.office).ok_or(AppError::NotFound)?;
    let unit = year.member(&form.unit).ok_or(AppError::NotFound)?.unit_id;
    let starts_on = values::date(&form.starts_on).map_err(|_| AppError::NotFound)?;
    years::claim(&mut tx, &year, form.version).await?;
    years::remove_leadership(
        &mut tx,
        visit.now,
        &visit.actor()?.hand(),
        &year,
        office,
        unit,
        starts_on,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other_warning(
        format!("{}/cum-truong", base_of(&year)),
        "Đã xóa vai trò ghi nhầm. Đơn vị giữ vai trò này trước đó vẫn thôi theo ngày đã ghi: hãy giao lại cho đúng đơn vị.",
    ))
}
