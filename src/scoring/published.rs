//! The standing as papers for the whole cluster may print it: only what every member may know.

use sqlx::PgConnection;

use super::{
    access,
    model::Scoring,
    pictures, queries,
    ranking::ranked,
    standing::{self, Row},
};
use crate::{
    criteria::Criterion,
    kit::{clock::Moment, error::Result},
    people::Actor,
    years::Year,
};

/// A picture with its words.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// What it shows.
    pub title: String,
    /// For those who can't see it.
    pub description: String,
    /// The drawing, which needs no style sheet.
    pub svg: String,
}

/// A standing that all members may know.
#[derive(Clone, Debug)]
pub struct Published {
    /// By which criteria.
    pub scoring: Scoring,
    /// The groups at the top.
    pub groups: Vec<Criterion>,
    /// The units, best first.
    pub rows: Vec<Row>,
    /// The standing as bars, and the totals over the years where there are several.
    pub pictures: Vec<Drawn>,
    /// Whether the conference has confirmed it.
    pub is_final: bool,
}

/// The standing of a year; none while a member may not know all of it.
pub async fn published(
    db: &mut PgConnection,
    actor: &Actor,
    year: &Year,
    now: Moment,
) -> Result<Option<Published>> {
    let Some(scoring) = queries::find_scoring(db, year.id).await? else {
        return Ok(None);
    };
    let sheets = queries::of_year(db, actor, year, &scoring, now).await?;
    if !access::are_published(year, &sheets, now) {
        return Ok(None);
    }
    let rows = ranked(db, year, &scoring, &sheets).await?;
    let bars = pictures::bars(year, &scoring, &rows);
    let mut drawn = vec![Drawn {
        svg: bars.svg(),
        title: bars.title,
        description: bars.description,
    }];
    let totals = queries::totals_over_years(db, year).await?;
    if let Some(lines) = pictures::course(year, &totals) {
        drawn.push(Drawn {
            svg: lines.svg(),
            title: lines.title,
            description: lines.description,
        });
    }
    Ok(Some(Published {
        groups: standing::top_groups(&scoring).into_iter().cloned().collect(),
        is_final: sheets.iter().all(|sheet| sheet.locked_at.is_some()),
        pictures: drawn,
        rows,
        scoring,
    }))
}
