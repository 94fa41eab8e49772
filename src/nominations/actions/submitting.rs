//! Handing a dossier to VUSTA.

use serde_json::json;
use sqlx::PgConnection;

use super::{lock_unchanged, settle};
use crate::{
    kit::{
        clock::{Moment, day, days_late},
        error::{AppError, Result},
    },
    nominations::{
        access,
        checklist::{Checklist, Facts},
        conditions::card,
        model::Nomination,
        workflow::Action,
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
    let list = Checklist::of(nomination, &history.attachments, facts);
    if !list.is_complete() {
        return Err(AppError::Conflict(format!(
            "Hồ sơ của {} chưa đủ để trình, còn thiếu: {}.",
            nomination.unit_name,
            list.missing().join("; ")
        )));
    }
    require_unbarred(db, now, year, nomination).await?;
    // A dossier that was sent back keeps the days it had: these count, not the time that reading and mending took.
    let late_days = match history.receipts.first() {
        Some(before) => before.late_days,
        None => year
            .plan(Step::Dossiers)
            .map_or(0, |plan| days_late(now, plan.due_on)),
    };
    let files: Vec<_> = history
        .attachments
        .iter()
        .map(|a| json!({"part": a.part, "name": a.file_name, "sha256": a.sha256}))
        .collect();
    let frozen = json!({
        "unit": nomination.unit_name, "award": nomination.award, "year": year.year, "cluster": year.cluster.name,
        "votes_for": nomination.votes_for, "votes_of": nomination.votes_of, "working": nomination.working, "files": files,
    });
    papers::receive(db, now, actor.id, nomination.subject(), late_days, &frozen).await?;
    settle(db, now, actor, nomination, Action::Submit, after, "").await
}

/// What is missing for certain by the catalogue's rules, and can't be waived, keeps a dossier from going.
async fn require_unbarred(
    db: &mut PgConnection,
    now: Moment,
    year: &Year,
    nomination: &Nomination,
) -> Result<()> {
    let card = card(db, year, nomination, day(now)).await?;
    let bars: Vec<String> = card.bars().map(|f| format!("{} ({})", f.text, f.note)).collect();
    if bars.is_empty() {
        return Ok(());
    }
    Err(AppError::Conflict(format!(
        "Hồ sơ của {} chưa trình được vì thiếu điều kiện bắt buộc: {}.",
        nomination.unit_name,
        bars.join("; ")
    )))
}
