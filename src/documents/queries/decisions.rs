//! What is still to do about the decisions that give awards.

use sqlx::PgConnection;

use crate::{ids::DecisionId, kit::error::Result};

/// An issued decision with something left to do: for the list of tasks.
#[derive(Clone, Debug)]
pub struct Unfinished {
    /// The decision.
    pub id: DecisionId,
    /// `48/QĐ-LHHVN`
    pub number: String,
    /// Awards without a number in the golden book.
    pub unnumbered: i64,
    /// Awards that nobody has handed over.
    pub waiting: i64,
    /// Whether its paper was never issued.
    pub lacks_paper: bool,
}

/// The decisions in force whose awards aren't all in the golden book or handed over, or whose paper wasn't issued, the oldest
/// first.
pub async fn unfinished(db: &mut PgConnection) -> Result<Vec<Unfinished>> {
    Ok(sqlx::query_as!(
        Unfinished,
        r#"select d.id, lpad(d.number::text, greatest(2, length(d.number::text)), '0') || '/' || d.symbol as "number!",
              count(*) filter (where g.nomination_id is null) as "unnumbered!",
              count(*) filter (where l.awarded_on is null) as "waiting!",
              not exists (select from documents p where p.kind = 'decision' and p.about = d.id::text
                  and not exists (select from document_recalls r where r.document_id = p.id)) as "lacks_paper!"
           from decisions d join decision_lines l on l.decision_id = d.id and l.cancelled_by is null
           left join golden_book g on g.nomination_id = l.nomination_id and g.decision_id = l.decision_id
           where d.state in ('issued', 'corrected')
           group by d.id order by d.issued_on, d.number"#
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .filter(|d| d.unnumbered > 0 || d.waiting > 0 || d.lacks_paper)
    .collect())
}
