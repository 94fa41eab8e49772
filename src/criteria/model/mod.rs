//! A table of criteria and its lines.

mod kind;
mod rules;
mod tree;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use kind::{Band, Fact, Kind, Measured, Side};
pub use rules::{Class, Rescaling, Rules, TieStep};

use crate::{
    ids::{ClusterId, CriteriaSetId, CriterionId},
    kit::{clock::Moment, journal::Subject},
};

/// Where a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// Being written.
    Draft,
    /// In force: nothing in it changes any more.
    Issued,
    /// A later version took its place, or its year is over.
    Closed,
}

impl State {
    /// All states in the order of the usual way.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Issued, Self::Closed];

    /// The state in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "nháp",
            Self::Issued => "đã ban hành",
            Self::Closed => "đã đóng",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Draft => "neutral",
            Self::Issued => "done",
            Self::Closed => "info",
        }
    }
}

/// A line of the table, or a group of lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// The id; another one in every version.
    pub id: CriterionId,
    /// The group that it belongs to; none at the top.
    pub parent_id: Option<CriterionId>,
    /// `III.1`: the same over versions and years, so standings over years are joined by it. Unique in a table.
    pub code: String,
    /// What is judged.
    pub name: String,
    /// How its points come about.
    pub kind: Kind,
    /// The most points; for a deduction the most that this line takes off, as a positive number.
    pub maximum: Decimal,
    /// Whether a unit must attach evidence to be given points.
    pub needs_evidence: bool,
    /// The code of the indicator whose figure counts.
    pub indicator: Option<String>,
    /// A fact that the program knows by itself.
    pub fact: Option<Fact>,
    /// What counts as evidence, how to judge.
    pub note: String,
}

/// A table of criteria: VUSTA's for a year, or a cluster's supplement to it.
#[derive(Clone, Debug)]
pub struct CriteriaSet {
    /// The id.
    pub id: CriteriaSetId,
    /// The year.
    pub year: i32,
    /// The cluster whose supplement it is; none for VUSTA's own.
    pub cluster_id: Option<ClusterId>,
    /// The version within year and cluster, from 1.
    pub number: i32,
    /// Where it is.
    pub state: State,
    /// The heading.
    pub title: String,
    /// A remark on the whole: its legal basis, that it is a proposal.
    pub note: String,
    /// How points become a total, a class and a place.
    pub rules: Rules,
    /// Groups and lines in reading order, each after the group that it belongs to.
    pub criteria: Vec<Criterion>,
    /// Counts saves; a form carries the number it was made from.
    pub version: i32,
    /// When it was issued.
    pub issued_at: Option<Moment>,
    /// The hash of what was issued.
    pub content_hash: Option<String>,
}

impl CriteriaSet {
    /// The criterion with this id.
    #[must_use]
    pub fn criterion(&self, id: CriterionId) -> Option<&Criterion> {
        self.criteria.iter().find(|c| c.id == id)
    }

    /// The criterion with this code.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|c| c.code == code)
    }

    /// What belongs directly to a group, in reading order; with none what stands at the top.
    pub fn children(&self, parent: Option<CriterionId>) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter().filter(move |c| c.parent_id == parent)
    }

    /// The lines that are given points: everything but groups, in reading order.
    pub fn lines(&self) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter().filter(|c| c.kind != Kind::Group)
    }

    /// How many groups a criterion stands in: 0 at the top.
    #[must_use]
    pub fn depth(&self, criterion: &Criterion) -> usize {
        let mut depth = 0;
        let mut parent = criterion.parent_id;
        // No table is deeper than it has criteria, whatever the rows say.
        while let Some(group) = parent.and_then(|id| self.criterion(id)) {
            depth += 1;
            if depth > self.criteria.len() {
                break;
            }
            parent = group.parent_id;
        }
        depth
    }

    /// On which side a criterion counts: its own for a line, for a group that of its first line.
    #[must_use]
    pub fn side(&self, criterion: &Criterion) -> Side {
        self.side_within(criterion, self.criteria.len())
    }

    fn side_within(&self, criterion: &Criterion, levels: usize) -> Side {
        if criterion.kind != Kind::Group || levels == 0 {
            return criterion.kind.side();
        }
        self.children(Some(criterion.id))
            .next()
            .map_or(Side::Base, |child| self.side_within(child, levels - 1))
    }

    /// `/tieu-chi/0190...`
    #[must_use]
    pub fn path(&self) -> String {
        format!("/tieu-chi/{}", self.id)
    }

    /// `năm 2026, bản 2`, which stays together at the end of a line.
    #[must_use]
    pub fn edition(&self) -> String {
        format!("năm {}, bản\u{a0}{}", self.year, self.number)
    }

    /// Whether it can still be written.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.state == State::Draft
    }

    /// Whether it is a cluster's supplement.
    #[must_use]
    pub fn is_supplement(&self) -> bool {
        self.cluster_id.is_some()
    }

    /// As the journal knows it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject {
            kind: "criteria_sets",
            id: self.id.0,
            cluster: self.cluster_id.map(|c| c.0),
            unit: None,
        }
    }
}
