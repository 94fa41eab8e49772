//! Sessions that are held in the program.

use sqlx::PgConnection;
use uuid::Uuid;

use super::super::model::{Base, Sitting, SittingPlan, State};
use crate::{
    ids::{NominationId, PersonId, SittingId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
};

/// A session about a calendar year. Who may see it is for `access` to say.
pub async fn find_sitting(db: &mut PgConnection, year: i32, id: SittingId) -> Result<Sitting> {
    let found = select(db, Some(id), Some(year)).await?;
    found.into_iter().next().ok_or(AppError::NotFound)
}

/// The sessions about a calendar year, or about all, the newest first.
pub async fn sittings(db: &mut PgConnection, year: Option<i32>) -> Result<Vec<Sitting>> {
    select(db, None, year).await
}

async fn select(db: &mut PgConnection, id: Option<SittingId>, year: Option<i32>) -> Result<Vec<Sitting>> {
    let rows = sqlx::query!(
        r#"select s.id, s.year, s.state as "state: State", s.version, s.held_on, s.place, s.chair, s.secretary, s.quorum_percent,
              s.threshold_percent, s.threshold_base as "threshold_base: Base", s.opened_at, s.ended_at, s.cancelled_for,
              array(select a.nomination_id from council_agenda a where a.sitting_id = s.id order by a.position) as "agenda!: Vec<Uuid>"
           from council_sittings s where ($1::uuid is null or s.id = $1) and ($2::integer is null or s.year = $2)
           order by s.held_on desc, s.created_at desc"#,
        id as _,
        year
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Sitting {
            id: r.id,
            year: r.year,
            state: r.state,
            version: r.version,
            plan: SittingPlan {
                held_on: r.held_on,
                place: r.place,
                chair: r.chair,
                secretary: r.secretary,
                quorum_percent: r.quorum_percent,
                threshold_percent: r.threshold_percent,
                threshold_base: r.threshold_base,
                agenda: r.agenda.into_iter().map(NominationId).collect(),
            },
            opened_at: r.opened_at,
            ended_at: r.ended_at,
            cancelled_for: r.cancelled_for,
        })
        .collect())
}

/// Locks a session for an act: answers its version and state now.
pub async fn lock(db: &mut PgConnection, id: SittingId) -> Result<(i32, State)> {
    let row = sqlx::query!(
        r#"select version, state as "state: State" from council_sittings where id = $1 for no key update"#,
        id as _
    )
    .fetch_one(db)
    .await?;
    Ok((row.version, row.state))
}

pub async fn insert(
    db: &mut PgConnection,
    id: SittingId,
    year: i32,
    plan: &SittingPlan,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into council_sittings (id, year, held_on, place, chair, secretary, quorum_percent, threshold_percent, threshold_base,
             created_at, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id as _,
        year,
        plan.held_on,
        plan.place,
        plan.chair,
        plan.secretary,
        plan.quorum_percent,
        plan.threshold_percent,
        plan.threshold_base as _,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn save(db: &mut PgConnection, id: SittingId, plan: &SittingPlan) -> Result<()> {
    sqlx::query!(
        "update council_sittings set held_on = $2, place = $3, chair = $4, secretary = $5, quorum_percent = $6, threshold_percent = $7,
             threshold_base = $8, version = version + 1 where id = $1",
        id as _,
        plan.held_on,
        plan.place,
        plan.chair,
        plan.secretary,
        plan.quorum_percent,
        plan.threshold_percent,
        plan.threshold_base as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Makes the agenda these dossiers, in this order.
pub async fn put_agenda(db: &mut PgConnection, id: SittingId, agenda: &[NominationId]) -> Result<()> {
    let ids: Vec<Uuid> = agenda.iter().map(|id| id.0).collect();
    sqlx::query!("delete from council_agenda where sitting_id = $1", id as _)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "insert into council_agenda (sitting_id, nomination_id, position)
         select $1, a.id, a.place from unnest($2::uuid[]) with ordinality as a (id, place)",
        id as _,
        &ids
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn open(db: &mut PgConnection, id: SittingId, now: Moment) -> Result<()> {
    sqlx::query!(
        "update council_sittings set state = 'in_session', opened_at = $2, version = version + 1 where id = $1",
        id as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn end(db: &mut PgConnection, id: SittingId, now: Moment) -> Result<()> {
    sqlx::query!(
        "update council_sittings set state = 'ended', ended_at = $2, version = version + 1 where id = $1",
        id as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn cancel(db: &mut PgConnection, id: SittingId, reason: &str) -> Result<()> {
    sqlx::query!(
        "update council_sittings set state = 'cancelled', cancelled_for = $2, version = version + 1 where id = $1",
        id as _,
        reason
    )
    .execute(db)
    .await?;
    Ok(())
}
