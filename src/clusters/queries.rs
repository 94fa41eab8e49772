//! Every SQL statement about clusters.

use sqlx::PgConnection;

use super::model::Cluster;
use crate::kit::error::Result;

/// All clusters by number.
pub async fn all(db: &mut PgConnection) -> Result<Vec<Cluster>> {
    Ok(sqlx::query_as!(
        Cluster,
        "select id, slug, number, name, note from clusters order by number"
    )
    .fetch_all(db)
    .await?)
}

/// The cluster with this slug.
pub async fn by_slug(db: &mut PgConnection, slug: &str) -> Result<Cluster> {
    Ok(sqlx::query_as!(
        Cluster,
        "select id, slug, number, name, note from clusters where slug = $1",
        slug
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn insert(db: &mut PgConnection, cluster: &Cluster) -> Result<()> {
    sqlx::query!(
        "insert into clusters (id, slug, number, name, note) values ($1, $2, $3, $4, $5)",
        cluster.id as _,
        cluster.slug,
        cluster.number,
        cluster.name,
        cluster.note
    )
    .execute(db)
    .await?;
    Ok(())
}
