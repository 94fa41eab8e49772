//! Every SQL statement about conflicts of interest.

use chrono::NaiveDate;
use sqlx::PgConnection;

use super::{
    access,
    model::{Conflict, ConflictInput},
};
use crate::{
    ids::{ConflictId, PersonId},
    kit::{
        clock::Moment,
        error::{AppError, Result, at_field},
    },
    people::Actor,
};

async fn load(db: &mut PgConnection, id: Option<ConflictId>) -> Result<Vec<Conflict>> {
    Ok(sqlx::query_as!(
        Conflict,
        r#"select c.id as "id: ConflictId", c.person_id, p.full_name as person, c.unit_id, u.short_name as unit, c.reason, c.declared_at,
              d.full_name as declared_by, c.lifted_at, coalesce(l.full_name, '') as "lifted_by!", c.lifted_for
           from conflicts_of_interest c join persons p on p.id = c.person_id join units u on u.id = c.unit_id
           join persons d on d.id = c.declared_by left join persons l on l.id = c.lifted_by
           where $1::uuid is null or c.id = $1
           order by c.lifted_at is not null, p.full_name, u.place collate "vi-x-icu", c.declared_at"#,
        id as _
    )
    .fetch_all(db)
    .await?)
}

/// The declarations that this person may know of: those that hold first.
pub(super) async fn visible(db: &mut PgConnection, actor: &Actor) -> Result<Vec<Conflict>> {
    let mut list = load(db, None).await?;
    list.retain(|conflict| access::sees(actor, conflict));
    Ok(list)
}

/// One declaration.
pub(super) async fn find_visible(db: &mut PgConnection, actor: &Actor, id: ConflictId) -> Result<Conflict> {
    let found = load(db, Some(id)).await?.into_iter().next();
    found
        .filter(|conflict| access::sees(actor, conflict))
        .ok_or(AppError::NotFound)
}

/// Who appraises or votes at VUSTA on a day: those who may have something to declare.
pub(super) async fn reviewers(db: &mut PgConnection, day: NaiveDate) -> Result<Vec<(PersonId, String)>> {
    let rows = sqlx::query!(
        r#"select p.id, p.full_name from persons p
           where p.disabled_at is null and exists(select from posts o where o.person_id = p.id
                 and o.role in ('standing_office', 'council_member') and o.starts_on <= $1 and coalesce(o.ends_on >= $1, true))
           order by p.full_name, p.id"#,
        day
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|r| (r.id, r.full_name)).collect())
}

/// Writes a declaration; the same one, while it holds, is an error at `unit`.
pub(super) async fn insert(
    db: &mut PgConnection,
    id: ConflictId,
    input: &ConflictInput,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into conflicts_of_interest (id, person_id, unit_id, reason, declared_at, declared_by) values ($1, $2, $3, $4, $5, $6)",
        id as _,
        input.person as _,
        input.unit as _,
        input.reason,
        now,
        by as _
    )
    .execute(db)
    .await
    .map_err(|error| {
        let known = "Xung đột với đơn vị này đã được khai.";
        at_field(error, "conflicts_of_interest_once", "unit", known)
    })?;
    Ok(())
}

/// Says that a conflict no longer holds; answers whether it still held.
pub(super) async fn lift(
    db: &mut PgConnection,
    id: ConflictId,
    by: PersonId,
    now: Moment,
    reason: &str,
) -> Result<bool> {
    let done = sqlx::query!(
        "update conflicts_of_interest set lifted_at = $2, lifted_by = $3, lifted_for = $4 where id = $1 and lifted_at is null",
        id as _,
        now,
        by as _,
        reason
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
