//! Every SQL statement about conferences.

use chrono::NaiveDate;
use sqlx::{PgConnection, types::Json};

use super::{
    forms::ConferenceForm,
    model::{Conference, Content, State},
};
use crate::{
    ids::{ConferenceId, PersonId, YearId},
    kit::{clock::Moment, error::Result},
    years::Year,
};

/// The conference of a year, for a visitor who may see the year; an empty draft when nobody has begun it. What of it
/// may be shown is for `access` to say.
pub async fn find(db: &mut PgConnection, year: &Year) -> Result<Conference> {
    let row = sqlx::query!(
        r#"select c.id, c.state as "state: State", c.version, c.draft as "draft: Json<ConferenceForm>", c.draft_saved_at,
              p.full_name as draft_saved_by, c.content as "content: Json<Content>", c.confirmed_at,
              q.full_name as "confirmed_by?", c.handed_over_on
           from conferences c join persons p on p.id = c.draft_saved_by left join persons q on q.id = c.confirmed_by
           where c.year_id = $1"#,
        year.id as _
    )
    .fetch_optional(db)
    .await?;
    let mut found = blank(year);
    if let Some(r) = row {
        found.id = r.id;
        found.state = r.state;
        found.version = r.version;
        found.draft = r.draft.0;
        found.draft_saved_at = Some(r.draft_saved_at);
        found.draft_saved_by = r.draft_saved_by;
        found.content = r.content.map(|c| c.0);
        found.confirmed_at = r.confirmed_at;
        found.confirmed_by = r.confirmed_by;
        found.handed_over_on = r.handed_over_on;
    }
    Ok(found)
}

fn blank(year: &Year) -> Conference {
    Conference {
        id: ConferenceId::new(),
        year_id: year.id,
        cluster_id: year.cluster.id,
        year_is_open: year.is_open(),
        state: State::Draft,
        version: 0,
        draft: ConferenceForm::default(),
        draft_saved_at: None,
        draft_saved_by: String::new(),
        content: None,
        confirmed_at: None,
        confirmed_by: None,
        handed_over_on: None,
    }
}

/// The state of a year's conference, for the matrix and the tasks.
pub async fn state_of(db: &mut PgConnection, year: YearId) -> Result<State> {
    let state = sqlx::query_scalar!(
        r#"select state as "state: State" from conferences where year_id = $1"#,
        year as _
    )
    .fetch_optional(db)
    .await?;
    Ok(state.unwrap_or(State::Draft))
}

/// Locks the year's conference for an act and answers its version now. The lock is on the year, which exists before it.
pub(super) async fn lock(db: &mut PgConnection, year: YearId) -> Result<i32> {
    sqlx::query!(
        "select 1 as one from years where id = $1 for no key update",
        year as _
    )
    .fetch_one(&mut *db)
    .await?;
    let version = sqlx::query_scalar!("select version from conferences where year_id = $1", year as _)
        .fetch_optional(db)
        .await?;
    Ok(version.unwrap_or(0))
}

pub(super) async fn save_draft(
    db: &mut PgConnection,
    conference: &Conference,
    draft: &ConferenceForm,
    by: PersonId,
    now: Moment,
) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        "insert into conferences (id, year_id, state, draft, draft_saved_at, draft_saved_by) values ($1, $2, 'draft', $3, $4, $5)
         on conflict (year_id) do update
         set draft = excluded.draft, draft_saved_at = excluded.draft_saved_at, draft_saved_by = excluded.draft_saved_by,
             version = conferences.version + 1
         returning version",
        conference.id as _,
        conference.year_id as _,
        Json(draft) as _,
        now,
        by as _
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn confirm(
    db: &mut PgConnection,
    id: ConferenceId,
    content: &Content,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update conferences set state = 'confirmed', content = $2, confirmed_at = $3, confirmed_by = $4, version = version + 1 where id = $1",
        id as _,
        Json(content) as _,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn hand_over(db: &mut PgConnection, id: ConferenceId, on: NaiveDate) -> Result<()> {
    sqlx::query!("update conferences set state = 'handed_over', handed_over_on = $2, version = version + 1 where id = $1", id as _, on)
        .execute(db)
        .await?;
    Ok(())
}
