//! The close: papers are opened and shuffled, and everything is forgotten that could tell who cast which.

use serde_json::json;
use sqlx::{PgConnection, PgPool};

use super::{
    super::{
        access, counting,
        model::{Ballot, State},
        queries::{self, Stamp},
        sealing,
        workflow::Action,
    },
    lock_unchanged, note,
};
use crate::{
    ids::BallotId,
    kit::{
        clock::Moment,
        database,
        error::{AppError, Result},
        values,
        vault::Vault,
    },
    people::Actor,
};

/// Closes the vote: waits for votes in flight, opens all papers, and forgets who cast which.
pub async fn close(
    pool: &PgPool,
    vault: &Vault,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    seen: i32,
) -> Result<()> {
    let mut db = database::begin(pool).await?;
    close_only(&mut db, vault, now, actor, ballot, seen).await?;
    db.commit().await?;
    forget_soon(pool, vault, ballot.id).await;
    Ok(())
}

/// The part of a close that is one transaction. After its commit comes [`forget`]; where the program dies between the
/// two, [`sweep`] does so at the next start.
pub async fn close_only(
    db: &mut PgConnection,
    vault: &Vault,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    seen: i32,
) -> Result<()> {
    access::require(actor, Action::Close, ballot)?;
    lock_unchanged(db, ballot, seen).await?;
    let sealed = queries::sealed(db, ballot.id).await?;
    let key = vault.sealing_key(ballot.id.0)?;
    let papers = sealing::open_all(key.as_ref(), ballot.id, &ballot.plan, &sealed)?;
    let voters = queries::rewrite_voters(db, ballot.id).await?;
    let electronic = voters
        .iter()
        .filter(|voter| voter.took_part == Some(super::super::model::Part::Electronic))
        .count();
    if electronic != papers.len() {
        tracing::error!(ballot = %ballot.id, electronic, papers = papers.len(), "the box doesn't hold one paper for each who voted");
        return Err(AppError::Conflict(format!(
            "Có {electronic} người đã bỏ phiếu điện tử nhưng có {} phiếu trong thùng: dữ liệu bị can thiệp. Không kiểm phiếu được; hãy hủy lần bỏ phiếu này và bỏ phiếu lại.",
            papers.len()
        )));
    }
    queries::insert_papers(db, ballot.id, &papers).await?;
    queries::clear_box(db, ballot.id).await?;
    queries::set_closed(db, ballot.id, Stamp { by: actor.id, now }).await?;
    let facts = json!({"electronic": electronic, "paper": counting::given_out(&voters)});
    note(db, now, actor, "ballot.close", Action::Close, ballot, facts).await
}

/// Calls a ballot off, with the reason. Papers in the box are destroyed unread.
pub async fn cancel(
    pool: &PgPool,
    vault: &Vault,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    seen: i32,
    reason: &str,
) -> Result<()> {
    let reason = values::required_line(reason, 500, "lý do hủy")
        .map_err(|message| AppError::invalid("reason", &message))?;
    access::require(actor, Action::Cancel, ballot)?;
    let mut db = database::begin(pool).await?;
    lock_unchanged(&mut db, ballot, seen).await?;
    if ballot.state.takes_votes() {
        queries::clear_box(&mut db, ballot.id).await?;
        queries::rewrite_voters(&mut db, ballot.id).await?;
    }
    queries::set_cancelled(&mut db, ballot.id, &reason).await?;
    let facts = json!({"reason": reason});
    note(
        &mut db,
        now,
        actor,
        "ballot.cancel",
        Action::Cancel,
        ballot,
        facts,
    )
    .await?;
    db.commit().await?;
    forget_soon(pool, vault, ballot.id).await;
    Ok(())
}

/// Forgets, and only says so in the log where that fails: the act itself is done, and the next start tries again.
async fn forget_soon(pool: &PgPool, vault: &Vault, ballot: BallotId) {
    if let Err(error) = forget(pool, vault, ballot).await {
        tracing::error!(%ballot, %error, "the key of a closed ballot is still there; the next start tries again");
    }
}

/// Forgets what could still tell who cast which paper: rows that are dead, and the key of the box. The key goes last, so
/// that it marks what is still to be done; and in any case.
pub async fn forget(pool: &PgPool, vault: &Vault, ballot: BallotId) -> Result<()> {
    let cleared = match pool.acquire().await {
        Ok(mut db) => queries::clear_traces(&mut db).await,
        Err(error) => Err(error.into()),
    };
    if let Err(error) = cleared {
        tracing::warn!(%error, "dead rows are left to the database's own cleaning");
    }
    vault.destroy(ballot.0)
}

/// Forgets, at the start of the program, what a close or a cancellation that broke off has left behind. Keys of ballots
/// that go on are left alone; so are those that this database doesn't know.
pub async fn sweep(pool: &PgPool, vault: &Vault) -> Result<()> {
    for id in vault.ballots()? {
        let state = queries::state_of(&mut *pool.acquire().await?, id).await?;
        match state {
            Some(State::Closed | State::Counted | State::Signed | State::Cancelled) => {
                tracing::info!(ballot = %id, "forgetting what a close has left behind");
                forget(pool, vault, BallotId(id)).await?;
            }
            Some(State::Draft | State::Advance | State::Open) => {}
            None => tracing::warn!(ballot = %id, "a key of a ballot that isn't in this database"),
        }
    }
    Ok(())
}
