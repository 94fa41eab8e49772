//! Emulation clusters: groups of six to nine unions that compare their year.
//!
//! A cluster itself is only a number and a name; who belongs to it, who leads and who stands in is a matter
//! of its years (see `years`).

mod actions;
mod model;
mod queries;

pub use actions::create_cluster;
pub use model::Cluster;
pub use queries::{all, by_slug};
