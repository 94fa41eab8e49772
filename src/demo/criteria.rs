//! The tables of criteria: VUSTA's for each year, out of the proposal; of the first year a second version that changes
//! a little; for the current year a supplement that the lead is writing.

use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{Act as Any, STANDING_OFFICE, evening, morning, shapes, timeline::Timeline};
use crate::{
    clusters,
    criteria::{self, CriteriaSet, Criterion, Kind, NewInput, Source, State},
    ids::{ClusterId, CriterionId},
    kit::clock::Moment,
    people::Actor,
};

/// An act on the tables of a year.
pub struct Act<'a> {
    year: i32,
    by: &'a str,
    what: What<'a>,
}

enum What<'a> {
    /// Out of the proposal, or of the table of an earlier year.
    Draft(Option<i32>),
    /// A second version out of the first.
    Revise,
    Issue,
    /// A cluster's supplement, not finished yet.
    Supplement(&'a str),
}

/// The acts that lead the tables of all years of the cluster to where they are.
pub fn plan<'a>(years: &'a [shapes::ClusterYear], timeline: &mut Timeline<'a>) {
    let mut own: Vec<&shapes::ClusterYear> = years.iter().filter(|y| !y.registrations.is_empty()).collect();
    own.sort_by_key(|year| year.year);
    let mut add = |year: i32, by, at: Option<Moment>, what| {
        if let Some(at) = at {
            timeline.add(at, Any::Criteria(Act { year, by, what }));
        }
    };
    let day = NaiveDate::from_ymd_opt;
    let mut earlier = None;
    for shapes::ClusterYear { year, .. } in own.iter().copied() {
        add(
            *year,
            STANDING_OFFICE,
            day(*year, 1, 10).map(morning),
            What::Draft(earlier),
        );
        add(
            *year,
            STANDING_OFFICE,
            day(*year, 1, 13).map(evening),
            What::Issue,
        );
        if earlier.is_none() {
            add(
                *year,
                STANDING_OFFICE,
                day(*year, 2, 8).map(morning),
                What::Revise,
            );
            add(
                *year,
                STANDING_OFFICE,
                day(*year, 2, 10).map(evening),
                What::Issue,
            );
        }
        earlier = Some(*year);
    }
    if let Some((current, paper)) = own.last().and_then(|y| y.consolidation.as_ref().map(|c| (y, c))) {
        let at = day(current.year, 2, 20).map(morning);
        add(current.year, &paper.by, at, What::Supplement(&current.cluster));
    }
}

impl Act<'_> {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let place = format!("the criteria of {}", self.year);
        self.act(db, at).await.context(place)
    }

    async fn act(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let actor = super::actor(db, self.by, at).await?;
        match self.what {
            What::Draft(earlier) => {
                let source = match earlier {
                    Some(year) => Source::Copy(in_force(db, year).await?.id),
                    None => Source::Proposal,
                };
                create(db, at, &actor, self.year, None, source).await?;
            }
            What::Revise => {
                let source = Source::Copy(in_force(db, self.year).await?.id);
                create(db, at, &actor, self.year, None, source).await?;
                revise(db, at, &actor, self.year).await?;
            }
            What::Issue => {
                let set = draft(db, &actor, self.year, None).await?;
                criteria::issue(db, at, &actor, &set, set.version).await?;
            }
            What::Supplement(cluster) => {
                let cluster = clusters::by_slug(db, cluster).await?.id;
                create(db, at, &actor, self.year, Some(cluster), Source::Empty).await?;
                supplement(db, at, &actor, self.year, cluster).await?;
            }
        }
        Ok(())
    }
}

async fn create(
    db: &mut PgConnection,
    at: Moment,
    actor: &Actor,
    year: i32,
    cluster_id: Option<ClusterId>,
    source: Source,
) -> anyhow::Result<()> {
    let input = NewInput {
        year,
        cluster_id,
        source,
    };
    criteria::create(db, at, actor, &input).await?;
    Ok(())
}

async fn in_force(db: &mut PgConnection, year: i32) -> anyhow::Result<CriteriaSet> {
    let found = criteria::find_issued(db, year).await?;
    found.with_context(|| format!("no table of {year} is issued"))
}

async fn draft(
    db: &mut PgConnection,
    actor: &Actor,
    year: i32,
    cluster: Option<ClusterId>,
) -> anyhow::Result<CriteriaSet> {
    let list = criteria::list_visible(db, actor).await?;
    let row = list
        .iter()
        .find(|row| row.year == year && row.cluster_id == cluster && row.state == State::Draft)
        .ok_or_else(|| anyhow!("no table of {year} is being written"))?;
    Ok(criteria::find_visible(db, actor, row.id).await?)
}

/// What the second version changes: honouring people weighs more than its papers, and reports have a line more.
async fn revise(db: &mut PgConnection, at: Moment, actor: &Actor, year: i32) -> anyhow::Result<()> {
    let set = draft(db, actor, year, None).await?;
    let mut criteria = set.criteria.clone();
    for criterion in &mut criteria {
        match criterion.code.as_str() {
            "VII.1" => criterion.maximum = Decimal::TWO,
            "VII.2" => criterion.maximum = Decimal::from(3),
            "IX.1" => criterion.maximum = Decimal::TWO,
            "TR.4" => "Vắng mặt ở lễ ký mà không cử người ký thay.".clone_into(&mut criterion.note),
            _ => {}
        }
    }
    criteria::put_all(db, at, actor, &set, set.version, criteria).await?;
    let set = draft(db, actor, year, None).await?;
    let group = set.by_code("IX").map(|group| group.id);
    let line = judged(
        "IX.3",
        group,
        "Gửi số liệu thống kê thi đua, khen thưởng theo mẫu",
        Decimal::ONE,
    );
    criteria::put(db, at, actor, &set, set.version, line).await?;
    Ok(())
}

/// The supplement as it stands: two points are still missing.
async fn supplement(
    db: &mut PgConnection,
    at: Moment,
    actor: &Actor,
    year: i32,
    cluster: ClusterId,
) -> anyhow::Result<()> {
    let group = Criterion {
        kind: Kind::Group,
        ..judged("B", None, "Hoạt động chung của Cụm", Decimal::TEN)
    };
    let papers = Criterion {
        kind: Kind::Count { each: Decimal::TWO },
        needs_evidence: true,
        ..judged(
            "B.1",
            Some(group.id),
            "Tham luận tại hội thảo của Cụm",
            Decimal::from(4),
        )
    };
    let visits = Criterion {
        kind: Kind::YesNo,
        ..judged(
            "B.2",
            Some(group.id),
            "Tham gia trao đổi kinh nghiệm giữa các đơn vị trong Cụm",
            Decimal::from(4),
        )
    };
    for criterion in [group, papers, visits] {
        let set = draft(db, actor, year, Some(cluster)).await?;
        criteria::put(db, at, actor, &set, set.version, criterion).await?;
    }
    Ok(())
}

fn judged(code: &str, parent_id: Option<CriterionId>, name: &str, maximum: Decimal) -> Criterion {
    Criterion {
        id: CriterionId::new(),
        parent_id,
        code: code.to_owned(),
        name: name.to_owned(),
        kind: Kind::Judged,
        maximum,
        needs_evidence: false,
        indicator: None,
        fact: None,
        note: String::new(),
    }
}
