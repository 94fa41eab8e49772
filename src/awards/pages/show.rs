//! One entry of the catalogue: what holds today, and what held before or will hold.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        access,
        model::{Award, Awards, Of, Version, in_force, period_text},
        queries,
    },
    ShowPath,
};
use crate::{
    kit::{
        clock,
        error::{AppError, Result},
    },
    web::{Visit, filters, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "awards/show.html")]
struct ShowPage {
    shell: Shell,
    award: Award,
    awards: Awards,
    /// The newest first.
    versions: Vec<Version>,
    /// The number of the version that holds today.
    holding: Option<i32>,
    may_write: bool,
}

impl ShowPage {
    fn period(&self, version: &Version) -> String {
        period_text(&self.versions, version)
    }

    fn holds(&self, version: &Version) -> bool {
        self.holding == Some(version.number)
    }
}

pub(super) async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let awards = queries::all(&mut db).await?;
    let award = awards.by_slug(&path.award).ok_or(AppError::NotFound)?.clone();
    let mut versions = queries::versions(&mut db, Some(&award.code)).await?;
    let holding = in_force(&versions, clock::day(visit.now)).map(|v| v.number);
    versions.reverse();
    page(&ShowPage {
        shell: visit.shell(),
        award,
        awards,
        versions,
        holding,
        may_write: access::may_write(visit.actor()?),
    })
}
