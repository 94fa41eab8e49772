//! Recording a session: one transaction.

use serde_json::json;
use sqlx::PgConnection;

use super::super::{access, forms::SessionInput, queries};
use crate::{
    ids::SittingId,
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal::{self, Subject},
    },
    nominations::{self, Nomination, workflow::Action},
    people::Actor,
};

/// Records a session about a calendar year, held in the program (`sitting`) or elsewhere: every nomination voted on goes
/// one state on.
pub async fn record(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: i32,
    sitting: Option<SittingId>,
    input: &SessionInput,
    nominations: &[Nomination],
) -> Result<()> {
    access::require(actor)?;
    let ids: Vec<_> = input.votes.iter().map(|voted| voted.nomination_id).collect();
    nominations::lock_all(db, &ids).await?;
    let session_id = queries::insert_session(db, year, sitting, &input.session, actor.id, now).await?;
    for voted in &input.votes {
        let nomination = nominations
            .iter()
            .find(|n| n.id == voted.nomination_id)
            .ok_or(AppError::NotFound)?;
        let action = if voted.passed {
            Action::Pass
        } else {
            Action::Reject
        };
        // First the step, which refuses a nomination that has changed since it was read.
        nominations::advance(db, now, actor, nomination, action, &voted.working).await?;
        queries::insert_result(db, session_id, voted).await?;
    }
    let after = json!({"year": year, "session": input.session, "votes": input.votes});
    journal::write(
        db,
        now,
        &actor.hand(),
        "council.session",
        Subject::new("council_sessions", session_id),
        (),
        after,
    )
    .await
}
