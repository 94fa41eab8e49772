//! Who knows of a merger of lead and deputy, and who confirms it. Pure.

use super::model::Merger;
use crate::{
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether the merger is for this person to deal with.
#[must_use]
pub fn deals_with(actor: &Actor, merger: &Merger) -> bool {
    merger.is_waiting() && (actor.is_standing_office || actor.is_secretariat_of(merger.cluster_id))
}

/// Makes sure that this person may confirm now.
pub fn require_confirm(actor: &Actor, merger: &Merger) -> Result<()> {
    if !actor.is_standing_office {
        return Err(AppError::Forbidden(
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng xác nhận cụm trưởng, cụm phó sau khi hợp nhất."
                .to_owned(),
        ));
    }
    if merger.is_waiting() {
        return Ok(());
    }
    Err(AppError::conflict(if merger.confirmation.is_some() {
        "Thường trực Hội đồng đã xác nhận rồi."
    } else if merger.reelection.is_some() {
        "Cụm đã bầu lại, không còn gì để xác nhận."
    } else {
        "Năm của cụm trưởng, cụm phó này đã khép lại."
    }))
}
