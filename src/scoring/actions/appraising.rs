//! The appraisers' work, the unit's explanation, the confirmation at the conference.

use serde_json::json;
use sqlx::PgConnection;

use super::{
    super::{
        access,
        asked::Asked,
        forms::{AppraisalForm, ExplanationForm},
        model::{Line, Points, Scoring, Sheet, Stage, State},
        queries,
        workflow::Action,
    },
    lock_unchanged,
};
use crate::{
    conferences,
    kit::{
        clock::Moment,
        error::{AppError, Result},
        fields::FieldErrors,
        journal,
    },
    papers::{self, Checked},
    people::Actor,
    years::Year,
};

/// An appraisal as saved: its version, what is wrong in it.
#[derive(Debug)]
pub struct Saved {
    /// The version that the next save starts from.
    pub version: i32,
    /// What is wrong; those lines keep the points they had.
    pub errors: FieldErrors,
}

/// Saves an appraisal as typed. Lines that are right get their points, each change with its reason; a line that is wrong
/// keeps what it had, and what was typed stays.
#[expect(clippy::too_many_arguments, reason = "what the page was made of, each once")]
pub async fn appraise(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    scoring: &Scoring,
    sheet: &Sheet,
    asked: &[Asked],
    seen_version: i32,
    typed: &AppraisalForm,
) -> Result<Saved> {
    let after = access::require(actor, Action::Appraise, scoring, sheet)?;
    lock_unchanged(db, sheet, seen_version).await?;
    papers::bound_draft(typed, None)?;
    let typed = typed.clone().aligned(&sheet.lines);
    let (lines, errors) = typed.check(asked, &sheet.lines, scoring.set.rules.decimals, Checked::AsDraft);
    let stage = if sheet.is_second_round() {
        Stage::SecondAppraisal
    } else {
        Stage::Appraisal
    };
    for (before, line) in sheet.lines.iter().zip(&lines) {
        if before.appraised != line.appraised {
            let (from, to) = (Some(before.points()), Some(line.points()));
            let why = &line.reason;
            queries::insert_change(
                db,
                sheet.id,
                line.criterion_id,
                stage,
                from,
                to,
                why,
                now,
                actor.id,
            )
            .await?;
        }
    }
    let version = queries::save_appraisal(db, sheet.id, after, &typed, &lines, actor.id, now).await?;
    let (before, to) = (
        json!({"state": sheet.state}),
        json!({"state": after, "version": version}),
    );
    journal::write(
        db,
        now,
        &actor.hand(),
        "score.appraise",
        sheet.subject(),
        before,
        to,
    )
    .await?;
    Ok(Saved { version, errors })
}

/// Asks the unit to explain the lines with a question.
pub async fn ask(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    scoring: &Scoring,
    sheet: &Sheet,
    seen_version: i32,
) -> Result<()> {
    let after = access::require(actor, Action::Ask, scoring, sheet)?;
    lock_unchanged(db, sheet, seen_version).await?;
    let asked = sheet.lines.iter().filter(|l| !l.question.is_empty()).count();
    if asked == 0 {
        return Err(AppError::conflict(
            "Chưa có dòng nào ghi điều cần giải trình. Xin ghi câu hỏi ở dòng cần hỏi, lưu lại rồi gửi.",
        ));
    }
    queries::set_state(db, sheet.id, after, actor.id, now).await?;
    let (before, to) = (
        json!({"state": sheet.state}),
        json!({"state": after, "lines": asked}),
    );
    journal::write(db, now, &actor.hand(), "score.ask", sheet.subject(), before, to).await
}

/// The unit explains the lines it was asked for; the second appraisal begins.
pub async fn explain(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    scoring: &Scoring,
    sheet: &Sheet,
    seen_version: i32,
    form: &ExplanationForm,
) -> Result<()> {
    let after = access::require(actor, Action::Explain, scoring, sheet)?;
    lock_unchanged(db, sheet, seen_version).await?;
    let lines = form.check(&sheet.lines).map_err(AppError::Invalid)?;
    queries::keep_explanation(db, sheet.id, &lines, actor.id, now).await?;
    let explained = lines.iter().filter(|l| !l.explanation.is_empty()).count();
    let (before, to) = (
        json!({"state": sheet.state}),
        json!({"state": after, "lines": explained}),
    );
    journal::write(
        db,
        now,
        &actor.hand(),
        "score.explain",
        sheet.subject(),
        before,
        to,
    )
    .await
}

/// Finishes an appraisal: every line has points, every difference its reason.
#[expect(clippy::too_many_arguments, reason = "what the page was made of, each once")]
pub async fn finish(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    scoring: &Scoring,
    sheet: &Sheet,
    asked: &[Asked],
    typed: &AppraisalForm,
    seen_version: i32,
) -> Result<()> {
    let after = access::require(actor, Action::Finish, scoring, sheet)?;
    lock_unchanged(db, sheet, seen_version).await?;
    let (lines, errors) = typed.check(asked, &sheet.lines, scoring.set.rules.decimals, Checked::AsWhole);
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    queries::finish(db, sheet.id, actor.id, now).await?;
    let total = scoring.tally(sheet.unit_id, &lines, Line::points).total;
    let (before, to) = (
        json!({"state": sheet.state}),
        json!({"state": after, "total": total}),
    );
    journal::write(
        db,
        now,
        &actor.hand(),
        "score.finish",
        sheet.subject(),
        before,
        to,
    )
    .await
}

/// Opens a finished appraisal again; the reason stands in the journal.
pub async fn reopen(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    scoring: &Scoring,
    sheet: &Sheet,
    seen_version: i32,
    reason: &str,
) -> Result<()> {
    let after = access::require(actor, Action::Reopen, scoring, sheet)?;
    lock_unchanged(db, sheet, seen_version).await?;
    queries::set_state(db, sheet.id, after, actor.id, now).await?;
    let (before, to) = (
        json!({"state": sheet.state}),
        json!({"state": after, "reason": reason}),
    );
    journal::write(
        db,
        now,
        &actor.hand(),
        "score.reopen",
        sheet.subject(),
        before,
        to,
    )
    .await
}

/// Confirms all sheets of the year as the conference did: their points change no more. Every sheet is appraised and no
/// objection waits for its answer; what is missing is said.
pub async fn lock_all(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    scoring: &Scoring,
) -> Result<usize> {
    access::require_secretariat(actor, year)?;
    papers::lock_members(db, year.id).await?;
    let sheets = queries::of_year_unfiltered(db, year).await?;
    let missing: Vec<&str> = year
        .members
        .iter()
        .filter(|member| {
            let state = sheets
                .iter()
                .find(|s| s.unit_id == member.unit_id)
                .map(|s| s.state);
            !matches!(state, Some(State::Appraised | State::Locked))
        })
        .map(|member| member.place.as_str())
        .collect();
    if !missing.is_empty() {
        return Err(AppError::Conflict(format!(
            "Chưa chốt được: chưa thẩm định xong {}.",
            missing.join(", ")
        )));
    }
    let waiting = conferences::open_objections(db, year.id).await?;
    if waiting > 0 {
        return Err(AppError::Conflict(format!(
            "Chưa chốt được: còn {waiting} kiến nghị chưa trả lời."
        )));
    }
    let mut locked = 0;
    for sheet in sheets.iter().filter(|s| s.state == State::Appraised) {
        let result = scoring.tally(sheet.unit_id, &sheet.lines, Points::points);
        queries::lock_sheet(db, sheet.id, &result, actor.id, now).await?;
        let (before, to) = (
            json!({"state": sheet.state}),
            json!({"state": State::Locked, "total": result.total}),
        );
        journal::write(db, now, &actor.hand(), "score.lock", sheet.subject(), before, to).await?;
        locked += 1;
    }
    if locked == 0 {
        return Err(AppError::conflict("Điểm của mọi đơn vị đã chốt."));
    }
    Ok(locked)
}
