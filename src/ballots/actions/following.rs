//! What follows a ballot: a second round, or a new ballot in its place.

use sqlx::PgConnection;

use super::{
    super::{
        model::{Ballot, Plan, State},
        queries, rounds,
    },
    lock_unchanged,
    preparing::begin,
};
use crate::{
    ids::BallotId,
    kit::{
        clock::Moment,
        error::{AppError, Result},
        values,
    },
    people::Actor,
};

/// Prepares a second round: among those with equal votes, or between the leading ones where nobody was elected.
pub async fn second_round(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    seen: i32,
    reason: &str,
) -> Result<BallotId> {
    let plan = rounds::second_round_plan(ballot)
        .ok_or_else(|| AppError::conflict("Kết quả đã rõ: không có gì để bỏ phiếu vòng 2."))?;
    follow(db, now, actor, ballot, seen, reason, &plan).await
}

/// Prepares a new ballot in the place of one that was called off or counted: the only way on from a result.
pub async fn again(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    seen: i32,
    reason: &str,
) -> Result<BallotId> {
    if !(ballot.state.has_result() || ballot.state == State::Cancelled) {
        return Err(AppError::conflict(
            "Chỉ lập phiếu mới thay cho lần bỏ phiếu đã hủy hoặc đã kiểm phiếu.",
        ));
    }
    let plan = ballot.plan.clone();
    follow(db, now, actor, ballot, seen, reason, &plan).await
}

async fn follow(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    seen: i32,
    reason: &str,
    plan: &Plan,
) -> Result<BallotId> {
    let reason = values::required_line(reason, 500, "lý do bỏ phiếu lại")
        .map_err(|message| AppError::invalid("reason", &message))?;
    let house = ballot.house().ok_or(AppError::NotFound)?;
    lock_unchanged(db, ballot, seen).await?;
    if queries::has_child(db, ballot.id).await? {
        return Err(AppError::conflict("Đã có phiếu tiếp theo của lần bỏ phiếu này."));
    }
    begin(db, now, actor, house, Some((ballot, &reason)), plan).await
}
