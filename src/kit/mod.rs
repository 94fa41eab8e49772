//! Tools that know nothing of unions, clusters or the web.
//!
//! Each file is one tool; none of them holds a noun of the domain.

pub mod archive;
pub mod clock;
pub mod codes;
pub mod config;
pub mod confined;
pub mod database;
pub mod diagram;
pub mod documents;
pub mod error;
pub mod fields;
pub mod files;
pub mod journal;
pub mod legacy;
pub mod mail;
pub mod private_cluster;
pub mod qr;
pub mod remembered;
pub mod sealed;
pub mod sheet;
pub mod text;
pub mod values;
pub mod vault;
pub mod workbook;
pub mod writers;
