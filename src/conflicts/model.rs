//! A declared conflict of interest.

use crate::{
    ids::{ConflictId, PersonId, UnitId},
    kit::{clock::Moment, journal::Subject},
};

/// A declared conflict.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The id.
    pub id: ConflictId,
    /// Whose it is.
    pub person_id: PersonId,
    /// The full name.
    pub person: String,
    /// With which unit.
    pub unit_id: UnitId,
    /// Its short name.
    pub unit: String,
    /// Why.
    pub reason: String,
    /// When it was declared.
    pub declared_at: Moment,
    /// By whom: the full name.
    pub declared_by: String,
    /// When it was lifted; none while it holds.
    pub lifted_at: Option<Moment>,
    /// By whom; empty while it holds.
    pub lifted_by: String,
    /// Why; empty while it holds.
    pub lifted_for: String,
}

impl Conflict {
    /// As the journal knows it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject {
            unit: Some(self.unit_id.0),
            ..Subject::new("conflicts_of_interest", self.id)
        }
    }
}

/// A declaration, checked.
#[derive(Clone, Debug)]
pub struct ConflictInput {
    /// Whose.
    pub person: PersonId,
    /// With which unit.
    pub unit: UnitId,
    /// Why.
    pub reason: String,
}
