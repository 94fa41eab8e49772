//! What a person has to do, the most urgent first: `/viec-cua-toi`.
//!
//! A task is computed from the facts of a year and the person's posts of today; it appears when somebody's turn
//! comes and vanishes when the work is done. Nobody enters or ticks off tasks.

mod model;
mod of_conferences;
mod of_documents;
mod of_elections;
mod of_scoring;
mod of_secretariat;
mod of_unit;
mod of_vusta;
pub mod pages;

pub use model::Task;

use sqlx::PgConnection;

use crate::{
    kit::{clock::Moment, error::Result},
    overview::Facts,
    years::Year,
};

/// What still waits for the lead of a year, the most urgent first: the next lead takes it over. Nothing in a closed year.
pub async fn of_cluster(db: &mut PgConnection, year: &Year, now: Moment) -> Result<Vec<Task>> {
    if !year.is_open() {
        return Ok(Vec::new());
    }
    let facts = Facts::of(db, year).await?;
    let mut tasks = of_secretariat::waiting(year, &facts, now);
    model::by_urgency(&mut tasks);
    Ok(tasks)
}
