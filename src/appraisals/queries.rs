//! Every SQL statement of the desk: as many for one dossier as for thousands.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::model::{Desk, Line, Quota};
use crate::{
    awards, consultations,
    ids::{ClusterId, NominationId, UnitId, YearId},
    kit::{
        clock::{self, Moment},
        error::Result,
    },
    nominations::{self, access::opens, checklist::Facts},
    papers,
    people::Actor,
    registrations, reports,
};

/// The desk of a calendar year, as this person sees it.
pub(super) async fn desk(db: &mut PgConnection, actor: &Actor, year: i32, now: Moment) -> Result<Desk> {
    let list = nominations::of_calendar_year(db, actor, year).await?;
    let ids: Vec<Uuid> = list.iter().map(|n| n.id.0).collect();
    let files = papers::files_of(db, "nominations", &ids).await?;
    let facts = facts(db, year).await?;
    let due = due_again(db, &ids).await?;
    let awards = awards::all(db).await?;
    let beside = nominations::Beside::of(db, year, &list, clock::day(now)).await?;
    let mut cards = nominations::cards(db, year, &list, clock::day(now)).await?;
    let quotas = quotas(db, year).await?;
    let standings = consultations::standings(db, year).await?;
    let mut line = |nomination: nominations::Nomination| {
        let attached = files.get(&nomination.id.0).map(Vec::as_slice).unwrap_or_default();
        let known = facts.get(&(nomination.year_id, nomination.unit_id));
        let is_back = nomination.state == nominations::State::Returned;
        let due = due.get(&nomination.id).filter(|_| is_back);
        let standing = standings.iter().find(|s| s.nomination_id == nomination.id);
        Line {
            objections: standing.map(|s| s.warnings(now)).unwrap_or_default(),
            award: awards.short_name(&nomination.award),
            list: beside.checklist(&nomination, attached, known.unwrap_or(&Facts::default())),
            due_again: due.map(|day| (*day, clock::days_late(now, *day))),
            card: cards.remove(&nomination.id),
            opens: opens(actor, &nomination),
            nomination,
        }
    };
    Ok(Desk::of(list.into_iter().map(&mut line).collect(), &quotas))
}

/// What the registrations and annual reports of a calendar year say of the units.
async fn facts(db: &mut PgConnection, year: i32) -> Result<HashMap<(YearId, UnitId), Facts>> {
    let rows = sqlx::query!(
        r#"select m.year_id as "year_id: YearId", m.unit_id as "unit_id: UnitId",
              r.state as "registration?: registrations::State", coalesce(r.late_days, 0) as "registration_late!",
              p.state as "report?: reports::State", coalesce(p.late_days, 0) as "report_late!"
           from memberships m join years y on y.id = m.year_id
           left join registrations r on r.year_id = m.year_id and r.unit_id = m.unit_id
           left join reports p on p.year_id = m.year_id and p.unit_id = m.unit_id and p.period = 'annual'
           where y.year = $1"#,
        year
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| {
            let facts = Facts {
                registration: r.registration.map(|state| (state, r.registration_late)),
                report: r.report.map(|state| (state, r.report_late)),
            };
            ((r.year_id, r.unit_id), facts)
        })
        .collect())
}

/// Until when these are awaited again: what their last return says.
async fn due_again(db: &mut PgConnection, ids: &[Uuid]) -> Result<HashMap<NominationId, NaiveDate>> {
    let rows = sqlx::query!(
        r#"select distinct on (record_id) record_id as "record_id: NominationId", due_on from returns
           where record_kind = 'nominations' and record_id = any($1) order by record_id, returned_at desc"#,
        ids
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|r| Some((r.record_id, r.due_on?)))
        .collect())
}

/// What each cluster may nominate in a calendar year.
async fn quotas(db: &mut PgConnection, year: i32) -> Result<Vec<Quota>> {
    Ok(sqlx::query_as!(
        Quota,
        r#"select y.id as "year_id: YearId", c.id as "cluster_id: ClusterId", c.slug, c.name as cluster,
              q.flag_quota as flags, q.merit_quota as merits
           from years y join clusters c on c.id = y.cluster_id join year_rules q on q.year_id = y.id
           where y.year = $1 order by c.number"#,
        year
    )
    .fetch_all(db)
    .await?)
}
