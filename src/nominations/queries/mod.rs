//! Every SQL statement about nominations.

mod conditions;
mod submissions;
mod summaries;

pub use conditions::persons;
pub(super) use conditions::{
    end_person, insert_part_note, insert_person, insert_remark, leave_out, part_notes, persons_of, remarks,
};
pub(super) use submissions::{find_frozen_file, submissions};
pub use summaries::{Summary, YearCount, counts, summaries};

use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    access,
    individual::Individual,
    model::{Event, Nomination, State},
    workflow::Action,
};
use crate::{
    ids::{ClusterId, NominationId, PersonId, YearId},
    kit::{
        clock::Moment,
        error::{AppError, Result, at_field},
        text::fold,
    },
    people::{Actor, Gender, YearPlace},
    years::{Year, YearState, access::is_member},
};

/// Which nominations are wanted: those that fit everything given.
#[derive(Default)]
struct Wanted {
    id: Option<NominationId>,
    year_id: Option<YearId>,
    calendar_year: Option<i32>,
    ids: Option<Vec<Uuid>>,
}

async fn load(db: &mut PgConnection, wanted: Wanted) -> Result<Vec<Nomination>> {
    let rows = sqlx::query!(
        r#"select n.id, n.year_id, n.unit_id, n.award, n.state as "state: State", n.version, n.votes_for, n.votes_of, n.working,
              u.slug as unit_slug, u.short_name as unit_name, y.year, n.person_name, n.person_birth_year,
              n.person_gender as "person_gender: Gender", n.person_position, y.state as "year_state: YearState",
              c.id as "cluster_id: ClusterId", c.slug as cluster_slug, c.name as cluster_name
           from nominations n
           join units u on u.id = n.unit_id join years y on y.id = n.year_id join clusters c on c.id = y.cluster_id
           join awards a on a.code = n.award
           where ($1::uuid is null or n.id = $1) and ($2::uuid is null or n.year_id = $2)
             and ($3::integer is null or y.year = $3) and ($4::uuid[] is null or n.id = any($4))
           order by c.number, y.year, a.position, n.person_name is not null, n.votes_for desc, u.place collate "vi-x-icu", n.person_name collate "vi-x-icu", n.id"#,
        wanted.id as _,
        wanted.year_id as _,
        wanted.calendar_year,
        wanted.ids as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Nomination {
            id: r.id,
            year_id: r.year_id,
            cluster_id: r.cluster_id,
            place: YearPlace {
                slug: r.cluster_slug,
                name: r.cluster_name,
                year: r.year,
            },
            year_is_open: r.year_state == YearState::Open,
            unit_id: r.unit_id,
            unit_slug: r.unit_slug,
            unit_name: r.unit_name,
            person: person(
                r.person_name,
                r.person_birth_year,
                r.person_gender,
                r.person_position,
            ),
            award: r.award,
            state: r.state,
            version: r.version,
            votes_for: r.votes_for,
            votes_of: r.votes_of,
            working: r.working,
        })
        .collect())
}

/// The columns of a person: all of them, or none.
fn person(
    name: Option<String>,
    birth_year: Option<i32>,
    gender: Option<Gender>,
    position: Option<String>,
) -> Option<Individual> {
    Some(Individual {
        full_name: name?,
        birth_year: birth_year?,
        gender: gender?,
        position: position?,
    })
}

/// A nomination whose dossier this person may see, and open.
pub async fn find_visible(db: &mut PgConnection, actor: &Actor, id: NominationId) -> Result<Nomination> {
    let found = load(
        db,
        Wanted {
            id: Some(id),
            ..Wanted::default()
        },
    )
    .await?
    .into_iter()
    .next();
    let found = found
        .filter(|nomination| access::sees(actor, nomination))
        .ok_or(AppError::NotFound)?;
    access::require_open(actor, &found)?;
    Ok(found)
}

/// The nominations of a year that this person may know of.
pub async fn of_year(db: &mut PgConnection, actor: &Actor, year: &Year) -> Result<Vec<Nomination>> {
    let mut list = load(
        db,
        Wanted {
            year_id: Some(year.id),
            ..Wanted::default()
        },
    )
    .await?;
    let is_member = is_member(actor, year);
    list.retain(|nomination| access::lists(actor, nomination, is_member));
    Ok(list)
}

/// The nominations of all clusters in a calendar year whose dossiers this person may see.
pub async fn of_calendar_year(db: &mut PgConnection, actor: &Actor, year: i32) -> Result<Vec<Nomination>> {
    let mut list = load(
        db,
        Wanted {
            calendar_year: Some(year),
            ..Wanted::default()
        },
    )
    .await?;
    list.retain(|nomination| access::sees(actor, nomination));
    Ok(list)
}

/// These nominations, for an act of VUSTA's on several at once.
pub async fn by_ids(db: &mut PgConnection, actor: &Actor, ids: &[NominationId]) -> Result<Vec<Nomination>> {
    let ids = ids.iter().map(|id| id.0).collect();
    let mut list = load(
        db,
        Wanted {
            ids: Some(ids),
            ..Wanted::default()
        },
    )
    .await?;
    list.retain(|nomination| access::sees(actor, nomination));
    Ok(list)
}

/// What the council has passed and no decision has taken up yet, of all clusters and years.
pub async fn passed(db: &mut PgConnection, actor: &Actor) -> Result<Vec<Nomination>> {
    let ids = sqlx::query_scalar!(
        r#"select id as "id: NominationId" from nominations where state = 'council_passed'"#
    )
    .fetch_all(&mut *db)
    .await?;
    by_ids(db, actor, &ids).await
}

/// What happened to a nomination, newest first.
pub async fn events(db: &mut PgConnection, id: NominationId) -> Result<Vec<Event>> {
    Ok(sqlx::query_as!(
        Event,
        r#"select e.happened_at, p.full_name as happened_by, e.state_after as "state_after: State", e.note
           from nomination_events e join persons p on p.id = e.happened_by
           where e.nomination_id = $1 order by e.happened_at desc, e.id desc"#,
        id as _
    )
    .fetch_all(db)
    .await?)
}

/// The last reason with which each of these came to its present state (for the list of those refused).
pub async fn last_notes(db: &mut PgConnection, ids: &[NominationId]) -> Result<Vec<(NominationId, String)>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select distinct on (nomination_id) nomination_id as "nomination_id: NominationId", note from nomination_events
           where nomination_id = any($1) order by nomination_id, happened_at desc, id desc"#,
        &ids
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|r| (r.nomination_id, r.note)).collect())
}

/// Adds a nomination in its first state. A person is put forward for an award once a year.
pub(super) async fn insert(db: &mut PgConnection, nomination: &Nomination, state: State) -> Result<()> {
    let person = nomination.person.as_ref();
    sqlx::query!(
        "insert into nominations (id, year_id, unit_id, award, state, votes_for, votes_of, working, person_name, person_birth_year,
             person_gender, person_position, person_search_key) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        nomination.id as _,
        nomination.year_id as _,
        nomination.unit_id as _,
        nomination.award,
        state as _,
        nomination.votes_for,
        nomination.votes_of,
        nomination.working,
        person.map(|p| p.full_name.as_str()),
        person.map(|p| p.birth_year),
        person.map(|p| p.gender) as _,
        person.map(|p| p.position.as_str()),
        person.map(|p| fold(&p.full_name))
    )
    .execute(db)
    .await
    .map_err(|e| {
        let taken = match person {
            Some(_) => "Người này đã được đề nghị hình thức này trong năm.",
            None => "Đơn vị này đã được đề nghị hình thức này trong năm.",
        };
        at_field(e, "nominations_once_a_year", "full_name", taken)
    })?;
    Ok(())
}

/// Locks the nomination for an act and answers its version and state now.
pub(super) async fn lock(db: &mut PgConnection, id: NominationId) -> Result<(i32, State)> {
    let row = sqlx::query!(
        r#"select version, state as "state: State" from nominations where id = $1 for no key update"#,
        id as _
    )
    .fetch_one(db)
    .await?;
    Ok((row.version, row.state))
}

/// Locks these nominations at once, for an act on several with lines of the journal between: taken one by one they
/// would deadlock with an act on one of them.
pub async fn lock_all(db: &mut PgConnection, ids: &[NominationId]) -> Result<()> {
    let uuids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        "select 1 as one from nominations where id = any($1) order by id for no key update",
        &uuids
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

pub(super) async fn set_state(db: &mut PgConnection, id: NominationId, state: State) -> Result<()> {
    sqlx::query!(
        "update nominations set state = $2, version = version + 1 where id = $1",
        id as _,
        state as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn insert_event(
    db: &mut PgConnection,
    id: NominationId,
    by: PersonId,
    now: Moment,
    action: Action,
    after: State,
    note: &str,
) -> Result<()> {
    sqlx::query!(
        "insert into nomination_events (id, nomination_id, happened_at, happened_by, action, state_after, note) values ($1, $2, $3, $4, $5, $6, $7)",
        Uuid::now_v7(),
        id as _,
        now,
        by as _,
        action.code(),
        after.code(),
        note
    )
    .execute(db)
    .await?;
    Ok(())
}
