//! Every SQL statement about consultations.

use sqlx::PgConnection;
use uuid::Uuid;

use super::model::{AnswerInput, Comment, CommentInput, Finding, Listed, Standing, Window};
use crate::{
    ids::{CommentId, ConsultationId, NominationId, PersonId, UnitId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
};

/// Consultations, of a year or of all, the newest first.
pub(super) async fn windows(db: &mut PgConnection, year: Option<i32>) -> Result<Vec<Window>> {
    Ok(sqlx::query_as!(
        Window,
        r#"select id as "id: ConsultationId", year, days, opens_on, closes_on from consultations
           where $1::integer is null or year = $1 order by opened_at desc limit 50"#,
        year
    )
    .fetch_all(db)
    .await?)
}

/// Who is listed, of one nomination or of all, by cluster. What was withdrawn or refused since is listed no more.
pub(super) async fn listed(db: &mut PgConnection, nomination: Option<NominationId>) -> Result<Vec<Listed>> {
    Ok(sqlx::query_as!(
        Listed,
        r#"select l.nomination_id as "nomination_id: NominationId", l.consultation_id as "consultation_id: ConsultationId",
              n.unit_id as "unit_id: UnitId", nominee(public_person(n), u.short_name) as "unit!", a.name as award, c.name as cluster, y.year
           from consultation_nominations l join nominations n on n.id = l.nomination_id
           join units u on u.id = n.unit_id join awards a on a.code = n.award
           join years y on y.id = n.year_id join clusters c on c.id = y.cluster_id
           where ($1::uuid is null or l.nomination_id = $1) and n.state not in ('withdrawn', 'ineligible')
           order by c.number, a.position, n.person_name is not null, u.place collate "vi-x-icu", n.person_name collate "vi-x-icu""#,
        nomination as _
    )
    .fetch_all(db)
    .await?)
}

/// The consultation with a listed nomination.
pub(super) async fn window_of(db: &mut PgConnection, listed: &Listed) -> Result<Window> {
    windows(db, Some(listed.year))
        .await?
        .into_iter()
        .find(|window| window.id == listed.consultation_id)
        .ok_or(AppError::NotFound)
}

/// Who is listed under this id.
pub(super) async fn find_listed(db: &mut PgConnection, nomination: NominationId) -> Result<Listed> {
    listed(db, Some(nomination))
        .await?
        .into_iter()
        .next()
        .ok_or(AppError::NotFound)
}

/// Where the nominations of a calendar year stand in their consultations: those that had one.
pub async fn standings(db: &mut PgConnection, year: i32) -> Result<Vec<Standing>> {
    Ok(sqlx::query_as!(
        Standing,
        r#"select l.nomination_id as "nomination_id: NominationId", w.closes_on,
              count(c.id) filter (where c.finding is null) as "open!", count(c.id) filter (where c.finding = 'upheld') as "upheld!"
           from consultation_nominations l join consultations w on w.id = l.consultation_id
           left join consultation_comments c on c.nomination_id = l.nomination_id
           where w.year = $1 group by l.nomination_id, w.closes_on"#,
        year
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn insert(db: &mut PgConnection, window: &Window, by: PersonId, now: Moment) -> Result<()> {
    sqlx::query!(
        "insert into consultations (id, year, days, opens_on, closes_on, opened_at, opened_by) values ($1, $2, $3, $4, $5, $6, $7)",
        window.id as _,
        window.year,
        window.days,
        window.opens_on,
        window.closes_on,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lists these nominations; answers how many weren't listed before.
pub(super) async fn list(
    db: &mut PgConnection,
    consultation: ConsultationId,
    nominations: &[NominationId],
) -> Result<u64> {
    let ids: Vec<Uuid> = nominations.iter().map(|id| id.0).collect();
    let done = sqlx::query!(
        "insert into consultation_nominations (nomination_id, consultation_id) select id, $1 from unnest($2::uuid[]) as id
         on conflict on constraint consultation_nominations_pkey do nothing",
        consultation as _,
        &ids
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Which objections are asked for.
#[derive(Default)]
pub(super) struct Asked<'a> {
    pub id: Option<CommentId>,
    pub year: Option<i32>,
    pub code: Option<&'a str>,
}

/// Objections: open ones first, then the newest.
pub(super) async fn comments(db: &mut PgConnection, asked: Asked<'_>) -> Result<Vec<Comment>> {
    Ok(sqlx::query_as!(
        Comment,
        r#"select c.id as "id: CommentId", c.nomination_id as "nomination_id: NominationId", n.unit_id as "unit_id: UnitId",
              nominee(case when $3::text is null then n.person_name else public_person(n) end, u.short_name) as "unit!",
              a.name as award, y.year, c.code, c.name, c.email, c.phone, c.text, c.received_at,
              c.finding as "finding: Finding", c.answer, c.answered_at
           from consultation_comments c join nominations n on n.id = c.nomination_id join units u on u.id = n.unit_id
           join awards a on a.code = n.award join years y on y.id = n.year_id
           where ($1::uuid is null or c.id = $1) and ($2::integer is null or y.year = $2) and ($3::text is null or c.code = $3)
           order by c.finding is not null, c.received_at desc limit 1000"#,
        asked.id as _,
        asked.year,
        asked.code
    )
    .fetch_all(db)
    .await?)
}

/// How many objections about a nomination wait.
pub(super) async fn waiting(db: &mut PgConnection, nomination: NominationId) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from consultation_comments where nomination_id = $1 and finding is null"#,
        nomination as _
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn insert_comment(
    db: &mut PgConnection,
    nomination: NominationId,
    code: &str,
    input: &CommentInput,
    now: Moment,
) -> Result<CommentId> {
    let id = CommentId::new();
    sqlx::query!(
        "insert into consultation_comments (id, nomination_id, code, name, email, phone, text, received_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id as _,
        nomination as _,
        code,
        input.name,
        input.email,
        input.phone,
        input.text,
        now
    )
    .execute(db)
    .await?;
    Ok(id)
}

/// Writes the answer; answers whether there was none yet.
pub(super) async fn answer(
    db: &mut PgConnection,
    id: CommentId,
    input: &AnswerInput,
    by: PersonId,
    now: Moment,
) -> Result<bool> {
    let done = sqlx::query!(
        "update consultation_comments set finding = $2, answer = $3, answered_at = $4, answered_by = $5 where id = $1 and finding is null",
        id as _,
        input.finding as _,
        input.answer,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
