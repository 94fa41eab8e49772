//! Every SQL statement about awards.

use sqlx::PgConnection;

use super::model::{Award, Awards};
use crate::kit::error::Result;

/// The catalogue in its order.
pub async fn all(db: &mut PgConnection) -> Result<Awards> {
    let list = sqlx::query_as!(
        Award,
        "select code, name, short_name, for_units, for_persons from awards order by position"
    )
    .fetch_all(db)
    .await?;
    Ok(Awards(list))
}
