//! All clusters, each with its newest year.

use askama::Template;
use axum::response::Response;

use super::{
    super::{access, model::YearRow, queries},
    ClustersPath,
};
use crate::{
    kit::error::Result,
    web::{Visit, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "clusters/index.html")]
struct IndexPage {
    shell: Shell,
    clusters: Vec<ClusterCard>,
}

struct ClusterCard {
    newest: YearRow,
    years: Vec<i32>,
    /// Whether the visitor may open its years; others see the composition only, which is public.
    is_open_to_visitor: bool,
}

pub(super) async fn index(_: ClustersPath, visit: Visit) -> Result<Response> {
    let actor = visit.actor()?;
    let mut db = visit.db().await?;
    let mut clusters: Vec<ClusterCard> = Vec::new();
    for row in queries::list(&mut db, None).await? {
        let mine = access::sees_row(actor, &row);
        match clusters.last_mut() {
            Some(card) if card.newest.cluster_id == row.cluster_id => {
                card.years.push(row.year);
                card.is_open_to_visitor |= mine;
            }
            _ => clusters.push(ClusterCard {
                years: vec![row.year],
                newest: row,
                is_open_to_visitor: mine,
            }),
        }
    }
    page(&IndexPage {
        shell: visit.shell(),
        clusters,
    })
}
