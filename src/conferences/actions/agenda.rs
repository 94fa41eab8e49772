//! The agenda as it goes on, and what is written down of it.

use serde_json::json;
use sqlx::PgConnection;

use super::{changed_meanwhile, lock_unchanged, write};
use crate::{
    conferences::{
        access,
        model::{Conference, Plan, State},
        queries,
    },
    ids::AgendaItemId,
    kit::{
        clock::Moment,
        error::{AppError, Result},
        values,
    },
    people::Actor,
};

/// Makes an item the one that is on; the former one is done. Going to the one that is on changes nothing.
pub async fn go_to(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    item: AgendaItemId,
) -> Result<()> {
    access::require_notes(actor, conference)?;
    if conference.state != State::InSession {
        return Err(AppError::conflict("Hội nghị đã kết thúc."));
    }
    if !queries::item_versions(db, conference.id)
        .await?
        .iter()
        .any(|(id, _)| *id == item)
    {
        return Err(AppError::NotFound);
    }
    queries::go_to(db, conference.id, item, now).await?;
    let agenda = queries::agenda(db, conference.id).await?;
    let title = agenda.into_iter().find(|i| i.id == item).map(|i| i.title);
    let after = json!({"label": title});
    write(db, now, actor, "conference.go_to", conference, (), after).await
}

/// Saves what was said on an item. `seen` is the version of the item that the person saw. Answers the new one.
pub async fn save_notes(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    item: AgendaItemId,
    seen: i32,
    typed: &str,
) -> Result<i32> {
    access::require_notes(actor, conference)?;
    let items = queries::item_versions(db, conference.id).await?;
    let (_, version) = items
        .iter()
        .find(|(id, _)| *id == item)
        .ok_or(AppError::NotFound)?;
    if *version != seen {
        return Err(changed_meanwhile());
    }
    let notes = values::paragraphs(typed, 10_000).map_err(|told| AppError::invalid("notes", &told))?;
    let version = queries::save_notes(db, conference.id, item, &notes).await?;
    let after = json!({"text": notes});
    write(db, now, actor, "conference.notes", conference, (), after).await?;
    Ok(version)
}

/// Saves what the chair concluded. Answers the conference's new version.
pub async fn save_conclusion(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    seen: i32,
    typed: &str,
) -> Result<i32> {
    access::require_notes(actor, conference)?;
    lock_unchanged(db, conference, seen).await?;
    let text = values::paragraphs(typed, 10_000).map_err(|told| AppError::invalid("conclusion", &told))?;
    let plan = Plan {
        conclusion: text,
        ..conference.plan.clone()
    };
    let version = queries::save_plan(db, conference.id, &plan, actor.id, now).await?;
    let after = json!({"text": plan.conclusion});
    write(db, now, actor, "conference.conclude", conference, (), after).await?;
    Ok(version)
}
