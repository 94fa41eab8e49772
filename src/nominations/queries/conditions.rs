//! Every SQL statement about what is noted of a nomination's conditions and persons.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    eligibility::{Remark, RemarkKind},
    ids::{NominationId, PersonId},
    kit::{clock::Moment, error::Result},
    nominations::{
        asked::PartNote,
        forms::PersonInput,
        persons::{Ground, Named},
    },
};

/// What was noted of the conditions of these nominations, the newest last.
pub(in crate::nominations) async fn remarks(
    db: &mut PgConnection,
    ids: &[NominationId],
) -> Result<HashMap<NominationId, Vec<Remark>>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select r.nomination_id as "nomination_id: NominationId", r.version, r.place, r.kind as "kind: RemarkKind", r.reason, p.full_name
           from nomination_remarks r join persons p on p.id = r.noted_by
           where r.nomination_id = any($1) order by r.noted_at, r.id"#,
        &ids
    )
    .fetch_all(db)
    .await?;
    let mut found: HashMap<NominationId, Vec<Remark>> = HashMap::new();
    for r in rows {
        found.entry(r.nomination_id).or_default().push(Remark {
            version: r.version,
            place: usize::try_from(r.place).unwrap_or_default(),
            kind: r.kind,
            reason: r.reason,
            by: r.full_name,
        });
    }
    Ok(found)
}

pub(in crate::nominations) async fn insert_remark(
    db: &mut PgConnection,
    id: NominationId,
    award: &str,
    remark: &Remark,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into nomination_remarks (id, nomination_id, award, version, place, kind, reason, noted_at, noted_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        Uuid::now_v7(),
        id as _,
        award,
        remark.version,
        i32::try_from(remark.place).unwrap_or(i32::MAX),
        remark.kind as _,
        remark.reason,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was noted of the parts that the catalogue asks for of these nominations, the newest last.
pub(in crate::nominations) async fn part_notes(
    db: &mut PgConnection,
    ids: &[NominationId],
) -> Result<HashMap<NominationId, Vec<PartNote>>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select n.nomination_id as "nomination_id: NominationId", n.version, n.place, n.reason, p.full_name
           from nomination_part_notes n join persons p on p.id = n.noted_by
           where n.nomination_id = any($1) order by n.noted_at, n.id"#,
        &ids
    )
    .fetch_all(db)
    .await?;
    let mut found: HashMap<NominationId, Vec<PartNote>> = HashMap::new();
    for r in rows {
        found.entry(r.nomination_id).or_default().push(PartNote {
            version: r.version,
            place: usize::try_from(r.place).unwrap_or_default(),
            reason: r.reason,
            by: r.full_name,
        });
    }
    Ok(found)
}

pub(in crate::nominations) async fn insert_part_note(
    db: &mut PgConnection,
    id: NominationId,
    award: &str,
    note: &PartNote,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into nomination_part_notes (id, nomination_id, award, version, place, reason, noted_at, noted_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        Uuid::now_v7(),
        id as _,
        award,
        note.version,
        i32::try_from(note.place).unwrap_or(i32::MAX),
        note.reason,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The persons whom a nomination names, in the order in which they were noted.
pub async fn persons(db: &mut PgConnection, id: NominationId) -> Result<Vec<Named>> {
    let mut found = persons_of(db, &[id]).await?;
    Ok(found.remove(&id).unwrap_or_default())
}

/// The same of many nominations.
pub(in crate::nominations) async fn persons_of(
    db: &mut PgConnection,
    ids: &[NominationId],
) -> Result<HashMap<NominationId, Vec<Named>>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select n.nomination_id as "nomination_id: NominationId", n.id, n.full_name, n.ground as "ground: Ground", n.detail, n.given_on,
              p.full_name as noted_by, n.ended_on, n.ended_reason, n.left_on
           from nomination_persons n join persons p on p.id = n.noted_by
           where n.nomination_id = any($1) order by n.noted_at, n.id"#,
        &ids
    )
    .fetch_all(db)
    .await?;
    let mut found: HashMap<NominationId, Vec<Named>> = HashMap::new();
    for r in rows {
        found.entry(r.nomination_id).or_default().push(Named {
            id: r.id,
            full_name: r.full_name,
            ground: r.ground,
            detail: r.detail,
            given_on: r.given_on,
            noted_by: r.noted_by,
            ended_on: r.ended_on,
            ended_reason: r.ended_reason,
            left_on: r.left_on,
        });
    }
    Ok(found)
}

pub(in crate::nominations) async fn insert_person(
    db: &mut PgConnection,
    id: NominationId,
    input: &PersonInput,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into nomination_persons (id, nomination_id, full_name, ground, detail, given_on, noted_at, noted_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        Uuid::now_v7(),
        id as _,
        input.full_name.as_str(),
        input.ground as _,
        input.detail,
        input.given_on,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::nominations) async fn end_person(
    db: &mut PgConnection,
    person: Uuid,
    on: NaiveDate,
    reason: &str,
    by: PersonId,
) -> Result<()> {
    sqlx::query!(
        "update nomination_persons set ended_on = $2, ended_reason = $3, ended_by = $4 where id = $1",
        person,
        on,
        reason,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::nominations) async fn leave_out(
    db: &mut PgConnection,
    person: Uuid,
    on: NaiveDate,
    by: PersonId,
) -> Result<()> {
    sqlx::query!(
        "update nomination_persons set left_on = $2, left_by = $3 where id = $1",
        person,
        on,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}
