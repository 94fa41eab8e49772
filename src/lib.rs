//! Cụm thi đua: the yearly work of VUSTA's emulation clusters.
//!
//! The order of the modules below is the architecture: each may use only those listed above it, so a circle
//! can't exist. `tests/app/architecture/` reads the sources and checks it.

pub mod kit;
pub mod ids;
pub mod people;
pub mod web;
pub mod sign_in;
pub mod holidays;
pub mod units;
pub mod conflicts;
pub mod clusters;
pub mod years;
pub mod awards;
pub mod indicators;
pub mod criteria;
pub mod papers;
pub mod legal_bases;
pub mod registrations;
pub mod reports;
pub mod consolidations;
pub mod award_history;
pub mod eligibility;
pub mod nominations;
pub mod consultations;
pub mod appraisals;
pub mod conferences;
pub mod scoring;
pub mod council;
pub mod ballots;
pub mod elections;
pub mod hall;
pub mod decisions;
pub mod certificates;
pub mod signatures;
pub mod documents;
pub mod honours;
pub mod overview;
pub mod tasks;
pub mod handovers;
pub mod help;
pub mod administration;
pub mod app;
pub mod demo;
pub mod serving;
pub mod commands;
