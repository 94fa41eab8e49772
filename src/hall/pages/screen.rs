//! The screen on the wall, and the stream that tells it when to draw anew: of a cluster's conference, of VUSTA's council.

use std::{convert::Infallible, time::Duration};

use askama::Template;
use axum::response::{
    IntoResponse, Response,
    sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, stream};
use sqlx::PgConnection;

use super::{
    super::{
        gathering::Gathering,
        queries,
        scene::{self, Facts, Main, Scene},
    },
    CouncilScreenPath, CouncilStreamPath, ScreenPath, StreamPath,
};
use crate::{
    ballots::{self, Ballot},
    conferences::{self, Conference},
    council::{self, Roll, Sitting},
    ids::SittingId,
    kit::{
        clock,
        error::{AppError, Result},
        qr,
    },
    web::{App, Visit, page},
    years::{Year, find_year},
};

/// How often the database is asked whether anything changed.
const PAUSE: Duration = Duration::from_secs(1);
/// After so many questions the stream ends; the browser comes again, and whether it may is looked at anew.
const MOST_QUESTIONS: u32 = 600;
/// A line that says nothing, so that no proxy takes the stream for dead.
const STILL_HERE: Duration = Duration::from_secs(15);
/// The browser waits so long before it comes again.
const RETRY: Duration = Duration::from_secs(2);

#[derive(Template)]
#[template(path = "hall/screen.html")]
struct ScreenPage {
    scene: Scene,
    revision: String,
    stream: String,
    footer: String,
}

pub(super) async fn show(path: ScreenPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    let conference = on_screen(&mut db, &year).await?;
    // Before everything else is read: what changes meanwhile makes the screen draw once more, never once too little.
    let revision = queries::revision(&mut db, conference.id).await?;
    let delegates = conferences::delegates(&mut db, conference.id).await?;
    let absences = conferences::absences(&mut db, conference.id).await?;
    let agenda = conferences::agenda(&mut db, conference.id).await?;
    let attendance = conferences::attendance(&year, &conference, &delegates, &absences);
    let gathering = Gathering::of_conference(&year, &conference, &attendance, &agenda);
    let ballots = ballots::of_conference(&mut db, conference.id).await?;
    let stream = format!("{}/hoi-nghi/man-hinh/luong", year.path());
    draw(
        &mut db,
        &visit,
        &gathering,
        &ballots,
        (revision, stream, year.title()),
    )
    .await
}

pub(super) async fn show_council(path: CouncilScreenPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let sitting = council::find_sitting(&mut db, path.year, path.sitting).await?;
    let revision = queries::revision_of_sitting(&mut db, sitting.id).await?;
    let roll = Roll::of(&sitting.plan, council::roll(&mut db, sitting.id).await?);
    let gathering = Gathering::of_council(&sitting, &roll);
    let ballots = ballots::of_sitting(&mut db, sitting.id).await?;
    let stream = sitting.path_to("man-hinh/luong");
    let footer = format!("Hội đồng, năm {}", sitting.year);
    draw(&mut db, &visit, &gathering, &ballots, (revision, stream, footer)).await
}

async fn draw(
    db: &mut PgConnection,
    visit: &Visit,
    gathering: &Gathering,
    ballots: &[Ballot],
    (revision, stream, footer): (String, String, String),
) -> Result<Response> {
    let votes = match scene::on_screen(ballots, gathering) {
        Some(ballot) => Some((
            ballots::papers_cast(db, ballot.id).await?,
            i32::try_from(ballots::voters(db, ballot.id).await?.len()).unwrap_or(i32::MAX),
        )),
        None => None,
    };
    let address = format!("{}/phieu", visit.app.config.address());
    let scene = scene::scene(Facts {
        gathering,
        ballots,
        votes,
        qr: Some(qr::data_address(&address)?),
        address: address
            .split_once("://")
            .map_or(address.as_str(), |(_, rest)| rest)
            .to_owned(),
    });
    page(&ScreenPage {
        footer: format!("{footer} · giờ máy chủ {}", clock::time_text(visit.now)),
        stream,
        scene,
        revision,
    })
}

async fn on_screen(db: &mut PgConnection, year: &Year) -> Result<Conference> {
    let Some(slug) = queries::on_screen(db, year.id).await? else {
        return Err(AppError::NotFound);
    };
    conferences::find_meeting(db, year, &slug).await
}

pub(super) async fn stream(path: StreamPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    on_screen(&mut db, &year).await?;
    drop(db);
    Ok(answer(visit.app, Watched::Year(Box::new(year))))
}

pub(super) async fn stream_council(path: CouncilStreamPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let sitting: Sitting = council::find_sitting(&mut db, path.year, path.sitting).await?;
    drop(db);
    Ok(answer(visit.app, Watched::Sitting(sitting.id)))
}

fn answer(app: App, watched: Watched) -> Response {
    let keep_alive = KeepAlive::new().interval(STILL_HERE);
    Sse::new(revisions(app, watched))
        .keep_alive(keep_alive)
        .into_response()
}

/// What a stream tells of.
enum Watched {
    /// Whichever conference of the year belongs on the screen.
    Year(Box<Year>),
    Sitting(SittingId),
}

/// What is true now and every change from then on. A database that is away for a moment is asked again.
fn revisions(app: App, watched: Watched) -> impl Stream<Item = std::result::Result<Event, Infallible>> {
    struct Listener {
        app: App,
        watched: Watched,
        last: Option<String>,
        asked: u32,
    }
    let listener = Listener {
        app,
        watched,
        last: None,
        asked: 0,
    };
    stream::unfold(listener, |mut listener| async move {
        while listener.asked < MOST_QUESTIONS {
            if listener.asked > 0 {
                tokio::time::sleep(PAUSE).await;
            }
            listener.asked += 1;
            let told = match now(&listener.app, &listener.watched).await {
                Ok(told) => told,
                Err(error) => {
                    tracing::debug!(%error, "the screen's stream");
                    continue;
                }
            };
            if listener.last.as_ref() != Some(&told) {
                listener.last = Some(told.clone());
                let event = Event::default().event("revision").retry(RETRY).data(told);
                return Some((Ok(event), listener));
            }
        }
        None
    })
}

async fn now(app: &App, watched: &Watched) -> Result<String> {
    let mut db = app.db().await?;
    match watched {
        Watched::Year(year) => {
            let conference = on_screen(&mut db, year).await?.id;
            queries::revision(&mut db, conference).await
        }
        Watched::Sitting(id) => queries::revision_of_sitting(&mut db, *id).await,
    }
}
