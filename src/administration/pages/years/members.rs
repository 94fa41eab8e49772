//! Who belongs to the cluster in that year.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;
use sqlx::PgConnection;

use super::{super::super::forms::MemberForm, MemberRemovalPath, MembersPath, base_of, open_to_change};
use crate::{
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    units::{self, UnitChoice},
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
    years::{self, Year},
};

#[derive(Template)]
#[template(path = "administration/members.html")]
struct MembersPage {
    shell: Shell,
    base: String,
    year: Year,
    choices: Vec<(String, String)>,
    form: MemberForm,
    errors: FieldErrors,
}

impl MembersPage {
    fn new(visit: &Visit, year: Year, units: &[UnitChoice], form: MemberForm, errors: FieldErrors) -> Self {
        let choices = units
            .iter()
            .map(|u| (u.slug.clone(), u.short_name.clone()))
            .collect();
        Self {
            shell: visit.shell(),
            base: base_of(&year),
            year,
            choices,
            form,
            errors,
        }
    }
}

/// The units that exist today, and members that ended within the year: their days can still be mended.
async fn candidates(db: &mut PgConnection, visit: &Visit, year: &Year) -> Result<Vec<UnitChoice>> {
    let mut units = units::choices(db, clock::day(visit.now)).await?;
    for member in &year.members {
        if !units.iter().any(|u| u.id == member.unit_id) {
            units.push(UnitChoice {
                id: member.unit_id,
                slug: member.slug.clone(),
                short_name: member.short_name.clone(),
            });
        }
    }
    Ok(units)
}

pub(super) async fn form(path: MembersPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = open_to_change(&mut db, &visit, &path.cluster, path.year).await?;
    let units = candidates(&mut db, &visit, &year).await?;
    let form = MemberForm {
        version: year.version,
        ..MemberForm::default()
    };
    page(&MembersPage::new(
        &visit,
        year,
        &units,
        form,
        FieldErrors::default(),
    ))
}

pub(super) async fn put(path: MembersPath, visit: Visit, Form(form): Form<MemberForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let year = open_to_change(&mut tx, &visit, &path.cluster, path.year).await?;
    let units = candidates(&mut tx, &visit, &year).await?;
    let others = years::list(&mut tx, None).await?;
    let elsewhere = |unit| {
        let others = others
            .iter()
            .filter(|row| row.year == year.year && row.cluster_id != year.cluster.id);
        others
            .filter(|row| row.members.contains(&unit))
            .map(|row| row.name.clone())
            .next()
    };
    match form.check(&year, &units, elsewhere) {
        Ok((unit, days)) => {
            years::claim(&mut tx, &year, form.version).await?;
            years::put_member(&mut tx, visit.now, &visit.actor()?.hand(), &year, unit, days).await?;
            tx.commit().await?;
            Ok(see_other(
                format!("{}/thanh-vien", base_of(&year)),
                "Đã ghi đơn vị thành viên.",
            ))
        }
        Err(errors) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &MembersPage::new(&visit, year, &units, form, errors),
        ),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct RemovalForm {
    version: i32,
    unit: String,
}

pub(super) async fn remove(
    path: MemberRemovalPath,
    visit: Visit,
    Form(form): Form<RemovalForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let year = open_to_change(&mut tx, &visit, &path.cluster, path.year).await?;
    let member = year.member(&form.unit).ok_or(AppError::NotFound)?;
    years::claim(&mut tx, &year, form.version).await?;
    years::remove_member(&mut tx, visit.now, &visit.actor()?.hand(), &year, member.unit_id).await?;
    tx.commit().await?;
    let message = format!(
        "Đã đưa {} ra khỏi cụm trong năm {}.",
        member.short_name, year.year
    );
    Ok(see_other(format!("{}/thanh-vien", base_of(&year)), &message))
}
