//! The rules of the architecture that can be read off the sources; what can be tested isn't left to a text.

mod modules;
pub mod sources;
mod tables;
mod texts;
