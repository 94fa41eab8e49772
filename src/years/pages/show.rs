//! One cluster: its years, who led and who stood in.

use askama::Template;
use axum::response::Response;

use super::{
    super::{access, model::YearRow, queries},
    ClusterPath,
};
use crate::{
    clusters::{self, Cluster},
    kit::error::{AppError, Result},
    web::{Visit, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "clusters/show.html")]
struct ShowPage {
    shell: Shell,
    cluster: Cluster,
    years: Vec<YearRow>,
}

pub(super) async fn show(path: ClusterPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let cluster = clusters::by_slug(&mut db, &path.cluster).await?;
    let actor = visit.actor()?;
    let mut years = queries::list(&mut db, Some(cluster.id)).await?;
    years.retain(|row| access::sees_row(actor, row));
    if years.is_empty() {
        return Err(AppError::NotFound);
    }
    page(&ShowPage {
        shell: visit.shell(),
        cluster,
        years,
    })
}
