//! The shape of scores in the files of `demo/`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;

/// How a year was scored.
#[derive(Deserialize)]
pub struct Scoring {
    pub by: String,
    pub opened_at: DateTime<Utc>,
    pub locked_at: Option<DateTime<Utc>>,
    pub sheets: Vec<Score>,
}

/// A unit's sheet: what isn't computed is given the share of the maximum that is told, unless its code is.
#[derive(Deserialize)]
pub struct Score {
    pub unit: String,
    pub by: String,
    pub submitted_at: Option<DateTime<Utc>>,
    /// When the unit was asked to explain, where it hasn't yet.
    pub asked_at: Option<DateTime<Utc>>,
    pub appraised_at: Option<DateTime<Utc>>,
    /// In percent of the maximum.
    #[serde(default)]
    pub judged: i64,
    /// Points by criterion, as typed.
    #[serde(default)]
    pub points: BTreeMap<String, String>,
    #[serde(default)]
    pub exempt: BTreeMap<String, String>,
    #[serde(default)]
    pub cuts: Vec<Cut>,
}

/// A line that the appraisers gave other points, and what was asked and explained before.
#[derive(Deserialize)]
pub struct Cut {
    pub criterion: String,
    pub points: String,
    pub reason: String,
    #[serde(default)]
    pub question: String,
    #[serde(default)]
    pub explanation: String,
}
