//! Score sheets with their lines, changes of points and objections.

use sqlx::{PgConnection, types::Json};

use super::super::{
    access,
    forms::{AppraisalForm, SelfScoreForm},
    model::{Change, Line, Objection, Points, Scoring, Sheet, State},
};
use crate::{
    criteria::Tally,
    ids::{PersonId, ScoreSheetId, UnitId, YearId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
    people::Actor,
    years::Year,
};

/// What a sheet's own pages show besides the sheet: its forms as typed, the changes of its points, the objections.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The self-score as typed.
    pub draft: SelfScoreForm,
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

/// All sheets of a year that this person may see, as far as their points go.
pub async fn of_year(
    db: &mut PgConnection,
    actor: &Actor,
    year: &Year,
    scoring: &Scoring,
    now: Moment,
) -> Result<Vec<Sheet<Points>>> {
    let mut list = of_year_unfiltered(db, year).await?;
    list.retain(|sheet| access::sees(actor, year, scoring, sheet, now));
    Ok(list)
}

/// All sheets of a year, for acts that judge them together. Pages show what [`of_year`] answers.
pub(in super::super) async fn of_year_unfiltered(
    db: &mut PgConnection,
    year: &Year,
) -> Result<Vec<Sheet<Points>>> {
    let rows = sqlx::query!(
        r#"select s.id as "id: ScoreSheetId", s.unit_id as "unit_id: UnitId", s.state as "state: State", s.version,
              s.draft_saved_at, p.full_name as draft_saved_by, s.points as "points!: Json<Vec<Points>>", s.submitted_at,
              s.late_days, s.appraised_at, s.locked_at, s.result as "result: Json<Tally>", s.state_since,
              b.full_name as "state_by?"
           from score_sheets s join persons p on p.id = s.draft_saved_by left join persons b on b.id = s.state_by
           where s.year_id = $1"#,
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
            draft_saved_at: Some(r.draft_saved_at),
            draft_saved_by: r.draft_saved_by,
            lines: r.points.0,
            submitted_at: r.submitted_at,
            late_days: r.late_days,
            appraised_at: r.appraised_at,
            locked_at: r.locked_at,
            since: r.state_since.zip(r.state_by),
            result: r.result.map(|t| t.0),
            ..blank(year, r.unit_id)
        })
        .collect())
}

fn blank<L>(year: &Year, unit_id: UnitId) -> Sheet<L> {
    Sheet {
        id: ScoreSheetId::new(),
        year_id: year.id,
        cluster_id: year.cluster.id,
        year_is_open: year.is_open(),
        unit_id,
        state: State::Draft,
        version: 0,
        draft_saved_at: None,
        draft_saved_by: String::new(),
        lines: Vec::new(),
        submitted_at: None,
        late_days: None,
        appraised_at: None,
        locked_at: None,
        since: None,
        result: None,
    }
}

/// Each change's name is looked up by itself: joined, all persons would be read for a sheet's few dozen changes.
async fn load_one(db: &mut PgConnection, year: &Year, unit: UnitId) -> Result<(Sheet, Facts)> {
    let row = sqlx::query!(
        r#"select s.id as "id: ScoreSheetId", s.state as "state: State", s.version, s.draft as "draft: Json<SelfScoreForm>",
              s.draft_saved_at, p.full_name as draft_saved_by, s.lines as "lines: Json<Vec<Line>>",
              s.appraisal as "appraisal: Json<AppraisalForm>", s.submitted_at, s.late_days, s.appraised_at, s.locked_at,
              s.result as "result: Json<Tally>", s.state_since, b.full_name as "state_by?",
              (select coalesce(jsonb_agg(jsonb_build_object('criterion_id', c.criterion_id, 'stage', c.stage, 'from', c.from_points::text,
                      'to', c.to_points::text, 'reason', c.reason, 'at', c.changed_at,
                      'by', (select w.full_name from persons w where w.id = c.changed_by)) order by c.changed_at), '[]')
               from score_changes c where c.sheet_id = s.id) as "changes!: Json<Vec<Change>>",
              (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'criterion_id', o.criterion_id, 'text', o.text,
                      'raised_at', o.raised_at, 'raised_by', w.full_name, 'answer', o.answer, 'answered_at', o.answered_at,
                      'answered_by', a.full_name) order by o.raised_at), '[]')
               from score_objections o join persons w on w.id = o.raised_by left join persons a on a.id = o.answered_by
               where o.sheet_id = s.id) as "objections!: Json<Vec<Objection>>"
           from score_sheets s join persons p on p.id = s.draft_saved_by left join persons b on b.id = s.state_by
           where s.year_id = $1 and s.unit_id = $2"#,
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
        draft_saved_at: Some(r.draft_saved_at),
        draft_saved_by: r.draft_saved_by,
        lines: r.lines.0,
        submitted_at: r.submitted_at,
        late_days: r.late_days,
        appraised_at: r.appraised_at,
        locked_at: r.locked_at,
        since: r.state_since.zip(r.state_by),
        result: r.result.map(|t| t.0),
        ..blank(year, unit)
    };
    let facts = Facts {
        draft: r.draft.0,
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
    /// The persons of the working group, where it appraises.
    pub group: Vec<PersonId>,
}

/// The part of every member in a year's scoring; nothing before it is opened.
pub async fn summaries(db: &mut PgConnection, year: YearId) -> Result<Vec<Summary>> {
    Ok(sqlx::query_as!(
        Summary,
        r#"select a.unit_id as "unit_id: UnitId", s.state as "state?: State", a.appraiser_unit_id as "appraiser_unit_id: UnitId",
              array(select g.person_id from appraisal_group g where g.year_id = a.year_id and a.appraiser_unit_id is null) as "group!: Vec<PersonId>"
           from appraisers a left join score_sheets s on s.year_id = a.year_id and s.unit_id = a.unit_id
           where a.year_id = $1 and a.ended_at is null"#,
        year as _
    )
    .fetch_all(db)
    .await?)
}
