//! Adding a person whole: the account, the first post and the way in.

use sqlx::PgConnection;

use crate::{
    ids::PersonId,
    kit::{
        clock::Moment,
        config::Config,
        error::{AppError, Result},
        journal::Hand,
    },
    people::{self, NewPerson, Post},
};

/// Adds a person with a first post; answers the token of the one-time link, to be shown once.
pub(super) async fn add_person(
    db: &mut PgConnection,
    now: Moment,
    config: &Config,
    hand: &Hand,
    new: NewPerson,
    post: &Post,
) -> Result<String> {
    let person = people::create_person(db, now, hand, new).await?;
    people::add_post(db, now, hand, person, post).await?;
    issue_link(db, now, config, hand, person).await
}

/// Issues a one-time link; answers its token, to be shown once.
pub(super) async fn issue_link(
    db: &mut PgConnection,
    now: Moment,
    config: &Config,
    hand: &Hand,
    person: PersonId,
) -> Result<String> {
    let link = people::issue_password_link(db, now, hand, person, config.link_hours, |token| {
        link_to(config, token)
    })
    .await?;
    link.rsplit('/')
        .next()
        .map(str::to_owned)
        .ok_or_else(|| AppError::Internal(anyhow::anyhow!("a link without a token")))
}

/// The address that carries a token.
pub(super) fn link_to(config: &Config, token: &str) -> String {
    format!("{}/mat-khau/{token}", config.address())
}
