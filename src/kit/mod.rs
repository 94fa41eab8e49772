//! Tools that know nothing of unions, clusters or the web.
//!
//! Each file is one tool; none of them holds a noun of the domain.

pub mod clock;
pub mod config;
pub mod database;
pub mod diagram;
pub mod error;
pub mod fields;
pub mod files;
pub mod journal;
pub mod mail;
pub mod private_cluster;
pub mod remembered;
pub mod sheet;
pub mod text;
pub mod values;
