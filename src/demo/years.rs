//! The years of clusters: opening with calendar and rules, members and leads as they come and go, closing.

use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use sqlx::PgConnection;

use super::{Act as Any, STANDING_OFFICE, evening, morning, shapes, timeline::Timeline};
use crate::{
    clusters,
    ids::UnitId,
    kit::{clock::Moment, journal::Hand, values},
    units::{self, UnitFacts},
    years::{self, LateIs, LeadershipInput, Rules, StepPlan, Year},
};

/// An act on a year.
pub struct Act<'a> {
    year: &'a shapes::ClusterYear,
    what: What<'a>,
}

enum What<'a> {
    Open,
    Facts(&'a shapes::Facts),
    Join(&'a shapes::Member),
    Leave(&'a shapes::Member),
    Lead(&'a shapes::Leadership),
    Close,
}

/// A year opens with its first step, or before that.
pub fn plan<'a>(year: &'a shapes::ClusterYear, timeline: &mut Timeline<'a>) {
    let Some(first) = year.calendar.iter().map(|window| window.opens_on).min() else {
        return;
    };
    let mut add = |at, what| timeline.add(at, Any::Year(Act { year, what }));
    add(morning(year.opened_on.unwrap_or(first)), What::Open);
    for member in &year.members {
        if let Some(from) = member.from {
            add(morning(from.max(first)), What::Join(member));
        }
        if let Some(after) = member.to.and_then(|last| last.succ_opt()) {
            add(morning(after), What::Leave(member));
        }
    }
    for facts in &year.unit_facts {
        let joins = year
            .members
            .iter()
            .find(|m| m.unit == facts.unit)
            .and_then(|m| m.from);
        add(
            morning(joins.map_or(first, |from| from.max(first))),
            What::Facts(facts),
        );
    }
    for leadership in year.leaderships.iter().filter(|l| !l.by_hand_over) {
        add(morning(leadership.from.max(first)), What::Lead(leadership));
    }
    if let Some(day) = year.closed_on {
        add(evening(day), What::Close);
    }
}

impl Act<'_> {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let (cluster, number) = (&self.year.cluster, self.year.year);
        self.act(db, at)
            .await
            .with_context(|| format!("{cluster} {number}"))
    }

    async fn act(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let hand = super::actor(db, STANDING_OFFICE, at).await?.hand();
        match self.what {
            What::Open => open(db, at, &hand, self.year).await,
            What::Facts(facts) => put_facts(db, at, &hand, self.year, facts).await,
            What::Join(member) => put_member(db, at, &hand, self.year, member, None).await,
            What::Leave(member) => put_member(db, at, &hand, self.year, member, member.to).await,
            What::Lead(leadership) => put_leadership(db, at, &hand, self.year, leadership).await,
            What::Close => {
                let year = find(db, self.year).await?;
                Ok(years::close_year(db, at, &hand, &year).await?)
            }
        }
    }
}

async fn find(db: &mut PgConnection, shape: &shapes::ClusterYear) -> anyhow::Result<Year> {
    Ok(years::find(db, &shape.cluster, shape.year).await?)
}

async fn unit(db: &mut PgConnection, slug: &str) -> anyhow::Result<UnitId> {
    Ok(units::unit_by_slug(db, slug)
        .await
        .with_context(|| slug.to_owned())?
        .id)
}

async fn put_facts(
    db: &mut PgConnection,
    at: Moment,
    hand: &Hand,
    year: &shapes::ClusterYear,
    shape: &shapes::Facts,
) -> anyhow::Result<()> {
    let unit = unit(db, &shape.unit).await?;
    let facts = UnitFacts {
        year: year.year,
        departments: shape.departments,
        staff: shape.staff,
        leader_is_civil_servant: shape.leader_is_civil_servant,
        made_up: shape.made_up.clone(),
    };
    Ok(units::put_facts(db, at, hand, unit, &facts).await?)
}

async fn put_member(
    db: &mut PgConnection,
    at: Moment,
    hand: &Hand,
    year: &shapes::ClusterYear,
    shape: &shapes::Member,
    last: Option<NaiveDate>,
) -> anyhow::Result<()> {
    let (year, unit) = (find(db, year).await?, unit(db, &shape.unit).await?);
    Ok(years::put_member(db, at, hand, &year, unit, (shape.from, last)).await?)
}

async fn put_leadership(
    db: &mut PgConnection,
    at: Moment,
    hand: &Hand,
    year: &shapes::ClusterYear,
    shape: &shapes::Leadership,
) -> anyhow::Result<()> {
    let (year, unit) = (find(db, year).await?, unit(db, &shape.unit).await?);
    let input = LeadershipInput {
        office: shape.office,
        unit,
        starts_on: shape.from,
        ends_on: shape.to,
    };
    Ok(years::put_leadership(db, at, hand, &year, input).await?)
}

/// Opens a year with those who are members from its beginning.
async fn open(
    db: &mut PgConnection,
    at: Moment,
    hand: &Hand,
    shape: &shapes::ClusterYear,
) -> anyhow::Result<()> {
    let cluster = clusters::by_slug(db, &shape.cluster).await?.id;
    let mut members = Vec::new();
    for member in shape.members.iter().filter(|m| m.from.is_none()) {
        members.push(unit(db, &member.unit).await?);
    }
    let id = years::open_year(db, at, hand, cluster, shape.year, &members, None).await?;
    let year = years::by_id(db, id).await?;
    let steps: Vec<StepPlan> = shape
        .calendar
        .iter()
        .map(|w| StepPlan {
            step: w.step,
            opens_on: w.opens_on,
            due_on: w.due_on,
            late_is: LateIs::Marked,
        })
        .collect();
    years::set_calendar(db, at, hand, &year, &steps).await?;
    let percent = |typed: &str| values::percent(typed).map_err(|e| anyhow!(e));
    let rules = Rules {
        flag_quota: shape.rules.flag_quota,
        merit_quota: shape.rules.merit_quota,
        quorum_percent: percent(&shape.rules.quorum_percent)?,
        threshold_percent: percent(&shape.rules.threshold_percent)?,
        threshold_base: shape.rules.threshold_base,
        frozen_at: None,
    };
    Ok(years::set_rules(db, at, hand, &year, &rules).await?)
}
