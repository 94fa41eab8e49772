//! A unit, its province codes, its yearly facts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::UnitId;

/// What kind of member association a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum UnitKind {
    /// Liên hiệp Hội of a province or city.
    ProvincialUnion,
    /// Hội ngành toàn quốc.
    NationalAssociation,
}

impl UnitKind {
    /// The kind in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ProvincialUnion => "Liên hiệp Hội tỉnh, thành phố",
            Self::NationalAssociation => "Hội ngành toàn quốc",
        }
    }
}

/// A member association.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The id.
    pub id: UnitId,
    /// Its part of a path: `son-la`.
    pub slug: String,
    /// The place it is of: `Sơn La`.
    pub place: String,
    /// The full name.
    pub name: String,
    /// `Liên hiệp Hội tỉnh Sơn La`.
    pub short_name: String,
    /// The kind.
    pub kind: UnitKind,
    /// The first day, where it matters (units made by a merger).
    pub founded_on: Option<NaiveDate>,
    /// The last day; none while it exists.
    pub ended_on: Option<NaiveDate>,
    /// Where it sits.
    pub address: String,
    /// Its telephone.
    pub phone: String,
    /// Its e-mail address.
    pub email: String,
    /// Which of these were made up for the demonstration.
    pub made_up: Vec<String>,
}

/// How one unit followed another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum SuccessionKind {
    /// Several became one.
    Merge,
    /// One goes on under another name.
    Rename,
    /// One became several.
    Split,
}

/// What was true of a unit in a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitFacts {
    /// The year.
    pub year: i32,
    /// Departments and offices.
    pub departments: Option<i32>,
    /// Staff (biên chế).
    pub staff: Option<i32>,
    /// Whether the leader is a civil servant.
    pub leader_is_civil_servant: Option<bool>,
    /// Which of these were made up for the demonstration.
    pub made_up: Vec<String>,
}

impl UnitFacts {
    /// Whether `field` was made up for the demonstration.
    #[must_use]
    pub fn is_made_up(&self, field: &str) -> bool {
        self.made_up.iter().any(|f| f == field)
    }
}
