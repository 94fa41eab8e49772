//! The acts on a consolidated registration: one transaction each, in the order lock, check, change, journal.

use serde_json::json;
use sqlx::PgConnection;

use super::{
    access,
    model::{Consolidation, Content, State},
    queries,
    workflow::Action,
};
use crate::{
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal,
    },
    papers,
    people::Actor,
    registrations::{self, Registration},
    years::{Step, Year},
};

/// Locks the table and everything that it is made of, and reads that: what follows writes to several registrations
/// with lines of the journal between, and whoever waits for the journal must not hold one of them.
async fn lock_whole(
    db: &mut PgConnection,
    actor: &Actor,
    year: &Year,
    consolidation: &Consolidation,
    seen_version: i32,
) -> Result<Vec<Registration>> {
    lock_unchanged(db, consolidation, seen_version).await?;
    papers::lock_members(db, year.id).await?;
    registrations::of_year(db, actor, year).await
}

async fn lock_unchanged(
    db: &mut PgConnection,
    consolidation: &Consolidation,
    seen_version: i32,
) -> Result<()> {
    if queries::lock(db, consolidation.year_id).await? != seen_version
        || consolidation.version != seen_version
    {
        return Err(AppError::conflict(
            "Bảng tổng hợp vừa được người khác xử lý trong lúc anh/chị đang mở. Chưa có gì được ghi; xin mở lại để xem bản mới.",
        ));
    }
    Ok(())
}

/// Writes the secretariat's remark.
pub async fn save_note(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    consolidation: &Consolidation,
    seen: i32,
    note: &str,
) -> Result<()> {
    access::require(actor, Action::Note, consolidation)?;
    lock_unchanged(db, consolidation, seen).await?;
    queries::save_note(db, consolidation, note).await?;
    let (before, after) = (json!({"note": consolidation.note}), json!({"note": note}));
    journal::write(
        db,
        now,
        &actor.hand(),
        "consolidation.note",
        consolidation.subject(),
        before,
        after,
    )
    .await
}

/// Sends the table to VUSTA: freezes it and forwards the registrations in it. `seen_table` is the digest of the table
/// that the person saw.
pub async fn send(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    consolidation: &Consolidation,
    seen: i32,
    seen_table: &str,
) -> Result<()> {
    let after = access::require(actor, Action::Send, consolidation)?;
    let registrations = lock_whole(db, actor, year, consolidation, seen).await?;
    let content = Content::gather(year, &registrations, &consolidation.note);
    if content.digest()? != seen_table {
        return Err(AppError::conflict(
            "Các đăng ký trong bảng vừa thay đổi trong lúc anh/chị đang mở. Bảng chưa được gửi; xin mở lại để xem bảng mới.",
        ));
    }
    if content.lines.is_empty() {
        return Err(AppError::conflict(
            "Chưa có đăng ký nào được tiếp nhận nên chưa có gì để gửi.",
        ));
    }
    queries::send(db, consolidation, &content, now).await?;
    let late_days = year
        .plan(Step::Consolidation)
        .map_or(0, |p| crate::kit::clock::days_late(now, p.due_on));
    papers::receive(db, now, actor.id, consolidation.subject(), late_days, &content).await?;
    for registration in registrations
        .iter()
        .filter(|r| r.state == registrations::State::Accepted)
    {
        registrations::forward(db, now, actor, registration).await?;
    }
    journal_state(
        db,
        now,
        actor,
        "consolidation.send",
        consolidation,
        after,
        json!({"units": content.lines.len(), "missing": content.missing}),
    )
    .await
}

/// Sends the table back with a reason: its registrations open again.
pub async fn send_back(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    consolidation: &Consolidation,
    seen: i32,
    reason: &str,
) -> Result<()> {
    let after = access::require(actor, Action::Return, consolidation)?;
    let registrations = lock_whole(db, actor, year, consolidation, seen).await?;
    papers::send_back(db, now, actor.id, consolidation.subject(), reason, None, &[]).await?;
    queries::set_state(db, consolidation.id, after, now).await?;
    for registration in registrations
        .iter()
        .filter(|r| r.state == registrations::State::Forwarded)
    {
        registrations::reopen(db, now, actor, registration).await?;
    }
    journal_state(
        db,
        now,
        actor,
        "consolidation.return",
        consolidation,
        after,
        json!({"reason": reason}),
    )
    .await
}

/// Notes the table for VUSTA.
pub async fn acknowledge(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    consolidation: &Consolidation,
    seen: i32,
) -> Result<()> {
    let after = access::require(actor, Action::Acknowledge, consolidation)?;
    lock_unchanged(db, consolidation, seen).await?;
    queries::set_state(db, consolidation.id, after, now).await?;
    journal_state(
        db,
        now,
        actor,
        "consolidation.acknowledge",
        consolidation,
        after,
        json!({}),
    )
    .await
}

async fn journal_state(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    act: &str,
    c: &Consolidation,
    after: State,
    more: serde_json::Value,
) -> Result<()> {
    journal::write(
        db,
        now,
        &actor.hand(),
        act,
        c.subject(),
        json!({"state": c.state}),
        json!({"state": after, "facts": more}),
    )
    .await
}
