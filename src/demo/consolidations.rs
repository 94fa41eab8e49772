//! The consolidated registration of a cluster: noted, sent, acknowledged.

use anyhow::Context;
use chrono::Duration;
use sqlx::PgConnection;

use super::{Act as Any, shapes, timeline::Timeline};
use crate::{consolidations, kit::clock::Moment, registrations, years};

/// How long before sending the remark was written.
const WRITING: Duration = Duration::minutes(20);

/// An act on a consolidated registration.
pub struct Act<'a> {
    year: &'a shapes::ClusterYear,
    by: &'a str,
    what: What<'a>,
}

enum What<'a> {
    Note(&'a str),
    Send,
    Acknowledge,
}

/// The acts that lead the consolidated registration of the year to where it is.
pub fn plan<'a>(year: &'a shapes::ClusterYear, timeline: &mut Timeline<'a>) {
    let Some(paper) = &year.consolidation else { return };
    let mut add =
        |at: Moment, by: &'a str, what| timeline.add(at, Any::Consolidation(Act { year, by, what }));
    if let Some(at) = paper.saved_at {
        add(at, &paper.by, What::Note(&paper.note));
    }
    if let Some(at) = paper.sent_at {
        add(at - WRITING, &paper.by, What::Note(&paper.note));
        add(at, &paper.by, What::Send);
    }
    if let (Some(at), Some(by)) = (paper.acknowledged_at, &paper.acknowledged_by) {
        add(at, by, What::Acknowledge);
    }
}

impl Act<'_> {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let place = format!(
            "{} {}, consolidated registration",
            self.year.cluster, self.year.year
        );
        self.act(db, at).await.context(place)
    }

    async fn act(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let actor = super::actor(db, self.by, at).await?;
        let year = years::find(db, &self.year.cluster, self.year.year).await?;
        let paper = consolidations::find_visible(db, &actor, &year).await?;
        match self.what {
            What::Note(note) => {
                consolidations::save_note(db, at, &actor, &paper, paper.version, note).await?;
            }
            What::Send => {
                let all = registrations::of_year(db, &actor, &year).await?;
                let table = consolidations::Content::gather(&year, &all, &paper.note).digest()?;
                consolidations::send(db, at, &actor, &year, &paper, paper.version, &table).await?;
            }
            What::Acknowledge => consolidations::acknowledge(db, at, &actor, &paper, paper.version).await?,
        }
        Ok(())
    }
}
