//! Who takes part in a conference, and which units say that they can't.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    ids::{AttachmentId, ConferenceId, DelegateId, UnitId},
    kit::clock::Moment,
};

/// As what somebody takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Part {
    /// Votes for the unit: one of each.
    Voting,
    /// Votes when that one is absent: one of each.
    StandIn,
    /// Takes part without a vote.
    Other,
    /// Of no member unit.
    Guest,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 4] = [Self::Voting, Self::StandIn, Self::Other, Self::Guest];

    /// The part in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Voting => "đại biểu biểu quyết",
            Self::StandIn => "đại biểu dự khuyết",
            Self::Other => "đại biểu",
            Self::Guest => "khách mời",
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Voting => "voting",
            Self::StandIn => "stand_in",
            Self::Other => "other",
            Self::Guest => "guest",
        }
    }

    /// The part with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// How somebody's attendance was noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Attended {
    /// The secretary ticked it.
    Secretary,
    /// The delegate did, with the own card.
    Card,
}

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegate {
    /// The id.
    pub id: DelegateId,
    /// The conference.
    pub conference_id: ConferenceId,
    /// The unit; none for a guest.
    pub unit_id: Option<UnitId>,
    /// As what.
    pub part: Part,
    /// The name.
    pub name: String,
    /// The post.
    pub post: String,
    /// Whether it is the unit's head, who needs no authorisation.
    pub is_head: bool,
    /// The authorisation of one who isn't.
    pub authorisation: Option<AttachmentId>,
    /// The how-manieth card: a lost one gets the next number.
    pub card_number: i32,
    /// SHA-256 of the card's code.
    pub card_hash: Vec<u8>,
    /// When attendance was noted.
    pub attended_at: Option<Moment>,
    /// How.
    pub attended_by: Option<Attended>,
}

impl Delegate {
    /// Whether attendance was noted.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.attended_at.is_some()
    }

    /// Whether an authorisation is still awaited.
    #[must_use]
    pub fn lacks_authorisation(&self) -> bool {
        self.part == Part::Voting && !self.is_head && self.authorisation.is_none()
    }
}

/// A unit that says it can't come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The unit.
    pub unit_id: UnitId,
    /// Why.
    pub reason: String,
    /// When it was said.
    pub said_at: Moment,
    /// By whom: the full name.
    pub said_by: String,
}

/// A short name of what a unit has said so far; whoever changes it has seen this and nothing else.
#[must_use]
pub fn digest(unit: UnitId, delegates: &[Delegate], absences: &[Absence]) -> String {
    let mut known = Sha256::new();
    for d in delegates.iter().filter(|d| d.unit_id == Some(unit)) {
        known.update(format!(
            "{}|{}|{}|{}|{}|{:?}\n",
            d.id,
            d.part.code(),
            d.name,
            d.post,
            d.is_head,
            d.authorisation
        ));
    }
    for a in absences.iter().filter(|a| a.unit_id == unit) {
        known.update(format!("absent|{}\n", a.reason));
    }
    hex::encode(&known.finalize()[..8])
}
