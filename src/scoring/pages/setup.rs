//! The secretariat names appraisers and says what doesn't apply.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;

use super::{
    super::{
        access, actions,
        model::{Appraiser, Exemption},
    },
    ExemptionEndPath, ExemptionPath, Ground, GroupPath, RotationPath, SetupPath, ground,
};
use crate::{
    ids::{CriterionId, PersonId, UnitId},
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
        values,
    },
    people,
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "scoring/setup.html")]
struct SetupPage {
    shell: Shell,
    ground: Ground,
    persons: Vec<(PersonId, String)>,
    errors: FieldErrors,
    typed: SetupForm,
}

/// All forms of the page as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SetupForm {
    unit: String,
    appraiser: String,
    criterion: String,
    reason: String,
    person: Vec<String>,
}

impl SetupPage {
    fn path(&self) -> String {
        format!("{}/cham-diem", self.ground.year.path())
    }

    /// A unit's appraiser as the list's value: a unit's id, `to` for the working group.
    fn appraiser_of(&self, unit: &UnitId) -> String {
        match self.ground.scoring.appraiser_of(*unit) {
            None => String::new(),
            Some(a) => a
                .appraiser_unit_id
                .map_or_else(|| "to".to_owned(), |id| id.to_string()),
        }
    }

    fn place_of(&self, unit: &UnitId) -> String {
        self.ground
            .year
            .members
            .iter()
            .find(|m| m.unit_id == *unit)
            .map_or_else(String::new, |m| m.place.clone())
    }

    fn criterion_of(&self, id: &CriterionId) -> String {
        self.criteria()
            .into_iter()
            .find(|(found, _)| *found == id.to_string())
            .map(|(_, name)| name)
            .unwrap_or_default()
    }

    fn criteria(&self) -> Vec<(String, String)> {
        self.ground
            .scoring
            .scored()
            .map(|c| (c.id.to_string(), format!("{} {}", c.code, c.name)))
            .collect()
    }

    fn units(&self) -> Vec<(String, String)> {
        self.ground
            .year
            .members
            .iter()
            .map(|m| (m.unit_id.to_string(), m.short_name.clone()))
            .collect()
    }

    /// Who can appraise a unit: the others, the working group.
    fn choices(&self, unit: &UnitId) -> Vec<(String, String)> {
        let mut list: Vec<_> = self
            .ground
            .year
            .members
            .iter()
            .filter(|m| m.unit_id != *unit)
            .map(|m| (m.unit_id.to_string(), m.place.clone()))
            .collect();
        list.push(("to".to_owned(), "Tổ thẩm định".to_owned()));
        list
    }

    fn is_in_group(&self, person: &PersonId) -> bool {
        self.ground.scoring.group.contains(person)
    }
}

async fn view(visit: &Visit, ground: Ground, errors: FieldErrors, typed: SetupForm) -> Result<SetupPage> {
    let mut db = visit.db().await?;
    let members: Vec<UnitId> = ground.year.members.iter().map(|m| m.unit_id).collect();
    let today = crate::kit::clock::day(visit.now);
    Ok(SetupPage {
        shell: visit.shell_in(&ground.year.place()),
        persons: people::of_units(&mut db, &members, today).await?,
        ground,
        errors,
        typed,
    })
}

pub(super) async fn form(path: SetupPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let ground = ground(&mut db, &visit, &path.cluster, path.year).await?;
    access::require_secretariat(visit.actor()?, &ground.year)?;
    page(&view(&visit, ground, FieldErrors::default(), SetupForm::default()).await?)
}

pub(super) async fn rotate(path: RotationPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let Ground { year, .. } = ground(&mut tx, &visit, &path.cluster, path.year).await?;
    actions::rotate(&mut tx, visit.now, visit.actor()?, &year).await?;
    tx.commit().await?;
    let to = format!("{}/cham-diem/phan-cong", year.path());
    Ok(see_other(to, "Đã phân công lại theo luân phiên."))
}

/// Ends an act of the page: on to the page again, or the same page with what is wrong.
async fn done(
    visit: &Visit,
    tx: crate::kit::database::Transaction,
    ground: Ground,
    typed: SetupForm,
    outcome: Result<()>,
    words: &str,
) -> Result<Response> {
    match outcome {
        Ok(()) => {
            tx.commit().await?;
            let to = format!("{}/cham-diem/phan-cong", ground.year.path());
            Ok(see_other(to, words))
        }
        Err(AppError::Invalid(errors)) => {
            tx.rollback().await?;
            page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &view(visit, ground, errors, typed).await?,
            )
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn assign(path: SetupPath, visit: Visit, Form(typed): Form<SetupForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let ground = ground(&mut tx, &visit, &path.cluster, path.year).await?;
    let Ok(unit_id) = typed.unit.parse::<UnitId>() else {
        return Err(AppError::NotFound);
    };
    let chosen = match typed.appraiser.as_str() {
        "to" => Some(None),
        id => id.parse::<UnitId>().ok().map(Some),
    };
    let outcome = match chosen {
        Some(appraiser_unit_id) => {
            let appraiser = Appraiser {
                unit_id,
                appraiser_unit_id,
            };
            actions::assign(
                &mut tx,
                visit.now,
                visit.actor()?,
                &ground.year,
                &ground.scoring,
                appraiser,
            )
            .await
        }
        None => Err(AppError::invalid("appraiser", "Hãy chọn bên thẩm định.")),
    };
    done(&visit, tx, ground, typed, outcome, "Đã phân công thẩm định.").await
}

pub(super) async fn form_group(
    path: GroupPath,
    visit: Visit,
    Form(typed): Form<SetupForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let ground = ground(&mut tx, &visit, &path.cluster, path.year).await?;
    let members: Vec<UnitId> = ground.year.members.iter().map(|m| m.unit_id).collect();
    let today = crate::kit::clock::day(visit.now);
    let known = people::of_units(&mut tx, &members, today).await?;
    let group: Vec<PersonId> = known
        .iter()
        .map(|(id, _)| *id)
        .filter(|id| typed.person.contains(&id.to_string()))
        .collect();
    let actor = visit.actor()?;
    let outcome = actions::form_group(&mut tx, visit.now, actor, &ground.year, &ground.scoring, &group).await;
    done(&visit, tx, ground, typed, outcome, "Đã ghi tổ thẩm định.").await
}

pub(super) async fn exempt(
    path: ExemptionPath,
    visit: Visit,
    Form(typed): Form<SetupForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let ground = ground(&mut tx, &visit, &path.cluster, path.year).await?;
    let mut errors = FieldErrors::default();
    let unit = errors.read(
        "unit",
        typed
            .unit
            .parse::<UnitId>()
            .map_err(|_| "Hãy chọn đơn vị.".to_owned()),
    );
    let criterion = errors.read(
        "criterion",
        typed
            .criterion
            .parse::<CriterionId>()
            .map_err(|_| "Hãy chọn tiêu chí.".to_owned()),
    );
    let reason = errors.read(
        "reason",
        values::required_paragraphs(&typed.reason, 1000, "lý do"),
    );
    let outcome = match (unit, criterion, reason) {
        (Some(unit_id), Some(criterion_id), Some(reason)) => {
            let exemption = Exemption {
                unit_id,
                criterion_id,
                reason,
            };
            let actor = visit.actor()?;
            actions::exempt(
                &mut tx,
                visit.now,
                actor,
                &ground.year,
                &ground.scoring,
                &exemption,
            )
            .await
        }
        _ => Err(AppError::Invalid(errors)),
    };
    done(
        &visit,
        tx,
        ground,
        typed,
        outcome,
        "Đã ghi tiêu chí không áp dụng.",
    )
    .await
}

pub(super) async fn unexempt(
    path: ExemptionEndPath,
    visit: Visit,
    Form(typed): Form<SetupForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let ground = ground(&mut tx, &visit, &path.cluster, path.year).await?;
    let (Ok(unit), Ok(criterion)) = (typed.unit.parse(), typed.criterion.parse()) else {
        return Err(AppError::NotFound);
    };
    let actor = visit.actor()?;
    let outcome = actions::unexempt(&mut tx, visit.now, actor, &ground.year, unit, criterion).await;
    done(&visit, tx, ground, typed, outcome, "Tiêu chí được áp dụng lại.").await
}
