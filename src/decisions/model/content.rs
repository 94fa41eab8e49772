//! What a decision says, once it is issued for good: whom it awards, or which awards it cancels and why.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::{ids::NominationId, nominations::Individual};

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
