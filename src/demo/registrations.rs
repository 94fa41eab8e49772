//! Registrations: written, handed in, sent back, mended, taken in.

use anyhow::Context;
use chrono::Duration;
use serde_json::Value;
use sqlx::PgConnection;

use super::{Act as Any, shapes, timeline::Timeline};
use crate::{
    awards,
    kit::{
        clock::{self, Moment, date_text},
        error::AppError,
        journal::Subject,
    },
    papers::{self, ReturnForm, Returnable},
    people::Actor,
    registrations::{self, Basis, Registration, RegistrationForm},
    years::{self, Year},
};

/// How long before handing in the form was saved.
const WRITING: Duration = Duration::minutes(20);

/// An act on a unit's registration.
pub struct Act<'a> {
    year: &'a shapes::ClusterYear,
    unit: &'a str,
    by: &'a str,
    what: What<'a>,
}

enum What<'a> {
    Save(Box<RegistrationForm>),
    Submit,
    Return(&'a shapes::Returned),
    Accept,
}

/// The acts that lead each registration of the year to where it is.
pub fn plan<'a>(year: &'a shapes::ClusterYear, timeline: &mut Timeline<'a>) -> anyhow::Result<()> {
    for paper in &year.registrations {
        let last = form(&paper.form).with_context(|| paper.unit.clone())?;
        let first = match &paper.returned {
            Some(returned) => form(&as_first_typed(&paper.form, &returned.first_typed))?,
            None => last.clone(),
        };
        let mut add = |at: Moment, by: &'a str, what| {
            timeline.add(
                at,
                Any::Registration(Act {
                    year,
                    unit: &paper.unit,
                    by,
                    what,
                }),
            );
        };
        if let Some(at) = paper.saved_at {
            add(at, &paper.by, What::Save(Box::new(first.clone())));
        }
        if let Some(at) = paper.submitted_at {
            add(at - WRITING, &paper.by, What::Save(Box::new(first)));
            add(at, &paper.by, What::Submit);
        }
        if let Some(returned) = &paper.returned {
            add(returned.at, &returned.by, What::Return(returned));
            if let Some(again) = returned.resubmitted_at {
                add(again - WRITING, &paper.by, What::Save(Box::new(last)));
                add(again, &paper.by, What::Submit);
            }
        }
        if let (Some(at), Some(by)) = (paper.accepted_at, &paper.accepted_by) {
            add(at, by, What::Accept);
        }
    }
    Ok(())
}

fn form(typed: &Value) -> anyhow::Result<RegistrationForm> {
    Ok(serde_json::from_value(typed.clone())?)
}

/// The form before it was mended.
fn as_first_typed(form: &Value, first: &[shapes::FirstTyped]) -> Value {
    let mut form = form.clone();
    for typed in first {
        form[&typed.section][typed.row - 1][&typed.field] = typed.value.clone().into();
    }
    form
}

impl Act<'_> {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let place = format!(
            "{} {}, registration of {}",
            self.year.cluster, self.year.year, self.unit
        );
        self.act(db, at).await.context(place)
    }

    async fn act(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let actor = super::actor(db, self.by, at).await?;
        let year = years::find(db, &self.year.cluster, self.year.year).await?;
        let paper = registrations::find_visible(db, &actor, &year, self.unit).await?;
        match self.what {
            What::Save(form) => save(db, at, &actor, &paper, *form).await,
            What::Submit => submit(db, at, &actor, &year, &paper).await,
            What::Return(returned) => send_back(db, at, &actor, &paper, returned).await,
            What::Accept => Ok(registrations::accept(db, at, &actor, &paper, paper.version).await?),
        }
    }
}

async fn history(db: &mut PgConnection, paper: &Registration) -> anyhow::Result<papers::History> {
    let Subject { kind, id, .. } = paper.subject();
    Ok(papers::history(db, kind, id).await?)
}

async fn save(
    db: &mut PgConnection,
    at: Moment,
    actor: &Actor,
    paper: &Registration,
    mut typed: RegistrationForm,
) -> anyhow::Result<()> {
    // A row keeps its id from one save to the next, as in the form on the page.
    let stored = &paper.draft;
    typed
        .targets
        .iter_mut()
        .zip(&stored.targets)
        .for_each(|(row, known)| row.id = known.id);
    typed
        .titles
        .iter_mut()
        .zip(&stored.titles)
        .for_each(|(row, known)| row.id = known.id);
    typed
        .individuals
        .iter_mut()
        .zip(&stored.individuals)
        .for_each(|(row, known)| row.id = known.id);
    typed
        .initiatives
        .iter_mut()
        .zip(&stored.initiatives)
        .for_each(|(row, known)| row.id = known.id);
    let history = history(db, paper).await?;
    registrations::save_draft(db, at, actor, paper, &history, paper.version, typed).await?;
    Ok(())
}

async fn submit(
    db: &mut PgConnection,
    at: Moment,
    actor: &Actor,
    year: &Year,
    paper: &Registration,
) -> anyhow::Result<()> {
    let (history, awards) = (history(db, paper).await?, awards::all(db).await?);
    let basis = Basis {
        year,
        history: &history,
        awards: &awards,
    };
    registrations::submit(db, at, actor, paper, paper.version, basis).await?;
    Ok(())
}

async fn send_back(
    db: &mut PgConnection,
    at: Moment,
    actor: &Actor,
    paper: &Registration,
    returned: &shapes::Returned,
) -> anyhow::Result<()> {
    let things = registrations::returnables(paper, &awards::all(db).await?);
    let keys = returned
        .items
        .iter()
        .map(|item| key(&things, item))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let form = ReturnForm {
        version: paper.version,
        reason: returned.reason.clone(),
        due_on: returned.due_on.map(date_text).unwrap_or_default(),
        item: keys.clone(),
        item_key: keys,
        item_note: returned.items.iter().map(|item| item.note.clone()).collect(),
    };
    let input = form.check(&things, clock::day(at)).map_err(AppError::Invalid)?;
    Ok(registrations::return_for_work(db, at, actor, paper, paper.version, &input).await?)
}

/// The key that the item has in the form on the page.
fn key(things: &[Returnable], item: &shapes::ReturnedItem) -> anyhow::Result<String> {
    let mut of_section = things.iter().filter(|thing| thing.section == item.section);
    // The section as a whole comes first, then its rows.
    let found = of_section.nth(item.row.unwrap_or(0));
    let found = found.with_context(|| format!("there is no row {:?} in {}", item.row, item.section))?;
    Ok(found.key.clone())
}
