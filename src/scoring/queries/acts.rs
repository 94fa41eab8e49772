//! What the acts write on a sheet. Each step says since when the sheet is there and who brought it.

use sqlx::{PgConnection, types::Json};

use super::super::{
    forms::{AppraisalForm, SelfScoreForm},
    model::{Line, Sheet, State},
};
use crate::{
    criteria::Tally,
    ids::{PersonId, ScoreSheetId},
    kit::{clock::Moment, error::Result},
    papers,
};

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
    late_days: i32,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update score_sheets set state = 'self_scored', lines = $2, appraisal = null, submitted_at = $5, late_days = $3,
            state_since = $5, state_by = $4, version = version + 1
         where id = $1",
        id as _,
        Json(lines) as _,
        late_days,
        by as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in super::super) async fn set_state(
    db: &mut PgConnection,
    id: ScoreSheetId,
    state: State,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update score_sheets set state = $2, state_since = $4, state_by = $3, version = version + 1 where id = $1",
        id as _,
        state as _,
        by as _,
        now
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
    by: PersonId,
    now: Moment,
) -> Result<i32> {
    // Only the first save brings the sheet to its appraisers.
    Ok(sqlx::query_scalar!(
        "update score_sheets set state = $2, appraisal = $3, lines = $4, version = version + 1,
            state_since = case when state = $2 then state_since else $6 end, state_by = case when state = $2 then state_by else $5 end
         where id = $1 returning version",
        id as _,
        state as _,
        Json(typed) as _,
        Json(lines) as _,
        by as _,
        now
    )
    .fetch_one(db)
    .await?)
}

pub(in super::super) async fn keep_explanation(
    db: &mut PgConnection,
    id: ScoreSheetId,
    lines: &[Line],
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update score_sheets set state = 'under_appraisal', lines = $2, state_since = $4, state_by = $3, version = version + 1
         where id = $1",
        id as _,
        Json(lines) as _,
        by as _,
        now
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
        "update score_sheets set state = 'appraised', appraised_at = $2, appraised_by = $3, state_since = $2, state_by = $3, version = version + 1
         where id = $1",

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
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update score_sheets set state = 'locked', result = $2, locked_at = $4, state_since = $4, state_by = $3, version = version + 1
         where id = $1",
        id as _,
        Json(result) as _,
        by as _,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
