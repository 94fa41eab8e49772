//! What a person has to do, the most urgent first: `/viec-cua-toi`.
//!
//! A task is computed from the facts of a year and the person's posts of today; it appears when somebody's turn
//! comes and vanishes when the work is done. Nobody enters or ticks off tasks.

mod model;
mod of_scoring;
mod of_secretariat;
mod of_unit;
mod of_vusta;
pub mod pages;

pub use model::Task;
