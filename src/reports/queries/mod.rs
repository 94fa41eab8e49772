//! Every SQL statement about reports.

mod figures;

pub use figures::{UnitFigure, figures_of};

use chrono::NaiveDate;
use sqlx::{PgConnection, types::Json};

use super::{
    access,
    asked::Basis,
    content::{Content, Promise},
    forms::ReportForm,
    model::{Period, Report, State},
    past::Past,
};
use crate::{
    ids::{PersonId, ReportId, UnitId, YearId},
    indicators,
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
    papers,
    people::Actor,
    registrations,
    units::UnitKind,
    years::{Year, access::is_member},
};

/// The report of a member, if this person may see it. One that nobody has begun is an empty draft.
pub async fn find_visible(
    db: &mut PgConnection,
    actor: &Actor,
    year: &Year,
    period: Period,
    slug: &str,
) -> Result<Report> {
    let member = year
        .member(slug)
        .filter(|_| period.is_in(year))
        .ok_or(AppError::NotFound)?;
    let found = load(db, year, period, Some(member.unit_id))
        .await?
        .into_iter()
        .next();
    let mut report = found.unwrap_or_else(|| blank(year, period, member.unit_id));
    if !access::sees(actor, &report, is_member(actor, year)) {
        return Err(AppError::NotFound);
    }
    let targets = registrations::accepted_targets(db, year.id, member.unit_id).await?;
    report.registered = targets.iter().map(Promise::from).collect();
    report.basis.catalogue = indicators::find_issued_under(db, actor.revision, year.year).await?;
    report.basis.past = Past::new(member.unit_id, figures::before(db, year, member.unit_id).await?);
    Ok(report)
}

/// All reports of a year that this person may see.
pub async fn of_year(
    db: &mut PgConnection,
    actor: &Actor,
    year: &Year,
    period: Period,
) -> Result<Vec<Report>> {
    let mut list = load(db, year, period, None).await?;
    let is_member = is_member(actor, year);
    list.retain(|report| access::sees(actor, report, is_member));
    Ok(list)
}

/// What the rows of a report are made from, before its catalogue and past are read.
fn basis(year: &Year, unit_id: UnitId) -> Basis {
    Basis {
        year: year.year,
        unit_kind: year
            .member_of(unit_id)
            .map_or(UnitKind::ProvincialUnion, |m| m.kind),
        catalogue: None,
        past: Past::default(),
    }
}

fn blank(year: &Year, period: Period, unit_id: UnitId) -> Report {
    Report {
        id: ReportId::new(),
        year_id: year.id,
        cluster_id: year.cluster.id,
        year_is_open: year.is_open(),
        unit_id,
        period,
        state: State::Draft,
        registered: Vec::new(),
        basis: basis(year, unit_id),
        version: 0,
        draft: ReportForm::default(),
        draft_saved_at: None,
        draft_saved_by: String::new(),
        content: None,
        submitted_at: None,
        late_days: None,
        accepted_at: None,
        finalised_at: None,
    }
}

async fn load(
    db: &mut PgConnection,
    year: &Year,
    period: Period,
    unit: Option<UnitId>,
) -> Result<Vec<Report>> {
    let rows = sqlx::query!(
        r#"select r.id, r.unit_id, r.state as "state: State", r.version, r.draft as "draft: Json<ReportForm>",
              r.draft_saved_at, p.full_name as draft_saved_by, r.content as "content: Json<Content>",
              r.submitted_at, r.late_days, r.accepted_at, r.finalised_at
           from reports r join persons p on p.id = r.draft_saved_by
           where r.year_id = $1 and r.period = $2 and ($3::uuid is null or r.unit_id = $3)"#,
        year.id as _,
        period as _,
        unit as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Report {
            id: r.id,
            year_id: year.id,
            cluster_id: year.cluster.id,
            year_is_open: year.is_open(),
            unit_id: r.unit_id,
            period,
            state: r.state,
            registered: Vec::new(),
            basis: basis(year, r.unit_id),
            version: r.version,
            draft: r.draft.0,
            draft_saved_at: Some(r.draft_saved_at),
            draft_saved_by: r.draft_saved_by,
            content: r.content.map(|c| c.0),
            submitted_at: r.submitted_at,
            late_days: r.late_days,
            accepted_at: r.accepted_at,
            finalised_at: r.finalised_at,
        })
        .collect())
}

/// A report in the matrix: its state, not its content. Every member may know it.
#[derive(Clone, Debug)]
pub struct Summary {
    /// On what it is.
    pub period: Period,
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

/// The states of all reports of a year, on one period or on both.
pub async fn summaries(db: &mut PgConnection, year: YearId, period: Option<Period>) -> Result<Vec<Summary>> {
    Ok(sqlx::query_as!(
        Summary,
        r#"select period as "period: Period", unit_id, state as "state: State", submitted_at, late_days,
              case when state = 'returned' then
                  (select b.due_on from returns b where b.record_kind = 'reports' and b.record_id = reports.id
                   order by b.returned_at desc limit 1) end as due_again from reports where year_id = $1 and ($2::text is null or period = $2)"#,
        year as _,
        period as _
    )
    .fetch_all(db)
    .await?)
}

/// Locks the unit's report for an act and answers its version and state now: 0 and draft when not begun.
pub(super) async fn lock(db: &mut PgConnection, report: &Report) -> Result<(i32, State)> {
    papers::lock_member(db, report.year_id, report.unit_id).await?;
    let row = sqlx::query!(
        r#"select version, state as "state: State" from reports where year_id = $1 and unit_id = $2 and period = $3"#,
        report.year_id as _,
        report.unit_id as _,
        report.period as _
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map_or((0, State::Draft), |r| (r.version, r.state)))
}

pub(super) async fn save_draft(
    db: &mut PgConnection,
    report: &Report,
    draft: &ReportForm,
    by: PersonId,
    now: Moment,
) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        "insert into reports (id, year_id, unit_id, period, state, draft, draft_saved_at, draft_saved_by) values ($1, $2, $3, $4, 'draft', $5, $6, $7)
         on conflict (year_id, unit_id, period) do update
         set draft = excluded.draft, draft_saved_at = excluded.draft_saved_at, draft_saved_by = excluded.draft_saved_by,
             version = reports.version + 1
         returning version",
        report.id as _,
        report.year_id as _,
        report.unit_id as _,
        report.period as _,
        Json(draft) as _,
        now,
        by as _
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn hand_in(
    db: &mut PgConnection,
    id: ReportId,
    content: &Content,
    now: Moment,
    late_days: i32,
) -> Result<()> {
    sqlx::query!(
        "update reports set state = 'submitted', content = $2, draft = $3, submitted_at = $4, late_days = $5, version = version + 1 where id = $1",
        id as _,
        Json(content) as _,
        Json(ReportForm::from(content)) as _,
        now,
        late_days
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn set_state(db: &mut PgConnection, id: ReportId, state: State, now: Moment) -> Result<()> {
    sqlx::query!(
        "update reports set state = $2, version = version + 1, accepted_at = case when $2 = 'accepted' then $3::timestamptz end where id = $1",
        id as _,
        state as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn finalise(
    db: &mut PgConnection,
    id: ReportId,
    content: &Content,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update reports set state = 'final', content = $2, finalised_at = $3, version = version + 1 where id = $1",
        id as _,
        Json(content) as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
