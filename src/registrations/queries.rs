//! Every SQL statement about registrations.

use chrono::NaiveDate;
use sqlx::{PgConnection, types::Json};

use super::{
    access,
    forms::RegistrationForm,
    model::{Content, Registration, State, Target},
};
use crate::{
    ids::{PersonId, RegistrationId, UnitId, YearId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
    papers,
    people::Actor,
    years::{Year, access::is_member},
};

/// The registration of a member, if this person may see it. One that nobody has begun is an empty draft.
pub async fn find_visible(
    db: &mut PgConnection,
    actor: &Actor,
    year: &Year,
    slug: &str,
) -> Result<Registration> {
    let member = year.member(slug).ok_or(AppError::NotFound)?;
    let found = load(db, year, Some(member.unit_id)).await?.into_iter().next();
    let registration = found.unwrap_or_else(|| blank(year, member.unit_id));
    if access::sees(actor, &registration, is_member(actor, year)) {
        Ok(registration)
    } else {
        Err(AppError::NotFound)
    }
}

/// All registrations of a year that this person may see.
pub async fn of_year(db: &mut PgConnection, actor: &Actor, year: &Year) -> Result<Vec<Registration>> {
    let mut list = load(db, year, None).await?;
    let is_member = is_member(actor, year);
    list.retain(|registration| access::sees(actor, registration, is_member));
    Ok(list)
}

fn blank(year: &Year, unit_id: UnitId) -> Registration {
    Registration {
        id: RegistrationId::new(),
        year_id: year.id,
        cluster_id: year.cluster.id,
        year_is_open: year.is_open(),
        unit_id,
        state: State::Draft,
        version: 0,
        draft: RegistrationForm::default(),
        draft_saved_at: None,
        draft_saved_by: String::new(),
        content: None,
        submitted_at: None,
        late_days: None,
        accepted_at: None,
    }
}

async fn load(db: &mut PgConnection, year: &Year, unit: Option<UnitId>) -> Result<Vec<Registration>> {
    let rows = sqlx::query!(
        r#"select r.id, r.unit_id, r.state as "state: State", r.version, r.draft as "draft: Json<RegistrationForm>",
              r.draft_saved_at, p.full_name as draft_saved_by, r.content as "content: Json<Content>",
              r.submitted_at, r.late_days, r.accepted_at
           from registrations r join persons p on p.id = r.draft_saved_by
           where r.year_id = $1 and ($2::uuid is null or r.unit_id = $2)"#,
        year.id as _,
        unit as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Registration {
            id: r.id,
            year_id: year.id,
            cluster_id: year.cluster.id,
            year_is_open: year.is_open(),
            unit_id: r.unit_id,
            state: r.state,
            version: r.version,
            draft: r.draft.0,
            draft_saved_at: Some(r.draft_saved_at),
            draft_saved_by: r.draft_saved_by,
            content: r.content.map(|c| c.0),
            submitted_at: r.submitted_at,
            late_days: r.late_days,
            accepted_at: r.accepted_at,
        })
        .collect())
}

/// A registration in the matrix: its state, not its content. Every member may know it.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The unit.
    pub unit_id: UnitId,
    /// The state.
    pub state: State,
    /// When it was handed in last.
    pub submitted_at: Option<Moment>,
    /// Days late.
    pub late_days: Option<i32>,
    /// Until when it is awaited again, as its last return says.
    pub due_again: Option<NaiveDate>,
}

/// The states of all registrations of a year.
pub async fn summaries(db: &mut PgConnection, year: YearId) -> Result<Vec<Summary>> {
    Ok(sqlx::query_as!(
        Summary,
        r#"select unit_id, state as "state: State", submitted_at, late_days,
              case when state = 'returned' then
                  (select b.due_on from returns b where b.record_kind = 'registrations' and b.record_id = registrations.id
                   order by b.returned_at desc limit 1) end as due_again from registrations where year_id = $1"#,
        year as _
    )
    .fetch_all(db)
    .await?)
}

/// What a unit's registration promises, once it has been taken in; nothing before, and nothing without one.
pub async fn accepted_targets(db: &mut PgConnection, year: YearId, unit: UnitId) -> Result<Vec<Target>> {
    let content = sqlx::query_scalar!(
        r#"select content as "content!: Json<Content>" from registrations
           where year_id = $1 and unit_id = $2 and state in ('accepted', 'forwarded')"#,
        year as _,
        unit as _
    )
    .fetch_optional(db)
    .await?;
    Ok(content.map(|c| c.0.targets).unwrap_or_default())
}

/// Locks the unit's registration for an act and answers its version and state now: 0 and draft when not begun.
pub(super) async fn lock(db: &mut PgConnection, registration: &Registration) -> Result<(i32, State)> {
    papers::lock_member(db, registration.year_id, registration.unit_id).await?;
    let row = sqlx::query!(
        r#"select version, state as "state: State" from registrations where year_id = $1 and unit_id = $2"#,
        registration.year_id as _,
        registration.unit_id as _
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map_or((0, State::Draft), |r| (r.version, r.state)))
}

pub(super) async fn save_draft(
    db: &mut PgConnection,
    registration: &Registration,
    draft: &RegistrationForm,
    by: PersonId,
    now: Moment,
) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        "insert into registrations (id, year_id, unit_id, state, draft, draft_saved_at, draft_saved_by) values ($1, $2, $3, 'draft', $4, $5, $6)
         on conflict (year_id, unit_id) do update
         set draft = excluded.draft, draft_saved_at = excluded.draft_saved_at, draft_saved_by = excluded.draft_saved_by,
             version = registrations.version + 1
         returning version",
        registration.id as _,
        registration.year_id as _,
        registration.unit_id as _,
        Json(draft) as _,
        now,
        by as _
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn hand_in(
    db: &mut PgConnection,
    id: RegistrationId,
    content: &Content,
    now: Moment,
    late_days: i32,
) -> Result<()> {
    sqlx::query!(
        "update registrations set state = 'submitted', content = $2, draft = $3, submitted_at = $4, late_days = $5, version = version + 1 where id = $1",
        id as _,
        Json(content) as _,
        Json(RegistrationForm::from(content)) as _,
        now,
        late_days
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn set_state(
    db: &mut PgConnection,
    id: RegistrationId,
    state: State,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update registrations set state = $2, version = version + 1,
             accepted_at = case when $2 = 'accepted' then coalesce(accepted_at, $3) when $2 = 'forwarded' then accepted_at end
         where id = $1",
        id as _,
        state as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
