//! The standing of the year, from which candidates are taken.

use sqlx::PgConnection;

use super::forms::Placed;
use crate::{
    kit::{clock::Moment, error::Result},
    people::Actor,
    scoring,
    years::Year,
};

/// The standing as candidates are taken from it, best first; empty while there is none.
pub async fn standing(db: &mut PgConnection, actor: &Actor, year: &Year, now: Moment) -> Result<Vec<Placed>> {
    let Some(scored) = scoring::find_scoring(db, year.id).await? else {
        return Ok(Vec::new());
    };
    let sheets = scoring::of_year(db, actor, year, &scored, now).await?;
    let judged = sheets
        .iter()
        .filter(|sheet| matches!(sheet.state, scoring::State::Appraised | scoring::State::Locked));
    let rows = scoring::ranked(db, year, &scored, judged).await?;
    let placed = rows.into_iter().map(|row| Placed {
        unit_id: row.unit_id,
        place: row.place,
        words: format!(
            "xếp thứ {} theo bảng điểm, {} điểm",
            row.place,
            scored.set.rules.points_text(row.tally.total)
        ),
        points: row.tally.total,
    });
    Ok(placed.collect())
}
