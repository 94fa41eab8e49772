//! The acts on decisions: one transaction each, in the order lock, check, change, journal.

mod handovers;

pub use handovers::{correct_handover, hand_over};

use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::{
    access,
    forms::DecisionForm,
    model::{Content, Decision, Ground, Kind, Surroundings},
    queries,
    workflow::Action,
};
use crate::{
    ids::{DecisionId, NominationId},
    kit::{
        clock::{Moment, day},
        codes,
        error::{AppError, Result},
        files::Arrived,
        journal::{self, Subject},
    },
    nominations::{self, workflow::Action as Step},
    papers,
    people::Actor,
};

async fn lock_unchanged(db: &mut PgConnection, decision: &Decision, seen_version: i32) -> Result<()> {
    let (version, state) = queries::lock(db, decision.id).await?;
    if version != seen_version || state != decision.state {
        return Err(papers::changed_meanwhile("Quyết định"));
    }
    Ok(())
}

/// Begins a decision: one that gives awards, or one that corrects or cancels `about`.
pub async fn draft(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    kind: Kind,
    about: Option<&Decision>,
    typed: &DecisionForm,
) -> Result<DecisionId> {
    access::require_office(actor)?;
    match (kind, about) {
        (Kind::Award, None) => {}
        (Kind::Correction, Some(about)) => drop(access::require(actor, Action::Correct, about)?),
        (Kind::Cancellation, Some(about)) => drop(access::require(actor, Action::Cancel, about)?),
        (Kind::Award, Some(_)) | (Kind::Correction | Kind::Cancellation, None) => {
            return Err(AppError::NotFound);
        }
    }
    papers::bound_draft(typed, Some(MOST_DRAFT_BYTES))?;
    let id = DecisionId::new();
    queries::insert_draft(db, id, kind, about.map(|d| d.id), typed, actor.id, now).await?;
    let after = json!({"kind": kind, "about": about.map(|d| d.id)});
    journal::write(
        db,
        now,
        &actor.hand(),
        "decision.draft",
        Subject::new("decisions", id),
        (),
        after,
    )
    .await?;
    Ok(id)
}

/// As much as the table takes of a draft, with some room.
const MOST_DRAFT_BYTES: usize = 160_000;

/// Saves a draft as typed. Answers the new version.
pub async fn save_draft(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    decision: &Decision,
    seen: i32,
    typed: &DecisionForm,
) -> Result<i32> {
    access::require(actor, Action::Save, decision)?;
    papers::bound_draft(typed, Some(MOST_DRAFT_BYTES))?;
    lock_unchanged(db, decision, seen).await?;
    let version = queries::save_draft(db, decision.id, typed, actor.id, now).await?;
    journal::write(
        db,
        now,
        &actor.hand(),
        "decision.save",
        decision.subject(),
        (),
        json!({"version": version}),
    )
    .await?;
    Ok(version)
}

/// Issues a decision: freezes its content with hash and code, and takes its nominations (or those of the decision
/// that it cancels) one state on.
pub async fn issue(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    decision: &Decision,
    around: &Surroundings,
    seen: i32,
) -> Result<Content> {
    let about = around.about.as_ref();
    access::require(actor, Action::Issue, decision)?;
    lock_unchanged(db, decision, seen).await?;
    let content = decision
        .draft
        .check(decision.kind, around, day(now))
        .map_err(AppError::Invalid)?;
    let mut canonical = serde_json::to_value(&content)?;
    canonical.sort_all_objects();
    let hash = Sha256::digest(canonical.to_string().as_bytes());
    lock_touched(db, &content, about).await?;
    queries::issue(db, decision.id, &content, &hash, &codes::fresh(), actor.id, now).await?;
    let number = content.number_text();
    for line in content.given() {
        let nomination = around
            .passed
            .iter()
            .find(|n| n.id == line.nomination_id)
            .ok_or(AppError::NotFound)?;
        nominations::advance(
            db,
            now,
            actor,
            nomination,
            Step::Decide,
            &format!("Quyết định số {number}"),
        )
        .await?;
    }
    if let Some(about) = about {
        touch(db, now, actor, (decision.id, &content), about, around).await?;
    }
    let after = json!({"content": content, "hash": hex::encode(hash)});
    journal::write(
        db,
        now,
        &actor.hand(),
        "decision.issue",
        decision.subject(),
        json!({"state": decision.state}),
        after,
    )
    .await?;
    Ok(content)
}

/// Locks everything that issuing writes to besides the decision itself, before the first line of the journal.
async fn lock_touched(db: &mut PgConnection, content: &Content, about: Option<&Decision>) -> Result<()> {
    if let Some(about) = about {
        lock_unchanged(db, about, about.version).await?;
    }
    let earlier = about.and_then(|d| d.content.as_ref());
    let lines = content.lines.iter().chain(earlier.iter().flat_map(|c| &c.lines));
    let ids: Vec<NominationId> = lines.map(|l| l.nomination_id).collect();
    nominations::lock_all(db, &ids).await
}

/// Whether awards of the earlier decision stand when these are cancelled.
fn leaves_some(content: &Content, around: &Surroundings) -> bool {
    content.lines.len() < around.standing.len()
}

/// What issuing a correction or a cancellation does to the earlier decision and its nominations.
async fn touch(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    (id, content): (DecisionId, &Content),
    about: &Decision,
    around: &Surroundings,
) -> Result<()> {
    let (action, code) = match content.kind {
        Kind::Award => return Ok(()),
        Kind::Correction => (Action::Correct, "decision.correct"),
        Kind::Cancellation if leaves_some(content, around) => (Action::CancelPart, "decision.cancel_part"),
        Kind::Cancellation => (Action::Cancel, "decision.cancel"),
    };
    let after = access::require(actor, action, about)?;
    lock_unchanged(db, about, about.version).await?;
    queries::set_state(db, about.id, after).await?;
    let by = content.number_text();
    let note = format!("Quyết định số {by} hủy: {}", content.reason);
    let cancelled: Vec<NominationId> = content.lines.iter().map(|line| line.nomination_id).collect();
    queries::cancel_lines(db, about.id, id, &cancelled).await?;
    let step = match content.ground {
        Ground::Substance => Step::Cancel,
        Ground::Form => Step::Release,
    };
    for nomination in nominations::by_ids(db, actor, &cancelled).await? {
        nominations::advance(db, now, actor, &nomination, step, &note).await?;
    }
    let to = json!({
        "state": after, "by": by, "reason": content.reason, "ground": content.ground, "cancelled": cancelled,
    });
    journal::write(
        db,
        now,
        &actor.hand(),
        code,
        about.subject(),
        json!({"state": about.state}),
        to,
    )
    .await
}

/// Attaches the signed file. It is added, never taken off.
pub async fn attach(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    decision: &Decision,
    arrived: Arrived,
) -> Result<()> {
    access::require_office(actor)?;
    papers::attach(db, now, actor, decision.subject(), arrived).await?;
    Ok(())
}
