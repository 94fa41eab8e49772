//! The acts on a registration: one transaction each, in the order lock, check, change, journal.
//!
//! Each takes the registration as the person saw it; if it has changed meanwhile, the act is a conflict and
//! nothing is written.

use serde_json::json;
use sqlx::PgConnection;

use super::{
    access,
    forms::RegistrationForm,
    model::{Content, Registration, Section, State},
    queries,
    workflow::Action,
};
use crate::{
    awards::Awards,
    ids::AttachmentId,
    indicators,
    kit::{
        clock::Moment,
        error::{AppError, Result},
        files::Arrived,
        journal,
    },
    papers::{self, Checked, History, ReturnInput},
    people::Actor,
    years::{Step, Year},
};

/// Locks the registration and makes sure that it still is what the person saw.
async fn lock_unchanged(db: &mut PgConnection, registration: &Registration, seen_version: i32) -> Result<()> {
    let (version, state) = queries::lock(db, registration).await?;
    if version != seen_version || state != registration.state {
        return Err(papers::changed_meanwhile("Đăng ký"));
    }
    Ok(())
}

async fn journal_state(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    act: &str,
    r: &Registration,
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
    registration: &Registration,
    history: &History,
    seen_version: i32,
    typed: RegistrationForm,
) -> Result<(i32, RegistrationForm)> {
    access::require(actor, Action::Save, registration)?;
    lock_unchanged(db, registration, seen_version).await?;
    let open = history.open_parts(registration.state == State::Returned);
    let draft = RegistrationForm::merged(registration.draft.clone(), typed, &open);
    papers::bound_draft(&draft, None)?;
    let version = queries::save_draft(db, registration, &draft, actor.id, now).await?;
    journal::write(
        db,
        now,
        &actor.hand(),
        "registration.save",
        registration.subject(),
        (),
        json!({"version": version}),
    )
    .await?;
    Ok((version, draft))
}

/// A registration handed in.
#[derive(Clone, Copy, Debug)]
pub struct Submission {
    /// The receipt's number.
    pub receipt: i32,
    /// Days after the deadline; 0 in time.
    pub late_days: i32,
}

/// What a registration is checked against when it is handed in.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// The year with its calendar.
    pub year: &'a Year,
    /// The registration's facts and files.
    pub history: &'a History,
    /// The awards there are.
    pub awards: &'a Awards,
}

/// Hands the draft in: checks it as a whole, freezes the content, writes the receipt. Whether it is late is for
/// the clock to say, and whether it is taken all the same for the year's calendar.
pub async fn submit(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    registration: &Registration,
    seen_version: i32,
    basis: Basis<'_>,
) -> Result<Submission> {
    let Basis {
        year,
        history,
        awards,
    } = basis;
    let after = access::require(actor, Action::Submit, registration)?;
    lock_unchanged(db, registration, seen_version).await?;
    let history = papers::history_to_freeze(db, registration.subject(), history, "Đăng ký").await?;
    let catalogue = indicators::find_issued(db, year.year).await?;
    let content = registration
        .draft
        .check(awards, year.year, Checked::AsWhole)
        .map_err(AppError::Invalid)?
        .known_by(catalogue.as_ref());
    let returned_with = registration
        .late_days
        .filter(|_| registration.state == State::Returned);
    let late_days = papers::late_days(
        year.deadline(Step::Registration, registration.unit_id),
        returned_with,
        now,
        "đăng ký",
    )?;
    queries::hand_in(db, registration.id, &content, now, late_days).await?;
    let frozen = json!({"content": content, "attachments": history.frozen_files()});
    let receipt = papers::receive(db, now, actor.id, registration.subject(), late_days, &frozen).await?;
    journal_state(
        db,
        now,
        actor,
        "registration.submit",
        registration,
        after,
        json!({"receipt": receipt, "late_days": late_days}),
    )
    .await?;
    Ok(Submission { receipt, late_days })
}

/// Takes a registration back before it is taken in.
pub async fn withdraw(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    registration: &Registration,
    seen_version: i32,
) -> Result<()> {
    act(
        db,
        now,
        actor,
        registration,
        seen_version,
        Action::Withdraw,
        "registration.withdraw",
    )
    .await
}

/// Takes a registration in.
pub async fn accept(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    registration: &Registration,
    seen_version: i32,
) -> Result<()> {
    act(
        db,
        now,
        actor,
        registration,
        seen_version,
        Action::Accept,
        "registration.accept",
    )
    .await
}

/// Sends an accepted registration to VUSTA, with the consolidated one.
pub async fn forward(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    registration: &Registration,
) -> Result<()> {
    act(
        db,
        now,
        actor,
        registration,
        registration.version,
        Action::Forward,
        "registration.forward",
    )
    .await
}

/// Opens a forwarded registration again, because the consolidated one came back.
pub async fn reopen(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    registration: &Registration,
) -> Result<()> {
    act(
        db,
        now,
        actor,
        registration,
        registration.version,
        Action::Reopen,
        "registration.reopen",
    )
    .await
}

async fn act(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    registration: &Registration,
    seen: i32,
    action: Action,
    code: &str,
) -> Result<()> {
    let after = access::require(actor, action, registration)?;
    lock_unchanged(db, registration, seen).await?;
    queries::set_state(db, registration.id, after, now).await?;
    journal_state(db, now, actor, code, registration, after, json!({})).await
}

/// Sends a registration back with its reason and the items that open again.
pub async fn return_for_work(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    registration: &Registration,
    seen_version: i32,
    input: &ReturnInput,
) -> Result<()> {
    let after = access::require(actor, Action::Return, registration)?;
    lock_unchanged(db, registration, seen_version).await?;
    papers::send_back(
        db,
        now,
        actor.id,
        registration.subject(),
        &input.reason,
        input.due_on,
        &input.items,
    )
    .await?;
    queries::set_state(db, registration.id, after, now).await?;
    let more = json!({"reason": input.reason, "items": input.items});
    journal_state(db, now, actor, "registration.return", registration, after, more).await
}

/// Whether files can be added and removed now.
#[must_use]
pub fn files_are_open(actor: &Actor, registration: &Registration, history: &History) -> bool {
    access::offers(actor, Action::Save, registration)
        && history
            .open_parts(registration.state == State::Returned)
            .has_section(Section::Attachments.code())
}

/// Makes sure that this person may add and remove files now.
pub fn require_files(actor: &Actor, registration: &Registration, history: &History) -> Result<()> {
    access::require(actor, Action::Save, registration)?;
    if files_are_open(actor, registration, history) {
        Ok(())
    } else {
        Err(AppError::conflict(
            "Phần tệp đính kèm không bị trả lại nên không sửa được.",
        ))
    }
}

/// Attaches a file. A registration not begun yet begins with it.
pub async fn attach(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    registration: &Registration,
    history: &History,
    arrived: Arrived,
) -> Result<()> {
    require_files(actor, registration, history)?;
    lock_unchanged(db, registration, registration.version).await?;
    if !registration.is_begun() {
        queries::save_draft(db, registration, &registration.draft, actor.id, now).await?;
    }
    papers::attach(db, now, actor, registration.subject(), arrived).await?;
    Ok(())
}

/// Takes a file off.
pub async fn detach(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    registration: &Registration,
    history: &History,
    id: AttachmentId,
) -> Result<()> {
    require_files(actor, registration, history)?;
    lock_unchanged(db, registration, registration.version).await?;
    papers::detach(db, now, actor, registration.subject(), id).await
}

/// The checked content of what would be handed in now, for the page that shows it before the act.
pub fn preview(
    registration: &Registration,
    awards: &Awards,
    year: i32,
) -> Result<Content, crate::kit::fields::FieldErrors> {
    registration.draft.check(awards, year, Checked::AsWhole)
}
