//! The files of `demo/`, built into the program, and how their relative dates become those of a present.

use anyhow::{Context, ensure};
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    shapes::{ClusterYear, Figures, World},
    year_of,
};
use crate::kit::clock::Moment;

const UNITS: &str = include_str!("../../demo/units.json");
const CLUSTERS: &str = include_str!("../../demo/clusters.json");
const PEOPLE: &str = include_str!("../../demo/people.json");
const FIGURES: &str = include_str!("../../demo/figures.json");
const CUM_3: [(&str, &str); 4] = [
    (
        "cum-3-2023.json",
        include_str!("../../demo/years/cum-3-2023.json"),
    ),
    (
        "cum-3-2024.json",
        include_str!("../../demo/years/cum-3-2024.json"),
    ),
    (
        "cum-3-2025.json",
        include_str!("../../demo/years/cum-3-2025.json"),
    ),
    (
        "cum-3-current.json",
        include_str!("../../demo/years/cum-3-current.json"),
    ),
];
const OTHERS: &str = include_str!("../../demo/years/others.json");

impl World {
    /// The world whose current year is that of `now`.
    pub fn read(now: Moment) -> anyhow::Result<Self> {
        let current = year_of(now);
        let mut years = Vec::new();
        for (name, text) in CUM_3 {
            years.push(
                read_year(value(name, text, current)?, current)
                    .with_context(|| format!("demo/years/{name}"))?,
            );
        }
        let newest = years.iter().rev().nth(1).map_or(0, |year| year.year);
        ensure!(
            current > newest,
            "the demonstration world needs a clock that shows {} or later; this machine's shows {current}",
            newest + 1
        );
        let mut figures: Figures = typed("figures.json", FIGURES)?;
        for year in &mut years {
            let key = if year.year == current {
                "current".to_owned()
            } else {
                year.year.to_string()
            };
            year.annual_figures = figures.annual.remove(&key).unwrap_or_default();
            year.midyear_figures = figures.midyear.remove(&key).unwrap_or_default();
        }
        years.extend(others(current).context("demo/years/others.json")?);
        Ok(Self {
            units: typed("units.json", UNITS)?,
            clusters: typed("clusters.json", CLUSTERS)?,
            people: typed("people.json", PEOPLE)?,
            years,
        })
    }

    /// The day on which the first post began: before it there is nobody to do anything.
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.people
            .iter()
            .flat_map(|person| &person.posts)
            .map(|post| post.from)
            .min()
    }
}

fn typed<T: DeserializeOwned>(name: &str, text: &str) -> anyhow::Result<T> {
    serde_json::from_str(text).with_context(|| format!("demo/{name}"))
}

fn value(name: &str, text: &str, current: i32) -> anyhow::Result<Value> {
    let text = text
        .replace("{last_year}", &(current - 1).to_string())
        .replace("{year}", &current.to_string())
        .replace("{next_year}", &(current + 1).to_string());
    typed(name, &text)
}

/// A year out of its object, whose dates may lack the year.
fn read_year(mut object: Value, current: i32) -> anyhow::Result<ClusterYear> {
    if object["year"] == "current" {
        object["year"] = current.into();
    }
    let year = object["year"]
        .as_i64()
        .and_then(|year| i32::try_from(year).ok())
        .context("a year is a number or `current`")?;
    date_all(&mut object, year);
    Ok(serde_json::from_value(object)?)
}

/// The years of the other clusters share a calendar.
fn others(current: i32) -> anyhow::Result<Vec<ClusterYear>> {
    let mut file = value("years/others.json", OTHERS, current)?;
    let calendar = file["calendar"].take();
    let Value::Array(years) = file["years"].take() else {
        return Ok(Vec::new());
    };
    years
        .into_iter()
        .map(|mut year| {
            year["calendar"] = calendar.clone();
            read_year(year, current)
        })
        .collect()
}

/// What officers typed: a text in there is never a date of ours, whatever it looks like.
const AS_TYPED: [&str; 3] = ["form", "figures", "sections"];

/// Gives every date that lacks its year the year of its object.
fn date_all(value: &mut Value, year: i32) {
    match value {
        Value::String(text) => {
            if let Some(whole) = dated(text, year) {
                *text = whole;
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| date_all(inner, year)),
        Value::Object(map) => {
            map.iter_mut()
                .filter(|(key, _)| !AS_TYPED.contains(&key.as_str()))
                .for_each(|(_, inner)| date_all(inner, year));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// `02-28` and `02-20T09:10:00+07:00` in this year, `+1:01-31` in the next.
fn dated(text: &str, year: i32) -> Option<String> {
    let (year, rest) = text
        .strip_prefix("+1:")
        .map_or((year, text), |rest| (year + 1, rest));
    let day = rest.split('T').next().unwrap_or_default();
    let lacks_year = day.len() == 5
        && day
            .bytes()
            .enumerate()
            .all(|(i, c)| if i == 2 { c == b'-' } else { c.is_ascii_digit() });
    lacks_year.then(|| format!("{year}-{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_without_its_year_gets_that_of_its_object() {
        assert_eq!(dated("02-28", 2026).as_deref(), Some("2026-02-28"));
        assert_eq!(dated("+1:01-31", 2026).as_deref(), Some("2027-01-31"));
        assert_eq!(
            dated("02-20T09:10:00+07:00", 2026).as_deref(),
            Some("2026-02-20T09:10:00+07:00")
        );
        for other in [
            "2023-02-28",
            "2023-02-28T09:10:00+07:00",
            "sonla",
            "",
            "50",
            "1:02-28",
            "á2-28",
        ] {
            assert_eq!(dated(other, 2026), None, "{other}");
        }
    }

    #[test]
    fn the_world_needs_a_year_after_those_that_are_told() {
        let at = |text: &str| World::read(text.parse().unwrap());
        assert!(at("2025-12-31T16:59:59Z").is_err_and(|e| e.to_string().contains("2026 or later")));
        assert_eq!(
            at("2025-12-31T17:00:00Z")
                .unwrap()
                .years
                .iter()
                .filter(|y| y.year == 2026)
                .count(),
            9
        );
        assert_eq!(
            at("2040-07-01T00:00:00Z")
                .unwrap()
                .years
                .iter()
                .filter(|y| y.year == 2040)
                .count(),
            9
        );
    }
}
