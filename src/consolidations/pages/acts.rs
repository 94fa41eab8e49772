//! Remark, sending, sending back, noting.

use axum::{http::StatusCode, response::Response};
use serde::Deserialize;

use super::{super::actions, AcknowledgementPath, NotePath, ReturnPath, SendingPath, open, show::ShowPage};
use crate::{
    kit::{error::Result, fields::FieldErrors, values},
    web::{Form, Visit, page_with, see_other},
};

/// What the forms on the page send: the version seen, the digest of the table seen, and a text.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct ActForm {
    version: i32,
    table: String,
    note: String,
    reason: String,
}

pub(super) async fn note(path: NotePath, visit: Visit, Form(form): Form<ActForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year).await?;
    let note = match values::paragraphs(&form.note, 4000) {
        Ok(note) => note,
        Err(message) => {
            let errors = FieldErrors::one("note", message);
            let view =
                ShowPage::new(&mut tx, &visit, opened, errors, (Some(form.note), String::new())).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    actions::save_note(
        &mut tx,
        visit.now,
        visit.actor()?,
        &opened.consolidation,
        form.version,
        &note,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(opened.path(), "Đã lưu ghi chú."))
}

pub(super) async fn send(path: SendingPath, visit: Visit, Form(form): Form<ActForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year).await?;
    let (year, consolidation) = (&opened.year, &opened.consolidation);
    actions::send(
        &mut tx,
        visit.now,
        visit.actor()?,
        year,
        consolidation,
        form.version,
        &form.table,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(
        opened.path(),
        "Đã gửi bảng tổng hợp đăng ký cho LHHVN.",
    ))
}

pub(super) async fn send_back(path: ReturnPath, visit: Visit, Form(form): Form<ActForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year).await?;
    let reason = match values::required_paragraphs(&form.reason, 2000, "lý do trả lại") {
        Ok(reason) => reason,
        Err(message) => {
            let errors = FieldErrors::one("reason", message);
            let view = ShowPage::new(&mut tx, &visit, opened, errors, (None, form.reason)).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    actions::send_back(
        &mut tx,
        visit.now,
        visit.actor()?,
        &opened.year,
        &opened.consolidation,
        form.version,
        &reason,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(
        opened.path(),
        "Đã trả lại bảng tổng hợp; các đăng ký trong bảng mở lại cho cụm trưởng.",
    ))
}

pub(super) async fn acknowledge(
    path: AcknowledgementPath,
    visit: Visit,
    Form(form): Form<ActForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year).await?;
    actions::acknowledge(
        &mut tx,
        visit.now,
        visit.actor()?,
        &opened.consolidation,
        form.version,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(opened.path(), "Đã ghi nhận bảng tổng hợp đăng ký."))
}
