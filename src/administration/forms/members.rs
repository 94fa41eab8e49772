//! Who belongs to a year, who leads it, who has more time.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::optional_date;
use crate::{
    ids::UnitId,
    kit::{clock::date_text, fields::FieldErrors, values},
    units::UnitChoice,
    years::{Extension, LeadershipInput, Office, Step, Year},
};

/// A member as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MemberForm {
    pub version: i32,
    pub unit: String,
    pub from_date: String,
    pub to_date: String,
}

/// A member of a part of the year or of all of it.
pub type MemberDays = (UnitId, (Option<NaiveDate>, Option<NaiveDate>));

impl MemberForm {
    /// The checked member. `elsewhere` names the cluster that a unit belongs to in the same year.
    pub fn check(
        &self,
        year: &Year,
        units: &[UnitChoice],
        elsewhere: impl FnOnce(UnitId) -> Option<String>,
    ) -> Result<MemberDays, FieldErrors> {
        let mut errors = FieldErrors::default();
        let unit = units
            .iter()
            .find(|u| u.slug == self.unit)
            .map(|u| u.id)
            .ok_or_else(|| "Hãy chọn đơn vị.".to_owned());
        let unit = errors.read("unit", unit);
        let within = |typed: &str| match optional_date(typed)? {
            Some(day) if day.year() != year.year => Err(format!("Ngày phải thuộc năm {}.", year.year)),
            day => Ok(day),
        };
        let from = errors.read("from_date", within(&self.from_date)).flatten();
        let to = errors.read("to_date", within(&self.to_date)).flatten();
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            errors.add("to_date", "Ngày rời cụm phải từ ngày vào cụm trở đi.");
        }
        let is_whole_year = from.is_none() && to.is_none();
        if let Some(cluster) = unit
            .filter(|_| is_whole_year && errors.is_empty())
            .and_then(elsewhere)
        {
            errors.add(
                "unit",
                format!(
                    "Đơn vị này đang thuộc {cluster} trong năm {}. Nếu chuyển cụm giữa năm, hãy ghi ngày.",
                    year.year
                ),
            );
        }
        match unit {
            Some(unit) if errors.is_empty() => Ok((unit, (from, to))),
            _ => Err(errors),
        }
    }
}

/// Lead or deputy, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LeadershipForm {
    pub version: i32,
    pub office: String,
    pub unit: String,
    pub starts_on: String,
    pub ends_on: String,
}

impl LeadershipForm {
    /// The checked office.
    pub fn check(&self, year: &Year) -> Result<LeadershipInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let office = errors.read(
            "office",
            Office::from_code(&self.office).ok_or_else(|| "Hãy chọn vai trò.".to_owned()),
        );
        let unit = year
            .member(&self.unit)
            .map(|m| m.unit_id)
            .ok_or_else(|| "Hãy chọn một đơn vị thành viên.".to_owned());
        let unit = errors.read("unit", unit);
        let starts_on = errors.read("starts_on", values::date(&self.starts_on));
        let ends_on = errors.read("ends_on", optional_date(&self.ends_on));
        let (Some(office), Some(unit), Some(starts_on), Some(ends_on)) = (office, unit, starts_on, ends_on)
        else {
            return Err(errors);
        };
        if ends_on.is_some_and(|end| end < starts_on) {
            return Err(FieldErrors::one(
                "ends_on",
                "Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ));
        }
        let has_other = year.leaderships.iter().any(|l| {
            l.unit_id == unit
                && l.office != office
                && l.ends_on.is_none_or(|end| starts_on <= end)
                && ends_on.is_none_or(|end| l.starts_on <= end)
        });
        if has_other {
            return Err(FieldErrors::one(
                "unit",
                "Một đơn vị không vừa là cụm trưởng vừa là cụm phó trong cùng thời gian.",
            ));
        }
        Ok(LeadershipInput {
            office,
            unit,
            starts_on,
            ends_on,
        })
    }
}

/// More time for one unit, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ExtensionForm {
    pub version: i32,
    pub step: String,
    pub unit: String,
    pub due_on: String,
    pub reason: String,
}

impl ExtensionForm {
    /// The checked extension: later than the deadline that all have.
    pub fn check(&self, year: &Year) -> Result<Extension, FieldErrors> {
        let mut errors = FieldErrors::default();
        let plan = Step::from_code(&self.step).and_then(|step| year.plan(step));
        let plan = errors.read(
            "step",
            plan.ok_or_else(|| "Hãy chọn một bước trong lịch của năm.".to_owned()),
        );
        let unit = year
            .member(&self.unit)
            .map(|m| m.unit_id)
            .ok_or_else(|| "Hãy chọn một đơn vị thành viên.".to_owned());
        let unit_id = errors.read("unit", unit);
        let due_on = errors.read("due_on", values::date(&self.due_on));
        if let (Some(plan), Some(day)) = (plan, due_on)
            && day <= plan.due_on
        {
            errors.add(
                "due_on",
                format!(
                    "Hạn chung là {}. Hạn riêng phải sau ngày đó.",
                    date_text(plan.due_on)
                ),
            );
        }
        let reason = errors.read(
            "reason",
            values::required_paragraphs(&self.reason, 500, "lý do gia hạn"),
        );
        match (plan, unit_id, due_on, reason) {
            (Some(plan), Some(unit_id), Some(due_on), Some(reason)) if errors.is_empty() => Ok(Extension {
                step: plan.step,
                unit_id,
                due_on,
                reason,
            }),
            _ => Err(errors),
        }
    }
}
