//! The roll as the secretary keeps it at the door: who is there, who can't come, who has a conflict.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    super::{
        access,
        actions::{self, Noted},
        model::{Roll, Seat, Sitting},
        queries,
        workflow::Action,
    },
    DeclarationPath, RollPath,
};
use crate::{
    ids::{SeatId, UnitId},
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    nominations,
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "council/roll.html")]
struct RollPage {
    shell: Shell,
    sitting: Sitting,
    roll: Roll,
    /// The units whose dossiers are on the agenda.
    units: Vec<(String, String)>,
    is_open: bool,
    /// What was wrong with the excuse typed for a member.
    wrong: Option<(SeatId, String)>,
    errors: FieldErrors,
}

impl RollPage {
    fn noted(seat: &Seat) -> String {
        seat.attended_at.map(clock::time_text).unwrap_or_default()
    }

    fn has_declared(seat: &Seat, unit: &str) -> bool {
        seat.unit_id.is_some_and(|declared| declared.to_string() == unit)
    }

    fn is_wrong(&self, seat: &Seat) -> bool {
        self.wrong.as_ref().is_some_and(|(id, _)| *id == seat.id)
    }

    fn excuse<'a>(&'a self, seat: &'a Seat) -> &'a str {
        match &self.wrong {
            Some((id, typed)) if *id == seat.id => typed,
            _ => &seat.excuse,
        }
    }
}

async fn view(db: &mut PgConnection, visit: &Visit, sitting: Sitting) -> Result<RollPage> {
    let list = nominations::by_ids(db, visit.actor()?, &sitting.plan.agenda).await?;
    let mut units: Vec<(String, String)> = list
        .iter()
        .map(|n| (n.unit_id.to_string(), n.unit_name.clone()))
        .collect();
    units.sort_by(|a, b| a.1.cmp(&b.1));
    units.dedup();
    Ok(RollPage {
        shell: visit.shell(),
        roll: Roll::of(&sitting.plan, queries::roll(db, sitting.id).await?),
        is_open: access::offers(visit.actor()?, Action::Roll, &sitting),
        sitting,
        units,
        wrong: None,
        errors: FieldErrors::default(),
    })
}

pub(super) async fn show(path: RollPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let sitting = queries::find_sitting(&mut db, path.year, path.sitting).await?;
    page(&view(&mut db, &visit, sitting).await?)
}

/// Who is there, or can't come.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    seat: SeatId,
    /// `present`, `excused`, or neither.
    noted: String,
    excuse: String,
}

pub(super) async fn note(path: RollPath, visit: Visit, Form(typed): Form<Typed>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let sitting = queries::find_sitting(&mut tx, path.year, path.sitting).await?;
    let noted = match typed.noted.as_str() {
        "present" => Noted::Present,
        "excused" => Noted::Excused(&typed.excuse),
        _ => Noted::Nothing,
    };
    match actions::note(&mut tx, visit.now, visit.actor()?, &sitting, typed.seat, noted).await {
        Ok(seat) => {
            tx.commit().await?;
            let said = match noted {
                Noted::Present => "có mặt",
                Noted::Excused(_) => "báo vắng",
                Noted::Nothing => "đã bỏ điểm danh",
            };
            Ok(see_other(
                sitting.path_to(&format!("diem-danh#uy-vien-{}", seat.id)),
                &format!("{}: {said}.", seat.name),
            ))
        }
        Err(AppError::Invalid(errors)) => {
            let mut view = view(&mut tx, &visit, sitting).await?;
            view.wrong = Some((typed.seat, typed.excuse));
            view.errors = errors;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

/// The unit on whose dossiers a member doesn't vote.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Declared {
    seat: SeatId,
    unit: String,
}

pub(super) async fn declare(
    path: DeclarationPath,
    visit: Visit,
    Form(typed): Form<Declared>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let sitting = queries::find_sitting(&mut tx, path.year, path.sitting).await?;
    let actor = visit.actor()?;
    let unit: Option<UnitId> = match typed.unit.as_str() {
        "" => None,
        unit => Some(unit.parse().map_err(|_| AppError::NotFound)?),
    };
    let agenda = nominations::by_ids(&mut tx, actor, &sitting.plan.agenda).await?;
    if unit.is_some_and(|unit| agenda.iter().all(|n| n.unit_id != unit)) {
        return Err(AppError::NotFound);
    }
    let seat = actions::declare(&mut tx, visit.now, actor, &sitting, typed.seat, unit).await?;
    tx.commit().await?;
    let said = if unit.is_some() {
        "không bỏ phiếu cho hồ sơ của đơn vị đã khai"
    } else {
        "bỏ phiếu cho mọi hồ sơ"
    };
    Ok(see_other(
        sitting.path_to(&format!("diem-danh#uy-vien-{}", seat.id)),
        &format!("{}: {said}.", seat.name),
    ))
}
