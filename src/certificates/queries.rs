//! Every SQL statement about certificates.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{
    forms::Wording,
    model::{Layout, Printer, Stationery},
};
use crate::{
    ids::{DecisionId, NominationId, PersonId, PrinterId},
    kit::{
        clock::Moment,
        database,
        error::{Result, at_field},
    },
};

/// The words on the certificates of a decision as saved last.
pub async fn wording(db: &mut PgConnection, decision: DecisionId) -> Result<Option<Wording>> {
    let row = sqlx::query!(
        r#"select version, wording as "wording: Json<Wording>" from certificate_wordings
           where decision_id = $1 order by version desc limit 1"#,
        decision as _
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|r| Wording {
        version: r.version,
        ..r.wording.0
    }))
}

/// Adds a version. Whoever saved the same one meanwhile was first.
pub(super) async fn insert_wording(
    db: &mut PgConnection,
    decision: DecisionId,
    wording: &Wording,
    by: PersonId,
    now: Moment,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into certificate_wordings (decision_id, version, wording, saved_at, saved_by)
         values ($1, $2, $3, $4, $5) on conflict do nothing",
        decision as _,
        wording.version + 1,
        Json(wording) as _,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The layout of a kind of paper with its version: the usual one is version 0.
pub async fn layout(db: &mut PgConnection, stationery: Stationery) -> Result<(i32, Layout)> {
    let row = sqlx::query!(
        r#"select version, layout as "layout: Json<Layout>" from certificate_layouts
           where stationery = $1 order by version desc limit 1"#,
        stationery as _
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map_or_else(
        || (0, Layout::usual(stationery)),
        |r| (r.version, r.layout.0.completed(stationery)),
    ))
}

/// Adds a version of a layout, likewise.
pub(super) async fn insert_layout(
    db: &mut PgConnection,
    id: Uuid,
    stationery: Stationery,
    (version, layout): (i32, &Layout),
    by: PersonId,
    now: Moment,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into certificate_layouts (id, stationery, version, layout, saved_at, saved_by)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        id,
        stationery as _,
        version,
        Json(layout) as _,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The printers by name, each with its newest offset.
pub async fn printers(db: &mut PgConnection) -> Result<Vec<Printer>> {
    Ok(sqlx::query_as!(
        Printer,
        r#"select p.id, p.name, coalesce(o.across, 0) as "across!", coalesce(o.down, 0) as "down!",
              o.set_at as "set_at?", s.full_name as "set_by?"
           from printers p
           left join lateral (select across, down, set_at, set_by from print_offsets
                              where printer_id = p.id order by set_at desc, id desc limit 1) o on true
           left join persons s on s.id = o.set_by
           order by p.name collate "vi-x-icu""#
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn insert_printer(
    db: &mut PgConnection,
    id: PrinterId,
    name: &str,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into printers (id, name, added_at, added_by) values ($1, $2, $3, $4)",
        id as _,
        name,
        now,
        by as _
    )
    .execute(db)
    .await
    .map_err(|error| at_field(error, "printers_name_unique", "name", "Đã có máy in tên này."))?;
    Ok(())
}

pub(super) async fn insert_offset(
    db: &mut PgConnection,
    printer: PrinterId,
    (across, down): (Decimal, Decimal),
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into print_offsets (id, printer_id, across, down, set_at, set_by) values ($1, $2, $3, $4, $5, $6)",
        Uuid::now_v7(),
        printer as _,
        across,
        down,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The numbers in the golden book of the awards of a decision.
pub async fn numbers(db: &mut PgConnection, decision: DecisionId) -> Result<Vec<(NominationId, i32)>> {
    let rows = sqlx::query!(
        r#"select g.nomination_id as "nomination_id: NominationId", g.number
           from golden_book g where g.decision_id = $1"#,
        decision as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|r| (r.nomination_id, r.number)).collect())
}

/// Gives the awards of a decision that have no number yet the next ones of the year, in the order of the decision. Answers
/// how many.
pub(super) async fn enter(
    db: &mut PgConnection,
    decision: DecisionId,
    year: i32,
    by: PersonId,
    now: Moment,
) -> Result<u64> {
    database::take_turns(db, &format!("golden book {year}")).await?;
    let done = sqlx::query!(
        "insert into golden_book (nomination_id, decision_id, series_year, number, entered_at, entered_by)
         select l.nomination_id, l.decision_id, $2, ((select coalesce(max(number), 0) from golden_book where series_year = $2)
                + row_number() over (order by l.position))::integer, $3, $4
         from decision_lines l where l.decision_id = $1 and l.cancelled_by is null
           and not exists (select 1 from golden_book g where g.nomination_id = l.nomination_id and g.decision_id = l.decision_id)",
        decision as _,
        year,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// A line of the golden book.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The number in its year.
    pub number: i32,
    /// The unit.
    pub unit: String,
    /// The award's full name.
    pub award: String,
    /// The year of the achievement.
    pub year: i32,
    /// `48/QĐ-LHHVN`
    pub decision: String,
    /// The day of the decision.
    pub issued_on: NaiveDate,
    /// Its path.
    pub decision_id: DecisionId,
    /// Whether the decision has been cancelled since.
    pub is_cancelled: bool,
    /// When it was entered.
    pub entered_at: Moment,
}

/// The years of which the golden book has entries, the newest first.
pub async fn book_years(db: &mut PgConnection) -> Result<Vec<i32>> {
    Ok(
        sqlx::query_scalar!("select distinct series_year from golden_book order by series_year desc")
            .fetch_all(db)
            .await?,
    )
}

/// The golden book of a year.
pub async fn book(db: &mut PgConnection, year: i32) -> Result<Vec<Entry>> {
    Ok(sqlx::query_as!(
        Entry,
        r#"select g.number, nominee(n.person_name, u.name) as "unit!", a.name as award, y.year,
              lpad(d.number::text, greatest(2, length(d.number::text)), '0') || '/' || d.symbol as "decision!",
              d.issued_on as "issued_on!", d.id as "decision_id: DecisionId", l.cancelled_by is not null as "is_cancelled!", g.entered_at
           from golden_book g join nominations n on n.id = g.nomination_id join units u on u.id = n.unit_id
           join awards a on a.code = n.award join years y on y.id = n.year_id
           join decision_lines l on l.nomination_id = g.nomination_id and l.decision_id = g.decision_id join decisions d on d.id = l.decision_id
           where g.series_year = $1 order by g.number"#,
        year
    )
    .fetch_all(db)
    .await?)
}
