//! The minutes of the conference and of each count: complete from the facts, to be printed; frozen when they are signed.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        actions,
        counts::{Count, count},
        facts::Hall,
        minutes::Minutes,
    },
    CountPath, MinutesPath, SignaturePath,
    running::{Seen, hall},
};
use crate::{
    ballots::{self, ListRow},
    conferences::{self, workflow::Action},
    ids::BallotId,
    kit::error::{AppError, Result},
    papers::{self, File},
    web::{Form, Visit, page, see_other, shell::Shell},
    years,
};

#[derive(Template)]
#[template(path = "hall/minutes.html")]
struct MinutesPage {
    shell: Shell,
    hall: Hall,
    minutes: Minutes,
    files: Vec<File>,
    may_sign: bool,
    may_attach: bool,
    /// Pages of ballots are for those who have to do with the cluster's votes.
    shows_ballots: bool,
    ballots: Vec<ListRow>,
}

#[derive(Template)]
#[template(path = "hall/count.html")]
struct CountPage {
    shell: Shell,
    hall: Hall,
    count: Count,
    ballot: BallotId,
    /// Votes are a matter of the cluster: others who see the year don't get the paper.
    reads_paper: bool,
}

pub(super) async fn show(path: MinutesPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let hall = hall(&mut db, &visit, &path.cluster, path.year, &path.meeting).await?;
    let actor = visit.actor()?;
    hall.require_minutes(actor)?;
    let history = papers::history(&mut db, "conferences", hall.conference.id).await?;
    page(&MinutesPage {
        shell: visit.shell_in(&hall.year.place()),
        minutes: hall.minutes(&mut db).await?,
        files: history.files(&hall.path_to("tai-lieu"), false),
        may_sign: conferences::access::offers(actor, Action::Sign, &hall.conference),
        may_attach: conferences::access::require_papers(actor, &hall.conference).is_ok(),
        shows_ballots: years::access::is_concerned(actor, &hall.year),
        ballots: ballots::list(actor, &ballots::year_base(&hall.year), &hall.ballots),
        hall,
    })
}

pub(super) async fn sign(path: SignaturePath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let hall = hall(&mut tx, &visit, &path.cluster, path.year, &path.meeting).await?;
    let hash = actions::sign(&mut tx, visit.now, visit.actor()?, &hall, seen.version).await?;
    tx.commit().await?;
    let short = hash.get(..12).unwrap_or(&hash);
    Ok(see_other(
        hall.path_to("bien-ban"),
        &format!("Đã ghi biên bản đã ký; nội dung bị khóa với mã băm {short}…"),
    ))
}

pub(super) async fn count_of(path: CountPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let hall = hall(&mut db, &visit, &path.cluster, path.year, &path.meeting).await?;
    let ballot = hall.ballots.iter().find(|ballot| ballot.id == path.ballot);
    let ballot = ballot
        .filter(|b| b.state.has_result())
        .ok_or(AppError::NotFound)?;
    let scans = papers::history(&mut db, "ballots", ballot.id).await?.attachments;
    let count = count(ballot, &scans);
    page(&CountPage {
        shell: visit.shell_in(&hall.year.place()),
        reads_paper: years::access::is_concerned(visit.actor()?, &hall.year),
        ballot: ballot.id,
        hall,
        count,
    })
}
