//! The unit's own work: saving, handing in, taking back, evidence.

use serde_json::json;
use sqlx::PgConnection;

use super::{
    super::{
        access,
        asked::Asked,
        forms::SelfScoreForm,
        model::{Line, Scoring, Sheet, Stage, State},
        queries,
        workflow::Action,
    },
    lock_unchanged,
};
use crate::{
    ids::AttachmentId,
    kit::{
        clock::Moment,
        error::{AppError, Result},
        fields::FieldErrors,
        files::Arrived,
        journal,
    },
    papers::{self, Checked, History},
    people::Actor,
    years::{Step, Year},
};

/// Saves the self-score as typed, right or wrong. Answers the new version.
pub async fn save_draft(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    scoring: &Scoring,
    sheet: &Sheet,
    seen_version: i32,
    typed: &SelfScoreForm,
) -> Result<i32> {
    access::require(actor, Action::Save, scoring, sheet)?;
    lock_unchanged(db, sheet, seen_version).await?;
    papers::bound_draft(typed, None)?;
    let version = queries::save_draft(db, sheet, typed, actor.id, now).await?;
    let after = json!({"version": version});
    journal::write(db, now, &actor.hand(), "score.save", sheet.subject(), (), after).await?;
    Ok(version)
}

/// The checked lines of what would be handed in now, for the page that shows them before the act.
pub fn preview(scoring: &Scoring, draft: &SelfScoreForm, asked: &[Asked]) -> Result<Vec<Line>, FieldErrors> {
    draft.check(asked, scoring.set.rules.decimals, Checked::AsWhole)
}

/// Hands the self-score in: checks it as a whole, freezes each line with what it was computed from, writes the receipt.
#[expect(clippy::too_many_arguments, reason = "what the page was made of, each once")]
pub async fn submit(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    scoring: &Scoring,
    sheet: &Sheet,
    draft: &SelfScoreForm,
    asked: &[Asked],
    history: &History,
    seen_version: i32,
) -> Result<i32> {
    let after = access::require(actor, Action::Submit, scoring, sheet)?;
    lock_unchanged(db, sheet, seen_version).await?;
    let history = papers::history_to_freeze(db, sheet.subject(), history, "Bảng điểm").await?;
    let lines = preview(scoring, draft, asked).map_err(AppError::Invalid)?;
    let deadline = year.deadline(Step::AnnualReport, sheet.unit_id);
    let late_days = papers::late_days(deadline, None, now, "bảng tự chấm điểm")?;
    queries::hand_in(db, sheet.id, &lines, late_days, actor.id, now).await?;
    for line in &lines {
        let before = sheet.line(line.criterion_id).map(|l| l.own);
        if before != Some(line.own) {
            let to = Some(line.own);
            queries::insert_change(
                db,
                sheet.id,
                line.criterion_id,
                Stage::Own,
                before,
                to,
                &line.note,
                now,
                actor.id,
            )
            .await?;
        }
    }
    let frozen = json!({"lines": lines, "attachments": history.frozen_files()});
    let receipt = papers::receive(db, now, actor.id, sheet.subject(), late_days, &frozen).await?;
    let total = scoring.tally(sheet.unit_id, &lines, Line::points).total;
    journal::write(
        db,
        now,
        &actor.hand(),
        "score.submit",
        sheet.subject(),
        json!({"state": sheet.state}),
        json!({"state": after, "receipt": receipt, "late_days": late_days, "total": total}),
    )
    .await?;
    Ok(receipt)
}

/// Takes a self-score back before anybody has appraised it.
pub async fn withdraw(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    scoring: &Scoring,
    sheet: &Sheet,
    seen_version: i32,
) -> Result<()> {
    let after = access::require(actor, Action::Withdraw, scoring, sheet)?;
    lock_unchanged(db, sheet, seen_version).await?;
    queries::set_state(db, sheet.id, after, actor.id, now).await?;
    let (before, to) = (json!({"state": sheet.state}), json!({"state": after}));
    journal::write(
        db,
        now,
        &actor.hand(),
        "score.withdraw",
        sheet.subject(),
        before,
        to,
    )
    .await
}

/// Makes sure that this person may add and remove evidence now: the unit, while it scores itself or explains.
pub fn require_files(actor: &Actor, scoring: &Scoring, sheet: &Sheet) -> Result<()> {
    let action = if sheet.state == State::AwaitingExplanation {
        Action::Explain
    } else {
        Action::Save
    };
    access::require(actor, action, scoring, sheet).map(|_| ())
}

/// Attaches evidence; the part of the upload names the criterion's code. A sheet not begun yet begins with it.
pub async fn attach(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    scoring: &Scoring,
    sheet: &Sheet,
    arrived: Arrived,
) -> Result<AttachmentId> {
    require_files(actor, scoring, sheet)?;
    lock_unchanged(db, sheet, sheet.version).await?;
    if !scoring.scored().any(|c| c.code == arrived.part) {
        return Err(AppError::invalid(
            "part",
            "Hãy chọn tiêu chí mà tệp này chứng minh.",
        ));
    }
    if !sheet.is_begun() {
        queries::save_draft(db, sheet, &SelfScoreForm::default(), actor.id, now).await?;
    }
    papers::attach(db, now, actor, sheet.subject(), arrived).await
}

/// Takes evidence off.
pub async fn detach(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    scoring: &Scoring,
    sheet: &Sheet,
    id: AttachmentId,
) -> Result<()> {
    require_files(actor, scoring, sheet)?;
    lock_unchanged(db, sheet, sheet.version).await?;
    papers::detach(db, now, actor, sheet.subject(), id).await
}
