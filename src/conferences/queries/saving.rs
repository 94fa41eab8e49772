//! Statements that write conferences and hand-overs.

use chrono::NaiveDate;
use sqlx::{PgConnection, types::Json};

use crate::{
    conferences::{
        access::Side,
        forms::ConferenceForm,
        model::{Conference, Content, Kind, Plan},
    },
    ids::{ConferenceId, PersonId, YearId},
    kit::{clock::Moment, error::Result},
};

/// Locks the year's conferences for an act and answers the version of one of them now. The lock is on the year, which
/// exists before them.
pub async fn lock(db: &mut PgConnection, year: YearId, slug: &str) -> Result<i32> {
    sqlx::query!(
        "select 1 as one from years where id = $1 for no key update",
        year as _
    )
    .fetch_one(&mut *db)
    .await?;
    let version = sqlx::query_scalar!(
        "select version from conferences where year_id = $1 and slug = $2",
        year as _,
        slug
    )
    .fetch_optional(db)
    .await?;
    Ok(version.unwrap_or(0))
}

/// How many conferences of a kind a year has.
pub async fn count_of_kind(db: &mut PgConnection, year: YearId, kind: Kind) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from conferences where year_id = $1 and kind = $2"#,
        year as _,
        kind as _
    )
    .fetch_one(db)
    .await?)
}

pub async fn insert(db: &mut PgConnection, conference: &Conference, by: PersonId, now: Moment) -> Result<()> {
    sqlx::query!(
        "insert into conferences (id, year_id, kind, slug, state, plan, draft, draft_saved_at, draft_saved_by)
         values ($1, $2, $3, $4, 'planned', $5, '{}', $6, $7)",
        conference.id as _,
        conference.year_id as _,
        conference.kind as _,
        conference.slug,
        Json(&conference.plan) as _,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn save_plan(
    db: &mut PgConnection,
    id: ConferenceId,
    plan: &Plan,
    by: PersonId,
    now: Moment,
) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        "update conferences set plan = $2, draft_saved_at = $3, draft_saved_by = $4, version = version + 1 where id = $1
         returning version",
        id as _,
        Json(plan) as _,
        now,
        by as _
    )
    .fetch_one(db)
    .await?)
}

pub async fn save_draft(
    db: &mut PgConnection,
    conference: &Conference,
    draft: &ConferenceForm,
    by: PersonId,
    now: Moment,
) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        "insert into conferences (id, year_id, kind, slug, state, draft, draft_saved_at, draft_saved_by)
         values ($1, $2, 'closing', $3, 'planned', $4, $5, $6)
         on conflict (year_id, slug) do update
         set draft = excluded.draft, draft_saved_at = excluded.draft_saved_at, draft_saved_by = excluded.draft_saved_by,
             version = conferences.version + 1
         returning version",
        conference.id as _,
        conference.year_id as _,
        conference.slug,
        Json(draft) as _,
        now,
        by as _
    )
    .fetch_one(db)
    .await?)
}

pub async fn invite(db: &mut PgConnection, id: ConferenceId, now: Moment) -> Result<()> {
    sqlx::query!(
        "update conferences set state = 'invited', invited_at = $2, version = version + 1 where id = $1",
        id as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn open(db: &mut PgConnection, id: ConferenceId, now: Moment) -> Result<()> {
    sqlx::query!(
        "update conferences set state = 'in_session', opened_at = $2, version = version + 1 where id = $1",
        id as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends a conference; with the result of a closing one. The item that is on is done with it.
pub async fn end(
    db: &mut PgConnection,
    id: ConferenceId,
    content: Option<&Content>,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update agenda_items set state = 'done' where conference_id = $1 and state = 'on'",
        id as _
    )
    .execute(&mut *db)
    .await?;
    let (confirmed_at, confirmed_by) = (content.map(|_| now), content.map(|_| by));
    sqlx::query!(
        "update conferences set state = 'ended', ended_at = $2, content = $3, confirmed_at = $4, confirmed_by = $5,
            version = version + 1 where id = $1",
        id as _,
        now,
        content.map(Json) as _,
        confirmed_at,
        confirmed_by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn sign(
    db: &mut PgConnection,
    id: ConferenceId,
    minutes: &serde_json::Value,
    hash: &[u8],
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update conferences set state = 'signed', minutes = $2, minutes_hash = $3, signed_at = $4, signed_by = $5,
            version = version + 1 where id = $1",
        id as _,
        minutes,
        hash,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Counts a change that left the conference's own row as it is.
pub async fn touch(db: &mut PgConnection, id: ConferenceId) -> Result<()> {
    sqlx::query!(
        "update conferences set version = version + 1 where id = $1",
        id as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn hand_over(
    db: &mut PgConnection,
    id: ConferenceId,
    on: NaiveDate,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into hand_overs (conference_id, takes_effect_on, recorded_at, recorded_by) values ($1, $2, $3, $4)",
        id as _,
        on,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn confirm_side(
    db: &mut PgConnection,
    id: ConferenceId,
    side: Side,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    match side {
        Side::Giver => {
            sqlx::query!(
                "update hand_overs set given_at = $2, given_by = $3 where conference_id = $1 and given_at is null",
                id as _,
                now,
                by as _
            )
            .execute(db)
            .await?;
        }
        Side::Taker => {
            sqlx::query!(
                "update hand_overs set taken_at = $2, taken_by = $3 where conference_id = $1 and taken_at is null",
                id as _,
                now,
                by as _
            )
            .execute(db)
            .await?;
        }
    }
    Ok(())
}
