//! Catalogues of indicators: one for each year of the cluster's story, made and issued before anybody registers.

use chrono::Duration;
use sqlx::PgConnection;

use super::{Act as Any, STANDING_OFFICE, evening, shapes, timeline::Timeline};
use crate::{
    indicators::{self, Source},
    kit::clock::Moment,
};

/// An act on the catalogue of a year.
pub struct Act {
    year: i32,
    what: What,
}

#[derive(Clone, Copy)]
enum What {
    /// Out of the year before, where there is one.
    Create,
    Issue,
}

/// The catalogue is issued on the first day of the year's calendar. Only years of which reports are told have one.
pub fn plan(year: &shapes::ClusterYear, timeline: &mut Timeline<'_>) {
    let Some(first) = year.calendar.iter().map(|window| window.opens_on).min() else {
        return;
    };
    if year.annual_figures.is_empty() {
        return;
    }
    let at = evening(first);
    let number = year.year;
    for (at, what) in [(at - Duration::hours(1), What::Create), (at, What::Issue)] {
        timeline.add(at, Any::Indicators(Act { year: number, what }));
    }
}

impl Act {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let actor = super::actor(db, STANDING_OFFICE, at).await?;
        let year = self.year;
        match self.what {
            What::Create => {
                let before = indicators::find_issued(db, year - 1).await?;
                let source = before.as_ref().map_or(Source::Default, Source::Year);
                indicators::create(db, at, &actor, year, source).await?;
            }
            What::Issue => {
                let draft = indicators::find(db, &actor, year).await?;
                indicators::issue(db, at, &actor, &draft, draft.version).await?;
            }
        }
        Ok(())
    }
}
