//! The facts of a sheet: changes of points, objections and their answers.

use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::model::Stage;
use crate::{
    ids::{AttachmentId, CriterionId, ObjectionId, PersonId, ScoreSheetId},
    kit::{clock::Moment, error::Result},
};

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
    /// The file of this sheet, or of the report that its figures come from.
    pub attachment_id: AttachmentId,
    /// What the same file proves elsewhere: a criterion's code, or a report.
    pub part: String,
    /// Whose that is: the place.
    pub place: String,
    /// Of which year.
    pub year: i32,
}

/// The files behind a sheet that stand, byte for byte, under something else in the same paper, with another unit or in
/// another year too. That a unit proves a figure of its report and its points by one file is as it should be.
pub(in super::super) async fn repeats(db: &mut PgConnection, sheet: ScoreSheetId) -> Result<Vec<Repeat>> {
    Ok(sqlx::query_as!(
        Repeat,
        r#"with papers as not materialized (
               select 'score_sheets' as kind, s.id, s.unit_id, s.year_id, true as counts from score_sheets s
               union all select 'reports', r.id, r.unit_id, r.year_id, r.period = 'annual' from reports r),
           own as (
               select a.id, a.sha256, a.record_id, a.part, p.unit_id, p.year_id
               from score_sheets s join papers p on p.unit_id = s.unit_id and p.year_id = s.year_id and p.counts
               join attachments a on a.record_kind = p.kind and a.record_id = p.id and a.removed_at is null and a.part <> ''
               where s.id = $1)
           select own.id as "attachment_id!: AttachmentId", case when b.record_kind = 'reports' then 'báo cáo' else b.part end as "part!",
              u.place, y.year
           from own
           join attachments b on b.sha256 = own.sha256 and b.removed_at is null and (b.record_id <> own.record_id or b.part <> own.part)
           join papers p on p.kind = b.record_kind and p.id = b.record_id
           join units u on u.id = p.unit_id join years y on y.id = p.year_id
           where b.record_id = own.record_id or p.unit_id <> own.unit_id or p.year_id <> own.year_id
           order by y.year desc, u.place, b.part"#,
        sheet as _
    )
    .fetch_all(db)
    .await?)
}
