//! Who runs the hall. Pure.

use crate::{
    conferences::Conference,
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether this person runs the conference: the secretariat, today's.
#[must_use]
pub(super) fn runs(actor: &Actor, conference: &Conference) -> bool {
    actor.is_secretariat_of(conference.cluster_id)
}

/// The error for those who don't.
pub(super) fn require_runs(actor: &Actor, conference: &Conference) -> Result<()> {
    if runs(actor, conference) {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Chỉ đơn vị cụm trưởng đương nhiệm điều hành hội nghị.".to_owned(),
        ))
    }
}

/// Whether this person follows the conference while it goes on: the secretariat, the patron, VUSTA's standing office.
#[must_use]
pub(super) fn oversees(actor: &Actor, conference: &Conference) -> bool {
    runs(actor, conference) || actor.is_patron_of(conference.cluster_id) || actor.is_standing_office
}
