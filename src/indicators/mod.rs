//! The catalogue of indicators of a calendar year: what every unit reports on, in which unit of measure, by which
//! rules. It is VUSTA's, for all clusters.
//!
//! The standing office writes it as a draft, out of last year's or out of the default one that ships with the program
//! (`default-catalogue.json`, after domain 7.1), and issues it. Then it is frozen, so that a figure means for ever what it meant
//! when it was reported. An indicator's code stays the same over the years: by it the years are compared.

pub mod access;
mod actions;
mod forms;
mod model;
pub mod pages;
mod queries;
mod rules;

pub use actions::{Source, create, issue, remove, save};
pub use model::{AppliesTo, Catalogue, Group, Indicator, Kind, Span, State};
pub use queries::{find, find_issued, find_issued_under};
pub use rules::{Given, broken};
