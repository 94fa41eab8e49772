//! The ballots of a conference, and the buttons for a new one.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        access,
        listing::{self, ListRow},
        model::House,
        queries,
    },
    CreationPath,
};
use crate::{
    conferences::{self, Conference},
    kit::error::{AppError, Result},
    web::{Visit, page, shell::Shell},
    years::{self, Year, find_year},
};

#[derive(Template)]
#[template(path = "ballots/index.html")]
struct IndexPage {
    shell: Shell,
    year: Year,
    conference: Conference,
    ballots: Vec<ListRow>,
    may_create: bool,
}

pub(super) async fn index(path: CreationPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    let actor = visit.actor()?;
    if !years::access::is_concerned(actor, &year) {
        return Err(AppError::NotFound);
    }
    let conference = conferences::find_meeting(&mut db, &year, &path.meeting).await?;
    let all = queries::of_conference(&mut db, conference.id).await?;
    let holds = access::holds_at(actor, House::Conference(conference.id), Some(year.cluster.id));
    page(&IndexPage {
        shell: visit.shell_in(&year.place()),
        ballots: listing::list(actor, &listing::year_base(&year), &all),
        may_create: holds && year.is_open() && !conference.state.is_over(),
        year,
        conference,
    })
}
