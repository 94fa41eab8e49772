//! Recording a session: one transaction.

use serde_json::json;
use sqlx::PgConnection;

use super::{access, forms::SessionInput, queries};
use crate::{
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal::{self, Subject},
    },
    nominations::{self, Nomination, workflow::Action},
    people::Actor,
};

/// Records a session about a calendar year: every nomination voted on goes one state on.
pub async fn record(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: i32,
    input: &SessionInput,
    nominations: &[Nomination],
) -> Result<()> {
    access::require(actor)?;
    let ids: Vec<_> = input.votes.iter().map(|(id, _)| *id).collect();
    nominations::lock_all(db, &ids).await?;
    let session_id = queries::insert_session(db, year, &input.session, actor.id, now).await?;
    for (id, votes) in &input.votes {
        let nomination = nominations
            .iter()
            .find(|n| n.id == *id)
            .ok_or(AppError::NotFound)?;
        let action = if input.session.passes(*votes) {
            Action::Pass
        } else {
            Action::Reject
        };
        // First the step, which refuses a nomination that has changed since it was read.
        nominations::advance(db, now, actor, nomination, action, &input.session.working(*votes)).await?;
        queries::insert_result(db, session_id, *id, *votes, &input.session).await?;
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
