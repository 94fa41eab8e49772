//! The standing of a year out of its sheets: who was awarded last year is looked up, the rest is arithmetic.

use sqlx::PgConnection;

use super::{
    model::{Points, Scoring, Sheet},
    queries,
    standing::{self, Row, Scored},
};
use crate::{kit::error::Result, years::Year};

/// The standing of these sheets, best first.
pub async fn ranked(
    db: &mut PgConnection,
    year: &Year,
    scoring: &Scoring,
    sheets: impl IntoIterator<Item = &Sheet<Points>>,
) -> Result<Vec<Row>> {
    let awarded = queries::awarded_last_year(db, year).await?;
    let scored: Vec<Scored<'_>> = sheets
        .into_iter()
        .map(|sheet| Scored {
            sheet,
            awarded_last_year: awarded.contains(&sheet.unit_id),
        })
        .collect();
    Ok(standing::rows(year, scoring, &scored))
}
