//! A unit puts a person forward: one whom it registered, at one click, or any other.

use askama::Template;
use axum::{extract::Query, http::StatusCode, response::Response};
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    super::{actions, forms::IndividualForm, model::State, persons::Ground, queries},
    IndividualPath,
};
use crate::{
    awards::{self, Awards},
    ids::{RowId, UnitId},
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    registrations::{self, Individual},
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
    years::{Member, Year, find_year},
};

#[derive(Template)]
#[template(path = "nominations/individual.html")]
struct IndividualPage {
    shell: Shell,
    year: Year,
    awards: Awards,
    /// The units of the cluster that this person leads: mostly one.
    units: Vec<(String, String)>,
    /// Whom the chosen unit registered and hasn't put forward yet.
    registered: Vec<Individual>,
    form: IndividualForm,
    errors: FieldErrors,
}

impl IndividualPage {
    fn unit(&self) -> String {
        self.form.unit.map(|unit| unit.to_string()).unwrap_or_default()
    }
}

/// Which registered person the form is to be filled with, and of which unit.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "dang-ky")]
    row: Option<RowId>,
    #[serde(rename = "don-vi")]
    unit: Option<UnitId>,
}

/// The members that this person leads; who leads none has nothing to put forward here.
fn led<'a>(visit: &Visit, year: &'a Year) -> Result<Vec<&'a Member>> {
    let actor = visit.actor()?;
    let led: Vec<&Member> = year.members.iter().filter(|m| actor.leads(m.unit_id)).collect();
    if led.is_empty() {
        return Err(AppError::Forbidden(
            "Chỉ lãnh đạo của đơn vị thành viên được đề nghị khen thưởng cá nhân của đơn vị mình.".to_owned(),
        ));
    }
    if !year.is_open() {
        return Err(AppError::conflict(
            "Năm thi đua này đã khép lại: hồ sơ chỉ còn để xem.",
        ));
    }
    Ok(led)
}

async fn registered(
    db: &mut PgConnection,
    visit: &Visit,
    year: &Year,
    member: &Member,
) -> Result<Vec<Individual>> {
    let actor = visit.actor()?;
    let mut found = match registrations::find_visible(db, actor, year, &member.slug).await {
        Ok(registration) => registration.content.map(|c| c.individuals).unwrap_or_default(),
        Err(AppError::NotFound) => Vec::new(),
        Err(error) => return Err(error),
    };
    let nominated = queries::of_year(db, actor, year).await?;
    found.retain(|row| {
        let same = |n: &super::Nomination| {
            let person = n.person.as_ref();
            let is_same =
                person.is_some_and(|p| p.full_name == row.full_name && p.birth_year == row.birth_year);
            is_same && n.award == row.award && n.unit_id == member.unit_id && n.state != State::Withdrawn
        };
        !nominated.iter().any(same)
    });
    Ok(found)
}

async fn view(
    db: &mut PgConnection,
    visit: &Visit,
    year: Year,
    form: IndividualForm,
) -> Result<IndividualPage> {
    let led = led(visit, &year)?;
    let member = led
        .iter()
        .find(|m| Some(m.unit_id) == form.unit)
        .unwrap_or(&led[0]);
    let units = led.iter().map(|m| (m.unit_id.to_string(), m.short_name.clone()));
    Ok(IndividualPage {
        shell: visit.shell_in(&year.place()),
        awards: awards::all(db).await?,
        units: units.collect(),
        registered: registered(db, visit, &year, member).await?,
        form: IndividualForm {
            unit: Some(member.unit_id),
            ..form
        },
        errors: FieldErrors::default(),
        year,
    })
}

pub(super) async fn form(
    path: IndividualPath,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    let blank = IndividualForm {
        unit: wanted.unit,
        ..IndividualForm::default()
    };
    let mut view = view(&mut db, &visit, year, blank).await?;
    if let Some(row) = view.registered.iter().find(|row| Some(row.id) == wanted.row) {
        view.form = IndividualForm {
            unit: view.form.unit,
            ..IndividualForm::of(row)
        };
    }
    page(&view)
}

pub(super) async fn put_forward(
    path: IndividualPath,
    visit: Visit,
    Form(typed): Form<IndividualForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let year = find_year(&mut tx, &visit, &path.cluster, path.year).await?;
    let led = led(&visit, &year)?;
    let wanted = led.iter().find(|member| Some(member.unit_id) == typed.unit);
    let unit = wanted.ok_or(AppError::NotFound)?.unit_id;
    let awards = awards::all(&mut tx).await?;
    let checked = typed.check(year.year, &awards, clock::day(visit.now));
    let done = match checked {
        Ok(input) => actions::put_forward(&mut tx, visit.now, visit.actor()?, &year, unit, &input).await,
        Err(errors) => Err(AppError::Invalid(errors)),
    };
    match done {
        Ok(id) => {
            tx.commit().await?;
            Ok(see_other(
                format!("/khen-thuong/{id}"),
                "Đã đề nghị khen thưởng cá nhân. Tiếp theo: đưa báo cáo thành tích và biên bản bình xét vào hồ sơ.",
            ))
        }
        Err(AppError::Invalid(errors)) => {
            // What failed in the database has ended the transaction; the page is read in another.
            drop(tx);
            let mut db = visit.db().await?;
            let mut view = view(&mut db, &visit, year, typed).await?;
            view.errors = errors;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}
