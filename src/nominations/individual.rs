//! A person of a unit who is nominated: the unit's own meeting votes, not the cluster's conference.

use serde::{Deserialize, Serialize};

use crate::{people::Gender, registrations};

/// A person who is nominated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Individual {
    /// Full name, family name first.
    pub full_name: String,
    /// Year of birth.
    pub birth_year: i32,
    /// For the address.
    pub gender: Gender,
    /// Post in the unit.
    pub position: String,
}

impl Individual {
    /// A person as the unit registered them.
    #[must_use]
    pub fn of(registered: &registrations::Individual) -> Self {
        Self {
            full_name: registered.full_name.clone(),
            birth_year: registered.birth_year,
            gender: registered.gender,
            position: registered.position.clone(),
        }
    }

    /// `ông Nguyễn Văn Mẫu`
    #[must_use]
    pub fn addressed(&self) -> String {
        let address = match self.gender {
            Gender::Female => "bà",
            Gender::Male => "ông",
        };
        format!("{address} {}", self.full_name)
    }

    /// Who it is within a unit: `Nguyễn Văn Mẫu, Chánh Văn phòng`.
    #[must_use]
    pub fn with_position(&self) -> String {
        format!("{}, {}", self.full_name, self.position)
    }
}
