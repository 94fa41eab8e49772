//! Member associations: the provincial unions, with their history across the mergers of provinces.
//!
//! A unit lives from one day to another; when provinces merge, the old units end and point to their successor.
//! What was true of a unit in a year (departments, staff) is a fact of that year and never changes afterwards.

mod actions;
mod model;
pub mod pages;
mod queries;

pub use actions::{create_unit, put_facts, succeed};
pub use model::{SuccessionKind, Unit, UnitFacts, UnitKind};
pub use queries::{Kin, ProvinceCode, UnitChoice, choices, find, kin, successions_among, unit_by_slug};
