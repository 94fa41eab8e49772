//! A cluster.

use crate::ids::ClusterId;

/// An emulation cluster.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Cluster {
    /// The id.
    pub id: ClusterId,
    /// Its part of a path: `cum-3`.
    pub slug: String,
    /// Its number.
    pub number: i32,
    /// `Cụm thi đua số 3`.
    pub name: String,
    /// What else it is called; may be empty.
    pub note: String,
}
