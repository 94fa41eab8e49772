//! What is still to do about those whom VUSTA refuses.

use sqlx::PgConnection;

use crate::{
    ids::{NominationId, UnitId},
    kit::error::Result,
    nominations::State,
};

/// A nomination that VUSTA refused and whose notice hasn't been issued: for the list of tasks.
#[derive(Clone, Debug)]
pub struct Unnoticed {
    /// The nomination.
    pub id: NominationId,
    /// Its unit.
    pub unit_id: UnitId,
    /// Who it is: the unit, or a person of it.
    pub nominee: String,
    /// The award's short name.
    pub award: String,
    /// The calendar year.
    pub year: i32,
    /// Who refused it: found ineligible, or rejected by the council.
    pub state: State,
}

/// The refused nominations without a notice in force, of all clusters, the newest year first.
pub async fn unnoticed(db: &mut PgConnection) -> Result<Vec<Unnoticed>> {
    Ok(sqlx::query_as!(
        Unnoticed,
        r#"select n.id, n.unit_id, nominee(n.person_name, u.short_name) as "nominee!", a.short_name as award, y.year, n.state as "state: State"
           from nominations n join units u on u.id = n.unit_id join awards a on a.code = n.award join years y on y.id = n.year_id
           where n.state in ('ineligible', 'council_rejected')
             and not exists (select from documents p where p.kind = 'refusal_notice' and p.about = n.id::text
                 and not exists (select from document_recalls r where r.document_id = p.id))
           order by y.year desc, n.state desc, a.position, u.place collate "vi-x-icu""#
    )
    .fetch_all(db)
    .await?)
}
