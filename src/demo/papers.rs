//! Official papers: issued, and confirmed by those to whom they went.

use anyhow::{Context, ensure};
use sqlx::PgConnection;

use super::{Act as Any, morning, shapes, timeline::Timeline};
use crate::{
    documents::{self, IssueInput},
    kit::clock::{self, Moment},
    units,
};

/// An act on a paper of a cluster's year.
pub struct Act<'a> {
    year: &'a shapes::ClusterYear,
    paper: &'a shapes::Paper,
    what: What<'a>,
}

enum What<'a> {
    /// Issues it; codes are verified at this address.
    Issue(&'a str),
    Receive(&'a shapes::Receipt),
}

/// The papers of the year.
pub fn plan<'a>(year: &'a shapes::ClusterYear, address: &'a str, timeline: &mut Timeline<'a>) {
    for paper in &year.papers {
        let mut add = |at, what| timeline.add(at, Any::Paper(Act { year, paper, what }));
        add(morning(paper.issued_on), What::Issue(address));
        for receipt in &paper.received {
            add(receipt.at, What::Receive(receipt));
        }
    }
}

impl Act<'_> {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let place = format!("{} {}, papers", self.year.cluster, self.year.year);
        self.act(db, at).await.context(place)
    }

    async fn act(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let about = format!("{}.{}", self.year.cluster, self.year.year);
        match self.what {
            What::Issue(address) => self.issue(db, at, &about, address).await,
            What::Receive(receipt) => {
                let actor = super::actor(db, &receipt.by, at).await?;
                let unit = units::unit_by_slug(db, &receipt.unit).await?;
                let list = documents::issued_about(db, &actor, self.paper.kind, &about).await?;
                let issued = list.first().context("the paper isn't there yet")?;
                let (issued, recipients) = documents::find_visible(db, &actor, issued.id).await?;
                documents::receive(db, at, &actor, &issued, &recipients, Some(unit.id)).await?;
                Ok(())
            }
        }
    }

    async fn issue(
        &self,
        db: &mut PgConnection,
        at: Moment,
        about: &str,
        address: &str,
    ) -> anyhow::Result<()> {
        let actor = super::actor(db, &self.paper.by, at).await?;
        let prepared = documents::prepare(db, at, &actor, self.paper.kind, about).await?;
        let mut wording = prepared.offered.clone();
        for signer in &mut wording.signers {
            signer.name.clone_from(&self.paper.signer);
        }
        let errors = wording.errors(true);
        ensure!(errors.is_empty(), "{errors:?}");
        let version = documents::save(db, at, &actor, &prepared, &wording, 0).await?;
        let input = IssueInput {
            version,
            number: None,
            on: clock::day(at),
            replaces: None,
            verified_at: format!("{address}/xac-minh"),
        };
        documents::issue(db, at, &actor, &prepared, &wording, &input).await?;
        Ok(())
    }
}
