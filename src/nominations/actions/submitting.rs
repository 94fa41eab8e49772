//! Handing a dossier to VUSTA.

use sqlx::PgConnection;

use super::{lock_unchanged, settle};
use crate::{
    eligibility::Card,
    kit::{
        clock::{Moment, day, days_late},
        error::{AppError, Result},
    },
    nominations::{
        access, checklist::Facts, conditions::Looked, frozen::Frozen, model::Nomination, workflow::Action,
    },
    papers::{self, History},
    people::Actor,
    years::{Step, Year},
};

/// A nomination with what is in its dossier.
#[derive(Clone, Copy, Debug)]
pub struct Dossier<'a> {
    /// Its year.
    pub year: &'a Year,
    /// The nomination.
    pub nomination: &'a Nomination,
    /// Its files and returns.
    pub history: &'a History,
    /// What the other papers of the year say of the unit.
    pub facts: &'a Facts,
}

/// Hands a complete dossier to VUSTA; what is missing stops it.
pub async fn submit(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    dossier: Dossier<'_>,
    seen: i32,
) -> Result<()> {
    let Dossier {
        year,
        nomination,
        history,
        facts,
    } = dossier;
    let after = access::require(actor, Action::Submit, nomination)?;
    lock_unchanged(db, nomination, seen).await?;
    let history = papers::history_to_freeze(db, nomination.subject(), history, "Hồ sơ").await?;
    let about = (year, nomination);
    let looked = Looked::at(db, about, &history.attachments, facts, day(now)).await?;
    if !looked.list.is_complete() {
        return Err(AppError::Conflict(format!(
            "Hồ sơ của {} chưa đủ để trình, còn thiếu: {}.",
            nomination.nominee(),
            looked.list.missing().join("; ")
        )));
    }
    require_unbarred(&looked.card, nomination)?;
    // A dossier that was sent back keeps the days it had: these count, not the time that reading and mending took.
    let late_days = match history.receipts.first() {
        Some(before) => before.late_days,
        None => year
            .plan(Step::Dossiers)
            .map_or(0, |plan| days_late(now, plan.due_on)),
    };
    let Looked {
        list, card, persons, ..
    } = &looked;
    let frozen = Frozen::of(about, &history.attachments, persons, list, card);
    papers::receive(db, now, actor.id, nomination.subject(), late_days, &frozen).await?;
    settle(db, now, actor, nomination, Action::Submit, after, "").await
}

/// What is missing for certain by the catalogue's rules, and can't be waived, keeps a dossier from going.
fn require_unbarred(card: &Card, nomination: &Nomination) -> Result<()> {
    let bars: Vec<String> = card.bars().map(|f| format!("{} ({})", f.text, f.note)).collect();
    if bars.is_empty() {
        return Ok(());
    }
    Err(AppError::Conflict(format!(
        "Hồ sơ của {} chưa trình được vì thiếu điều kiện bắt buộc: {}.",
        nomination.nominee(),
        bars.join("; ")
    )))
}
