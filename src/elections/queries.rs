//! Every SQL statement about mergers of lead and deputy.

use chrono::NaiveDate;
use sqlx::PgConnection;

use super::model::{Confirmation, Merger, Reelection};
use crate::{
    ids::{ConferenceId, PersonId},
    kit::{clock::Moment, error::Result},
};

/// What has become of the lead and the deputy that a closing conference elected, if they are one unit today.
pub async fn merger_of(
    db: &mut PgConnection,
    conference: ConferenceId,
    today: NaiveDate,
) -> Result<Option<Merger>> {
    Ok(select(db, Some(conference), today).await?.into_iter().next())
}

/// All mergers of lead and deputy, in all clusters, about which something is still to be done.
pub async fn waiting(db: &mut PgConnection, today: NaiveDate) -> Result<Vec<Merger>> {
    let mut found = select(db, None, today).await?;
    found.retain(Merger::is_waiting);
    Ok(found)
}

async fn select(
    db: &mut PgConnection,
    conference: Option<ConferenceId>,
    today: NaiveDate,
) -> Result<Vec<Merger>> {
    let rows = sqlx::query!(
        r#"
        with recursive elected as (
            select c.id, y.cluster_id, y.year, c.content, (c.content -> 'next_lead' ->> 'id')::uuid as lead_id,
                (c.content -> 'next_deputy' ->> 'id')::uuid as deputy_id
            from conferences c join years y on y.id = c.year_id
            where c.kind = 'closing' and c.content is not null and ($1::uuid is null or c.id = $1)
        ), later (origin, id, happened_on) as (
            select u.id, u.id, date '0001-01-01' from units u
            where u.id in (select lead_id from elected union select deputy_id from elected)
            union
            select l.origin, s.successor_id, greatest(l.happened_on, s.happened_on)
            from unit_successions s join later l on l.id = s.predecessor_id where s.happened_on <= $2
        ), merged as (
            -- The latest of those that both have become.
            select distinct on (e.id) e.id, e.cluster_id, e.year, e.content, a.id as unit_id, greatest(a.happened_on, b.happened_on) as since
            from elected e join later a on a.origin = e.lead_id join later b on b.origin = e.deputy_id and b.id = a.id
            where e.lead_id <> e.deputy_id
            order by e.id, greatest(a.happened_on, b.happened_on) desc, a.id
        )
        select m.id as "conference_id!: ConferenceId", k.id as cluster_id, k.name as cluster, k.slug, m.year as "year!",
            m.content -> 'next_lead' ->> 'name' as "lead!", m.content -> 'next_deputy' ->> 'name' as "deputy!",
            u.id as unit_id, u.short_name as unit, m.since as "since!",
            f.reason as "reason?", f.confirmed_at as "confirmed_at?", p.full_name as "confirmed_by?",
            anew.year as "anew_year?", anew.slug as "anew_slug?",
            exists(select from years n where n.cluster_id = m.cluster_id and n.year = m.year + 1 and n.state = 'closed') as "is_past!"
        from merged m join clusters k on k.id = m.cluster_id join units u on u.id = m.unit_id
            left join merger_confirmations f on f.conference_id = m.id left join persons p on p.id = f.confirmed_by
            left join lateral (
                select y.year, x.slug from conferences x join years y on y.id = x.year_id join ballots b on b.conference_id = x.id
                where y.cluster_id = m.cluster_id and y.year in (m.year, m.year + 1) and x.kind = 'extraordinary'
                    and b.state in ('counted', 'signed') and (b.counted_at at time zone 'Asia/Ho_Chi_Minh')::date >= m.since
                    and exists(
                        select from jsonb_array_elements(b.plan -> 'questions') with ordinality as q (question, place)
                        where q.question ->> 'purpose' in ('lead', 'deputy')
                            and (b.result -> 'questions' -> (q.place::integer - 1) -> 'candidates' @> '[{"verdict": "elected"}]'
                                 or jsonb_array_length(coalesce(b.settlement -> 'elected' -> (q.place::integer - 1), '[]')) > 0))
                order by b.counted_at limit 1) as anew on true
        order by k.number, m.year
        "#,
        conference as _,
        today
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Merger {
            conference_id: r.conference_id,
            cluster_id: r.cluster_id,
            cluster: r.cluster,
            slug: r.slug,
            year: r.year,
            lead: r.lead,
            deputy: r.deputy,
            unit_id: r.unit_id,
            unit: r.unit,
            since: r.since,
            confirmation: r
                .reason
                .zip(r.confirmed_at)
                .zip(r.confirmed_by)
                .map(|((reason, at), by)| Confirmation { reason, at, by }),
            reelection: r
                .anew_year
                .zip(r.anew_slug)
                .map(|(year, meeting)| Reelection { year, meeting }),
            is_past: r.is_past,
        })
        .collect())
}

/// Locks the conference, so that two people don't confirm at once.
pub(super) async fn lock(db: &mut PgConnection, conference: ConferenceId) -> Result<()> {
    sqlx::query!(
        "select 1 as one from conferences where id = $1 for no key update",
        conference as _
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

pub(super) async fn insert(
    db: &mut PgConnection,
    merger: &Merger,
    reason: &str,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into merger_confirmations (conference_id, unit_id, reason, confirmed_at, confirmed_by) values ($1, $2, $3, $4, $5)",
        merger.conference_id as _,
        merger.unit_id as _,
        reason,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}
