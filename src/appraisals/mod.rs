//! The appraisal desk of VUSTA's standing office: the dossiers of all clusters in a year on one page, with what each lacks, what
//! speaks against it, how many of its quota each cluster has used, and which of them the reader may not appraise.
//!
//! It decides nothing: the finding is written on the dossier's own page (see `nominations`).

mod model;
pub mod pages;
mod queries;

pub use model::{Desk, Filter, Line, QuotaUse};
