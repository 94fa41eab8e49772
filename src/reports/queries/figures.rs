//! Figures of other times and of all units.

use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

use super::super::{
    content::{Content, Figure},
    model::Period,
    past::{Before, YEARS_BACK},
};
use crate::{
    ids::{AttachmentId, UnitId, YearId},
    kit::error::Result,
    years::Year,
};

/// The earlier reports of a unit and of those that were merged into it: annual ones that were taken in, of the years
/// that a question looks back on, and this year's own on six months once it was handed in.
pub(super) async fn before(db: &mut PgConnection, year: &Year, unit_id: UnitId) -> Result<Vec<Before>> {
    let rows = sqlx::query!(
        r#"with recursive line (unit_id) as (
               select $1::uuid
               union select s.predecessor_id from unit_successions s join line l on l.unit_id = s.successor_id
               where s.kind <> 'split')
           select y.year, r.period as "period: Period", r.unit_id, u.place, r.content as "content!: Json<Content>"
           from reports r join line l on l.unit_id = r.unit_id join years y on y.id = r.year_id join units u on u.id = r.unit_id
           where r.content is not null
             and ((r.period = 'annual' and r.state in ('accepted', 'final') and y.year between $2::integer - $4::integer and $2::integer - 1)
                  or (r.period = 'midyear' and r.state in ('submitted', 'accepted', 'final') and r.year_id = $3 and r.unit_id = $1))
           order by y.year desc, u.place collate "vi-x-icu""#,
        unit_id as _,
        year.year,
        year.id as _,
        YEARS_BACK
    )
    .fetch_all(db)
    .await?;
    let reports = rows.into_iter().map(|r| Before {
        year: r.year,
        period: r.period,
        unit_id: r.unit_id,
        place: r.place,
        content: r.content.0,
    });
    Ok(reports.collect())
}

/// A figure for those who judge: what a unit reported on an indicator, with its evidence.
#[derive(Clone, Debug)]
pub struct UnitFigure {
    /// Whose.
    pub unit_id: UnitId,
    /// What was reported, with the value that counts, its certainty, what was registered, and links to evidence.
    pub figure: Figure,
    /// The files that prove it.
    pub evidence: Vec<Proof>,
}

impl UnitFigure {
    /// The indicator's code; none for what is not in the year's catalogue.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.figure.code.as_deref()
    }
}

/// The figures of all annual reports of a year that were taken in, in one statement. Who may see them is the caller's
/// matter: scores are computed of all units alike.
pub async fn figures_of(db: &mut PgConnection, year: YearId) -> Result<Vec<UnitFigure>> {
    let rows = sqlx::query!(
        r#"select r.unit_id, r.content as "content!: Json<Content>",
              (select coalesce(jsonb_agg(jsonb_build_object('part', a.part, 'id', a.id, 'name', a.file_name) order by a.uploaded_at), '[]') from attachments a
               where a.record_kind = 'reports' and a.record_id = r.id and a.removed_at is null and a.part <> '') as "files!: Json<Vec<Proof>>"
           from reports r
           where r.year_id = $1 and r.period = 'annual' and r.state in ('accepted', 'final') order by r.unit_id"#,
        year as _
    )
    .fetch_all(db)
    .await?;
    let mut figures = Vec::new();
    for row in rows {
        let content = row.content.0;
        figures.extend(
            content
                .figures
                .into_iter()
                .chain(content.additions)
                .map(|figure| {
                    let rows = figure.rows();
                    let proofs = row.files.iter().filter(|proof| rows.has(&proof.part));
                    UnitFigure {
                        unit_id: row.unit_id,
                        evidence: proofs.cloned().collect(),
                        figure,
                    }
                }),
        );
    }
    Ok(figures)
}

/// A file and the figure that it proves.
#[derive(Clone, Debug, Deserialize)]
pub struct Proof {
    part: String,
    /// The file.
    pub id: AttachmentId,
    /// Its name.
    pub name: String,
}
