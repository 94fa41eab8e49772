//! Official papers of the year: drafted from what is recorded, edited, issued under a number, sent, received, recalled.
//!
//! What a paper says comes from its feature's records each time it is looked at; what people add to it (place, signers,
//! recipients, paragraphs) is its wording, saved in versions. Issuing gives the number, the code by which anybody verifies
//! it, and keeps the bytes: from then on nothing of it changes. It is taken back or replaced only by a further paper.
//!
//! ```text
//! records + wording --> draft (version 1, 2, 3 ...) --issue--> paper under a number --> received by each recipient
//!                                                                |
//!                                                                +--> taken back by a letter, or replaced by a further paper
//! ```
//!
//! Who may do what: a paper of a unit is drafted and issued by its officers and leaders; of a cluster by its secretariat;
//! of VUSTA and its council by the standing office. An issued paper is read by its issuer, its recipients, the patron and VUSTA;
//! one that tells a unit's points goes no further than the rule of the scores lets them.
//! A number that was spoiled on paper is cancelled (`cancelled_numbers`): no paper gets it any more.
//! The tables: `document_drafts` (versions), `documents` with `document_files`, `document_recipients`, `document_receipts`,
//! `document_contents` (what pages show), `document_recalls`: all of them are added to, never changed. The bases that papers cite are kept here, too (`legal_bases`).

pub mod access;
mod actions;
mod forms;
pub mod kinds;
mod model;
pub mod pages;
mod queries;

pub use actions::{IssueInput, issue, receive, save};
pub use forms::{Section, Signer, Wording};
pub use kinds::{Prepared, prepare};
pub use model::{Changed, Figure, Issued, Issuer, Kind, Recall, Recipient, Version, changed};
pub use queries::{
    Unfinished, Unnoticed, Waiting, find_visible, issued_about, unfinished, unnoticed, verify, waiting,
};
