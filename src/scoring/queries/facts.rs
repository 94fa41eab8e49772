//! The facts of a sheet: changes of points, objections and their answers.

use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::model::Stage;
use crate::{
    ids::{AttachmentId, CriterionId, ObjectionId, PersonId, ScoreSheetId, YearId},
    kit::{clock::Moment, error::Result},
};

/// How many objections of a year wait for their answer.
pub(in super::super) async fn open_objections(db: &mut PgConnection, year: YearId) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from score_objections o join score_sheets s on s.id = o.sheet_id
           where s.year_id = $1 and o.answer is null"#,
        year as _
    )
    .fetch_one(db)
    .await?)
}

/// Writes that a line's points were changed.
#[expect(clippy::too_many_arguments, reason = "the row's columns, each once")]
pub(in super::super) async fn insert_change(
    db: &mut PgConnection,
    sheet: ScoreSheetId,
    criterion: CriterionId,
    stage: Stage,
    from: Option<Decimal>,
    to: Option<Decimal>,
    reason: &str,
    now: Moment,
    by: PersonId,
) -> Result<()> {
    sqlx::query!(
        "insert into score_changes (id, sheet_id, criterion_id, stage, from_points, to_points, reason, changed_at, changed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        Uuid::now_v7(),
        sheet as _,
        criterion as _,
        stage as _,
        from,
        to,
        reason,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in super::super) async fn insert_objection(
    db: &mut PgConnection,
    sheet: ScoreSheetId,
    criterion: CriterionId,
    text: &str,
    now: Moment,
    by: PersonId,
) -> Result<ObjectionId> {
    let id = ObjectionId::new();
    sqlx::query!(
        "insert into score_objections (id, sheet_id, criterion_id, text, raised_at, raised_by) values ($1, $2, $3, $4, $5, $6)",
        id as _,
        sheet as _,
        criterion as _,
        text,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(id)
}

/// Answers an objection of a sheet; answers whether there was one without an answer.
pub(in super::super) async fn answer_objection(
    db: &mut PgConnection,
    sheet: ScoreSheetId,
    id: ObjectionId,
    answer: &str,
    now: Moment,
    by: PersonId,
) -> Result<bool> {
    let done = sqlx::query!(
        "update score_objections set answer = $3, answered_at = $4, answered_by = $5 where id = $2 and sheet_id = $1 and answer is null",
        sheet as _,
        id as _,
        answer,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A file that proves something else too.
#[derive(Clone, Debug)]
pub struct Repeat {
    /// The file of this sheet.
    pub attachment_id: AttachmentId,
    /// The criterion that the same file proves elsewhere: its code.
    pub part: String,
    /// Whose sheet that is: the place.
    pub place: String,
    /// Of which year.
    pub year: i32,
}

/// The files of a sheet that stand, byte for byte, under another criterion, with another unit or in another year too.
pub(in super::super) async fn repeats(db: &mut PgConnection, sheet: ScoreSheetId) -> Result<Vec<Repeat>> {
    Ok(sqlx::query_as!(
        Repeat,
        r#"select a.id as "attachment_id: AttachmentId", b.part, u.place, y.year
           from attachments a
           join attachments b on b.sha256 = a.sha256 and b.record_kind = a.record_kind and b.removed_at is null
                and (b.record_id <> a.record_id or b.part <> a.part)
           join score_sheets s on s.id = b.record_id join units u on u.id = s.unit_id join years y on y.id = s.year_id
           where a.record_kind = 'score_sheets' and a.record_id = $1 and a.removed_at is null
           order by y.year desc, u.place, b.part"#,
        sheet as _
    )
    .fetch_all(db)
    .await?)
}
