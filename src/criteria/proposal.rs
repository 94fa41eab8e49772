//! The table of 100 points that ships with the program: a proposal to begin with, to be replaced by the real one.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::model::{Criterion, Fact, Kind, Rules};
use crate::{ids::CriterionId, kit::error::Result};

const TEXT: &str = include_str!("default.json");

/// A table without an owner, as it is proposed.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The heading.
    pub title: String,
    /// That it is a proposal.
    pub note: String,
    /// Its rules.
    pub rules: Rules,
    /// Groups and lines in reading order, with new ids.
    pub criteria: Vec<Criterion>,
}

#[derive(Deserialize)]
struct Shape {
    title: String,
    note: String,
    rules: Rules,
    groups: Vec<LineShape>,
}

#[derive(Deserialize)]
struct LineShape {
    code: String,
    name: String,
    maximum: Decimal,
    kind: Option<Kind>,
    #[serde(default)]
    needs_evidence: bool,
    indicator: Option<String>,
    fact: Option<Fact>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    lines: Vec<LineShape>,
}

/// The proposal, whole.
pub fn proposal() -> Result<Proposal> {
    let shape: Shape = serde_json::from_str(TEXT)?;
    let mut criteria = Vec::new();
    put(None, shape.groups, &mut criteria);
    Ok(Proposal {
        title: shape.title,
        note: shape.note,
        rules: shape.rules,
        criteria,
    })
}

fn put(parent_id: Option<CriterionId>, lines: Vec<LineShape>, criteria: &mut Vec<Criterion>) {
    for line in lines {
        let id = CriterionId::new();
        criteria.push(Criterion {
            id,
            parent_id,
            code: line.code,
            name: line.name,
            kind: line.kind.unwrap_or(Kind::Group),
            maximum: line.maximum,
            needs_evidence: line.needs_evidence,
            indicator: line.indicator,
            fact: line.fact,
            note: line.note,
        });
        put(Some(id), line.lines, criteria);
    }
}
