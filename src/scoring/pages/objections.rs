//! Objections and their answers: two small acts on the sheet's page.

use axum::response::Response;
use serde::Deserialize;

use super::{super::actions, AnswerPath, ObjectionPath, open};
use crate::{
    ids::CriterionId,
    kit::{
        error::{AppError, Result},
        values,
    },
    web::{Form, Visit, see_other, view::see_other_warning},
};

/// An objection as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ObjectionForm {
    criterion: String,
    text: String,
}

/// An answer as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AnswerForm {
    answer: String,
}

pub(super) async fn object(
    path: ObjectionPath,
    visit: Visit,
    Form(typed): Form<ObjectionForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    let criterion: CriterionId = typed
        .criterion
        .parse()
        .map_err(|_| AppError::invalid("criterion", "Hãy chọn tiêu chí cần kiến nghị."))?;
    let text = values::required_paragraphs(&typed.text, 2000, "nội dung kiến nghị")
        .map_err(|message| AppError::invalid("text", &message))?;
    actions::object(
        &mut tx,
        visit.now,
        visit.actor()?,
        &opened.scoring,
        &opened.sheet,
        criterion,
        &text,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(
        opened.path(),
        "Đã gửi kiến nghị; cụm trưởng trả lời trước khi chốt điểm.",
    ))
}

pub(super) async fn answer(
    path: AnswerPath,
    visit: Visit,
    Form(typed): Form<AnswerForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    match values::required_paragraphs(&typed.answer, 2000, "câu trả lời") {
        Ok(text) => {
            let actor = visit.actor()?;
            actions::answer(
                &mut tx,
                visit.now,
                actor,
                &opened.year,
                &opened.sheet,
                path.objection,
                &text,
            )
            .await?;
            tx.commit().await?;
            Ok(see_other(opened.path(), "Đã trả lời kiến nghị."))
        }
        Err(message) => Ok(see_other_warning(opened.path(), &message)),
    }
}
