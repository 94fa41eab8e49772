//! What a year's registrations and reports say of those who are nominated in it.

use sqlx::PgConnection;

use super::{checklist::Facts, model::Nomination};
use crate::{
    kit::error::Result,
    registrations,
    reports::{self, Period},
    years::Year,
};

/// The papers of a year that a dossier is checked against: two statements, whatever the number of units.
pub struct YearPapers {
    registrations: Vec<registrations::Summary>,
    reports: Vec<reports::Summary>,
}

impl YearPapers {
    /// Those of this year.
    pub async fn of(db: &mut PgConnection, year: &Year) -> Result<Self> {
        Ok(Self {
            registrations: registrations::summaries(db, year.id).await?,
            reports: reports::summaries(db, year.id, Some(Period::Annual)).await?,
        })
    }

    /// What they say of the nominated unit.
    #[must_use]
    pub fn facts_of(&self, nomination: &Nomination) -> Facts {
        let registration = self
            .registrations
            .iter()
            .find(|r| r.unit_id == nomination.unit_id);
        let report = self.reports.iter().find(|r| r.unit_id == nomination.unit_id);
        Facts {
            registration: registration.map(|r| (r.state, r.late_days.unwrap_or(0))),
            report: report.map(|r| (r.state, r.late_days.unwrap_or(0))),
        }
    }
}
