//! The awards of units and their persons, with the decision that gave each.

use sqlx::PgConnection;

use super::uuids;
use crate::{
    award_history::model::Record,
    ids::{DecisionId, UnitId},
    kit::error::Result,
};

/// Every award of these units and of their persons, for papers that list them: the newest year first, and in a year what was
/// decided here before the rows of spreadsheets.
pub async fn given(db: &mut PgConnection, units: &[UnitId]) -> Result<Vec<Record>> {
    Ok(sqlx::query_as!(
        Record,
        r#"select h.unit_id as "unit_id!: UnitId", u.slug as unit_slug, u.short_name as unit_name, h.person_name as "person_name!",
              coalesce(a.name, h.award_name) as "award_name!", h.year as "year!", h.number as "number!", h.decided_on, h.issuer as "issuer!",
              h.bonus, h.note as "note!", h.decision_id as "decision_id: DecisionId"
           from (
               select n.unit_id, coalesce(n.person_name, '') as person_name, n.award, '' as award_name, y.year,
                   lpad(d.number::text, greatest(2, length(d.number::text)), '0') || '/' || d.symbol as number, d.issued_on as decided_on,
                   d.content ->> 'issuer' as issuer, null::numeric as bonus, '' as note, d.id as decision_id
               from decision_lines l
               join decisions d on d.id = l.decision_id and d.state in ('issued', 'corrected')
               join nominations n on n.id = l.nomination_id and l.cancelled_by is null and n.state in ('decided', 'awarded')
               join years y on y.id = n.year_id
               where n.unit_id = any($1)
               union all
               select r.unit_id, r.person_name, r.award, r.award_name, r.year, r.decision_number, r.decided_on, r.issuer, r.bonus, r.note, null
               from award_records r
               join award_imports i on i.id = r.import_id and i.confirmed_at is not null and i.withdrawn_at is null
               where r.unit_id = any($1)
           ) h join units u on u.id = h.unit_id left join awards a on a.code = h.award
           order by h.year desc, h.decision_id is null, a.position, h.award_name collate "vi-x-icu", h.decided_on"#,
        &uuids(units)
    )
    .fetch_all(db)
    .await?)
}
