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
    units: Vec<(UnitId, String)>,
    is_open: bool,
    /// What was wrong with the excuse typed for a member.
    wrong: Option<(SeatId, String)>,
    errors: FieldErrors,
}

impl RollPage {
    fn noted(seat: &Seat) -> String {
        seat.attended_at.map(clock::time_text).unwrap_or_default()
    }

    /// The units on whose dossiers a member doesn't vote, by name.
    fn barred(&self, seat: &Seat) -> Vec<&str> {
        let named = self.units.iter().filter(|(id, _)| seat.is_barred_from(*id));
        named.map(|(_, name)| name.as_str()).collect()
    }

    /// The units with which a member may have a conflict that isn't on record, and whether one was declared.
    fn declarable<'a>(&'a self, seat: &'a Seat) -> impl Iterator<Item = (&'a UnitId, &'a str, bool)> {
        let is_on_record = |unit: UnitId| seat.conflicts.iter().any(|c| c.unit_id == unit && c.is_on_record);
        let units = self.units.iter().filter(move |(id, _)| !is_on_record(*id));
        units.map(|(id, name)| (id, name.as_str(), seat.is_barred_from(*id)))
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
    let mut units: Vec<(UnitId, String)> = list.iter().map(|n| (n.unit_id, n.unit_name.clone())).collect();
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

/// The units on whose dossiers a member doesn't vote.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Declared {
    seat: SeatId,
    unit: Vec<UnitId>,
}

pub(super) async fn declare(
    path: DeclarationPath,
    visit: Visit,
    Form(typed): Form<Declared>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let sitting = queries::find_sitting(&mut tx, path.year, path.sitting).await?;
    let actor = visit.actor()?;
    let agenda = nominations::by_ids(&mut tx, actor, &sitting.plan.agenda).await?;
    let is_on_agenda = |unit: &UnitId| agenda.iter().any(|n| n.unit_id == *unit);
    if !typed.unit.iter().all(is_on_agenda) {
        return Err(AppError::NotFound);
    }
    let seat = actions::declare(&mut tx, visit.now, actor, &sitting, typed.seat, &typed.unit).await?;
    tx.commit().await?;
    let said = if typed.unit.is_empty() {
        "không khai xung đột nào khác"
    } else {
        "không bỏ phiếu cho hồ sơ của đơn vị đã khai"
    };
    Ok(see_other(
        sitting.path_to(&format!("diem-danh#uy-vien-{}", seat.id)),
        &format!("{}: {said}.", seat.name),
    ))
}
