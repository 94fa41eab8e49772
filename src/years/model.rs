//! The year of a cluster with everything that its pages need to know of it.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    clusters::Cluster,
    ids::{ClusterId, UnitId, YearId},
    kit::{clock, clock::Moment},
    people::YearPlace,
};

/// Whether the year can still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum YearState {
    /// Work goes on.
    Open,
    /// Everything in it is history.
    Closed,
}

impl YearState {
    /// The state in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "đang mở",
            Self::Closed => "đã khép lại",
        }
    }
}

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

/// The office of a unit in its cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Office {
    /// Cụm trưởng.
    Lead,
    /// Cụm phó.
    Deputy,
}

impl Office {
    /// The office in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Lead => "cụm trưởng",
            Self::Deputy => "cụm phó",
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Deputy => "deputy",
        }
    }

    /// The office with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Lead, Self::Deputy]
            .into_iter()
            .find(|office| office.code() == code)
    }
}

/// A unit's office in the cluster from one day to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leadership {
    /// Lead or deputy.
    pub office: Office,
    /// The unit.
    pub unit_id: UnitId,
    /// Its short name.
    pub unit_name: String,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; none while no hand-over is set.
    pub ends_on: Option<NaiveDate>,
}

/// A member of the cluster in that year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The unit.
    pub unit_id: UnitId,
    /// Its part of a path.
    pub slug: String,
    /// The place: short enough for a table.
    pub place: String,
    /// `Liên hiệp Hội tỉnh Sơn La`.
    pub short_name: String,
    /// Staff in that year, if known.
    pub staff: Option<i32>,
    /// The first day in the year, where the unit came within it.
    pub from_date: Option<NaiveDate>,
    /// The last day in the year, where the unit left within it.
    pub to_date: Option<NaiveDate>,
}

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

/// The year of a cluster.
#[derive(Clone, Debug)]
pub struct Year {
    /// The id.
    pub id: YearId,
    /// The cluster.
    pub cluster: Cluster,
    /// The year.
    pub year: i32,
    /// Open or closed.
    pub state: YearState,
    /// Counts changes.
    pub version: i32,
    /// The members by place.
    pub members: Vec<Member>,
    /// Lead and deputy, in time order.
    pub leaderships: Vec<Leadership>,
    /// The steps in the order of this year.
    pub steps: Vec<StepPlan>,
    /// More time given.
    pub extensions: Vec<Extension>,
    /// The rules.
    pub rules: Rules,
    /// Names of the patrons of today.
    pub patrons: Vec<String>,
}

/// A line of the list of years.
#[derive(Clone, Debug)]
pub struct YearRow {
    /// The id.
    pub id: YearId,
    /// The cluster.
    pub cluster_id: ClusterId,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its note.
    pub note: String,
    /// The year.
    pub year: i32,
    /// Open or closed.
    pub state: YearState,
    /// The member units.
    pub members: Vec<UnitId>,
    /// Their places in order.
    pub places: Vec<String>,
    /// Names of the units that led, in time order.
    pub leads: Vec<String>,
    /// Names of the deputies.
    pub deputies: Vec<String>,
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

impl Year {
    /// Whether work goes on.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == YearState::Open
    }

    /// The member with this slug.
    #[must_use]
    pub fn member(&self, slug: &str) -> Option<&Member> {
        self.members.iter().find(|m| m.slug == slug)
    }

    /// The member that is this unit.
    #[must_use]
    pub fn member_of(&self, unit: UnitId) -> Option<&Member> {
        self.members.iter().find(|m| m.unit_id == unit)
    }

    /// The unit's office in this year, if any.
    #[must_use]
    pub fn office_of(&self, unit: UnitId) -> Option<Office> {
        self.leaderships
            .iter()
            .find(|l| l.unit_id == unit)
            .map(|l| l.office)
    }

    /// The names of the units that held `office`, in time order.
    #[must_use]
    pub fn names_in(&self, office: Office) -> String {
        let names: Vec<&str> = self
            .leaderships
            .iter()
            .filter(|l| l.office == office)
            .map(|l| l.unit_name.as_str())
            .collect();
        if names.is_empty() {
            "chưa có".to_owned()
        } else {
            names.join(", ")
        }
    }

    /// The plan of a step, if this year has it.
    #[must_use]
    pub fn plan(&self, step: Step) -> Option<&StepPlan> {
        self.steps.iter().find(|p| p.step == step)
    }

    /// The deadline of a step for one unit: its own where more time was given.
    #[must_use]
    pub fn deadline(&self, step: Step, unit: UnitId) -> Option<Deadline> {
        let plan = self.plan(step)?;
        let own = self
            .extensions
            .iter()
            .find(|e| e.step == step && e.unit_id == unit);
        Some(Deadline {
            opens_on: plan.opens_on,
            due_on: own.map_or(plan.due_on, |e| e.due_on),
            late_is: plan.late_is,
        })
    }

    /// The units that are members on `day`: those that left earlier in the year no longer vote.
    #[must_use]
    pub fn members_on(&self, day: NaiveDate) -> Vec<&Member> {
        self.members
            .iter()
            .filter(|m| m.from_date.is_none_or(|from| from <= day) && m.to_date.is_none_or(|to| day <= to))
            .collect()
    }

    /// `/cum/cum-3/2023`
    #[must_use]
    pub fn path(&self) -> String {
        format!("/cum/{}/{}", self.cluster.slug, self.year)
    }

    /// `Cụm thi đua số 3, năm 2023`
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}, năm {}", self.cluster.name, self.year)
    }

    /// For the menu.
    #[must_use]
    pub fn place(&self) -> YearPlace {
        YearPlace {
            slug: self.cluster.slug.clone(),
            name: self.cluster.name.clone(),
            year: self.year,
        }
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
