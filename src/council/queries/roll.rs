//! The roll of a session: its members with their cards.

use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::super::model::{Attended, Seat, SeatConflict};
use crate::{
    ids::{PersonId, SeatId, SittingId, UnitId},
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
    let rows = sqlx::query!(
        r#"select s.id as "id: SeatId", s.sitting_id as "sitting_id: SittingId", s.person_id as "person_id: PersonId", s.name,
              s.card_number, s.card_hash, s.attended_at, s.excuse,
              (select coalesce(jsonb_agg(jsonb_build_object('unit_id', k.unit_id, 'is_on_record', k.is_on_record) order by k.unit_id), '[]')
               from council_conflicts k where k.seat_id = s.id) as "conflicts!: Json<Vec<SeatConflict>>"
           from council_seats s where s.sitting_id = $1 or s.card_hash = $2 order by s.name collate "vi-x-icu", s.id"#,
        sitting as _,
        card_hash
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Seat {
            id: r.id,
            sitting_id: r.sitting_id,
            person_id: r.person_id,
            name: r.name,
            conflicts: r.conflicts.0,
            card_number: r.card_number,
            card_hash: r.card_hash,
            attended_at: r.attended_at,
            excuse: r.excuse,
        })
        .collect())
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
    set_declared(db, seat, &[]).await?;
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

/// Makes these the units on whose dossiers a member has said not to vote.
pub async fn set_declared(db: &mut PgConnection, seat: SeatId, units: &[UnitId]) -> Result<()> {
    let units: Vec<Uuid> = units.iter().map(|unit| unit.0).collect();
    sqlx::query!(
        "delete from council_declarations where seat_id = $1 and unit_id <> all($2)",
        seat as _,
        &units
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into council_declarations (seat_id, unit_id) select $1, unit from unnest($2::uuid[]) as unit on conflict do nothing",
        seat as _,
        &units
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
