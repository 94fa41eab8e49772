//! A new ballot of VUSTA's council: the dossiers that are ticked on the page of its session.

use axum::response::Response;
use serde::Deserialize;

use super::{
    super::{actions, listing, queries},
    CouncilCreationPath,
};
use crate::{
    council,
    ids::NominationId,
    kit::error::{AppError, Result},
    nominations::{self, State},
    web::{Form, Visit, see_other},
};

/// Which dossiers.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    nomination: Vec<NominationId>,
}

pub(super) async fn create(
    path: CouncilCreationPath,
    visit: Visit,
    Form(wanted): Form<Wanted>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let sitting = council::find_sitting(&mut tx, path.year, path.sitting).await?;
    let actor = visit.actor()?;
    council::access::require(actor)?;
    let agenda = &sitting.plan.agenda;
    if wanted.nomination.iter().any(|id| !agenda.contains(id)) {
        return Err(AppError::NotFound);
    }
    let mut dossiers = nominations::by_ids(&mut tx, actor, agenda).await?;
    dossiers.retain(|dossier| wanted.nomination.contains(&dossier.id));
    if let Some(gone) = dossiers.iter().find(|dossier| dossier.state != State::Eligible) {
        return Err(AppError::Conflict(format!(
            "Hồ sơ của {} hiện ở trạng thái “{}”, không còn chờ Hội đồng.",
            gone.nominee(),
            gone.state.label()
        )));
    }
    let id = actions::propose_to_council(&mut tx, visit.now, actor, &sitting, &dossiers).await?;
    let ballot = queries::find(&mut tx, id).await?;
    tx.commit().await?;
    let base = listing::council_base(sitting.year);
    Ok(see_other(
        format!("{}/sua", listing::path_below(&base, &ballot)),
        "Đã lập phiếu dự thảo. Xin kiểm tra danh sách và quy định trước khi mở bỏ phiếu.",
    ))
}
