//! `/viec-cua-toi`: the first page after signing in.

use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

use super::{
    model::{Task, by_urgency},
    of_documents, of_elections, of_secretariat, of_unit, of_vusta,
};
use crate::{
    consolidations, documents, elections,
    kit::{clock, error::Result},
    nominations,
    overview::{Facts, News, StepView, line},
    people::Actor,
    web::{Pages, Visit, Who, page, shell::Shell},
    years,
};

/// What I have to do.
#[derive(TypedPath, Deserialize)]
#[typed_path("/viec-cua-toi")]
pub(super) struct TasksPath;

/// The pages of tasks.
#[must_use]
pub fn pages() -> Pages {
    Pages::new().get(Who::SignedIn, show)
}

#[derive(Template)]
#[template(path = "tasks/show.html")]
struct ShowPage {
    shell: Shell,
    heading: String,
    lead: String,
    years: Vec<YearCard>,
    tasks: Vec<Task>,
    holds_a_post: bool,
}

/// A year the person works in, with its line of steps.
struct YearCard {
    title: String,
    path: String,
    line: Vec<StepView>,
    news: Vec<News>,
}

async fn show(_: TasksPath, visit: Visit) -> Result<Response> {
    let actor = visit.actor()?;
    let mut db = visit.db().await?;
    let mut tasks = Vec::new();
    let mut cards = Vec::new();
    for place in &actor.years {
        let year = years::find_under(&mut db, actor.revision, &place.slug, place.year).await?;
        if !year.is_open() || !years::access::sees(actor, &year) {
            continue;
        }
        let facts = Facts::of(&mut db, &year).await?;
        tasks.extend(of_unit::tasks(actor, &year, &facts, visit.now));
        tasks.extend(of_secretariat::tasks(actor, &year, &facts, visit.now));
        cards.push(YearCard {
            title: year.title(),
            path: year.path(),
            line: line(&year, &facts, visit.now, Some(actor)),
            news: facts.news(&year, 5),
        });
    }
    if actor.is_standing_office {
        tasks.extend(of_vusta::consolidations(
            &consolidations::waiting(&mut db).await?,
            visit.now,
        ));
        let unfinished = documents::unfinished(&mut db).await?;
        tasks.extend(of_documents::decisions(&unfinished, visit.now));
        let unnoticed = documents::unnoticed(&mut db).await?;
        tasks.extend(of_vusta::refusals(actor, &unnoticed, visit.now));
    }
    if actor.is_standing_office || actor.is_council_member {
        tasks.extend(of_vusta::nominations(
            actor,
            &nominations::counts(&mut db).await?,
            visit.now,
        ));
    }
    let incoming = documents::waiting(&mut db, &actor.units(), actor.is_standing_office).await?;
    tasks.extend(of_documents::incoming(&incoming, visit.now));
    if actor.is_standing_office || !actor.secretariat_of.is_empty() {
        let waiting = elections::waiting(&mut db, clock::day(visit.now)).await?;
        tasks.extend(of_elections::tasks(actor, &waiting, visit.now));
    }
    by_urgency(&mut tasks);
    let shell = visit.shell();
    page(&ShowPage {
        heading: greeting(actor, tasks.len()),
        lead: shell
            .person
            .as_ref()
            .map(|p| p.office.clone())
            .unwrap_or_default(),
        holds_a_post: actor.holds_a_post(),
        years: cards,
        tasks,
        shell,
    })
}

fn greeting(actor: &Actor, tasks: usize) -> String {
    let todo = match tasks {
        0 => "hôm nay không có việc nào chờ".to_owned(),
        n => format!("có {n} việc đang chờ"),
    };
    format!("Chào {} {}, {todo}", actor.address(), actor.full_name)
}
