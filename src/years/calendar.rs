//! The calendar of a year: its steps, their windows, what happens to who is late.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    ids::UnitId,
    kit::{clock, clock::Moment},
};

/// The steps a year can have. Which of them it has, and when, is data of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Step {
    /// VUSTA's guidance for the year.
    Guidance,
    /// The cluster's plan.
    Plan,
    /// Units register.
    Registration,
    /// The lead consolidates.
    Consolidation,
    /// The covenant is signed.
    Covenant,
    /// Units report on six months.
    MidyearReport,
    /// The mid-year conference.
    MidyearConference,
    /// Units report on the year.
    AnnualReport,
    /// The cluster appraises.
    Appraisal,
    /// The closing conference.
    Conference,
    /// Dossiers go to VUSTA.
    Dossiers,
    /// VUSTA's council votes.
    Council,
    /// The decision.
    Decision,
    /// The lead hands over.
    Handover,
}

impl Step {
    /// All steps in their usual order.
    pub const ALL: [Self; 14] = [
        Self::Guidance,
        Self::Plan,
        Self::Registration,
        Self::Consolidation,
        Self::Covenant,
        Self::MidyearReport,
        Self::MidyearConference,
        Self::AnnualReport,
        Self::Appraisal,
        Self::Conference,
        Self::Dossiers,
        Self::Council,
        Self::Decision,
        Self::Handover,
    ];

    /// The name on the year's line.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Guidance => "Hướng dẫn của LHHVN",
            Self::Plan => "Kế hoạch của cụm",
            Self::Registration => "Đăng ký thi đua",
            Self::Consolidation => "Tổng hợp đăng ký",
            Self::Covenant => "Ký giao ước",
            Self::MidyearReport => "Báo cáo 6 tháng",
            Self::MidyearConference => "Hội nghị sơ kết",
            Self::AnnualReport => "Báo cáo năm",
            Self::Appraisal => "Thẩm định",
            Self::Conference => "Hội nghị, suy tôn",
            Self::Dossiers => "Trình LHHVN",
            Self::Council => "Hội đồng xét",
            Self::Decision => "Quyết định",
            Self::Handover => "Bàn giao cụm trưởng",
        }
    }

    /// The code in forms and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Guidance => "guidance",
            Self::Plan => "plan",
            Self::Registration => "registration",
            Self::Consolidation => "consolidation",
            Self::Covenant => "covenant",
            Self::MidyearReport => "midyear_report",
            Self::MidyearConference => "midyear_conference",
            Self::AnnualReport => "annual_report",
            Self::Appraisal => "appraisal",
            Self::Conference => "conference",
            Self::Dossiers => "dossiers",
            Self::Council => "council",
            Self::Decision => "decision",
            Self::Handover => "handover",
        }
    }

    /// The step with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }
}

/// What happens to a paper that comes after its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum LateIs {
    /// Taken and marked late.
    Marked,
    /// Not taken, unless the unit was given more time.
    Refused,
}

impl LateIs {
    /// What happens in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Marked => "nhận, ghi nộp chậm",
            Self::Refused => "không nhận",
        }
    }
}

/// A step of a year: its window and what lateness means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepPlan {
    /// The step.
    pub step: Step,
    /// The first day of its window.
    pub opens_on: NaiveDate,
    /// The last day: until 23:59:59 in Vietnam.
    pub due_on: NaiveDate,
    /// What happens after it.
    pub late_is: LateIs,
}

/// More time given to one unit for one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The step.
    pub step: Step,
    /// The unit.
    pub unit_id: UnitId,
    /// The unit's own last day.
    pub due_on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// A deadline as one unit has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The first day of the window.
    pub opens_on: NaiveDate,
    /// The last day for this unit.
    pub due_on: NaiveDate,
    /// What happens after it.
    pub late_is: LateIs,
}

impl Deadline {
    /// Days late at `now`: 0 in time.
    #[must_use]
    pub fn days_late(&self, now: Moment) -> i32 {
        clock::days_late(now, self.due_on)
    }

    /// Days that are left, the last one included; negative when late.
    #[must_use]
    pub fn days_left(&self, now: Moment) -> i64 {
        (self.due_on - clock::day(now)).num_days()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_its_own_code() {
        for step in Step::ALL {
            assert_eq!(Step::from_code(step.code()), Some(step));
        }
    }
}
