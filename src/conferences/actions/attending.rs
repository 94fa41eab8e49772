//! Who is there: noted by the secretary, or by the delegate's own card.

use serde_json::json;
use sqlx::PgConnection;

use super::write;
use crate::{
    conferences::{
        access,
        model::{Attended, Conference, Delegate, State},
        queries,
    },
    ids::DelegateId,
    kit::{
        clock::{self, Moment},
        error::{AppError, Result},
        journal::{self, Hand, Subject},
    },
    people::Actor,
};

/// The secretary notes that somebody is there, or takes a slip back.
pub async fn attend(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    delegate: DelegateId,
    is_present: bool,
) -> Result<Delegate> {
    access::require_register(actor, conference)?;
    let state = queries::lock_delegates(db, conference.id).await?;
    require_time(state)?;
    let all = queries::delegates(db, conference.id).await?;
    let found = all
        .into_iter()
        .find(|d| d.id == delegate)
        .ok_or(AppError::NotFound)?;
    if found.is_present() == is_present {
        return Ok(found);
    }
    let noted = is_present.then_some((now, Attended::Secretary));
    queries::attend(db, delegate, noted).await?;
    let action = if is_present {
        "conference.attend"
    } else {
        "conference.not_attend"
    };
    let after = json!({"name": found.name});
    write(db, now, actor, action, conference, (), after).await?;
    Ok(Delegate {
        attended_at: noted.map(|n| n.0),
        attended_by: noted.map(|n| n.1),
        ..found
    })
}

/// Whoever holds the card says "I am here": on the day for which the conference is planned, and while it meets. Saying
/// it again changes nothing. Not found for a card that nobody holds.
pub async fn attend_by_card(db: &mut PgConnection, now: Moment, card_hash: &[u8]) -> Result<Delegate> {
    let (found, id) = queries::delegate_by_card(db, card_hash)
        .await?
        .ok_or(AppError::NotFound)?;
    let state = queries::lock_delegates(db, id).await?;
    let (year, conference) = queries::by_id(db, id).await?;
    require_time(state)?;
    if !is_its_day(state, &conference, now) {
        return Err(AppError::conflict(
            "Hội nghị chưa đến ngày họp: chưa điểm danh được.",
        ));
    }
    if !year.is_open() {
        return Err(AppError::conflict("Năm thi đua này đã khép lại."));
    }
    // The card may have been replaced, or used, before the lock was held.
    let (found, _) = queries::delegate_by_card(db, &found.card_hash)
        .await?
        .ok_or(AppError::NotFound)?;
    if found.is_present() {
        return Ok(found);
    }
    queries::attend(db, found.id, Some((now, Attended::Card))).await?;
    let hand = Hand {
        person: None,
        name: format!("{} (thẻ đại biểu)", found.name),
    };
    let about = Subject {
        unit: found.unit_id.map(|u| u.0),
        ..conference.subject()
    };
    journal::write(
        db,
        now,
        &hand,
        "conference.attend",
        about,
        (),
        json!({"name": found.name}),
    )
    .await?;
    Ok(Delegate {
        attended_at: Some(now),
        attended_by: Some(Attended::Card),
        ..found
    })
}

fn require_time(state: State) -> Result<()> {
    match state {
        State::Invited | State::InSession => Ok(()),
        State::Planned => Err(AppError::conflict(
            "Hội nghị chưa gửi giấy mời: chưa điểm danh được.",
        )),
        State::Ended | State::Signed => Err(AppError::conflict("Hội nghị đã kết thúc: điểm danh đã khóa.")),
    }
}

/// Whether a card takes attendance at this moment: while the conference is on, and on its day before it opens.
#[must_use]
pub fn may_attend_by_card(conference: &Conference, now: Moment) -> bool {
    conference.year_is_open
        && require_time(conference.state).is_ok()
        && is_its_day(conference.state, conference, now)
}

fn is_its_day(state: State, conference: &Conference, now: Moment) -> bool {
    state != State::Invited || conference.plan.day() == Some(clock::day(now))
}
