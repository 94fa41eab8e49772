//! SQL about papers that wait until those to whom they went confirm them.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::model::Kind;
use crate::{
    ids::{DocumentId, UnitId},
    kit::error::Result,
};

/// A paper that waits until a recipient confirms it: for the list of tasks.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The paper.
    pub id: DocumentId,
    /// The recipient; none for VUSTA's standing office.
    pub unit_id: Option<UnitId>,
    /// `38/KH-CTĐ3`
    pub number: String,
    /// What it is about.
    pub title: String,
    /// The day it bears.
    pub issued_on: NaiveDate,
}

/// The papers that these units, or VUSTA's standing office, haven't confirmed yet, the oldest first: those sent to a unit that
/// was merged wait for its successor, unless they tell points, which no successor reads before the year is closed.
pub async fn waiting(db: &mut PgConnection, units: &[UnitId], office: bool) -> Result<Vec<Waiting>> {
    let units: Vec<Uuid> = units.iter().map(|u| u.0).collect();
    let rows = sqlx::query!(
        r#"with recursive own as (
               select unnest($1::uuid[]) as id
               union select s.predecessor_id from unit_successions s join own o on o.id = s.successor_id
           )
           select d.id, q.unit_id as "unit_id: UnitId", coalesce(o.kind, d.kind) as "tells_of!: Kind", d.number, d.symbol, d.title, d.issued_on
           from document_recipients q join documents d on d.id = q.document_id
           left join documents o on o.id = case d.kind when 'recall_letter' then d.about::uuid end
           where (q.unit_id in (select id from own) or (q.unit_id is null and $2))
             and not exists (select 1 from document_receipts c where c.recipient_id = q.id)
             and not exists (select 1 from document_recalls r where r.document_id = d.id)
           order by d.issued_on, d.number"#,
        &units,
        office
    )
    .fetch_all(db)
    .await?;
    let is_theirs = |unit: Option<UnitId>| unit.is_none_or(|unit| units.contains(&unit.0));
    Ok(rows
        .into_iter()
        .filter(|r| is_theirs(r.unit_id) || !r.tells_of.tells_points())
        .map(|r| Waiting {
            id: r.id,
            unit_id: r.unit_id,
            number: format!("{:02}/{}", r.number, r.symbol),
            title: r.title,
            issued_on: r.issued_on,
        })
        .collect())
}
