//! Units with their succession, and clusters.

use anyhow::Context;
use chrono::NaiveDate;
use sqlx::PgConnection;

use super::{
    Act as Any, morning,
    shapes::{self, World},
    timeline::Timeline,
};
use crate::{
    clusters::{self, Cluster},
    ids::{ClusterId, UnitId},
    kit::{clock::Moment, journal::Hand},
    units::{self, ProvinceCode, SuccessionKind, Unit},
};

/// Which addresses and telephones are taken over.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Contacts {
    /// The made-up ones too: in the demonstration world, which says so.
    All,
    /// A real start must not carry an invented telephone.
    PublishedOnly,
}

/// An act on the register.
pub enum Act<'a> {
    CreateUnit(&'a shapes::Unit, Contacts),
    Succeed {
        predecessor: &'a str,
        successor: &'a str,
        on: NaiveDate,
        kind: SuccessionKind,
    },
    CreateCluster(&'a shapes::Cluster),
}

/// The register as it grows: what is there on the first day, then what is founded.
pub fn plan<'a>(world: &'a World, contacts: Contacts, first_day: NaiveDate, timeline: &mut Timeline<'a>) {
    for unit in &world.units {
        let day = unit
            .founded_on
            .map_or(first_day, |founded| founded.max(first_day));
        timeline.add(morning(day), Any::Unit(Act::CreateUnit(unit, contacts)));
    }
    for unit in &world.units {
        let on = unit.ended_on.and_then(|last| last.succ_opt());
        if let (Some(successor), Some(kind), Some(on)) = (&unit.successor, unit.succession_kind, on) {
            let act = Act::Succeed {
                predecessor: &unit.slug,
                successor,
                on,
                kind,
            };
            timeline.add(morning(on.max(first_day)), Any::Unit(act));
        }
    }
    for cluster in &world.clusters {
        timeline.add(morning(first_day), Any::Unit(Act::CreateCluster(cluster)));
    }
}

impl Act<'_> {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let hand = Hand::program();
        match self {
            Self::CreateUnit(shape, contacts) => {
                let codes: Vec<_> = shape.province_codes.iter().map(code).collect();
                units::create_unit(db, at, &hand, &unit(shape, contacts), &codes)
                    .await
                    .with_context(|| shape.slug.clone())
            }
            Self::Succeed {
                predecessor,
                successor,
                on,
                kind,
            } => {
                let old = units::unit_by_slug(db, predecessor)
                    .await
                    .with_context(|| predecessor.to_owned())?;
                let new = units::unit_by_slug(db, successor)
                    .await
                    .with_context(|| successor.to_owned())?;
                Ok(units::succeed(db, at, &hand, old.id, new.id, on, kind).await?)
            }
            Self::CreateCluster(shape) => {
                let cluster = Cluster {
                    id: ClusterId::new(),
                    slug: shape.slug.clone(),
                    number: shape.number,
                    name: shape.name.clone(),
                    note: shape.note.clone().unwrap_or_default(),
                };
                clusters::create_cluster(db, at, &hand, &cluster)
                    .await
                    .with_context(|| shape.slug.clone())
            }
        }
    }
}

fn unit(shape: &shapes::Unit, contacts: Contacts) -> Unit {
    let is_made_up = shape.made_up.iter().any(|field| field == "contact");
    let contact = shape
        .contact
        .as_ref()
        .filter(|_| contacts == Contacts::All || !is_made_up);
    let text = |part: fn(&shapes::Contact) -> &String| contact.map(|c| part(c).clone()).unwrap_or_default();
    Unit {
        id: UnitId::new(),
        slug: shape.slug.clone(),
        place: shape.place.clone(),
        name: shape.name.clone(),
        short_name: shape.short_name.clone(),
        kind: shape.kind,
        founded_on: shape.founded_on,
        ended_on: shape.ended_on,
        address: text(|c| &c.address),
        phone: text(|c| &c.phone),
        email: text(|c| &c.email),
        made_up: if contacts == Contacts::All {
            shape.made_up.clone()
        } else {
            Vec::new()
        },
    }
}

/// The file names the last day, the register the day after it.
fn code(shape: &shapes::ProvinceCode) -> ProvinceCode {
    ProvinceCode {
        code: shape.code.clone(),
        from_date: shape.from,
        until_date: shape.to.and_then(|last| last.succ_opt()),
    }
}
