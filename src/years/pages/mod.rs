//! The paths of years. (The matrix of a year is a page of `matrix`, which may look at all features.)

mod index;
mod show;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use super::{access, model::Year, queries};
use crate::{
    kit::error::{AppError, Result},
    web::{Pages, Visit, Who},
};

/// All clusters.
#[derive(TypedPath, Deserialize)]
#[typed_path("/cum")]
pub struct ClustersPath;

/// One cluster with its years.
#[derive(TypedPath, Deserialize)]
#[typed_path("/cum/{cluster}", rejection(AppError))]
pub struct ClusterPath {
    /// Its slug.
    pub cluster: String,
}

/// A year of a cluster.
#[derive(TypedPath, Deserialize)]
#[typed_path("/cum/{cluster}/{year}", rejection(AppError))]
pub struct YearPath {
    /// The cluster's slug.
    pub cluster: String,
    /// The year.
    pub year: i32,
}

/// The year at this path, if the visitor may know of it: the room's door for everything below a year.
pub async fn find_year(db: &mut sqlx::PgConnection, visit: &Visit, cluster: &str, year: i32) -> Result<Year> {
    let actor = visit.actor()?;
    let year = queries::find_under(db, actor.revision, cluster, year).await?;
    if access::sees(actor, &year) {
        Ok(year)
    } else {
        Err(AppError::NotFound)
    }
}

/// The pages of clusters.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, index::index)
        .get(Who::SignedIn, show::show)
}
