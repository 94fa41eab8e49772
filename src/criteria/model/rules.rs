//! How points become a total, a class and a place.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// What happens with criteria that don't apply to a unit in the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rescaling {
    /// The rest of the group is stretched to the group's maximum.
    RescaleGroup,
    /// The sum of all groups is stretched to the table's total.
    RescaleTotal,
    /// The maximum is given.
    FullPoints,
    /// Nothing is given.
    None,
}

impl Rescaling {
    /// All ways in the order of forms.
    pub const ALL: [Self; 4] = [
        Self::RescaleGroup,
        Self::RescaleTotal,
        Self::FullPoints,
        Self::None,
    ];

    /// The way in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::RescaleGroup => "quy đổi điểm các tiêu chí còn lại trong nhóm lên điểm tối đa của nhóm",
            Self::RescaleTotal => "quy đổi tổng điểm các tiêu chí còn lại lên tổng điểm của bảng",
            Self::FullPoints => "cho điểm tối đa",
            Self::None => "không có điểm",
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::RescaleGroup => "rescale_group",
            Self::RescaleTotal => "rescale_total",
            Self::FullPoints => "full_points",
            Self::None => "none",
        }
    }

    /// The way with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// A class of units by their points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// From how many points on.
    pub from: Decimal,
    /// `Hoàn thành xuất sắc nhiệm vụ`.
    pub label: String,
}

/// A step of the ladder by which units with the same points are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", content = "codes", rename_all = "snake_case")]
pub enum TieStep {
    /// More points in the groups with these codes.
    MainGroups(Vec<String>),
    /// More bonus.
    MoreBonus,
    /// Less taken off.
    LessDeduction,
    /// Who wasn't awarded last year goes first.
    NotAwardedLastYear,
    /// More votes of the cluster's members.
    Vote,
    /// The cluster's lead or VUSTA decides.
    LeadDecides,
}

impl TieStep {
    /// The step in words.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::MainGroups(codes) => {
                format!("Điểm các nhóm nhiệm vụ chính ({}) cao hơn", codes.join(", "))
            }
            Self::MoreBonus => "Điểm thưởng cao hơn".to_owned(),
            Self::LessDeduction => "Điểm trừ ít hơn".to_owned(),
            Self::NotAwardedLastYear => "Năm trước chưa được khen thưởng".to_owned(),
            Self::Vote => "Số phiếu biểu quyết của các đơn vị cao hơn".to_owned(),
            Self::LeadDecides => "Cụm trưởng hoặc LHHVN quyết định".to_owned(),
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::MainGroups(_) => "main_groups",
            Self::MoreBonus => "more_bonus",
            Self::LessDeduction => "less_deduction",
            Self::NotAwardedLastYear => "not_awarded_last_year",
            Self::Vote => "vote",
            Self::LeadDecides => "lead_decides",
        }
    }
}

/// How points become a total, a class and a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// What the groups must sum to: 100. What a supplement adds; 0 for one with bonus and deductions only.
    pub total: Decimal,
    /// Places after the comma; rounded half away from zero.
    pub decimals: u32,
    /// The most bonus.
    pub bonus_ceiling: Decimal,
    /// The most that is taken off, as a positive number.
    pub deduction_floor: Decimal,
    /// What happens with criteria that don't apply.
    pub rescaling: Rescaling,
    /// The classes, highest first. A supplement's aren't used.
    pub classes: Vec<Class>,
    /// The ladder for equal points. A supplement's isn't used.
    pub ties: Vec<TieStep>,
}

impl Rules {
    /// A number of points rounded as the rules say.
    #[must_use]
    pub fn round(&self, points: Decimal) -> Decimal {
        points.round_dp_with_strategy(self.decimals, RoundingStrategy::MidpointAwayFromZero)
    }

    /// Points as people write them, with the places of the rules: `8,00`.
    #[must_use]
    pub fn points_text(&self, points: Decimal) -> String {
        let places = usize::try_from(self.decimals).unwrap_or_default();
        format!("{:.places$}", self.round(points)).replace('.', ",")
    }

    /// The class of this many points. Points below nought are in the class of nought.
    #[must_use]
    pub fn class_of(&self, points: Decimal) -> Option<&Class> {
        let points = points.max(Decimal::ZERO);
        self.classes
            .iter()
            .filter(|class| class.from <= points)
            .max_by_key(|class| class.from)
    }
}
