//! The acts on nominations: one transaction each, in the order lock, check, change, journal.

mod conditions;
mod submitting;

pub use conditions::{attest_part, end_person, leave_out, name_person, remark};
pub use submitting::{Dossier, submit};

use serde_json::json;
use sqlx::PgConnection;

use super::{
    access,
    checklist::is_part_open,
    forms::{IndividualInput, ReturnInput, Vote},
    model::{Nomination, Part, State},
    queries,
    workflow::Action,
};
use crate::{
    ids::{AttachmentId, NominationId, UnitId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
        files::Arrived,
        journal,
    },
    papers::{self, History, ReturnItem},
    people::Actor,
    years::Year,
};

/// Locks the nomination and makes sure that it still is what the person saw.
async fn lock_unchanged(db: &mut PgConnection, nomination: &Nomination, seen_version: i32) -> Result<()> {
    let (version, state) = queries::lock(db, nomination.id).await?;
    if version != seen_version || state != nomination.state {
        return Err(AppError::conflict(
            "Hồ sơ này vừa được người khác xử lý trong lúc anh/chị đang mở. Chưa có gì được ghi; xin mở lại hồ sơ để xem bản mới.",
        ));
    }
    Ok(())
}

/// What every act ends with: the new state, the fact, the journal's line.
async fn settle(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    nomination: &Nomination,
    action: Action,
    after: State,
    note: &str,
) -> Result<()> {
    queries::set_state(db, nomination.id, after).await?;
    record(db, now, actor, nomination, action, after, note).await
}

async fn record(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    nomination: &Nomination,
    action: Action,
    after: State,
    note: &str,
) -> Result<()> {
    queries::insert_event(db, nomination.id, actor.id, now, action, after, note).await?;
    let to = json!({"state": after, "note": note});
    journal::write(
        db,
        now,
        &actor.hand(),
        action.journal_code(),
        nomination.subject(),
        json!({"state": nomination.state}),
        to,
    )
    .await
}

/// Makes the nomination that a conference's vote led to, acclaimed or not.
pub async fn create(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    vote: &Vote,
) -> Result<NominationId> {
    let action = if vote.acclaimed {
        Action::Acclaim
    } else {
        Action::Refuse
    };
    add(db, now, actor, proposed(year, vote)?, action).await
}

/// Puts a person of a unit forward, as the unit's own meeting voted, with the ground on which the person's data is used.
pub async fn put_forward(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    unit: UnitId,
    input: &IndividualInput,
) -> Result<NominationId> {
    let vote = Vote {
        unit_id: unit,
        award: input.award.clone(),
        votes_for: input.votes_for,
        votes_of: input.votes_of,
        working: input.working(),
        acclaimed: true,
    };
    let nomination = Nomination {
        person: Some(input.person.clone()),
        ..proposed(year, &vote)?
    };
    let id = add(db, now, actor, nomination, Action::PutForward).await?;
    let nomination = queries::find_visible(db, actor, id).await?;
    name_person(db, now, actor, &nomination, &input.ground).await?;
    Ok(id)
}

/// A nomination as it is before anything has happened to it.
fn proposed(year: &Year, vote: &Vote) -> Result<Nomination> {
    let member = year.member_of(vote.unit_id).ok_or(AppError::NotFound)?;
    Ok(Nomination {
        id: NominationId::new(),
        year_id: year.id,
        cluster_id: year.cluster.id,
        place: year.place(),
        year_is_open: year.is_open(),
        unit_id: member.unit_id,
        unit_slug: member.slug.clone(),
        unit_name: member.short_name.clone(),
        person: None,
        award: vote.award.clone(),
        state: State::Proposed,
        version: 1,
        votes_for: vote.votes_for,
        votes_of: vote.votes_of,
        working: vote.working.clone(),
    })
}

async fn add(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    proposed: Nomination,
    action: Action,
) -> Result<NominationId> {
    let after = access::require(actor, action, &proposed)?;
    queries::insert(db, &proposed, after).await?;
    record(db, now, actor, &proposed, action, after, &proposed.working).await?;
    Ok(proposed.id)
}

/// Whether files of this part can be added now by this person.
#[must_use]
pub fn part_is_open(actor: &Actor, nomination: &Nomination, history: &History, part: Part) -> bool {
    access::offers(actor, Action::Attach, nomination)
        && is_part_open(&history.open_parts(nomination.state == State::Returned), part)
}

/// Makes sure that this person may add files to some part now.
pub fn require_files(actor: &Actor, nomination: &Nomination) -> Result<()> {
    access::require(actor, Action::Attach, nomination).map(drop)
}

fn require_part(actor: &Actor, nomination: &Nomination, history: &History, part: Part) -> Result<()> {
    access::require(actor, Action::Attach, nomination)?;
    if part_is_open(actor, nomination, history, part) {
        Ok(())
    } else {
        Err(AppError::Conflict(format!(
            "Phần “{}” không bị trả lại nên không sửa được.",
            part.label()
        )))
    }
}

/// Adds a file to a part of the dossier.
pub async fn attach(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    nomination: &Nomination,
    history: &History,
    arrived: Arrived,
) -> Result<()> {
    let part = Part::from_code(&arrived.part)
        .ok_or_else(|| AppError::invalid("part", "Hãy chọn tệp thuộc phần nào của hồ sơ."))?;
    require_part(actor, nomination, history, part)?;
    lock_unchanged(db, nomination, nomination.version).await?;
    papers::attach(db, now, actor, nomination.subject(), arrived).await?;
    Ok(())
}

/// Takes a file off: each side its own.
pub async fn detach(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    nomination: &Nomination,
    history: &History,
    id: AttachmentId,
) -> Result<()> {
    let file = history
        .attachments
        .iter()
        .find(|a| a.id == id)
        .ok_or(AppError::NotFound)?;
    let part = Part::from_code(&file.part).ok_or(AppError::NotFound)?;
    require_part(actor, nomination, history, part)?;
    if !access::may_remove(actor, part, nomination) {
        let whose = if nomination.is_of_unit(part) {
            "đơn vị được đề nghị"
        } else {
            "đơn vị cụm trưởng"
        };
        return Err(AppError::Forbidden(format!(
            "Phần “{}” do {whose} gỡ.",
            part.label()
        )));
    }
    lock_unchanged(db, nomination, nomination.version).await?;
    papers::detach(db, now, actor, nomination.subject(), id).await
}

/// Sends a dossier back to be completed: why, and which parts open again.
pub async fn send_back(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    nomination: &Nomination,
    seen: i32,
    input: &ReturnInput,
) -> Result<()> {
    let after = access::require(actor, Action::Return, nomination)?;
    lock_unchanged(db, nomination, seen).await?;
    let items: Vec<ReturnItem> = input
        .parts
        .iter()
        .map(|(part, wanted)| ReturnItem {
            section: part.code().to_owned(),
            row: None,
            label: part.label().to_owned(),
            note: wanted.clone(),
        })
        .collect();
    papers::send_back(
        db,
        now,
        actor.id,
        nomination.subject(),
        &input.reason,
        Some(input.due_on),
        &items,
    )
    .await?;
    settle(db, now, actor, nomination, Action::Return, after, &input.reason).await
}

/// Finds a nomination eligible, or not with the reason.
pub async fn appraise(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    nomination: &Nomination,
    seen: i32,
    finding: Finding<'_>,
) -> Result<()> {
    let (action, note) = match finding {
        Finding::Eligible(note) => (Action::FindEligible, note),
        Finding::Ineligible(reason) => (Action::FindIneligible, reason),
    };
    act(db, now, actor, nomination, seen, action, note).await
}

/// What an appraisal found.
#[derive(Clone, Copy, Debug)]
pub enum Finding<'a> {
    /// May go before the council; why, where an earlier finding said otherwise.
    Eligible(&'a str),
    /// May not, because.
    Ineligible(&'a str),
}

/// Takes a nomination back before the council has voted; the reason stands.
pub async fn withdraw(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    nomination: &Nomination,
    seen: i32,
    reason: &str,
) -> Result<()> {
    act(db, now, actor, nomination, seen, Action::Withdraw, reason).await
}

/// Any further step of VUSTA's, as `council` and `decisions` take it: one state on, with what to remember of it.
pub async fn advance(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    nomination: &Nomination,
    action: Action,
    note: &str,
) -> Result<()> {
    act(db, now, actor, nomination, nomination.version, action, note).await
}

async fn act(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    nomination: &Nomination,
    seen: i32,
    action: Action,
    note: &str,
) -> Result<()> {
    let after = access::require(actor, action, nomination)?;
    lock_unchanged(db, nomination, seen).await?;
    settle(db, now, actor, nomination, action, after, note).await
}
