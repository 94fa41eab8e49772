//! A new table: for which year, whose, out of what.

use serde::Deserialize;

use crate::{
    clusters::Cluster,
    ids::{ClusterId, CriteriaSetId},
    kit::{fields::FieldErrors, values},
};

/// The form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like what they become")]
pub struct NewForm {
    pub year: String,
    /// `lhhvn` or a cluster's slug.
    pub whose: String,
    /// `mau`, `trong` or the id of an earlier table.
    pub source: String,
}

/// Out of what a table is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The proposal that ships with the program.
    Proposal,
    /// An earlier table.
    Copy(CriteriaSetId),
    /// Nothing.
    Empty,
}

/// A new table, checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewInput {
    /// The year.
    pub year: i32,
    /// The cluster whose supplement it is; none for VUSTA's.
    pub cluster_id: Option<ClusterId>,
    /// Out of what.
    pub source: Source,
}

/// Words in paths and forms for VUSTA, the proposal, an empty table.
pub const VUSTA: &str = "lhhvn";
/// See [`VUSTA`].
pub const PROPOSAL: &str = "mau";
/// See [`VUSTA`].
pub const EMPTY: &str = "trong";

impl NewForm {
    /// The checked input; `clusters` are those whose supplements this person writes.
    pub fn check(&self, clusters: &[Cluster]) -> Result<NewInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let year = errors.read("year", values::whole(&self.year, 2015, 2100, "Năm"));
        let cluster = match self.whose.trim() {
            VUSTA => Some(None),
            slug => clusters.iter().find(|c| c.slug == slug).map(|c| Some(c.id)),
        };
        let cluster_id = errors.read(
            "whose",
            cluster.ok_or_else(|| "Hãy chọn bảng tiêu chí của ai.".to_owned()),
        );
        let source = match self.source.trim() {
            PROPOSAL => Ok(Source::Proposal),
            EMPTY => Ok(Source::Empty),
            id => id.parse().map(Source::Copy),
        };
        let source = source.map_err(|_| "Hãy chọn nội dung ban đầu.".to_owned()).and_then(|source| {
            if source == Source::Proposal && cluster_id.flatten().is_some() {
                Err("Mẫu 100 điểm dành cho bảng của LHHVN. Bảng bổ sung của cụm xin bắt đầu từ bảng trống.".to_owned())
            } else {
                Ok(source)
            }
        });
        let source = errors.read("source", source);
        match (year, cluster_id, source) {
            (Some(year), Some(cluster_id), Some(source)) if errors.is_empty() => Ok(NewInput {
                year,
                cluster_id,
                source,
            }),
            _ => Err(errors),
        }
    }
}
