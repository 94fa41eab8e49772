//! SQL about what anybody may know of issued decisions: what became of one, the answer to a code, the honour roll.

use sqlx::{PgConnection, types::Json};

use super::{
    super::model::{Content, Honour, Kind, Later, State, Verified},
    cancelled,
};
use crate::{ids::DecisionId, kit::error::Result};

/// The issued decisions that correct or cancel one, the newest first.
pub async fn later(db: &mut PgConnection, id: DecisionId) -> Result<Vec<Later>> {
    let rows = sqlx::query!(
        r#"select id, kind as "kind: Kind", content as "content!: Json<Content>" from decisions
           where about_id = $1 and content is not null order by issued_at desc"#,
        id as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Later {
            id: r.id,
            kind: r.kind,
            number: r.content.number_text(),
            issued_on: r.content.issued_on,
            reason: r.content.0.reason,
        })
        .collect())
}

/// What anybody learns by a code.
pub async fn verify(db: &mut PgConnection, code: &str) -> Result<Verified> {
    let row = sqlx::query!(
        r#"select id, kind as "kind: Kind", state as "state: State", content as "content!: Json<Content>",
              encode(content_hash, 'hex') as "hash!" from decisions where code = $1 and content is not null"#,
        code
    )
    .fetch_one(&mut *db)
    .await?;
    let later = later(db, row.id).await?;
    let gone = cancelled(db, row.id).await?;
    Ok(Verified {
        number: row.content.number_text(),
        kind: row.kind,
        issued_on: row.content.issued_on,
        issuer: row.content.issuer.clone(),
        lines: row
            .content
            .lines
            .iter()
            .filter(|line| !gone.contains(&line.nomination_id))
            .map(|line| (line.publicly(), line.award_name.clone()))
            .collect(),
        title: row.content.0.title,
        hash: row.hash,
        state: row.state,
        later,
    })
}

/// The honour roll: what issued decisions that hold awarded, the newest year first.
pub async fn honours(db: &mut PgConnection) -> Result<Vec<Honour>> {
    Ok(sqlx::query_as!(
        Honour,
        r#"select y.year, c.name as cluster, c.slug as cluster_slug, nominee(public_person(n), u.short_name) as "unit!", a.name as award,
              array(select o.short_name from unit_successions s join units o on o.id in (s.predecessor_id, s.successor_id)
                    where u.id in (s.predecessor_id, s.successor_id) and o.id <> u.id) as "kin!",
              lpad(d.number::text, greatest(2, length(d.number::text)), '0') || '/' || d.symbol as "number!",
              d.issued_on as "issued_on!", d.code as "code!"
           from decision_lines l
           join decisions d on d.id = l.decision_id and d.state in ('issued', 'corrected')
           join nominations n on n.id = l.nomination_id and l.cancelled_by is null and n.state in ('decided', 'awarded')
           join years y on y.id = n.year_id join clusters c on c.id = y.cluster_id
           join units u on u.id = n.unit_id join awards a on a.code = n.award
           order by y.year desc, c.number, a.position, l.position"#
    )
    .fetch_all(db)
    .await?)
}
