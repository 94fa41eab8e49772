//! Sessions as they were recorded.

use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::super::model::{Base, CouncilResult, RecordedSession, Session, Voted};
use crate::{
    ids::{PersonId, SittingId},
    kit::{clock::Moment, error::Result},
};

/// The sessions about a calendar year with their results, the newest first. Only for those who may see nominations
/// before the council.
pub async fn sessions(db: &mut PgConnection, year: i32) -> Result<Vec<RecordedSession>> {
    let rows = sqlx::query!(
        r#"select s.sitting_id, s.held_on, s.members_total, s.members_present, s.threshold_percent, s.threshold_base as "threshold_base: Base",
              (select coalesce(jsonb_agg(jsonb_build_object('nomination_id', n.id, 'ballot_id', r.ballot_id, 'unit', nominee(n.person_name, u.short_name), 'award', n.award,
                      'working', r.working, 'passed', r.passed) order by n.award, r.votes_for desc, u.place), '[]')
               from council_results r join nominations n on n.id = r.nomination_id join units u on u.id = n.unit_id
               where r.session_id = s.id) as "results!: Json<Vec<CouncilResult>>"
           from council_sessions s where s.year = $1 order by s.held_on desc, s.recorded_at desc"#,
        year
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| RecordedSession {
            sitting_id: r.sitting_id,
            session: Session {
                held_on: r.held_on,
                members_total: r.members_total,
                members_present: r.members_present,
                threshold_percent: r.threshold_percent,
                threshold_base: r.threshold_base,
            },
            results: r.results.0,
        })
        .collect())
}

pub async fn insert_session(
    db: &mut PgConnection,
    year: i32,
    sitting: Option<SittingId>,
    session: &Session,
    by: PersonId,
    now: Moment,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into council_sessions (id, year, held_on, members_total, members_present, threshold_percent, threshold_base, recorded_at, recorded_by, sitting_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id,
        year,
        session.held_on,
        session.members_total,
        session.members_present,
        session.threshold_percent,
        session.threshold_base as _,
        now,
        by as _,
        sitting as _
    )
    .execute(db)
    .await?;
    Ok(id)
}

pub async fn insert_result(db: &mut PgConnection, session_id: Uuid, voted: &Voted) -> Result<()> {
    sqlx::query!(
        "insert into council_results (session_id, nomination_id, votes_for, votes_of, working, passed, ballot_id)
         values ($1, $2, $3, $4, $5, $6, $7)",
        session_id,
        voted.nomination_id as _,
        voted.votes_for,
        voted.votes_of,
        voted.working,
        voted.passed,
        voted.ballot_id as _
    )
    .execute(db)
    .await?;
    Ok(())
}
