//! Official papers: issued, and confirmed by those to whom they went.

use anyhow::{Context, ensure};
use sqlx::PgConnection;

use super::{Act as Any, morning, shapes, timeline::Timeline};
use crate::{
    decisions,
    documents::{self, IssueInput, Kind},
    kit::clock::{self, Moment},
    people::Actor,
    units,
};

/// An act on a paper of a cluster's year, or on the paper of the decision on it.
pub struct Act<'a> {
    year: &'a shapes::ClusterYear,
    kind: Kind,
    by: &'a str,
    what: What<'a>,
}

enum What<'a> {
    /// Issues it with this signer, where the record names none; codes are verified at this address.
    Issue {
        signer: Option<&'a str>,
        address: &'a str,
    },
    Receive(&'a shapes::Receipt),
}

/// The papers of the year.
pub fn plan<'a>(year: &'a shapes::ClusterYear, address: &'a str, timeline: &mut Timeline<'a>) {
    let mut add = |at, kind, by, what| {
        timeline.add(at, Any::Paper(Act { year, kind, by, what }));
    };
    for paper in &year.papers {
        let signer = Some(paper.signer.as_str());
        let issue = What::Issue { signer, address };
        add(morning(paper.issued_on), paper.kind, &paper.by, issue);
        for receipt in &paper.received {
            add(receipt.at, paper.kind, &receipt.by, What::Receive(receipt));
        }
    }
    let decision = year.decision.as_ref();
    if let Some((decision, day)) = decision.and_then(|d| Some((d, d.printed_on?))) {
        let issue = What::Issue {
            signer: None,
            address,
        };
        add(morning(day), Kind::Decision, &decision.by, issue);
        for receipt in &decision.received {
            add(receipt.at, Kind::Decision, &receipt.by, What::Receive(receipt));
        }
    }
}

impl Act<'_> {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let place = format!("{} {}, papers", self.year.cluster, self.year.year);
        self.act(db, at).await.context(place)
    }

    async fn act(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let actor = super::actor(db, self.by, at).await?;
        let about = self.about(db, &actor).await?;
        match self.what {
            What::Issue { signer, address } => {
                let input = Self::input(at, address);
                self.issue(db, (at, &actor), &about, signer, input).await
            }
            What::Receive(receipt) => {
                let unit = units::unit_by_slug(db, &receipt.unit).await?;
                let list = documents::issued_about(db, &actor, self.kind, &about).await?;
                let issued = list.first().context("the paper isn't there yet")?;
                let (issued, recipients) = documents::find_visible(db, &actor, issued.id).await?;
                documents::receive(db, at, &actor, &issued, &recipients, Some(unit.id)).await?;
                Ok(())
            }
        }
    }

    /// The key of what the paper is about: the year, or the decision on it.
    async fn about(&self, db: &mut PgConnection, actor: &Actor) -> anyhow::Result<String> {
        let decision = self
            .year
            .decision
            .as_ref()
            .filter(|_| self.kind == Kind::Decision);
        let Some(shape) = decision else {
            return Ok(format!("{}.{}", self.year.cluster, self.year.year));
        };
        let all = decisions::list_visible(db, actor).await?;
        let is_it = |content: &decisions::Content| content.issued_on == shape.issued_on;
        let found = all.iter().find(|d| d.content.as_ref().is_some_and(is_it));
        Ok(found.context("the decision isn't there yet")?.id.to_string())
    }

    fn input(at: Moment, address: &str) -> IssueInput {
        IssueInput {
            version: 1,
            number: None,
            on: clock::day(at),
            replaces: None,
            verified_at: format!("{address}/xac-minh"),
        }
    }

    async fn issue(
        &self,
        db: &mut PgConnection,
        (at, actor): (Moment, &Actor),
        about: &str,
        signer: Option<&str>,
        input: IssueInput,
    ) -> anyhow::Result<()> {
        let prepared = documents::prepare(db, at, actor, self.kind, about).await?;
        let mut wording = prepared.offered.clone();
        for own in &mut wording.signers {
            if let Some(signer) = signer {
                signer.clone_into(&mut own.name);
            }
        }
        let errors = wording.errors(true);
        ensure!(errors.is_empty(), "{errors:?}");
        let version = documents::save(db, at, actor, &prepared, &wording, 0).await?;
        let input = IssueInput { version, ..input };
        documents::issue(db, at, actor, &prepared, &wording, &input).await?;
        Ok(())
    }
}
