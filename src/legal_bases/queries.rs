//! SQL about legal bases.

use sqlx::PgConnection;

use super::model::LegalBasis;
use crate::kit::error::Result;

/// All legal bases in their order.
pub async fn all(db: &mut PgConnection) -> Result<Vec<LegalBasis>> {
    Ok(sqlx::query_as!(
        LegalBasis,
        "select words, kinds, starts_on, ends_on from legal_bases order by position"
    )
    .fetch_all(db)
    .await?)
}
