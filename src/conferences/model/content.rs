//! The facts of a closing conference's minutes: what nominations and next year's offices follow from.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::counting::Outcome;
use crate::{
    ids::UnitId,
    years::{Member, Rules},
};

/// How the conference voted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormOfVote {
    /// Bỏ phiếu kín.
    Secret,
    /// Biểu quyết.
    Open,
}

impl FormOfVote {
    /// All forms.
    pub const ALL: [Self; 2] = [Self::Secret, Self::Open];

    /// The form in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Secret => "bỏ phiếu kín",
            Self::Open => "biểu quyết công khai",
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Open => "open",
        }
    }

    /// The form with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }
}

/// A unit as the minutes name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedUnit {
    /// The unit.
    pub id: UnitId,
    /// `Liên hiệp Hội tỉnh Sơn La`
    pub name: String,
}

impl NamedUnit {
    /// A member under its name of that year.
    #[must_use]
    pub fn of(member: &Member) -> Self {
        Self {
            id: member.unit_id,
            name: member.short_name.clone(),
        }
    }
}

/// A candidate with the votes and what they led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The unit.
    pub unit: NamedUnit,
    /// The award's code.
    pub award: String,
    /// Votes for it.
    pub votes_for: i32,
    /// Of how many, where that isn't the base of the whole result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub votes_of: Option<i32>,
    /// The place after a second vote or a ranking, where votes were equal.
    pub order: Option<i32>,
    /// What the votes led to.
    pub outcome: Outcome,
    /// How they were counted, in words.
    pub working: String,
}

/// Everything in the minutes, checked: what is frozen and printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The day.
    pub held_on: NaiveDate,
    /// The place.
    pub place: String,
    /// What the conference was called.
    pub title: String,
    /// Who presided.
    pub chairs: String,
    /// How it voted.
    pub form_of_vote: FormOfVote,
    /// The members on that day.
    pub units_total: i32,
    /// Those that attended.
    pub present: Vec<NamedUnit>,
    /// Those that didn't.
    pub absent: Vec<NamedUnit>,
    /// Papers given out.
    pub issued: i32,
    /// Papers that came back.
    pub collected: i32,
    /// Papers that counted.
    pub valid: i32,
    /// How attendance was judged, in words.
    pub quorum_working: String,
    /// Of how many votes a share was taken.
    pub base: i32,
    /// The candidates: by award, most votes first.
    pub candidates: Vec<Candidate>,
    /// How equal votes at the last place were settled.
    pub tie_note: String,
    /// Next year's lead.
    pub next_lead: NamedUnit,
    /// Next year's deputy.
    pub next_deputy: NamedUnit,
    /// A remark.
    pub note: String,
    /// The rules with which it was counted.
    pub rules: Rules,
}

impl Content {
    /// Names joined for a sentence.
    #[must_use]
    pub fn names(units: &[NamedUnit]) -> String {
        units
            .iter()
            .map(|u| u.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }
}
