//! A decision of VUSTA and what is in it.

mod content;
mod surroundings;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::forms::DecisionForm;
use crate::{
    ids::{DecisionId, NominationId},
    kit::{clock::Moment, journal::Subject},
};
pub use content::{About, Content, Ground, Line};
pub use surroundings::Surroundings;

/// Who issues decisions, as it stands in them.
pub const ISSUER: &str = "Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam";

/// What a decision does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Kind {
    /// Gives awards.
    Award,
    /// Corrects an earlier one.
    Correction,
    /// Cancels an earlier one.
    Cancellation,
}

impl Kind {
    /// The kind in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Award => "quyết định khen thưởng",
            Self::Correction => "quyết định đính chính",
            Self::Cancellation => "quyết định hủy",
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Award => "award",
            Self::Correction => "correction",
            Self::Cancellation => "cancellation",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Award, Self::Correction, Self::Cancellation]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// Where a decision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// Being written.
    Draft,
    /// In force.
    Issued,
    /// In force as a later one corrects it, or cancels some of its awards.
    Corrected,
    /// Cancelled by a later one.
    Cancelled,
}

impl State {
    /// All states, in the order of the usual way.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Issued, Self::Corrected, Self::Cancelled];

    /// The state in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "dự thảo",
            Self::Issued => "đã ban hành, có hiệu lực",
            Self::Corrected => "có hiệu lực, đã sửa đổi",
            Self::Cancelled => "đã bị hủy",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Draft => "neutral",
            Self::Issued => "done",
            Self::Corrected => "waiting",
            Self::Cancelled => "late",
        }
    }
}

/// A decision.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The id.
    pub id: DecisionId,
    /// What it does.
    pub kind: Kind,
    /// The earlier decision that it is about.
    pub about_id: Option<DecisionId>,
    /// Where it is.
    pub state: State,
    /// Counts changes.
    pub version: i32,
    /// The form as typed.
    pub draft: DecisionForm,
    /// When the draft was saved last.
    pub draft_saved_at: Moment,
    /// By whom: the full name.
    pub draft_saved_by: String,
    /// What was issued.
    pub content: Option<Content>,
    /// The hash of what was issued, in hexadecimal.
    pub content_hash: Option<String>,
    /// The code with which anybody can verify it.
    pub code: Option<String>,
    /// When it was issued in the program.
    pub issued_at: Option<Moment>,
}

impl Decision {
    /// As the journal knows it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::new("decisions", self.id)
    }

    /// `/quyet-dinh/{decision}`
    #[must_use]
    pub fn path(&self) -> String {
        format!("/quyet-dinh/{}", self.id)
    }

    /// The path of one of its pages: `path_to("ban-hanh")`.
    #[must_use]
    pub fn path_to(&self, page: &str) -> String {
        format!("{}/{page}", self.path())
    }

    /// `48/QĐ-LHHVN`, or that it has no number yet.
    #[must_use]
    pub fn number_text(&self) -> String {
        self.content
            .as_ref()
            .map_or_else(|| "chưa có số".to_owned(), Content::number_text)
    }

    /// What it is about: of a draft as typed.
    #[must_use]
    pub fn title(&self) -> String {
        self.content
            .as_ref()
            .map_or_else(|| self.draft.title.clone(), |c| c.title.clone())
    }
}

/// A later decision that corrects or cancels one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Later {
    /// The later decision.
    pub id: DecisionId,
    /// What it does.
    pub kind: Kind,
    /// `52/QĐ-LHHVN`
    pub number: String,
    /// When it was issued.
    pub issued_on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// The handing over of an award.
#[derive(Clone, Debug)]
pub struct Handover {
    /// The nomination.
    pub nomination_id: NominationId,
    /// When.
    pub awarded_on: Option<NaiveDate>,
    /// Where.
    pub awarded_place: String,
}

/// An award on the honour roll.
#[derive(Clone, Debug)]
pub struct Honour {
    /// The year of the achievement.
    pub year: i32,
    /// The unit's cluster.
    pub cluster: String,
    /// Its slug.
    pub cluster_slug: String,
    /// The unit.
    pub unit: String,
    /// What it was before a merger or became by one: people look for it by those names, too.
    pub kin: Vec<String>,
    /// The award's full name.
    pub award: String,
    /// `48/QĐ-LHHVN`
    pub number: String,
    /// When the decision was issued.
    pub issued_on: NaiveDate,
    /// The code with which it is verified.
    pub code: String,
}

/// What anybody learns of a decision by its code: no person's name.
#[derive(Clone, Debug)]
pub struct Verified {
    /// `48/QĐ-LHHVN`
    pub number: String,
    /// What it does.
    pub kind: Kind,
    /// The day it bears.
    pub issued_on: NaiveDate,
    /// Who issued it.
    pub issuer: String,
    /// What it is about.
    pub title: String,
    /// The units that it awards (those of cancelled awards are left out), or whose awards it cancels, each with the award: the
    /// honour roll names them, too.
    pub lines: Vec<(String, String)>,
    /// The hash of its content in hexadecimal.
    pub hash: String,
    /// Whether it holds.
    pub state: State,
    /// What corrected or cancelled it, the newest first.
    pub later: Vec<Later>,
}
