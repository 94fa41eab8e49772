//! The rules of a year: quota, quorum, threshold and its base.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::kit::clock::Moment;

/// What a percentage of votes is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ThresholdBase {
    /// All member units, present or not.
    AllUnits,
    /// The units that attend.
    Present,
    /// The valid papers.
    ValidPapers,
}

impl ThresholdBase {
    /// All bases with their codes.
    pub const ALL: [Self; 3] = [Self::AllUnits, Self::Present, Self::ValidPapers];

    /// Completes "… % ".
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AllUnits => "tổng số đơn vị thành viên",
            Self::Present => "số đơn vị có mặt",
            Self::ValidPapers => "số phiếu hợp lệ",
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::AllUnits => "all_units",
            Self::Present => "present",
            Self::ValidPapers => "valid_papers",
        }
    }

    /// The base with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|base| base.code() == code)
    }
}

/// The rules by which a year's votes and nominations are judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// At most this many units nominated for VUSTA's flag.
    pub flag_quota: i32,
    /// At most this many units nominated for VUSTA's certificate of merit.
    pub merit_quota: i32,
    /// The share of units that must attend, in percent.
    pub quorum_percent: Decimal,
    /// More than this share of the base must be for it, in percent.
    pub threshold_percent: Decimal,
    /// What the share is taken of.
    pub threshold_base: ThresholdBase,
    /// Since when the rules can't change: they have decided something.
    pub frozen_at: Option<Moment>,
}
