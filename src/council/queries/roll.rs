//! The roll of a session: its members with their cards.

use chrono::NaiveDate;
use sqlx::PgConnection;

use super::super::model::{Attended, Seat};
use crate::{
    ids::{SeatId, SittingId, UnitId},
    kit::{clock::Moment, error::Result},
};

/// The roll of a session, by name.
pub async fn roll(db: &mut PgConnection, sitting: SittingId) -> Result<Vec<Seat>> {
    select(db, Some(sitting), None).await
}

/// The member with this card.
pub async fn seat_by_card(db: &mut PgConnection, card_hash: &[u8]) -> Result<Option<(Seat, i32)>> {
    let Some(seat) = select(db, None, Some(card_hash)).await?.into_iter().next() else {
        return Ok(None);
    };
    let year = sqlx::query_scalar!(
        "select year from council_sittings where id = $1",
        seat.sitting_id as _
    )
    .fetch_one(db)
    .await?;
    Ok(Some((seat, year)))
}

async fn select(
    db: &mut PgConnection,
    sitting: Option<SittingId>,
    card_hash: Option<&[u8]>,
) -> Result<Vec<Seat>> {
    Ok(sqlx::query_as!(
        Seat,
        "select id, sitting_id, person_id, name, unit_id, card_number, card_hash, attended_at, excuse
         from council_seats where sitting_id = $1 or card_hash = $2 order by name collate \"vi-x-icu\", id",
        sitting as _,
        card_hash
    )
    .fetch_all(db)
    .await?)
}

/// Members of a session with a unit on its agenda with which they have a conflict of interest: by a post on its day, or
/// declared; a merger ends neither.
pub async fn conflicts(
    db: &mut PgConnection,
    sitting: SittingId,
    day: NaiveDate,
) -> Result<Vec<(SeatId, UnitId)>> {
    let rows = sqlx::query!(
        r#"select s.id as "seat: SeatId", n.unit_id as "unit: UnitId"
           from council_agenda a join nominations n on n.id = a.nomination_id join council_seats s on s.sitting_id = a.sitting_id
           join lateral (
               select c.unit_id from conflicts_of_interest c where c.person_id = s.person_id and c.lifted_at is null
               union
               select p.unit_id from posts p where p.person_id = s.person_id and p.unit_id is not null
                   and p.starts_on <= $2 and coalesce(p.ends_on >= $2, true)
           ) k on k.unit_id = n.unit_id or exists(select from unit_successions z
                  where (z.predecessor_id = k.unit_id and z.successor_id = n.unit_id)
                     or (z.predecessor_id = n.unit_id and z.successor_id = k.unit_id))
           where a.sitting_id = $1 order by a.position"#,
        sitting as _,
        day
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|r| (r.seat, r.unit)).collect())
}

pub async fn add_seat(db: &mut PgConnection, seat: &Seat) -> Result<()> {
    sqlx::query!(
        "insert into council_seats (id, sitting_id, person_id, name, card_number, card_hash) values ($1, $2, $3, $4, $5, $6)",
        seat.id as _,
        seat.sitting_id as _,
        seat.person_id as _,
        seat.name,
        seat.card_number,
        seat.card_hash
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn remove_seat(db: &mut PgConnection, seat: SeatId) -> Result<()> {
    sqlx::query!("delete from council_seats where id = $1", seat as _)
        .execute(db)
        .await?;
    Ok(())
}

/// Notes that a member is there and how that was noted, or why the member can't come, or neither.
pub async fn attend(
    db: &mut PgConnection,
    seat: SeatId,
    attended: Option<(Moment, Attended)>,
    excuse: &str,
) -> Result<()> {
    sqlx::query!(
        "update council_seats set attended_at = $2, attended_by = $3, excuse = $4 where id = $1",
        seat as _,
        attended.map(|a| a.0),
        attended.map(|a| a.1) as _,
        excuse
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn set_unit(db: &mut PgConnection, seat: SeatId, unit: Option<UnitId>) -> Result<()> {
    sqlx::query!(
        "update council_seats set unit_id = $2 where id = $1",
        seat as _,
        unit as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn renew_card(db: &mut PgConnection, seat: &Seat) -> Result<()> {
    sqlx::query!(
        "update council_seats set card_number = $2, card_hash = $3 where id = $1",
        seat.id as _,
        seat.card_number,
        seat.card_hash
    )
    .execute(db)
    .await?;
    Ok(())
}
