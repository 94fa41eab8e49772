//! Persons whom a nomination names, each with the ground on which their data is used (Law 91/2025/QH15, art. 9 and 19):
//! silence is none, and consent can be taken back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// On which ground a person's data is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Ground {
    /// The person has agreed.
    Consent,
    /// A law asks for it or allows it.
    Legal,
}

impl Ground {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Consent, Self::Legal];

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Legal => "legal",
        }
    }

    /// The ground in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Consent => "người đó đã đồng ý",
            Self::Legal => "căn cứ pháp luật",
        }
    }

    /// The ground with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.code() == code)
    }

    /// Choices of a form: code and words.
    #[must_use]
    pub fn choices() -> [(&'static str, &'static str); 2] {
        [
            (
                "consent",
                "Người đó đã đồng ý (có văn bản, thư hoặc xác nhận trong hệ thống)",
            ),
            ("legal", "Căn cứ pháp luật, không cần đồng ý"),
        ]
    }
}

/// A person with the ground.
#[derive(Clone, Debug)]
pub struct Named {
    /// The row.
    pub id: Uuid,
    /// The full name.
    pub full_name: String,
    /// The ground.
    pub ground: Ground,
    /// How it was given, or which article.
    pub detail: String,
    /// When it was given.
    pub given_on: NaiveDate,
    /// Who noted it: the full name.
    pub noted_by: String,
    /// When it was taken back, if it was.
    pub ended_on: Option<NaiveDate>,
    /// Why.
    pub ended_reason: Option<String>,
}
