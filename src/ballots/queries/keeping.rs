//! The ballot itself: prepared, frozen, closed, counted.

use sqlx::{PgConnection, types::Json};

use super::{
    super::model::{Committee, House, Outcome, PaperCounts, Plan, Settlement, State},
    Stamp,
};
use crate::{
    ids::{BallotId, PersonId},
    kit::{clock::Moment, error::Result},
};

/// Locks a ballot for an act, against votes too: answers its version and state now. Who votes at this moment is waited
/// for, who comes later waits.
pub async fn lock(db: &mut PgConnection, id: BallotId) -> Result<(i32, State)> {
    let row = sqlx::query!(
        r#"select version, state as "state: State" from ballots where id = $1 for update"#,
        id as _
    )
    .fetch_one(db)
    .await?;
    Ok((row.version, row.state))
}

/// A ballot to be prepared.
pub struct NewBallot<'a> {
    pub house: House,
    pub parent: Option<(BallotId, &'a str)>,
    pub plan: &'a Plan,
}

pub async fn insert(db: &mut PgConnection, id: BallotId, new: &NewBallot<'_>, stamp: Stamp) -> Result<()> {
    let (conference, sitting) = match new.house {
        House::Conference(id) => (Some(id), None),
        House::Council(id) => (None, Some(id)),
    };
    let (parent, reason) = new.parent.map_or((None, ""), |(id, reason)| (Some(id), reason));
    sqlx::query!(
        "insert into ballots (id, conference_id, council_year, sitting_id, parent_id, parent_reason, position, plan, created_at, created_by)
         values ($1, $2, (select year from council_sittings where id = $3), $3, $4, $5,
             (select coalesce(max(position), 0) + 1 from ballots where conference_id = $2 or sitting_id = $3), $6, $7, $8)",
        id as _,
        conference as _,
        sitting as _,
        parent as _,
        reason,
        Json(new.plan) as _,
        stamp.now,
        stamp.by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether a ballot that wasn't called off follows this one.
pub async fn has_child(db: &mut PgConnection, id: BallotId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists(select from ballots where parent_id = $1 and state <> 'cancelled') as "is!""#,
        id as _
    )
    .fetch_one(db)
    .await?)
}

pub async fn save(db: &mut PgConnection, id: BallotId, plan: &Plan) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        "update ballots set plan = $2, version = version + 1 where id = $1 returning version",
        id as _,
        Json(plan) as _
    )
    .fetch_one(db)
    .await?)
}

/// Freezes the plan; from here on the box takes papers.
pub async fn freeze(
    db: &mut PgConnection,
    id: BallotId,
    state: State,
    plan_hash: &[u8],
    sealing_key: &[u8],
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update ballots set state = $2, plan_hash = $3, sealing_key = $4, version = version + 1,
             advance_at = case when $2 = 'advance' then $5::timestamptz end
         where id = $1",
        id as _,
        state as _,
        plan_hash,
        sealing_key,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn set_open(db: &mut PgConnection, id: BallotId, stamp: Stamp) -> Result<()> {
    sqlx::query!(
        "update ballots set state = 'open', opened_at = $2, opened_by = $3, version = version + 1 where id = $1",
        id as _,
        stamp.now,
        stamp.by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn set_closed(db: &mut PgConnection, id: BallotId, stamp: Stamp) -> Result<()> {
    sqlx::query!(
        "update ballots set state = 'closed', closed_at = $2, closed_by = $3, version = version + 1 where id = $1",
        id as _,
        stamp.now,
        stamp.by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn set_cancelled(db: &mut PgConnection, id: BallotId, reason: &str) -> Result<()> {
    sqlx::query!(
        "update ballots set state = 'cancelled', cancelled_for = $2, version = version + 1 where id = $1",
        id as _,
        reason
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps a person's count of papers on paper: the person's own again, or the next of two. Answers which; none where two
/// others have counted.
pub async fn put_tally(
    db: &mut PgConnection,
    id: BallotId,
    counts: &PaperCounts,
    stamp: Stamp,
) -> Result<Option<i16>> {
    let known = sqlx::query!(
        "select entry, entered_by from ballot_tallies where ballot_id = $1 order by entry",
        id as _
    )
    .fetch_all(&mut *db)
    .await?;
    let by: PersonId = stamp.by;
    let own = known.iter().find(|row| row.entered_by == by).map(|row| row.entry);
    let next = (1..=2).find(|entry| known.iter().all(|row| row.entry != *entry));
    let Some(entry) = own.or(next) else {
        return Ok(None);
    };
    sqlx::query!(
        "insert into ballot_tallies (ballot_id, entry, counts, entered_by, entered_at) values ($1, $2, $3, $4, $5)
         on conflict (ballot_id, entry) do update set counts = excluded.counts, entered_at = excluded.entered_at",
        id as _,
        entry,
        Json(counts) as _,
        by as _,
        stamp.now
    )
    .execute(db)
    .await?;
    Ok(Some(entry))
}

pub async fn count(
    db: &mut PgConnection,
    id: BallotId,
    committee: &Committee,
    outcome: &Outcome,
    hash: &[u8],
    stamp: Stamp,
) -> Result<()> {
    sqlx::query!(
        "update ballots set state = 'counted', committee = $2, result = $3, result_hash = $4, counted_at = $5, counted_by = $6,
             version = version + 1
         where id = $1",
        id as _,
        Json(committee) as _,
        Json(outcome) as _,
        hash,
        stamp.now,
        stamp.by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn sign(db: &mut PgConnection, id: BallotId, stamp: Stamp) -> Result<()> {
    sqlx::query!(
        "update ballots set state = 'signed', signed_at = $2, signed_by = $3, version = version + 1 where id = $1",
        id as _,
        stamp.now,
        stamp.by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn settle(
    db: &mut PgConnection,
    id: BallotId,
    settlement: &Settlement,
    stamp: Stamp,
) -> Result<()> {
    sqlx::query!(
        "update ballots set settlement = $2, settled_at = $3, settled_by = $4, version = version + 1 where id = $1",
        id as _,
        Json(settlement) as _,
        stamp.now,
        stamp.by as _
    )
    .execute(db)
    .await?;
    Ok(())
}
