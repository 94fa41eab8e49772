//! A session from its plan to its end.

use serde_json::json;
use sqlx::PgConnection;

use super::{
    super::{
        access,
        forms::SessionInput,
        model::{Roll, Sitting, SittingPlan, Voted},
        queries,
        workflow::Action,
    },
    lock_unchanged,
    recording::record,
    rolling::sync,
    write,
};
use crate::{
    conferences::cards::Secret,
    ids::SittingId,
    kit::{
        clock::{self, Moment},
        error::{AppError, Result},
        journal::{self, Subject},
        values,
    },
    nominations::Nomination,
    people::Actor,
};

/// Prepares a session about a calendar year; its roll are the members in office on its day.
pub async fn create(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: i32,
    plan: &SittingPlan,
    secret: &Secret,
) -> Result<SittingId> {
    access::require(actor)?;
    let id = SittingId::new();
    queries::insert(db, id, year, plan, actor.id, now).await?;
    queries::put_agenda(db, id, &plan.agenda).await?;
    sync(db, id, plan.held_on, secret).await?;
    let subject = Subject::new("council_sittings", id);
    let after = json!({"year": year, "plan": plan});
    journal::write(db, now, &actor.hand(), "council.plan", subject, (), after).await?;
    Ok(id)
}

/// Saves day, rule and agenda; the roll follows the day.
pub async fn save(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    sitting: &Sitting,
    seen: i32,
    plan: &SittingPlan,
    secret: &Secret,
) -> Result<()> {
    access::require_act(actor, Action::Save, sitting)?;
    lock_unchanged(db, sitting, seen).await?;
    queries::save(db, sitting.id, plan).await?;
    queries::put_agenda(db, sitting.id, &plan.agenda).await?;
    sync(db, sitting.id, plan.held_on, secret).await?;
    let (before, after) = (json!({"plan": sitting.plan}), json!({"plan": plan}));
    write(db, now, actor, "council.plan", sitting, before, after).await
}

/// Begins the session, on its day; who is a member of the council now is on its roll.
pub async fn open(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    sitting: &Sitting,
    seen: i32,
    secret: &Secret,
) -> Result<()> {
    let after = access::require_act(actor, Action::Open, sitting)?;
    lock_unchanged(db, sitting, seen).await?;
    if sitting.plan.held_on != clock::day(now) {
        return Err(AppError::Conflict(format!(
            "Phiên họp định vào ngày {}. Họp ngày khác thì sửa ngày họp trước.",
            clock::date_text(sitting.plan.held_on)
        )));
    }
    sync(db, sitting.id, sitting.plan.held_on, secret).await?;
    queries::open(db, sitting.id, now).await?;
    let before = json!({"state": sitting.state});
    write(
        db,
        now,
        actor,
        "council.open",
        sitting,
        before,
        json!({"state": after}),
    )
    .await
}

/// Ends the session and records what it voted. Whoever holds its ballots has put the votes together.
pub async fn end(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    sitting: &Sitting,
    seen: i32,
    votes: Vec<Voted>,
    nominations: &[Nomination],
) -> Result<()> {
    let after = access::require_act(actor, Action::End, sitting)?;
    lock_unchanged(db, sitting, seen).await?;
    let roll = Roll::of(&sitting.plan, queries::roll(db, sitting.id).await?);
    let input = SessionInput {
        session: sitting.session(&roll),
        votes,
    };
    record(
        db,
        now,
        actor,
        sitting.year,
        Some(sitting.id),
        &input,
        nominations,
    )
    .await?;
    queries::end(db, sitting.id, now).await?;
    let before = json!({"state": sitting.state});
    let to = json!({"state": after, "quorum": roll.working});
    write(db, now, actor, "council.end", sitting, before, to).await
}

/// Calls the session off, with the reason. Whoever holds its ballots has made sure that none goes on.
pub async fn cancel(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    sitting: &Sitting,
    seen: i32,
    reason: &str,
) -> Result<()> {
    let after = access::require_act(actor, Action::Cancel, sitting)?;
    let reason = values::required_line(reason, 500, "lý do hủy")
        .map_err(|message| AppError::invalid("reason", &message))?;
    lock_unchanged(db, sitting, seen).await?;
    queries::cancel(db, sitting.id, &reason).await?;
    let before = json!({"state": sitting.state});
    let to = json!({"state": after, "reason": reason});
    write(db, now, actor, "council.cancel", sitting, before, to).await
}
