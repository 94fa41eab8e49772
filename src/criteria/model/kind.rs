//! How a criterion's points come about, and the facts that the program knows by itself.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::years::Step;

/// On which side of the sum a criterion counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The points of the table proper: they sum to its total.
    Base,
    /// On top, up to a ceiling.
    Bonus,
    /// Taken off, down to a floor.
    Deduction,
}

/// What a criterion's steps are steps of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    /// The figure itself.
    Value,
    /// The figure in percent of the unit's own target.
    RatioToTarget,
}

impl Measured {
    /// Both, in the order of forms.
    pub const ALL: [Self; 2] = [Self::Value, Self::RatioToTarget];

    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Value => "kết quả đạt được",
            Self::RatioToTarget => "tỷ lệ % so với chỉ tiêu đăng ký",
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::RatioToTarget => "ratio_to_target",
        }
    }

    /// The one with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.code() == code)
    }
}

/// A step: from this value on, these points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// The value from which it holds; in percent for a ratio.
    pub from: Decimal,
    /// The points.
    pub points: Decimal,
}

/// How a criterion's points come about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// The sum of what belongs to it.
    Group,
    /// In proportion to how far the unit's own target was reached.
    TargetRatio {
        /// The points for exactly 100 %.
        points_at_target: Decimal,
        /// From which percentage (100 or more) the maximum is given; straight on between.
        full_at_percent: Decimal,
        /// Below this percentage nothing is given.
        nothing_below_percent: Decimal,
    },
    /// Fixed points from fixed values on.
    Steps {
        /// What is measured.
        of: Measured,
        /// The steps, lowest first; below the first nothing.
        bands: Vec<Band>,
    },
    /// So many points for each, up to the maximum.
    Count {
        /// The points for one.
        each: Decimal,
    },
    /// The maximum or nothing.
    YesNo,
    /// People judge, up to the maximum.
    Judged,
    /// Points on top: so many for each, or as people judge.
    Bonus {
        /// The points for one; none when people judge.
        each: Option<Decimal>,
    },
    /// Points taken off, as a positive number: so many for each time, or as people judge.
    Deduction {
        /// The points for one time; none when people judge.
        each: Option<Decimal>,
    },
    /// Half the maximum for the target, the rest in relation to the cluster's best unit.
    LeaderRelative,
}

impl Kind {
    /// On which side a line of this kind counts.
    #[must_use]
    pub fn side(&self) -> Side {
        match self {
            Self::Bonus { .. } => Side::Bonus,
            Self::Deduction { .. } => Side::Deduction,
            Self::Group
            | Self::TargetRatio { .. }
            | Self::Steps { .. }
            | Self::Count { .. }
            | Self::YesNo
            | Self::Judged
            | Self::LeaderRelative => Side::Base,
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::TargetRatio { .. } => "target_ratio",
            Self::Steps { .. } => "steps",
            Self::Count { .. } => "count",
            Self::YesNo => "yes_no",
            Self::Judged => "judged",
            Self::Bonus { .. } => "bonus",
            Self::Deduction { .. } => "deduction",
            Self::LeaderRelative => "leader_relative",
        }
    }

    /// The kind in words.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Group => "nhóm tiêu chí",
            Self::TargetRatio { .. } => "theo tỷ lệ so với chỉ tiêu đăng ký",
            Self::Steps { .. } => "theo bậc",
            Self::Count { .. } => "theo số lượng",
            Self::YesNo => "có hoặc không",
            Self::Judged => "chấm theo đánh giá",
            Self::Bonus { .. } => "điểm thưởng",
            Self::Deduction { .. } => "điểm trừ",
            Self::LeaderRelative => "so với đơn vị dẫn đầu cụm",
        }
    }

    /// Whether its points follow from a figure that a report holds.
    #[must_use]
    pub fn reads_a_figure(&self) -> bool {
        matches!(
            self,
            Self::TargetRatio { .. } | Self::Steps { .. } | Self::Count { .. } | Self::LeaderRelative
        )
    }

    /// Whether it needs the unit's own target.
    #[must_use]
    pub fn needs_a_target(&self) -> bool {
        matches!(
            self,
            Self::TargetRatio { .. }
                | Self::Steps {
                    of: Measured::RatioToTarget,
                    ..
                }
                | Self::LeaderRelative
        )
    }
}

/// A fact that the program knows by itself, so nobody has to claim or check it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Fact {
    /// The registration came late.
    LateRegistration,
    /// The mid-year report came late.
    LateMidyearReport,
    /// The annual report came late.
    LateAnnualReport,
    /// The unit was absent from the closing conference.
    AbsentAtConference,
    /// The registration came in time.
    RegisteredInTime,
    /// The mid-year report came in time.
    MidyearReportInTime,
    /// The annual report came in time.
    AnnualReportInTime,
    /// The unit attended the closing conference.
    PresentAtConference,
}

impl Fact {
    /// All facts in the order of forms.
    pub const ALL: [Self; 8] = [
        Self::RegisteredInTime,
        Self::MidyearReportInTime,
        Self::AnnualReportInTime,
        Self::PresentAtConference,
        Self::LateRegistration,
        Self::LateMidyearReport,
        Self::LateAnnualReport,
        Self::AbsentAtConference,
    ];

    /// The fact in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::LateRegistration => "nộp đăng ký thi đua chậm",
            Self::LateMidyearReport => "nộp báo cáo sơ kết chậm",
            Self::LateAnnualReport => "nộp báo cáo tổng kết chậm",
            Self::AbsentAtConference => "vắng mặt tại hội nghị tổng kết",
            Self::RegisteredInTime => "nộp đăng ký thi đua đúng hạn",
            Self::MidyearReportInTime => "nộp báo cáo sơ kết đúng hạn",
            Self::AnnualReportInTime => "nộp báo cáo tổng kết đúng hạn",
            Self::PresentAtConference => "dự hội nghị tổng kết",
        }
    }

    /// The step of the year that it is about: who joined after its last day can neither meet nor miss it.
    #[must_use]
    pub fn step(self) -> Step {
        match self {
            Self::LateRegistration | Self::RegisteredInTime => Step::Registration,
            Self::LateMidyearReport | Self::MidyearReportInTime => Step::MidyearReport,
            Self::LateAnnualReport | Self::AnnualReportInTime => Step::AnnualReport,
            Self::AbsentAtConference | Self::PresentAtConference => Step::Conference,
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::LateRegistration => "late_registration",
            Self::LateMidyearReport => "late_midyear_report",
            Self::LateAnnualReport => "late_annual_report",
            Self::AbsentAtConference => "absent_at_conference",
            Self::RegisteredInTime => "registered_in_time",
            Self::MidyearReportInTime => "midyear_report_in_time",
            Self::AnnualReportInTime => "annual_report_in_time",
            Self::PresentAtConference => "present_at_conference",
        }
    }

    /// The fact with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fact| fact.code() == code)
    }
}
