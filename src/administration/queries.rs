//! Names for the ids in the journal, whatever table they are of.

use std::collections::HashMap;

use sqlx::PgConnection;
use uuid::Uuid;

use crate::kit::error::Result;

/// The names of units, clusters, years and persons with these ids.
pub(super) async fn names(db: &mut PgConnection, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let rows = sqlx::query!(
        r#"select id::uuid as "id!: Uuid", name as "name!" from (
              select id, short_name as name from units where id = any($1)
              union all select id, name from clusters where id = any($1)
              union all select y.id, c.name || ', năm ' || y.year from years y join clusters c on c.id = y.cluster_id where y.id = any($1)
              union all select id, full_name from persons where id = any($1)) as named"#,
        ids
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
