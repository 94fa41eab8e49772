//! The catalogue of a year, by groups; and issuing it.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;

use super::{
    super::{
        access, actions,
        model::{AppliesTo, Catalogue, Group, Indicator, State},
        queries,
    },
    IssuePath, ShowPath,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "indicators/show.html")]
struct ShowPage {
    shell: Shell,
    catalogue: Catalogue,
    may_change: bool,
    errors: FieldErrors,
}

impl ShowPage {
    fn new(visit: &Visit, catalogue: Catalogue, errors: FieldErrors) -> Result<Self> {
        Ok(Self {
            shell: visit.shell(),
            may_change: access::require_open(visit.actor()?, &catalogue).is_ok(),
            catalogue,
            errors,
        })
    }

    /// The groups that ask something.
    fn groups(&self) -> Vec<(Group, Vec<&Indicator>)> {
        let groups = Group::ALL.iter();
        groups
            .map(|group| (*group, self.catalogue.of_group(*group).collect::<Vec<_>>()))
            .filter(|(_, list)| !list.is_empty())
            .collect()
    }
}

pub(super) async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let catalogue = queries::find(&mut *visit.db().await?, visit.actor()?, path.year).await?;
    page(&ShowPage::new(&visit, catalogue, FieldErrors::default())?)
}

/// The version seen.
#[derive(Deserialize)]
pub(super) struct Seen {
    #[serde(default)]
    pub version: i32,
}

pub(super) async fn issue(path: IssuePath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let actor = visit.actor()?;
    let catalogue = queries::find(&mut tx, actor, path.year).await?;
    match actions::issue(&mut tx, visit.now, actor, &catalogue, seen.version).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(
                ShowPath { year: path.year },
                &format!("Đã ban hành danh mục chỉ tiêu năm {}.", path.year),
            ))
        }
        Err(AppError::Invalid(errors)) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &ShowPage::new(&visit, catalogue, errors)?,
        ),
        Err(error) => Err(error),
    }
}
