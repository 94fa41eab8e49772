//! Score sheets with their lines, changes of points and objections.

use sqlx::{PgConnection, types::Json};

use super::super::{
    access,
    forms::{AppraisalForm, SelfScoreForm},
    model::{Change, Line, Objection, Scoring, Sheet, State},
};
use crate::{
    criteria::Tally,
    ids::{PersonId, ScoreSheetId, UnitId, YearId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
    papers,
    people::Actor,
    years::Year,
};

/// What a sheet's own page shows besides the sheet: its appraisal as typed, the changes of its points, the objections.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The appraisal as typed.
    pub appraisal: AppraisalForm,
    /// The changes of points, the oldest first.
    pub changes: Vec<Change>,
    /// The objections, the oldest first.
    pub objections: Vec<Objection>,
}

/// The sheet of a member, if this person may see it. One that nobody has begun is an empty draft.
pub async fn find_visible(
    db: &mut PgConnection,
    actor: &Actor,
    year: &Year,
    scoring: &Scoring,
    slug: &str,
    now: Moment,
) -> Result<(Sheet, Facts)> {
    let member = year.member(slug).ok_or(AppError::NotFound)?;
    let (sheet, facts) = load_one(db, year, member.unit_id).await?;
    if access::sees(actor, year, scoring, &sheet, now) {
        Ok((sheet, facts))
    } else {
        Err(AppError::NotFound)
    }
}

/// All sheets of a year that this person may see.
pub async fn of_year(
    db: &mut PgConnection,
    actor: &Actor,
    year: &Year,
    scoring: &Scoring,
    now: Moment,
) -> Result<Vec<Sheet>> {
    let mut list = of_year_unfiltered(db, year).await?;
    list.retain(|sheet| access::sees(actor, year, scoring, sheet, now));
    Ok(list)
}

/// All sheets of a year, for acts that judge them together. Pages show what [`of_year`] answers.
pub(in super::super) async fn of_year_unfiltered(db: &mut PgConnection, year: &Year) -> Result<Vec<Sheet>> {
    let rows = sqlx::query!(
        r#"select s.id as "id: ScoreSheetId", s.unit_id as "unit_id: UnitId", s.state as "state: State", s.version,
              s.draft as "draft: Json<SelfScoreForm>", s.draft_saved_at, p.full_name as draft_saved_by,
              s.lines as "lines: Json<Vec<Line>>", s.submitted_at, s.late_days, s.appraised_at, s.locked_at,
              s.result as "result: Json<Tally>"
           from score_sheets s join persons p on p.id = s.draft_saved_by where s.year_id = $1"#,
        year.id as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Sheet {
            id: r.id,
            unit_id: r.unit_id,
            state: r.state,
            version: r.version,
            draft: r.draft.0,
            draft_saved_at: Some(r.draft_saved_at),
            draft_saved_by: r.draft_saved_by,
            lines: r.lines.0,
            submitted_at: r.submitted_at,
            late_days: r.late_days,
            appraised_at: r.appraised_at,
            locked_at: r.locked_at,
            result: r.result.map(|t| t.0),
            ..blank(year, r.unit_id)
        })
        .collect())
}

fn blank(year: &Year, unit_id: UnitId) -> Sheet {
    Sheet {
        id: ScoreSheetId::new(),
        year_id: year.id,
        cluster_id: year.cluster.id,
        year_is_open: year.is_open(),
        unit_id,
        state: State::Draft,
        version: 0,
        draft: SelfScoreForm::default(),
        draft_saved_at: None,
        draft_saved_by: String::new(),
        lines: Vec::new(),
        submitted_at: None,
        late_days: None,
        appraised_at: None,
        locked_at: None,
        result: None,
    }
}

async fn load_one(db: &mut PgConnection, year: &Year, unit: UnitId) -> Result<(Sheet, Facts)> {
    let row = sqlx::query!(
        r#"select s.id as "id: ScoreSheetId", s.state as "state: State", s.version, s.draft as "draft: Json<SelfScoreForm>",
              s.draft_saved_at, p.full_name as draft_saved_by, s.lines as "lines: Json<Vec<Line>>",
              s.appraisal as "appraisal: Json<AppraisalForm>", s.submitted_at, s.late_days, s.appraised_at, s.locked_at,
              s.result as "result: Json<Tally>",
              (select coalesce(jsonb_agg(jsonb_build_object('criterion_id', c.criterion_id, 'stage', c.stage, 'from', c.from_points::text,
                      'to', c.to_points::text, 'reason', c.reason, 'at', c.changed_at, 'by', w.full_name) order by c.changed_at), '[]')
               from score_changes c join persons w on w.id = c.changed_by where c.sheet_id = s.id) as "changes!: Json<Vec<Change>>",
              (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'criterion_id', o.criterion_id, 'text', o.text,
                      'raised_at', o.raised_at, 'raised_by', w.full_name, 'answer', o.answer, 'answered_at', o.answered_at,
                      'answered_by', a.full_name) order by o.raised_at), '[]')
               from score_objections o join persons w on w.id = o.raised_by left join persons a on a.id = o.answered_by
               where o.sheet_id = s.id) as "objections!: Json<Vec<Objection>>"
           from score_sheets s join persons p on p.id = s.draft_saved_by where s.year_id = $1 and s.unit_id = $2"#,
        year.id as _,
        unit as _
    )
    .fetch_optional(db)
    .await?;
    let Some(r) = row else {
        return Ok((blank(year, unit), Facts::default()));
    };
    let sheet = Sheet {
        id: r.id,
        state: r.state,
        version: r.version,
        draft: r.draft.0,
        draft_saved_at: Some(r.draft_saved_at),
        draft_saved_by: r.draft_saved_by,
        lines: r.lines.0,
        submitted_at: r.submitted_at,
        late_days: r.late_days,
        appraised_at: r.appraised_at,
        locked_at: r.locked_at,
        result: r.result.map(|t| t.0),
        ..blank(year, unit)
    };
    let facts = Facts {
        appraisal: r.appraisal.map(|a| a.0).unwrap_or_default(),
        changes: r.changes.0,
        objections: r.objections.0,
    };
    Ok((sheet, facts))
}

/// A unit's part in a year's scoring, in lists and tasks: a state, no points. Every member may know it.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The unit.
    pub unit_id: UnitId,
    /// The state of its sheet; none where nobody has begun it.
    pub state: Option<State>,
    /// Who appraises it; none for the working group.
    pub appraiser_unit_id: Option<UnitId>,
}

/// The part of every member in a year's scoring; nothing before it is opened.
pub async fn summaries(db: &mut PgConnection, year: YearId) -> Result<Vec<Summary>> {
    Ok(sqlx::query_as!(
        Summary,
        r#"select a.unit_id as "unit_id: UnitId", s.state as "state?: State", a.appraiser_unit_id as "appraiser_unit_id: UnitId"
           from appraisers a left join score_sheets s on s.year_id = a.year_id and s.unit_id = a.unit_id
           where a.year_id = $1 and a.ended_at is null"#,
        year as _
    )
    .fetch_all(db)
    .await?)
}

/// Locks the unit's sheet for an act and answers its version and state now: 0 and draft when not begun.
pub(in super::super) async fn lock(db: &mut PgConnection, sheet: &Sheet) -> Result<(i32, State)> {
    papers::lock_member(db, sheet.year_id, sheet.unit_id).await?;
    let row = sqlx::query!(
        r#"select version, state as "state: State" from score_sheets where year_id = $1 and unit_id = $2"#,
        sheet.year_id as _,
        sheet.unit_id as _
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map_or((0, State::Draft), |r| (r.version, r.state)))
}

pub(in super::super) async fn save_draft(
    db: &mut PgConnection,
    sheet: &Sheet,
    draft: &SelfScoreForm,
    by: PersonId,
    now: Moment,
) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        "insert into score_sheets (id, year_id, unit_id, state, draft, draft_saved_at, draft_saved_by) values ($1, $2, $3, 'draft', $4, $5, $6)
         on conflict (year_id, unit_id) do update
         set draft = excluded.draft, draft_saved_at = excluded.draft_saved_at, draft_saved_by = excluded.draft_saved_by,
             version = score_sheets.version + 1
         returning version",
        sheet.id as _,
        sheet.year_id as _,
        sheet.unit_id as _,
        Json(draft) as _,
        now,
        by as _
    )
    .fetch_one(db)
    .await?)
}

pub(in super::super) async fn hand_in(
    db: &mut PgConnection,
    id: ScoreSheetId,
    lines: &[Line],
    now: Moment,
    late_days: i32,
) -> Result<()> {
    sqlx::query!(
        "update score_sheets set state = 'self_scored', lines = $2, appraisal = null, submitted_at = $3, late_days = $4, version = version + 1
         where id = $1",
        id as _,
        Json(lines) as _,
        now,
        late_days
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in super::super) async fn set_state(db: &mut PgConnection, id: ScoreSheetId, state: State) -> Result<()> {
    sqlx::query!(
        "update score_sheets set state = $2, version = version + 1 where id = $1",
        id as _,
        state as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in super::super) async fn save_appraisal(
    db: &mut PgConnection,
    id: ScoreSheetId,
    state: State,
    typed: &AppraisalForm,
    lines: &[Line],
) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        "update score_sheets set state = $2, appraisal = $3, lines = $4, version = version + 1 where id = $1 returning version",
        id as _,
        state as _,
        Json(typed) as _,
        Json(lines) as _
    )
    .fetch_one(db)
    .await?)
}

pub(in super::super) async fn keep_explanation(
    db: &mut PgConnection,
    id: ScoreSheetId,
    lines: &[Line],
) -> Result<()> {
    sqlx::query!(
        "update score_sheets set state = 'under_appraisal', lines = $2, version = version + 1 where id = $1",
        id as _,
        Json(lines) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in super::super) async fn finish(
    db: &mut PgConnection,
    id: ScoreSheetId,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update score_sheets set state = 'appraised', appraised_at = $2, appraised_by = $3, version = version + 1 where id = $1",
        id as _,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in super::super) async fn lock_sheet(
    db: &mut PgConnection,
    id: ScoreSheetId,
    result: &Tally,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update score_sheets set state = 'locked', result = $2, locked_at = $3, version = version + 1 where id = $1",
        id as _,
        Json(result) as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
