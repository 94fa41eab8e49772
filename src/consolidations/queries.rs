//! Every SQL statement about consolidated registrations.

use sqlx::{PgConnection, types::Json};

use super::{
    access,
    model::{Consolidation, Content, State},
};
use crate::{
    ids::{ConsolidationId, YearId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
    people::Actor,
    years::{Year, access::is_member},
};

/// The consolidated registration of a year, if this person may see it.
pub async fn find_visible(db: &mut PgConnection, actor: &Actor, year: &Year) -> Result<Consolidation> {
    let found = find(db, year).await?;
    if access::sees(actor, &found, is_member(actor, year)) {
        Ok(found)
    } else {
        Err(AppError::NotFound)
    }
}

/// The consolidated registration of a year; an empty draft when nobody has touched it. For the state only: what is
/// in it goes through [`find_visible`].
pub async fn find(db: &mut PgConnection, year: &Year) -> Result<Consolidation> {
    let row = sqlx::query!(
        r#"select id, state as "state: State", version, note, content as "content: Json<Content>", sent_at, acknowledged_at
           from consolidations where year_id = $1"#,
        year.id as _
    )
    .fetch_optional(db)
    .await?;
    let (year_id, cluster_id, year_is_open) = (year.id, year.cluster.id, year.is_open());
    Ok(match row {
        Some(r) => Consolidation {
            id: r.id,
            state: r.state,
            version: r.version,
            note: r.note,
            content: r.content.map(|c| c.0),
            sent_at: r.sent_at,
            acknowledged_at: r.acknowledged_at,
            year_id,
            cluster_id,
            year_is_open,
        },
        None => Consolidation {
            id: ConsolidationId::new(),
            state: State::Draft,
            version: 0,
            note: String::new(),
            content: None,
            sent_at: None,
            acknowledged_at: None,
            year_id,
            cluster_id,
            year_is_open,
        },
    })
}

/// Locks the table for an act and answers its version now. The lock is on the year, which exists before it does.
pub(super) async fn lock(db: &mut PgConnection, year: YearId) -> Result<i32> {
    sqlx::query!(
        "select 1 as one from years where id = $1 for no key update",
        year as _
    )
    .fetch_one(&mut *db)
    .await?;
    let version = sqlx::query_scalar!("select version from consolidations where year_id = $1", year as _)
        .fetch_optional(db)
        .await?;
    Ok(version.unwrap_or(0))
}

pub(super) async fn save_note(
    db: &mut PgConnection,
    consolidation: &Consolidation,
    note: &str,
) -> Result<()> {
    sqlx::query!(
        "insert into consolidations (id, year_id, state, note) values ($1, $2, 'draft', $3)
         on conflict (year_id) do update set note = excluded.note, version = consolidations.version + 1",
        consolidation.id as _,
        consolidation.year_id as _,
        note
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn send(
    db: &mut PgConnection,
    consolidation: &Consolidation,
    content: &Content,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into consolidations (id, year_id, state, note, content, sent_at) values ($1, $2, 'sent', $3, $4, $5)
         on conflict (year_id) do update
         set state = 'sent', content = excluded.content, sent_at = excluded.sent_at, version = consolidations.version + 1",
        consolidation.id as _, consolidation.year_id as _, content.note, Json(content) as _, now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn set_state(
    db: &mut PgConnection,
    id: ConsolidationId,
    state: State,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update consolidations set state = $2, version = version + 1,
             acknowledged_at = case when $2 = 'acknowledged' then $3::timestamptz end where id = $1",
        id as _,
        state as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A consolidated registration that waits for VUSTA.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The cluster's slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The year.
    pub year: i32,
    /// Since when.
    pub sent_at: Option<Moment>,
}

/// What waits for VUSTA's standing office, the oldest first.
pub async fn waiting(db: &mut PgConnection) -> Result<Vec<Waiting>> {
    Ok(sqlx::query_as!(
        Waiting,
        "select c.slug, c.name, y.year, n.sent_at from consolidations n join years y on y.id = n.year_id join clusters c on c.id = y.cluster_id
         where n.state = 'sent' and y.state = 'open' order by n.sent_at"
    )
    .fetch_all(db)
    .await?)
}
