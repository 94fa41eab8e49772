//! Who reads the history, and who adds to it. Pure.

use crate::{
    ids::UnitId,
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether this person reads spreadsheets into the history.
#[must_use]
pub fn may_import(actor: &Actor) -> bool {
    actor.is_standing_office
}

/// The error for those who may not.
pub fn require_importer(actor: &Actor) -> Result<()> {
    if may_import(actor) {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng nhập lịch sử khen thưởng.".to_owned(),
        ))
    }
}

/// Whose persons this person may read of: awards of units are public, a person's are for those who work with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Everybody's.
    pub all_persons: bool,
    /// Those of these units.
    pub units: Vec<UnitId>,
    /// Those of the units that are or were members of these clusters.
    pub clusters: Vec<crate::ids::ClusterId>,
}

impl Scope {
    /// What an actor may read.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        let mut units: Vec<UnitId> = actor.units();
        units.extend(&actor.archive_of);
        let clusters = actor.secretariat_of.iter().chain(&actor.patron_of);
        Self {
            all_persons: actor.is_standing_office || actor.is_council_member,
            units,
            clusters: clusters.copied().collect(),
        }
    }
}
