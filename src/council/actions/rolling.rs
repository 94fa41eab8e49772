//! The roll: who belongs to it, who is there, cards, conflicts.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::PgConnection;

use super::{
    super::{
        access,
        model::{Attended, Seat, Sitting, State},
        queries,
        workflow::Action,
    },
    changed_meanwhile, write,
};
use crate::{
    conferences::cards::{self, Secret},
    ids::{SeatId, SittingId, UnitId},
    kit::{
        clock::{self, Moment},
        error::{AppError, Result},
        journal::{self, Hand},
        values,
    },
    people::{self, Actor},
};

/// Makes the roll the members of the council on this day. Who is noted as present stays.
pub(super) async fn sync(
    db: &mut PgConnection,
    sitting: SittingId,
    day: NaiveDate,
    secret: &Secret,
) -> Result<()> {
    let members = people::council_members(db, day).await?;
    let seats = queries::roll(db, sitting).await?;
    for seat in &seats {
        if !seat.is_present() && members.iter().all(|(id, _)| *id != seat.person_id) {
            queries::remove_seat(db, seat.id).await?;
        }
    }
    for (person_id, name) in members {
        if seats.iter().any(|seat| seat.person_id == person_id) {
            continue;
        }
        let id = SeatId::new();
        let seat = Seat {
            id,
            sitting_id: sitting,
            person_id,
            name,
            conflicts: Vec::new(),
            card_number: 1,
            card_hash: cards::hash_of(&cards::code(secret, id, 1)),
            attended_at: None,
            excuse: String::new(),
        };
        queries::add_seat(db, &seat).await?;
    }
    Ok(())
}

/// What the secretary notes of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted<'a> {
    /// Is there.
    Present,
    /// Can't come, because.
    Excused(&'a str),
    /// Neither: a slip is taken back.
    Nothing,
}

/// Locks a session for an act on its roll and answers the seat as it is now.
async fn locked(db: &mut PgConnection, actor: &Actor, sitting: &Sitting, seat: SeatId) -> Result<Seat> {
    access::require_act(actor, Action::Roll, sitting)?;
    let (_, state) = queries::lock(db, sitting.id).await?;
    if state != sitting.state {
        return Err(changed_meanwhile());
    }
    let seats = queries::roll(db, sitting.id).await?;
    seats
        .into_iter()
        .find(|known| known.id == seat)
        .ok_or(AppError::NotFound)
}

/// Notes that a member is there, or can't come; why is an error at `excuse`.
pub async fn note(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    sitting: &Sitting,
    seat: SeatId,
    noted: Noted<'_>,
) -> Result<Seat> {
    let seat = locked(db, actor, sitting, seat).await?;
    let (attended, excuse) = match noted {
        Noted::Present => (Some((now, Attended::Secretary)), String::new()),
        Noted::Excused(reason) => {
            let reason = values::required_line(reason, 300, "lý do vắng mặt")
                .map_err(|message| AppError::invalid("excuse", &message))?;
            (None, reason)
        }
        Noted::Nothing => (None, String::new()),
    };
    queries::attend(db, seat.id, attended, &excuse).await?;
    let after = json!({"name": seat.name, "present": attended.is_some(), "reason": excuse});
    write(db, now, actor, "council.attend", sitting, (), after).await?;
    Ok(seat)
}

/// Declares the units on whose dossiers a member doesn't vote; those on record stay, whatever is said here.
pub async fn declare(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    sitting: &Sitting,
    seat: SeatId,
    units: &[UnitId],
) -> Result<Seat> {
    let seat = locked(db, actor, sitting, seat).await?;
    queries::set_declared(db, seat.id, units).await?;
    let after = json!({"name": seat.name, "units": units});
    write(db, now, actor, "council.declare", sitting, (), after).await?;
    Ok(seat)
}

/// A lost card: it is void from now on, the member gets another. Answers the member with the new card.
pub async fn new_card(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    sitting: &Sitting,
    seat: SeatId,
    secret: &Secret,
) -> Result<Seat> {
    let mut seat = locked(db, actor, sitting, seat).await?;
    seat.card_number += 1;
    seat.card_hash = cards::hash_of(&cards::code(secret, seat.id, seat.card_number));
    queries::renew_card(db, &seat).await?;
    let after = json!({"name": seat.name, "number": seat.card_number});
    write(db, now, actor, "council.card", sitting, (), after).await?;
    Ok(seat)
}

/// Whether a card takes attendance at this moment: while the council meets, and on its day before.
#[must_use]
pub fn may_attend_by_card(sitting: &Sitting, now: Moment) -> bool {
    match sitting.state {
        State::InSession => true,
        State::Planned => sitting.plan.held_on == clock::day(now),
        State::Ended | State::Cancelled => false,
    }
}

/// Whoever holds the card says "I am here". Saying it again changes nothing.
pub async fn attend_by_card(db: &mut PgConnection, now: Moment, card_hash: &[u8]) -> Result<Seat> {
    let (seat, year) = queries::seat_by_card(db, card_hash)
        .await?
        .ok_or(AppError::NotFound)?;
    queries::lock(db, seat.sitting_id).await?;
    let sitting = queries::find_sitting(db, year, seat.sitting_id).await?;
    if !may_attend_by_card(&sitting, now) {
        return Err(AppError::conflict(
            "Phiên họp chưa đến ngày hoặc đã kết thúc: không điểm danh bằng thẻ được.",
        ));
    }
    // The card may have been replaced, or used, before the lock was held.
    let (seat, _) = queries::seat_by_card(db, card_hash)
        .await?
        .ok_or(AppError::NotFound)?;
    if seat.is_present() {
        return Ok(seat);
    }
    queries::attend(db, seat.id, Some((now, Attended::Card)), "").await?;
    let hand = Hand {
        person: None,
        name: format!("{} (thẻ ủy viên)", seat.name),
    };
    let after = json!({"name": seat.name, "present": true});
    journal::write(db, now, &hand, "council.attend", sitting.subject(), (), after).await?;
    Ok(seat)
}
