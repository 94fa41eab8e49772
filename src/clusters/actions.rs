//! What adds to the clusters: one transaction each, with its journal line.

use serde_json::json;
use sqlx::PgConnection;

use super::{model::Cluster, queries};
use crate::kit::{
    clock::Moment,
    error::Result,
    journal::{self, Hand, Subject},
};

/// Adds a cluster. Its members, lead and deputy belong to its years.
pub async fn create_cluster(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    cluster: &Cluster,
) -> Result<()> {
    queries::insert(db, cluster).await?;
    let about = Subject {
        cluster: Some(cluster.id.0),
        ..Subject::new("clusters", cluster.id)
    };
    journal::write(
        db,
        now,
        hand,
        "cluster.create",
        about,
        (),
        json!({"slug": cluster.slug, "name": cluster.name}),
    )
    .await
}
