//! Signed copies of issued papers: what somebody signed outside with his own device or scanned comes back as a file, is
//! kept beside the paper, and is checked: the digital signatures, and whether what was signed is what was issued.
//!
//! Three outcomes are kept apart, for each point and for the copy: *hợp lệ*, *không hợp lệ*, and *chưa kiểm tra được* with
//! the reason. A copy is valid only when every point is; nothing that could not be checked is ever called signed.
//!
//! ```text
//! copy 1, 2, 3 ... --asked--> check waits --in the background--> result: outcome, report, tool, day
//!                    ^                                              |
//!                    +------------------ checked again -------------+
//! ```
//!
//! The signatures are read by poppler's `pdfsig` in a confined process (`kit::confined`), against the authorities whose
//! certificates the administrator manages. What was signed is compared with what was issued by its words and by how its pages
//! look: only the frames of signatures may differ. The tables: `ca_certificates` with `ca_removals` and `revocation_lists`,
//! `signed_copies`, `signature_checks`, `signature_results`; all of them are added to, never changed. Whose paper it is and
//! who reads it is the matter of `documents`, which asks before.

pub mod access;
mod actions;
mod der;
mod certificates;
mod forms;
mod model;
pub mod pages;
mod queries;
mod verifier;

pub use actions::{attach, check_again, check_next, run};
pub use model::{Check, Finding, Outcome, Report, Signature, SignedCopy};
pub use queries::{copies, newest};
pub use verifier::{Verifier, print_frames};
