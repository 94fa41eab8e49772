//! Everybody with an account: search by any spelling, posts of today, where the account is.

use askama::Template;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;

use super::{super::model::AccountState, PeoplePath};
use crate::{
    kit::{
        clock,
        error::Result,
        mail,
        text::{fold, name_order},
        values,
    },
    people::{self, PersonRow},
    web::{Visit, page, shell::Shell},
};

#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    tim: String,
}

#[derive(Template)]
#[template(path = "administration/people.html")]
struct PeoplePage {
    shell: Shell,
    typed: String,
    people: Vec<(PersonRow, AccountState)>,
    failed_letters: usize,
}

pub(super) async fn index(_: PeoplePath, Query(search): Query<Search>, visit: Visit) -> Result<Response> {
    let typed = values::line(&search.tim, 100).unwrap_or_default();
    let mut db = visit.db().await?;
    let mut rows = people::all_people(&mut db, clock::day(visit.now)).await?;
    rows.retain(|row| matches(row, &typed));
    rows.sort_by_cached_key(|row| name_order(&row.full_name));
    let failed_letters = mail::failures(&mut db).await?.len();
    let people = rows.into_iter().map(|row| {
        let state = AccountState::of_row(&row, visit.now);
        (row, state)
    });
    page(&PeoplePage {
        shell: visit.shell(),
        typed,
        people: people.collect(),
        failed_letters,
    })
}

/// Whether every word typed is in the name, the login, a post or its place.
fn matches(row: &PersonRow, typed: &str) -> bool {
    let posts = row
        .posts
        .0
        .iter()
        .flat_map(|(role, place)| [role.label(), place.as_str()]);
    let texts: Vec<&str> = posts
        .chain([row.full_name.as_str(), row.login.as_str()])
        .collect();
    let text = fold(&texts.join(" "));
    fold(typed).split(' ').all(|word| text.contains(word))
}
