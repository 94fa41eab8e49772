//! Who declares a conflict of interest, and who says that it is over. Pure.

use super::model::Conflict;
use crate::{
    ids::PersonId,
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether this person declares for that one: everybody for themselves, the standing office for all.
#[must_use]
pub fn may_declare(actor: &Actor, person: PersonId) -> bool {
    actor.is_standing_office || (actor.is_council_member && actor.id == person)
}

/// Whether a declaration may be known to this person.
#[must_use]
pub fn sees(actor: &Actor, conflict: &Conflict) -> bool {
    may_declare(actor, conflict.person_id)
}

/// Whether this person may lift a conflict: never the one whose it is.
#[must_use]
pub fn may_lift(actor: &Actor, conflict: &Conflict) -> bool {
    actor.is_standing_office && actor.id != conflict.person_id
}

/// The error for those who may not declare.
pub fn require_declare(actor: &Actor, person: PersonId) -> Result<()> {
    if may_declare(actor, person) {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Mỗi người tự khai xung đột lợi ích của mình; Thường trực Hội đồng ghi thay người khác."
                .to_owned(),
        ))
    }
}

/// The error for those who may not lift, and for what is lifted already.
pub fn require_lift(actor: &Actor, conflict: &Conflict) -> Result<()> {
    if !may_lift(actor, conflict) {
        return Err(AppError::Forbidden(
            "Người có xung đột lợi ích không tự gỡ được; một người khác của Thường trực Hội đồng gỡ."
                .to_owned(),
        ));
    }
    if conflict.lifted_at.is_some() {
        return Err(AppError::conflict("Xung đột lợi ích này đã được gỡ."));
    }
    Ok(())
}
