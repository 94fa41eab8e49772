//! A new ballot of a conference, from one of the usual ones.

use axum::response::Response;
use serde::Deserialize;

use super::{
    super::{actions, forms::Preset, listing, queries},
    CreationPath,
};
use crate::{
    conferences,
    kit::error::{AppError, Result},
    web::{Form, Visit, see_other},
    years::find_year,
};

/// Which of the usual ones.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    preset: String,
}

pub(super) async fn create(path: CreationPath, visit: Visit, Form(wanted): Form<Wanted>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let year = find_year(&mut tx, &visit, &path.cluster, path.year).await?;
    let conference = conferences::find_meeting(&mut tx, &year, &path.meeting).await?;
    let actor = visit.actor()?;
    if !actor.is_secretariat_of(year.cluster.id) {
        return Err(AppError::Forbidden(
            "Chỉ đơn vị cụm trưởng đương nhiệm lập phiếu cho hội nghị của cụm.".to_owned(),
        ));
    }
    let preset = Preset::from_code(&wanted.preset)
        .ok_or_else(|| AppError::BadRequest("Hãy chọn một loại phiếu trong danh sách.".to_owned()))?;
    let id = actions::propose(&mut tx, visit.now, actor, &year, &conference, preset).await?;
    let ballot = queries::find(&mut tx, id).await?;
    tx.commit().await?;
    Ok(see_other(
        format!("{}/sua", listing::path(&year, &ballot)),
        "Đã lập phiếu dự thảo. Xin kiểm tra danh sách và quy định trước khi mở bỏ phiếu.",
    ))
}
