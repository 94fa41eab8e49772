//! The rules of the architecture that can be read off the sources; what can be tested isn't left to a text.

#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "the names are our own"
)]

mod modules;
pub mod sources;
mod tables;
mod texts;
