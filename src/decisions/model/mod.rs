//! A decision of VUSTA and what is in it.

mod surroundings;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::forms::DecisionForm;
use crate::{
    ids::{DecisionId, NominationId},
    kit::{clock::Moment, journal::Subject},
    nominations::Individual,
};
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

/// Why awards are cancelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The award wasn't due: it is taken back (Law 06/2022/QH15, article 93).
    #[default]
    Substance,
    /// The decision has a formal error, the award was due: it waits for another decision.
    Form,
}

impl Ground {
    /// Both, with what each of them means.
    pub const ALL: [(&'static str, &'static str); 2] = [
        (
            "substance",
            "Không đủ điều kiện, tiêu chuẩn: thu hồi khen thưởng, đề nghị kết thúc",
        ),
        (
            "form",
            "Quyết định sai hình thức, thể thức: đề nghị chờ quyết định khác thay thế",
        ),
    ];

    /// The one with this code; what names none takes the award back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "" | "substance" => Some(Self::Substance),
            "form" => Some(Self::Form),
            _ => None,
        }
    }

    /// What it means, in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Substance => Self::ALL[0].1,
            Self::Form => Self::ALL[1].1,
        }
    }

    /// Whether it takes the award back: what was issued before there was a choice did.
    #[must_use]
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "a field is left out by it when a decision is written down"
    )]
    pub fn is_substance(&self) -> bool {
        *self == Self::Substance
    }
}

/// A unit and its award in a decision, as they were then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The nomination.
    pub nomination_id: NominationId,
    /// The unit.
    pub unit: String,
    /// The person of the unit whom it is for; none for the unit itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Individual>,
    /// The award's code.
    pub award: String,
    /// The award's full name.
    pub award_name: String,
    /// The unit's cluster.
    pub cluster: String,
    /// The year of the achievement.
    pub year: i32,
}

impl Line {
    /// Who is awarded: `Liên hiệp Hội tỉnh Sơn La`, or `Nguyễn Văn Mẫu, Chánh Văn phòng, Liên hiệp Hội tỉnh Sơn La`.
    #[must_use]
    pub fn nominee(&self) -> String {
        match &self.person {
            Some(person) => format!("{}, {}", person.with_position(), self.unit),
            None => self.unit.clone(),
        }
    }

    /// The same for everybody who verifies a paper: no person's name.
    #[must_use]
    pub fn publicly(&self) -> String {
        match &self.person {
            Some(_) => format!("Cá nhân của {}", self.unit),
            None => self.unit.clone(),
        }
    }
}

/// The earlier decision that one corrects or cancels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// `48/QĐ-LHHVN`
    pub number: String,
    /// When it was issued.
    pub issued_on: NaiveDate,
    /// The hash of its content in hexadecimal.
    pub hash: String,
}

/// Everything in a decision, checked: what is frozen, hashed and verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What it does.
    pub kind: Kind,
    /// Its number in the year's series.
    pub number: i32,
    /// `QĐ-LHHVN`
    pub symbol: String,
    /// The day it bears.
    pub issued_on: NaiveDate,
    /// Who issues it.
    pub issuer: String,
    /// Who signs.
    pub signer: String,
    /// With what power: `KT. CHỦ TỊCH`; empty where the head signs.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub signer_power: String,
    /// The signer's post.
    pub signer_post: String,
    /// What it is about: "Về việc …".
    pub title: String,
    /// What it is based on, a line each.
    pub bases: Vec<String>,
    /// Whom it awards; of a cancellation whose awards it cancels.
    pub lines: Vec<Line>,
    /// Whether it cancels some awards of the earlier decision and leaves the others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_part: bool,
    /// Of a cancellation: why, as far as it decides what becomes of the awards.
    #[serde(default, skip_serializing_if = "Ground::is_substance")]
    pub ground: Ground,
    /// Which earlier decision it corrects or cancels.
    pub about: Option<About>,
    /// Why, and how it reads now.
    pub reason: String,
}

impl Content {
    /// The awards that it gives: none unless that is its kind.
    #[must_use]
    pub fn given(&self) -> &[Line] {
        match self.kind {
            Kind::Award => &self.lines,
            Kind::Correction | Kind::Cancellation => &[],
        }
    }

    /// The power and whose it is that stand above the post: as typed, or that of a deputy, who signs in place of the head.
    #[must_use]
    pub fn power(&self) -> &str {
        let is_deputy = self.signer_post.to_uppercase().starts_with("PHÓ CHỦ TỊCH");
        if self.signer_power.is_empty() && is_deputy {
            "KT. CHỦ TỊCH"
        } else {
            &self.signer_power
        }
    }

    /// `05/QĐ-LHHVN`
    #[must_use]
    pub fn number_text(&self) -> String {
        format!("{:02}/{}", self.number, self.symbol)
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
