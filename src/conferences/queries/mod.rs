//! Every SQL statement about conferences.

mod agenda;
mod delegates;
mod saving;

use chrono::NaiveDate;
use sqlx::{PgConnection, types::Json};

pub use agenda::agenda;
pub(super) use agenda::{delete_item, go_to, insert_item, item_versions, save_notes, update_item};
pub use delegates::{absences, delegate_by_card, delegates};
pub(super) use delegates::{
    attend, delete_absence, delete_delegate, insert_delegate, lock_delegates, put_absence, set_authorisation,
    set_part, update_delegate,
};
pub(super) use saving::{
    confirm_side, count_of_kind, end, hand_over, insert, invite, lock, open, save_draft, save_plan, sign,
    touch,
};

use super::{
    forms::ConferenceForm,
    model::{Conference, Content, HandOver, Kind, Plan, State},
};
use crate::{
    ids::{ConferenceId, UnitId, YearId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
    years::{self, Year},
};

/// The closing conference of a year, for a visitor who may see the year; an empty plan when nobody has begun it. What
/// of it may be shown is for `access` to say.
pub async fn find(db: &mut PgConnection, year: &Year) -> Result<Conference> {
    let found = load(db, year, Some(Kind::Closing.code())).await?;
    Ok(found.into_iter().next().unwrap_or_else(|| blank(year)))
}

/// The conference of a year with this part of a path.
pub async fn find_meeting(db: &mut PgConnection, year: &Year, slug: &str) -> Result<Conference> {
    let found = load(db, year, Some(slug)).await?;
    found.into_iter().next().ok_or(AppError::NotFound)
}

/// All conferences of a year, in the order of the year.
pub async fn all_of(db: &mut PgConnection, year: &Year) -> Result<Vec<Conference>> {
    load(db, year, None).await
}

/// A conference by its id, with its year.
pub async fn by_id(db: &mut PgConnection, id: ConferenceId) -> Result<(Year, Conference)> {
    let row = sqlx::query!("select year_id, slug from conferences where id = $1", id as _)
        .fetch_one(&mut *db)
        .await?;
    let year = years::by_id(db, row.year_id).await?;
    let conference = find_meeting(db, &year, &row.slug).await?;
    Ok((year, conference))
}

async fn load(db: &mut PgConnection, year: &Year, slug: Option<&str>) -> Result<Vec<Conference>> {
    let rows = sqlx::query!(
        r#"select c.id, c.kind as "kind: Kind", c.slug, c.state as "state: State", c.version, c.plan as "plan: Json<Plan>",
              c.draft as "draft: Json<ConferenceForm>", c.draft_saved_at, p.full_name as draft_saved_by,
              c.invited_at, c.opened_at, c.ended_at, c.content as "content: Json<Content>", c.confirmed_at,
              q.full_name as "confirmed_by?", c.minutes, encode(c.minutes_hash, 'hex') as minutes_hash, c.signed_at,
              s.full_name as "signed_by?", h.takes_effect_on as "takes_effect_on?", h.given_at as "given_at?",
              g.full_name as "given_by?", h.taken_at as "taken_at?", t.full_name as "taken_by?"
           from conferences c join persons p on p.id = c.draft_saved_by
             left join persons q on q.id = c.confirmed_by left join persons s on s.id = c.signed_by
             left join hand_overs h on h.conference_id = c.id
             left join persons g on g.id = h.given_by left join persons t on t.id = h.taken_by
           where c.year_id = $1 and ($2::text is null or c.slug = $2)
           order by array_position(array['launch', 'midyear', 'closing', 'extraordinary'], c.kind), c.slug"#,
        year.id as _,
        slug
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Conference {
            id: r.id,
            year_id: year.id,
            cluster_id: year.cluster.id,
            year_is_open: year.is_open(),
            kind: r.kind,
            slug: r.slug,
            state: r.state,
            version: r.version,
            plan: r.plan.0,
            draft: r.draft.0,
            draft_saved_at: Some(r.draft_saved_at),
            draft_saved_by: r.draft_saved_by,
            invited_at: r.invited_at,
            opened_at: r.opened_at,
            ended_at: r.ended_at,
            content: r.content.map(|c| c.0),
            confirmed_at: r.confirmed_at,
            confirmed_by: r.confirmed_by,
            minutes: r.minutes,
            minutes_hash: r.minutes_hash,
            signed_at: r.signed_at,
            signed_by: r.signed_by,
            hand_over: r.takes_effect_on.map(|takes_effect_on| HandOver {
                takes_effect_on,
                given: r.given_at.zip(r.given_by),
                taken: r.taken_at.zip(r.taken_by),
            }),
        })
        .collect())
}

pub(super) fn blank(year: &Year) -> Conference {
    Conference {
        id: ConferenceId::new(),
        year_id: year.id,
        cluster_id: year.cluster.id,
        year_is_open: year.is_open(),
        kind: Kind::Closing,
        slug: Kind::Closing.code().to_owned(),
        state: State::Planned,
        version: 0,
        plan: Plan::default(),
        draft: ConferenceForm::default(),
        draft_saved_at: None,
        draft_saved_by: String::new(),
        invited_at: None,
        opened_at: None,
        ended_at: None,
        content: None,
        confirmed_at: None,
        confirmed_by: None,
        minutes: None,
        minutes_hash: None,
        signed_at: None,
        signed_by: None,
        hand_over: None,
    }
}

/// A conference for the line of steps and the tasks: where it is, and which units have said who comes.
#[derive(Clone, Debug)]
pub struct Summary {
    /// What it is for.
    pub kind: Kind,
    /// Its part of a path.
    pub slug: String,
    /// Where it is.
    pub state: State,
    /// The day it is planned for.
    pub day: Option<NaiveDate>,
    /// When it began, where it was held in the program.
    pub opened_at: Option<Moment>,
    /// Units with a voting delegate, or a word that they can't come.
    pub answered: Vec<UnitId>,
    /// Units whose voting delegate still needs an authorisation.
    pub without_authorisation: Vec<UnitId>,
    /// Whether the hand-over that followed is set.
    pub has_hand_over: bool,
}

/// All conferences of a year in short.
pub async fn summaries(db: &mut PgConnection, year: YearId) -> Result<Vec<Summary>> {
    let rows = sqlx::query!(
        r#"select c.kind as "kind: Kind", c.slug, c.state as "state: State", c.plan as "plan: Json<Plan>", c.opened_at,
              array(select d.unit_id from delegates d where d.conference_id = c.id and d.part = 'voting'
                    union select a.unit_id from absences a where a.conference_id = c.id) as "answered!: Vec<uuid::Uuid>",
              array(select d.unit_id from delegates d where d.conference_id = c.id and d.part = 'voting'
                    and not d.is_head and d.authorisation is null) as "without!: Vec<uuid::Uuid>",
              exists (select 1 from hand_overs h where h.conference_id = c.id) as "has_hand_over!"
           from conferences c where c.year_id = $1
           order by array_position(array['launch', 'midyear', 'closing', 'extraordinary'], c.kind), c.slug"#,
        year as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Summary {
            kind: r.kind,
            slug: r.slug,
            state: r.state,
            day: r.plan.0.day(),
            opened_at: r.opened_at,
            answered: r.answered.into_iter().map(UnitId).collect(),
            without_authorisation: r.without.into_iter().map(UnitId).collect(),
            has_hand_over: r.has_hand_over,
        })
        .collect())
}

/// How many objections to points of a year wait for their answer. They are answered before the cluster votes, so the vote
/// asks for them here, though scoring stands above it.
pub async fn open_objections(db: &mut PgConnection, year: YearId) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from score_objections o join score_sheets s on s.id = o.sheet_id
           where s.year_id = $1 and o.answer is null"#,
        year as _
    )
    .fetch_one(db)
    .await?)
}
