//! What the form of a declaration sends, and the way to checked values.

use serde::Deserialize;

use super::model::ConflictInput;
use crate::{
    ids::{PersonId, UnitId},
    kit::{fields::FieldErrors, values},
};

/// A declaration as typed: ids of person and unit, the reason.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described above")]
pub struct ConflictForm {
    pub person: String,
    pub unit: String,
    pub reason: String,
}

impl ConflictForm {
    /// The checked declaration: a person and a unit of those that were offered.
    pub fn check(
        &self,
        persons: &[(PersonId, String)],
        units: &[(UnitId, String)],
    ) -> Result<ConflictInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let person = persons.iter().find(|(id, _)| id.to_string() == self.person);
        if person.is_none() {
            errors.add("person", "Hãy chọn người khai.");
        }
        let unit = units.iter().find(|(id, _)| id.to_string() == self.unit);
        if unit.is_none() {
            errors.add("unit", "Hãy chọn đơn vị.");
        }
        let reason = errors.read("reason", values::required_line(&self.reason, 500, "lý do"));
        match (person, unit, reason) {
            (Some((person, _)), Some((unit, _)), Some(reason)) => Ok(ConflictInput {
                person: *person,
                unit: *unit,
                reason,
            }),
            _ => Err(errors),
        }
    }
}
