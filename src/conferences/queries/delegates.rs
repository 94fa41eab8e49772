//! Statements about delegates, their attendance, and absences.

use sqlx::PgConnection;

use crate::{
    conferences::model::{Absence, Attended, Delegate, Part},
    ids::{AttachmentId, ConferenceId, DelegateId, PersonId, UnitId},
    kit::{
        clock::Moment,
        error::{Result, at_field},
    },
};

/// The delegates of a conference: those who vote first, by the place of their unit; guests last.
pub async fn delegates(db: &mut PgConnection, conference: ConferenceId) -> Result<Vec<Delegate>> {
    Ok(sqlx::query_as!(
        Delegate,
        r#"select d.id, d.conference_id, d.unit_id as "unit_id: UnitId", d.part as "part: Part", d.name, d.post, d.is_head,
              d.authorisation as "authorisation: AttachmentId", d.card_number, d.card_hash, d.attended_at,
              d.attended_by as "attended_by: Attended"
           from delegates d left join units u on u.id = d.unit_id where d.conference_id = $1
           order by u.place collate "vi-x-icu" nulls last, array_position(array['voting', 'stand_in', 'other', 'guest'], d.part),
              d.named_at, d.id"#,
        conference as _
    )
    .fetch_all(db)
    .await?)
}

/// Whose card this is, and at which conference.
pub async fn delegate_by_card(
    db: &mut PgConnection,
    card_hash: &[u8],
) -> Result<Option<(Delegate, ConferenceId)>> {
    let found = sqlx::query_as!(
        Delegate,
        r#"select id, conference_id, unit_id as "unit_id: UnitId", part as "part: Part", name, post, is_head,
              authorisation as "authorisation: AttachmentId", card_number, card_hash, attended_at,
              attended_by as "attended_by: Attended"
           from delegates where card_hash = $1"#,
        card_hash
    )
    .fetch_optional(db)
    .await?;
    Ok(found.map(|d| {
        let conference = d.conference_id;
        (d, conference)
    }))
}

/// The units that said that they can't come.
pub async fn absences(db: &mut PgConnection, conference: ConferenceId) -> Result<Vec<Absence>> {
    Ok(sqlx::query_as!(
        Absence,
        r#"select a.unit_id, a.reason, a.said_at, p.full_name as said_by
           from absences a join persons p on p.id = a.said_by where a.conference_id = $1 order by a.said_at"#,
        conference as _
    )
    .fetch_all(db)
    .await?)
}

/// Locks the list of delegates of a conference: whoever changes it waits for the one before. Answers the state, which
/// an act may have changed meanwhile.
pub async fn lock_delegates(
    db: &mut PgConnection,
    conference: ConferenceId,
) -> Result<crate::conferences::State> {
    Ok(sqlx::query_scalar!(
        r#"select state as "state: crate::conferences::State" from conferences where id = $1 for no key update"#,
        conference as _
    )
    .fetch_one(db)
    .await?)
}

pub async fn insert_delegate(
    db: &mut PgConnection,
    delegate: &Delegate,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    let d = delegate;
    let done = sqlx::query!(
        "insert into delegates (id, conference_id, unit_id, part, name, post, is_head, card_number, card_hash, named_by, named_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        d.id as _,
        d.conference_id as _,
        d.unit_id as _,
        d.part as _,
        d.name,
        d.post,
        d.is_head,
        d.card_number,
        d.card_hash,
        by as _,
        now
    )
    .execute(db)
    .await;
    match done {
        Ok(_) => Ok(()),
        Err(error) => Err(one_of_a_part(error)),
    }
}

/// Of a unit one votes and one stands in: the database says so, whoever comes first.
fn one_of_a_part(error: sqlx::Error) -> crate::kit::error::AppError {
    let is = |name: &str| matches!(&error, sqlx::Error::Database(e) if e.constraint() == Some(name));
    if is("delegates_one_stands_in") {
        let told = "Đơn vị đã có đại biểu dự khuyết; mỗi đơn vị một người.";
        return at_field(error, "delegates_one_stands_in", "part", told);
    }
    let told = "Đơn vị đã có đại biểu biểu quyết; mỗi đơn vị một người.";
    at_field(error, "delegates_one_votes", "part", told)
}

/// Writes name, post and card of a delegate. A new card leaves the authorisation of the former person behind.
pub async fn update_delegate(
    db: &mut PgConnection,
    delegate: &Delegate,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    let d = delegate;
    sqlx::query!(
        "update delegates set name = $2, post = $3, is_head = $4, authorisation = $5, card_number = $6, card_hash = $7,
            named_by = $8, named_at = $9 where id = $1",
        d.id as _,
        d.name,
        d.post,
        d.is_head,
        d.authorisation as _,
        d.card_number,
        d.card_hash,
        by as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn set_part(db: &mut PgConnection, delegate: DelegateId, part: Part) -> Result<()> {
    sqlx::query!(
        "update delegates set part = $2 where id = $1",
        delegate as _,
        part as _
    )
    .execute(db)
    .await
    .map_err(one_of_a_part)?;
    Ok(())
}

pub async fn set_authorisation(
    db: &mut PgConnection,
    delegate: DelegateId,
    file: AttachmentId,
) -> Result<()> {
    sqlx::query!(
        "update delegates set authorisation = $2 where id = $1",
        delegate as _,
        file as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete_delegate(db: &mut PgConnection, delegate: DelegateId) -> Result<()> {
    sqlx::query!("delete from delegates where id = $1", delegate as _)
        .execute(db)
        .await?;
    Ok(())
}

/// Notes that somebody is there, or, with nothing, that this was a slip.
pub async fn attend(
    db: &mut PgConnection,
    delegate: DelegateId,
    noted: Option<(Moment, Attended)>,
) -> Result<()> {
    sqlx::query!(
        "update delegates set attended_at = $2, attended_by = $3 where id = $1",
        delegate as _,
        noted.map(|n| n.0),
        noted.map(|n| n.1) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn put_absence(
    db: &mut PgConnection,
    conference: ConferenceId,
    unit: UnitId,
    reason: &str,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into absences (conference_id, unit_id, reason, said_by, said_at) values ($1, $2, $3, $4, $5)
         on conflict (conference_id, unit_id) do update
         set reason = excluded.reason, said_by = excluded.said_by, said_at = excluded.said_at",
        conference as _,
        unit as _,
        reason,
        by as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete_absence(db: &mut PgConnection, conference: ConferenceId, unit: UnitId) -> Result<()> {
    sqlx::query!(
        "delete from absences where conference_id = $1 and unit_id = $2",
        conference as _,
        unit as _
    )
    .execute(db)
    .await?;
    Ok(())
}
