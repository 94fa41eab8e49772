//! What differs between two tables of the same owner.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        difference::{self, Difference, What},
        model::CriteriaSet,
        queries,
    },
    DifferencePath,
};
use crate::{
    kit::error::{AppError, Result},
    web::{Visit, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "criteria/difference.html")]
struct DifferencePage {
    shell: Shell,
    earlier: CriteriaSet,
    later: CriteriaSet,
    found: Difference,
}

pub(super) async fn show(path: DifferencePath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let actor = visit.actor()?;
    let one = queries::find_visible(&mut db, actor, path.set).await?;
    let other = queries::find_visible(&mut db, actor, path.other).await?;
    if one.cluster_id != other.cluster_id {
        return Err(AppError::NotFound);
    }
    // Whichever is named first, the later one is told against the earlier.
    let is_later = (one.year, one.number) >= (other.year, other.number);
    let (earlier, later) = if is_later { (other, one) } else { (one, other) };
    page(&DifferencePage {
        shell: visit.shell(),
        found: difference::between(&earlier, &later),
        earlier,
        later,
    })
}
