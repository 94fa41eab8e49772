//! "Còn thiếu gì": what a unit, or a person of it, has and still lacks for an award, rule by rule with the article.
//!
//! The rules are those of the catalogue's version that holds in the year; the facts are what the program knows: the
//! registration, the classes of locked score sheets, the history of awards with that of the units it came from, what the
//! cluster acclaimed. What it can't know stays open until somebody in charge says so. A card never decides: only what is
//! missing, certain in its text and can't be waived keeps a dossier from going.

pub mod access;
mod classes;
mod model;
pub mod pages;
mod queries;
mod rules;

pub use model::{Card, Facts, Finding, Mark, Remark, RemarkKind, Subject};
pub use queries::{Judge, Place};
pub use rules::NOT_REGISTERED;
