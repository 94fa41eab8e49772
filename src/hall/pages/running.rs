//! The lead's running order: what is on now, what comes next, one button to go on; and the end of the conference.

use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    super::{access, actions, ending::Ending, facts::Hall},
    ConclusionPath, EndPath, ItemPath, NotesPath, OpeningPath, RunningPath,
};
use crate::{
    ballots::{self, ListRow},
    conferences::{self, AgendaItem, Content, ItemState},
    ids::AgendaItemId,
    kit::{
        clock,
        error::{AppError, Result},
    },
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
    years::find_year,
};

/// The hall of a conference, for whoever sees the year.
pub(super) async fn hall(
    db: &mut PgConnection,
    visit: &Visit,
    cluster: &str,
    year: i32,
    meeting: &str,
) -> Result<Hall> {
    let year = find_year(db, visit, cluster, year).await?;
    Hall::of(db, visit.actor()?, year, meeting).await
}

#[derive(Template)]
#[template(path = "hall/running.html")]
struct RunningPage {
    shell: Shell,
    hall: Hall,
    error: String,
    typed: String,
    ballots: Vec<ListRow>,
}

impl RunningPage {
    fn current(&self) -> Option<&AgendaItem> {
        self.hall.agenda.iter().find(|item| item.state == ItemState::On)
    }

    /// What comes after what is on; the first item before anything is.
    fn next(&self) -> Option<&AgendaItem> {
        let after = self.current().map_or(0, |item| item.position);
        self.hall.agenda.iter().find(|item| item.position > after)
    }

    /// The notes to show: what was typed and couldn't be saved, else what is kept.
    fn notes<'a>(&'a self, item: &'a AgendaItem) -> &'a str {
        if self.error.is_empty() {
            &item.notes
        } else {
            &self.typed
        }
    }
}

#[derive(Template)]
#[template(path = "hall/end.html")]
struct EndPage {
    shell: Shell,
    hall: Hall,
    ending: Ending,
    awards: crate::awards::Awards,
}

impl EndPage {
    fn awards(&self) -> &crate::awards::Awards {
        &self.awards
    }
}

pub(super) async fn show(path: RunningPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let hall = hall(&mut db, &visit, &path.cluster, path.year, &path.meeting).await?;
    access::require_runs(visit.actor()?, &hall.conference)?;
    page(&RunningPage {
        shell: visit.shell_in(&hall.year.place()),
        ballots: ballots::list(visit.actor()?, &ballots::year_base(&hall.year), &hall.ballots),
        hall,
        error: String::new(),
        typed: String::new(),
    })
}

/// The version a person saw when deciding.
#[derive(Deserialize)]
pub(super) struct Seen {
    #[serde(default)]
    pub version: i32,
}

pub(super) async fn open(path: OpeningPath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let hall = hall(&mut tx, &visit, &path.cluster, path.year, &path.meeting).await?;
    actions::begin(&mut tx, visit.now, visit.actor()?, &hall, seen.version).await?;
    tx.commit().await?;
    Ok(see_other(hall.path_to("dieu-hanh"), "Hội nghị đã khai mạc."))
}

/// The item to go to.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    item: AgendaItemId,
}

pub(super) async fn go_to(path: ItemPath, visit: Visit, Form(chosen): Form<Chosen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let hall = hall(&mut tx, &visit, &path.cluster, path.year, &path.meeting).await?;
    conferences::go_to(&mut tx, visit.now, visit.actor()?, &hall.conference, chosen.item).await?;
    tx.commit().await?;
    Ok(see_other(hall.path_to("dieu-hanh"), ""))
}

/// Notes as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Written {
    item: AgendaItemId,
    version: i32,
    notes: String,
}

pub(super) async fn save_notes(
    path: NotesPath,
    visit: Visit,
    headers: HeaderMap,
    Form(form): Form<Written>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let hall = hall(&mut tx, &visit, &path.cluster, path.year, &path.meeting).await?;
    let actor = visit.actor()?;
    let saved = conferences::save_notes(
        &mut tx,
        visit.now,
        actor,
        &hall.conference,
        form.item,
        form.version,
        &form.notes,
    )
    .await;
    let by_itself = headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept == "text/plain");
    match saved {
        Ok(version) => {
            tx.commit().await?;
            if by_itself {
                let mut answer = format!("Đã lưu lúc {}", clock::time_text(visit.now)).into_response();
                answer
                    .headers_mut()
                    .insert("x-version", HeaderValue::from(version));
                return Ok(answer);
            }
            Ok(see_other(hall.path_to("dieu-hanh"), "Đã lưu ghi chép."))
        }
        Err(error) => {
            let (status, words) = match &error {
                AppError::Conflict(words) => (StatusCode::CONFLICT, words.clone()),
                AppError::Invalid(errors) => (
                    StatusCode::UNPROCESSABLE_ENTITY,
                    errors
                        .iter()
                        .map(|e| e.message.clone())
                        .collect::<Vec<_>>()
                        .join(" "),
                ),
                _ => return Err(error),
            };
            if by_itself {
                return Err(error);
            }
            let view = RunningPage {
                shell: visit.shell_in(&hall.year.place()),
                ballots: ballots::list(actor, &ballots::year_base(&hall.year), &hall.ballots),
                hall,
                error: words,
                typed: form.notes,
            };
            page_with(status, &view)
        }
    }
}

/// The conclusion as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Conclusion {
    version: i32,
    conclusion: String,
}

pub(super) async fn conclude(
    path: ConclusionPath,
    visit: Visit,
    Form(form): Form<Conclusion>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let hall = hall(&mut tx, &visit, &path.cluster, path.year, &path.meeting).await?;
    let (actor, conference) = (visit.actor()?, &hall.conference);
    conferences::save_conclusion(
        &mut tx,
        visit.now,
        actor,
        conference,
        form.version,
        &form.conclusion,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(
        hall.path_to("dieu-hanh#ket-luan"),
        "Đã lưu kết luận hội nghị.",
    ))
}

pub(super) async fn look_over(path: EndPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let hall = hall(&mut db, &visit, &path.cluster, path.year, &path.meeting).await?;
    conferences::access::require(
        visit.actor()?,
        conferences::workflow::Action::End,
        &hall.conference,
    )?;
    page(&EndPage {
        shell: visit.shell_in(&hall.year.place()),
        ending: hall.ending(),
        hall,
        awards: crate::awards::all(&mut db).await?,
    })
}

pub(super) async fn end(path: EndPath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let hall = hall(&mut tx, &visit, &path.cluster, path.year, &path.meeting).await?;
    actions::end_now(&mut tx, visit.now, visit.actor()?, &hall, seen.version).await?;
    tx.commit().await?;
    Ok(see_other(
        hall.path_to("bien-ban"),
        "Hội nghị đã kết thúc. Xem lại biên bản, in và ký, rồi ghi đã ký.",
    ))
}
