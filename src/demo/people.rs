//! Accounts and their posts.

use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use sqlx::PgConnection;

use super::{
    Account, Act as Any, evening, morning,
    shapes::{self, World},
    timeline::Timeline,
};
use crate::{
    clusters,
    ids::PostId,
    kit::{clock::Moment, journal::Hand, values::PersonName},
    people::{self, NewPerson, Post},
    units,
};

/// An act on an account.
pub enum Act<'a> {
    /// With the hash of its password.
    Create(&'a shapes::Person, &'a str),
    AddPost {
        login: &'a str,
        id: PostId,
        post: &'a shapes::Post,
    },
    EndPost {
        login: &'a str,
        id: PostId,
        last: NaiveDate,
    },
}

/// All accounts on the first day; each post when it begins and when it ends.
pub fn plan<'a>(world: &'a World, first_day: NaiveDate, hash: &'a str, timeline: &mut Timeline<'a>) {
    for person in &world.people {
        timeline.add(morning(first_day), Any::Person(Act::Create(person, hash)));
    }
    for person in &world.people {
        for post in &person.posts {
            let (login, id) = (person.login.as_str(), PostId::new());
            timeline.add(morning(post.from), Any::Person(Act::AddPost { login, id, post }));
            if let Some(last) = post.to {
                timeline.add(evening(last), Any::Person(Act::EndPost { login, id, last }));
            }
        }
    }
}

impl Act<'_> {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let hand = Hand::program();
        match self {
            Self::Create(shape, hash) => {
                let new = NewPerson {
                    login: shape.login.clone(),
                    full_name: PersonName::parse(&shape.full_name).map_err(|e| anyhow!(e))?,
                    gender: Some(shape.gender),
                    email: shape.email.clone(),
                };
                let id = people::create_person(db, at, &hand, new)
                    .await
                    .with_context(|| shape.login.clone())?;
                Ok(people::set_password_hash(db, at, &hand, id, hash).await?)
            }
            Self::AddPost { login, id, post } => {
                let person = super::actor(db, login, at).await?.id;
                let post = Post {
                    id,
                    role: post.role,
                    unit_id: match &post.unit {
                        Some(slug) => Some(
                            units::unit_by_slug(db, slug)
                                .await
                                .with_context(|| slug.clone())?
                                .id,
                        ),
                        None => None,
                    },
                    cluster_id: match &post.cluster {
                        Some(slug) => Some(
                            clusters::by_slug(db, slug)
                                .await
                                .with_context(|| slug.clone())?
                                .id,
                        ),
                        None => None,
                    },
                    starts_on: post.from,
                    ends_on: None,
                };
                people::add_post(db, at, &hand, person, &post)
                    .await
                    .with_context(|| login.to_owned())
            }
            Self::EndPost { login, id, last } => {
                let person = super::actor(db, login, at).await?.id;
                people::end_post(db, at, &hand, person, id.0, last)
                    .await
                    .with_context(|| login.to_owned())
            }
        }
    }
}

impl shapes::Person {
    /// The account as it is shown when the program starts.
    pub fn account(&self, world: &World, today: NaiveDate) -> Account {
        let post = self
            .posts
            .iter()
            .find(|post| post.from <= today && post.to.is_none_or(|last| today <= last));
        let unit = post.and_then(|p| {
            world
                .units
                .iter()
                .find(|unit| p.unit.as_ref() == Some(&unit.slug))
        });
        let cluster = post.and_then(|p| {
            world
                .clusters
                .iter()
                .find(|cluster| p.cluster.as_ref() == Some(&cluster.slug))
        });
        let words = match (unit, cluster, post) {
            (Some(unit), ..) => unit.short_name.clone(),
            (None, Some(cluster), Some(post)) => format!("{}: {}", post.role.label(), cluster.name),
            (None, None, Some(post)) => post.role.label().to_owned(),
            _ => String::new(),
        };
        Account {
            login: self.login.clone(),
            full_name: self.full_name.clone(),
            post: words,
        }
    }
}
