//! The year of a cluster with everything that its pages need to know of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    calendar::{Deadline, Extension, Step, StepPlan},
    rules::Rules,
};
use crate::{
    clusters::Cluster,
    ids::{ClusterId, UnitId, YearId},
    people::YearPlace,
    units::UnitKind,
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
    /// What kind of association it is.
    pub kind: UnitKind,
    /// Staff in that year, if known.
    pub staff: Option<i32>,
    /// The first day in the year, where the unit came within it.
    pub from_date: Option<NaiveDate>,
    /// The last day in the year, where the unit left within it.
    pub to_date: Option<NaiveDate>,
}

impl Member {
    /// Whether what was due on this day was asked of it: it had joined by then.
    #[must_use]
    pub fn joined_by(&self, due_on: NaiveDate) -> bool {
        self.from_date.is_none_or(|from| from <= due_on)
    }
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

    /// The unit that holds an office: the last one, where it changed hands within the year.
    #[must_use]
    pub fn holder(&self, office: Office) -> Option<UnitId> {
        self.leaderships
            .iter()
            .filter(|l| l.office == office)
            .max_by_key(|l| l.starts_on)
            .map(|l| l.unit_id)
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
