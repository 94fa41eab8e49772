//! The register of conflicts of interest, with the form that declares one.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    super::{access, actions, forms::ConflictForm, model::Conflict, queries},
    IndexPath, LiftPath,
};
use crate::{
    ids::{ConflictId, PersonId, UnitId},
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    people::Actor,
    units,
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "conflicts/index.html")]
struct IndexPage {
    shell: Shell,
    rows: Vec<Row>,
    persons: Vec<(String, String)>,
    units: Vec<(String, String)>,
    form: ConflictForm,
    errors: FieldErrors,
}

struct Row {
    conflict: Conflict,
    may_lift: bool,
    /// What was typed as the reason for lifting it, when that was wrong.
    typed: Option<String>,
}

/// Who and what can be chosen.
struct Choices {
    persons: Vec<(PersonId, String)>,
    units: Vec<(UnitId, String)>,
}

impl Choices {
    async fn of(db: &mut PgConnection, visit: &Visit, actor: &Actor) -> Result<Self> {
        let today = clock::day(visit.now);
        let mut persons = queries::reviewers(db, today).await?;
        persons.retain(|(id, _)| access::may_declare(actor, *id));
        let units = units::choices(db, today).await?;
        Ok(Self {
            persons,
            units: units.into_iter().map(|unit| (unit.id, unit.short_name)).collect(),
        })
    }
}

async fn view(
    db: &mut PgConnection,
    visit: &Visit,
    choices: &Choices,
    form: ConflictForm,
    errors: FieldErrors,
) -> Result<IndexPage> {
    let actor = visit.actor()?;
    let list = queries::visible(db, actor).await?;
    Ok(IndexPage {
        shell: visit.shell(),
        rows: list
            .into_iter()
            .map(|conflict| Row {
                may_lift: access::require_lift(actor, &conflict).is_ok(),
                typed: None,
                conflict,
            })
            .collect(),
        persons: choices
            .persons
            .iter()
            .map(|(id, name)| (id.to_string(), name.clone()))
            .collect(),
        units: choices
            .units
            .iter()
            .map(|(id, name)| (id.to_string(), name.clone()))
            .collect(),
        form,
        errors,
    })
}

fn blank(actor: &Actor) -> ConflictForm {
    ConflictForm {
        person: actor.id.to_string(),
        ..ConflictForm::default()
    }
}

pub(super) async fn index(_: IndexPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let actor = visit.actor()?;
    let choices = Choices::of(&mut db, &visit, actor).await?;
    page(&view(&mut db, &visit, &choices, blank(actor), FieldErrors::default()).await?)
}

pub(super) async fn declare(_: IndexPath, visit: Visit, Form(form): Form<ConflictForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let actor = visit.actor()?;
    let choices = Choices::of(&mut tx, &visit, actor).await?;
    let mut checked = form.check(&choices.persons, &choices.units);
    if let Ok(input) = &checked {
        let held = queries::visible(&mut tx, actor).await?;
        let is_same =
            |c: &Conflict| c.lifted_at.is_none() && c.person_id == input.person && c.unit_id == input.unit;
        if held.iter().any(is_same) {
            checked = Err(FieldErrors::one("unit", "Xung đột lợi ích này đã được khai rồi."));
        }
    }
    match checked {
        Ok(input) => {
            actions::declare(&mut tx, visit.now, actor, &input).await?;
            tx.commit().await?;
            let message = "Đã ghi. Hồ sơ của đơn vị này do người khác thẩm định.";
            Ok(see_other(IndexPath, message))
        }
        Err(errors) => {
            let view = view(&mut tx, &visit, &choices, form, errors).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

/// Why a conflict no longer holds.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Lifted {
    lifted_for: String,
}

pub(super) async fn lift(path: LiftPath, visit: Visit, Form(form): Form<Lifted>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let actor = visit.actor()?;
    let conflict = queries::find_visible(&mut tx, actor, path.conflict).await?;
    match actions::lift(&mut tx, visit.now, actor, &conflict, &form.lifted_for).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(IndexPath, "Đã gỡ xung đột lợi ích."))
        }
        Err(AppError::Invalid(errors)) => {
            let choices = Choices::of(&mut tx, &visit, actor).await?;
            let mut view = view(&mut tx, &visit, &choices, blank(actor), errors).await?;
            keep_typed(&mut view.rows, conflict.id, form.lifted_for);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

fn keep_typed(rows: &mut [Row], id: ConflictId, typed: String) {
    if let Some(row) = rows.iter_mut().find(|row| row.conflict.id == id) {
        row.typed = Some(typed);
    }
}
