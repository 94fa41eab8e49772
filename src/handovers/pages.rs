//! The hand-over's page and its two confirmations.

use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sqlx::PgConnection;

use super::access::require_reads;
use crate::{
    conferences::{self, Conference, Content, HandOver, access::Side},
    elections::{self, Merger},
    ids::UnitId,
    kit::{
        clock,
        error::{AppError, Result},
    },
    people::{self, Contact},
    tasks::{self, Task},
    web::{Form, Pages, Visit, Who, filters, page, see_other, shell::Shell},
    years::{self, Office, StepPlan, Year, YearRow, find_year},
};

macro_rules! year_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            cluster: String,
            year: i32,
        }
    )*};
}

year_paths! {
    /// What is handed over.
    ShowPath "/cum/{cluster}/{year}/hoi-nghi/ban-giao"
    /// The old lead says that all was given.
    GivenPath "/cum/{cluster}/{year}/hoi-nghi/ban-giao/da-giao"
    /// The new lead says that all was received.
    TakenPath "/cum/{cluster}/{year}/hoi-nghi/ban-giao/da-nhan"
}

/// The pages of hand-overs.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, show)
        .post(Who::Units, given)
        .post(Who::Units, taken)
}

#[derive(Template)]
#[template(path = "handovers/show.html")]
struct ShowPage {
    shell: Shell,
    year: Year,
    conference: Conference,
    content: Content,
    hand_over: HandOver,
    giver: String,
    may_give: bool,
    may_take: bool,
    /// Lead and deputy have become one unit since they were elected.
    merger: Option<Merger>,
    tasks: Vec<Task>,
    calendar: Vec<StepPlan>,
    contacts: Vec<Contact>,
    archive: Vec<YearRow>,
}

/// A year's hand-over, once the day is set.
struct Opened {
    year: Year,
    conference: Conference,
    content: Content,
    hand_over: HandOver,
    giver: Option<UnitId>,
}

async fn open(db: &mut PgConnection, visit: &Visit, cluster: &str, year: i32) -> Result<Opened> {
    let year = find_year(db, visit, cluster, year).await?;
    let conference = conferences::find(db, &year).await?;
    let giver = year.holder(Office::Lead);
    let (Some(content), Some(hand_over)) = (conference.content.clone(), conference.hand_over.clone()) else {
        return Err(AppError::NotFound);
    };
    require_reads(visit.actor()?, &conference, giver)?;
    Ok(Opened {
        year,
        conference,
        content,
        hand_over,
        giver,
    })
}

async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let actor = visit.actor()?;
    let opened = open(&mut db, &visit, &path.cluster, path.year).await?;
    let (year, conference) = (&opened.year, &opened.conference);
    let may = |side| conferences::access::require_side(actor, conference, side, opened.giver).is_ok();
    let members: Vec<UnitId> = year.members.iter().map(|member| member.unit_id).collect();
    let calendar = match years::find(&mut db, &year.cluster.slug, year.year + 1).await {
        Ok(next) => next.steps,
        Err(AppError::NotFound) => Vec::new(),
        Err(error) => return Err(error),
    };
    page(&ShowPage {
        shell: visit.shell_in(&year.place()),
        giver: year.names_in(Office::Lead),
        may_give: may(Side::Giver),
        may_take: may(Side::Taker),
        merger: elections::merger_of(&mut db, conference.id, clock::day(visit.now)).await?,
        tasks: tasks::of_cluster(&mut db, year, visit.now).await?,
        calendar,
        contacts: people::contacts(&mut db, &members, clock::day(visit.now)).await?,
        archive: years::list(&mut db, Some(year.cluster.id)).await?,
        content: opened.content,
        hand_over: opened.hand_over,
        conference: opened.conference,
        year: opened.year,
    })
}

/// The version a person saw.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Seen {
    version: i32,
}

async fn given(path: GivenPath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    confirm(&visit, &path.cluster, path.year, Side::Giver, seen.version).await
}

async fn taken(path: TakenPath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    confirm(&visit, &path.cluster, path.year, Side::Taker, seen.version).await
}

async fn confirm(visit: &Visit, cluster: &str, year: i32, side: Side, seen: i32) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, visit, cluster, year).await?;
    let (year, conference) = (&opened.year, &opened.conference);
    conferences::confirm_hand_over(&mut tx, visit.now, visit.actor()?, year, conference, side, seen).await?;
    tx.commit().await?;
    let message = match side {
        Side::Giver => "Đã xác nhận giao đủ.",
        Side::Taker => "Đã xác nhận nhận đủ.",
    };
    Ok(see_other(format!("{}/hoi-nghi/ban-giao", year.path()), message))
}
