//! The acts on a report: one transaction each, in the order lock, check, change, journal.
//!
//! Each takes the report as the person saw it; if it has changed meanwhile, the act is a conflict and
//! nothing is written.

mod evidence;

use serde_json::json;
use sqlx::PgConnection;

pub use evidence::{attach, detach, files_are_open, open_figures, part_is_open, require_files};

use super::{
    access,
    content::Content,
    forms::{FinalForm, MOST_DRAFT_BYTES, ReportForm},
    model::{Report, State},
    queries,
    workflow::Action,
};
use crate::{
    kit::{
        clock::Moment,
        error::{AppError, Result},
        fields::FieldErrors,
        journal,
    },
    papers::{self, Checked, History, ReturnInput},
    people::Actor,
    years::Year,
};

/// Locks the report and makes sure that it still is what the person saw.
async fn lock_unchanged(db: &mut PgConnection, report: &Report, seen_version: i32) -> Result<()> {
    let (version, state) = queries::lock(db, report).await?;
    if version != seen_version || state != report.state {
        return Err(papers::changed_meanwhile("Báo cáo"));
    }
    Ok(())
}

async fn journal_state(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    act: &str,
    r: &Report,
    after: State,
    more: serde_json::Value,
) -> Result<()> {
    let before = json!({"state": r.state});
    let mut to = json!({"state": after});
    if let (Some(to), Some(more)) = (to.as_object_mut(), more.as_object()) {
        to.extend(more.clone());
    }
    journal::write(db, now, &actor.hand(), act, r.subject(), before, to).await
}

/// Saves the draft as typed, right or wrong: nothing typed is lost. Only open parts change. Answers the new version.
pub async fn save_draft(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    report: &Report,
    history: &History,
    seen_version: i32,
    typed: ReportForm,
) -> Result<(i32, ReportForm)> {
    access::require(actor, Action::Save, report)?;
    lock_unchanged(db, report, seen_version).await?;
    let open = history.open_parts(report.state == State::Returned);
    let draft = ReportForm::merged(
        report.draft.clone(),
        typed,
        &open,
        &report.asked(history),
        report.period,
    );
    papers::bound_draft(&draft, Some(MOST_DRAFT_BYTES))?;
    let version = queries::save_draft(db, report, &draft, actor.id, now).await?;
    journal::write(
        db,
        now,
        &actor.hand(),
        "report.save",
        report.subject(),
        (),
        json!({"version": version}),
    )
    .await?;
    Ok((version, draft))
}

/// Puts last year's values into the empty fields of a draft that was just saved; answers how many.
pub async fn take_over(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    report: &Report,
    history: &History,
    draft: ReportForm,
) -> Result<usize> {
    access::require(actor, Action::Save, report)?;
    let open = history.open_parts(report.state == State::Returned);
    let (draft, filled) = draft.filled_from_last_year(&report.asked(history), &open);
    if filled > 0 {
        papers::bound_draft(&draft, Some(MOST_DRAFT_BYTES))?;
        let version = queries::save_draft(db, report, &draft, actor.id, now).await?;
        let after = json!({"version": version, "figures": filled});
        journal::write(
            db,
            now,
            &actor.hand(),
            "report.take_over",
            report.subject(),
            (),
            after,
        )
        .await?;
    }
    Ok(filled)
}

/// A report handed in.
#[derive(Clone, Copy, Debug)]
pub struct Submission {
    /// The receipt's number.
    pub receipt: i32,
    /// Days after the deadline; 0 in time.
    pub late_days: i32,
}

/// Hands the draft in: checks it as a whole, freezes the content with the targets as they are registered now, writes
/// the receipt. Whether it is late is for the clock to say, and whether it is taken all the same for the year's calendar.
pub async fn submit(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    report: &Report,
    history: &History,
    seen_version: i32,
) -> Result<Submission> {
    let after = access::require(actor, Action::Submit, report)?;
    lock_unchanged(db, report, seen_version).await?;
    let history = papers::history_to_freeze(db, report.subject(), history, "Báo cáo").await?;
    let content = preview(report, &history).map_err(AppError::Invalid)?;
    let returned_with = report.late_days.filter(|_| report.state == State::Returned);
    let late_days = papers::late_days(
        year.deadline(report.period.step(), report.unit_id),
        returned_with,
        now,
        "báo cáo",
    )?;
    queries::hand_in(db, report.id, &content, now, late_days).await?;
    let frozen = json!({"content": content, "attachments": history.frozen_files()});
    let receipt = papers::receive(db, now, actor.id, report.subject(), late_days, &frozen).await?;
    journal_state(
        db,
        now,
        actor,
        "report.submit",
        report,
        after,
        json!({"receipt": receipt, "late_days": late_days}),
    )
    .await?;
    Ok(Submission { receipt, late_days })
}

/// The checked content of what would be handed in now, for the page that shows it before the act.
pub fn preview(report: &Report, history: &History) -> Result<Content, FieldErrors> {
    report
        .draft
        .check(&report.asked(history), report.period, Checked::AsWhole)
}

/// Takes a report back before it is taken in.
pub async fn withdraw(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    report: &Report,
    seen_version: i32,
) -> Result<()> {
    act(
        db,
        now,
        actor,
        report,
        seen_version,
        Action::Withdraw,
        "report.withdraw",
    )
    .await
}

/// Takes a report in.
pub async fn accept(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    report: &Report,
    seen_version: i32,
) -> Result<()> {
    act(
        db,
        now,
        actor,
        report,
        seen_version,
        Action::Accept,
        "report.accept",
    )
    .await
}

async fn act(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    report: &Report,
    seen: i32,
    action: Action,
    code: &str,
) -> Result<()> {
    let after = access::require(actor, action, report)?;
    lock_unchanged(db, report, seen).await?;
    queries::set_state(db, report.id, after, now).await?;
    journal_state(db, now, actor, code, report, after, json!({})).await
}

/// Sends a report back with its reason and the items that open again.
pub async fn return_for_work(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    report: &Report,
    seen_version: i32,
    input: &ReturnInput,
) -> Result<()> {
    let after = access::require(actor, Action::Return, report)?;
    lock_unchanged(db, report, seen_version).await?;
    papers::send_back(
        db,
        now,
        actor.id,
        report.subject(),
        &input.reason,
        input.due_on,
        &input.items,
    )
    .await?;
    queries::set_state(db, report.id, after, now).await?;
    let more = json!({"reason": input.reason, "items": input.items});
    journal_state(db, now, actor, "report.return", report, after, more).await
}

/// Closes a report: each estimate gets its final figure beside it, and nothing changes any more.
pub async fn finalise(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    report: &Report,
    form: &FinalForm,
) -> Result<()> {
    let after = access::require(actor, Action::Finalise, report)?;
    lock_unchanged(db, report, form.version).await?;
    let handed_in = report.content.as_ref().ok_or(AppError::NotFound)?;
    let closed = form
        .check(handed_in, report.basis.catalogue.as_ref())
        .map_err(AppError::Invalid)?;
    queries::finalise(db, report.id, &closed, now).await?;
    let replaced: Vec<_> = closed
        .all_figures()
        .filter_map(|f| f.final_reached.map(|last| json!({"figure": f.id, "indicator": f.indicator, "estimate": f.reached, "final": last})))
        .collect();
    journal_state(
        db,
        now,
        actor,
        "report.finalise",
        report,
        after,
        json!({"figures": replaced}),
    )
    .await
}
