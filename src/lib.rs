//! Cụm thi đua: the yearly work of VUSTA's emulation clusters.
//!
//! The order of the modules below is the architecture: each may use only those listed above it, so a circle
//! can't exist. `tests/app/architecture.rs` reads the sources and checks it.

pub mod app;
pub mod awards;
pub mod clusters;
pub mod consolidations;
pub mod help;
pub mod ids;
pub mod kit;
pub mod overview;
pub mod papers;
pub mod people;
pub mod registrations;
pub mod sign_in;
pub mod tasks;
pub mod units;
pub mod web;
pub mod years;
