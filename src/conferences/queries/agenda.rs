//! Statements about the items of an agenda.

use sqlx::PgConnection;

use crate::{
    conferences::model::{AgendaItem, ItemState},
    ids::{AgendaItemId, ConferenceId},
    kit::{clock::Moment, error::Result},
};

/// The agenda of a conference, in its order.
pub async fn agenda(db: &mut PgConnection, conference: ConferenceId) -> Result<Vec<AgendaItem>> {
    Ok(sqlx::query_as!(
        AgendaItem,
        r#"select id, position, title, presenter, minutes_planned, state as "state: ItemState", notes, begun_at, version
           from agenda_items where conference_id = $1 order by position"#,
        conference as _
    )
    .fetch_all(db)
    .await?)
}

/// Locks the items of a conference: id and version of each.
pub async fn item_versions(
    db: &mut PgConnection,
    conference: ConferenceId,
) -> Result<Vec<(AgendaItemId, i32)>> {
    let rows = sqlx::query!(
        "select id, version from agenda_items where conference_id = $1 order by id for no key update",
        conference as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|r| (r.id, r.version)).collect())
}

pub async fn insert_item(db: &mut PgConnection, conference: ConferenceId, item: &AgendaItem) -> Result<()> {
    sqlx::query!(
        "insert into agenda_items (id, conference_id, position, title, presenter, minutes_planned)
         values ($1, $2, $3, $4, $5, $6)",
        item.id as _,
        conference as _,
        item.position,
        item.title,
        item.presenter,
        item.minutes_planned
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn update_item(db: &mut PgConnection, conference: ConferenceId, item: &AgendaItem) -> Result<()> {
    sqlx::query!(
        "update agenda_items set position = $3, title = $4, presenter = $5, minutes_planned = $6
         where conference_id = $1 and id = $2",
        conference as _,
        item.id as _,
        item.position,
        item.title,
        item.presenter,
        item.minutes_planned
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete_item(db: &mut PgConnection, conference: ConferenceId, item: AgendaItemId) -> Result<()> {
    sqlx::query!(
        "delete from agenda_items where conference_id = $1 and id = $2",
        conference as _,
        item as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Makes an item the one that is on; the former one is done.
pub async fn go_to(
    db: &mut PgConnection,
    conference: ConferenceId,
    item: AgendaItemId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update agenda_items set state = 'done' where conference_id = $1 and state = 'on'",
        conference as _
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update agenda_items set state = 'on', begun_at = $3 where conference_id = $1 and id = $2",
        conference as _,
        item as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn save_notes(
    db: &mut PgConnection,
    conference: ConferenceId,
    item: AgendaItemId,
    notes: &str,
) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        "update agenda_items set notes = $3, version = version + 1 where conference_id = $1 and id = $2 returning version",
        conference as _,
        item as _,
        notes
    )
    .fetch_one(db)
    .await?)
}
