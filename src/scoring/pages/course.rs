//! The secretariat opens the scoring, opens a finished appraisal again, and confirms all points as the conference did.

use axum::response::Response;
use serde::Deserialize;

use super::{super::actions, Ground, LockPath, OpeningPath, ReopeningPath, ground, open as open_sheet};
use crate::{
    kit::{
        error::{AppError, Result},
        values,
    },
    web::{Form, Visit, see_other},
    years::find_year,
};

pub(super) async fn open(path: OpeningPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let year = find_year(&mut tx, &visit, &path.cluster, path.year).await?;
    actions::open(&mut tx, visit.now, visit.actor()?, &year).await?;
    tx.commit().await?;
    let to = format!("{}/cham-diem/phan-cong", year.path());
    Ok(see_other(
        to,
        "Đã mở chấm điểm và phân công thẩm định theo luân phiên.",
    ))
}

pub(super) async fn lock(path: LockPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let Ground { year, scoring } = ground(&mut tx, &visit, &path.cluster, path.year).await?;
    let count = actions::lock_all(&mut tx, visit.now, visit.actor()?, &year, &scoring).await?;
    tx.commit().await?;
    let to = format!("{}/cham-diem/xep-hang", year.path());
    Ok(see_other(to, &format!("Đã chốt điểm của {count} đơn vị.")))
}

/// The reason for opening a finished appraisal again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReopenForm {
    version: i32,
    reason: String,
}

pub(super) async fn reopen(
    path: ReopeningPath,
    visit: Visit,
    Form(typed): Form<ReopenForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open_sheet(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    let reason = values::required_paragraphs(&typed.reason, 1000, "lý do mở lại thẩm định")
        .map_err(AppError::Conflict)?;
    let (actor, scoring, sheet) = (visit.actor()?, &opened.scoring, &opened.sheet);
    actions::reopen(&mut tx, visit.now, actor, scoring, sheet, typed.version, &reason).await?;
    tx.commit().await?;
    Ok(see_other(opened.path(), "Đã mở lại thẩm định."))
}
