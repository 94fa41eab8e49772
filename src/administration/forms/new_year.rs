//! Opening a year.

use serde::Deserialize;

use crate::{
    ids::UnitId,
    kit::{fields::FieldErrors, values},
    units::UnitChoice,
    years::{Year, YearRow},
};

/// A year to be opened, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewYearForm {
    /// The cluster's slug.
    pub cluster: String,
    pub year: String,
    /// `last`: calendar and rules as in the newest year; else the defaults.
    pub source: String,
    /// The slugs of the members.
    pub member: Vec<String>,
}

/// A year to be opened, checked.
pub struct NewYear {
    /// The year.
    pub year: i32,
    /// Its members.
    pub members: Vec<UnitId>,
    /// Whether calendar and rules are copied from the newest year.
    pub copies_last: bool,
}

impl NewYearForm {
    /// What is offered: the year after the newest, with its members as far as they still exist.
    pub fn after(cluster: &str, last: Option<&Year>, this_year: i32) -> Self {
        Self {
            cluster: cluster.to_owned(),
            year: last.map_or(this_year, |l| l.year + 1).to_string(),
            source: if last.is_some() { "last" } else { "defaults" }.to_owned(),
            member: last
                .map(|l| l.members.iter().map(|m| m.slug.clone()).collect())
                .unwrap_or_default(),
        }
    }

    /// Whether this unit is ticked.
    pub fn has(&self, slug: &str) -> bool {
        self.member.iter().any(|m| m == slug)
    }

    /// The checked year. `years` are all years of all clusters: a unit belongs to one cluster a year.
    pub fn check(&self, units: &[UnitChoice], years: &[YearRow]) -> Result<NewYear, FieldErrors> {
        let mut errors = FieldErrors::default();
        let year = errors.read("year", values::whole(&self.year, 2000, 2100, "Năm"));
        let members: Vec<UnitId> = units.iter().filter(|u| self.has(&u.slug)).map(|u| u.id).collect();
        if members.is_empty() {
            errors.add("member", "Hãy chọn các đơn vị thành viên của cụm.");
        }
        let others = years
            .iter()
            .filter(|row| Some(row.year) == year && row.slug != self.cluster);
        for row in others {
            let taken = units
                .iter()
                .filter(|u| self.has(&u.slug) && row.members.contains(&u.id));
            for unit in taken {
                errors.add(
                    format!("member-{}", unit.slug),
                    format!("{} đã thuộc {} năm {}.", unit.short_name, row.name, row.year),
                );
            }
        }
        match year {
            Some(year) if errors.is_empty() => Ok(NewYear {
                year,
                members,
                copies_last: self.source == "last",
            }),
            _ => Err(errors),
        }
    }
}
