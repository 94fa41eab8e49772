//! Units and criteria in one table, to be read on a screen and printed on A3: what this person may see, no more.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        model::{Points, Sheet, State},
        queries,
    },
    Ground, TablePath, ground, sheet_view,
};
use crate::{
    criteria::{Criterion, Kind},
    kit::error::Result,
    web::{Visit, filters, page, shell::Shell},
    years::Member,
};

#[derive(Template)]
#[template(path = "scoring/table.html")]
struct TablePage {
    shell: Shell,
    ground: Ground,
    places: Vec<(String, String)>,
    rows: Vec<Row>,
    totals: Vec<String>,
}

/// A criterion with its points, a cell for each unit.
struct Row {
    criterion: Criterion,
    cells: Vec<Given>,
}

/// What a unit has in a line.
#[derive(Default)]
struct Given {
    /// What counts, or a dash.
    points: String,
    /// What the unit gave itself, where others gave something else.
    own: String,
    /// Why the line doesn't apply.
    exemption: String,
}

impl Row {
    fn is_group(&self) -> bool {
        self.criterion.kind == Kind::Group
    }
}

pub(super) async fn show(path: TablePath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let ground = ground(&mut db, &visit, &path.cluster, path.year).await?;
    let sheets = queries::of_year(&mut db, visit.actor()?, &ground.year, &ground.scoring, visit.now).await?;
    let seen: Vec<(&Member, &Sheet<Points>)> = ground
        .year
        .members
        .iter()
        .filter_map(|member| {
            let sheet = sheets.iter().find(|s| s.unit_id == member.unit_id)?;
            (sheet.state != State::Draft).then_some((member, sheet))
        })
        .collect();
    let rules = &ground.scoring.set.rules;
    let tallies: Vec<_> = seen
        .iter()
        .map(|(member, sheet)| ground.scoring.tally(member.unit_id, &sheet.lines, Points::points))
        .collect();
    let criteria = sheet_view::sets(&ground.scoring).flat_map(|set| &set.criteria);
    let rows = criteria
        .map(|criterion| Row {
            cells: seen
                .iter()
                .zip(&tallies)
                .map(|((member, sheet), tally)| match criterion.kind {
                    Kind::Group => Given {
                        points: rules.points_text(sheet_view::points_in(tally, criterion)),
                        ..Given::default()
                    },
                    _ => given(&ground, member, sheet, criterion),
                })
                .collect(),
            criterion: criterion.clone(),
        })
        .collect();
    page(&TablePage {
        shell: visit.shell_in(&ground.year.place()),
        totals: tallies
            .iter()
            .map(|tally| rules.points_text(tally.total))
            .collect(),
        places: seen
            .iter()
            .map(|(member, _)| (member.slug.clone(), member.place.clone()))
            .collect(),
        rows,
        ground,
    })
}

fn given(ground: &Ground, member: &Member, sheet: &Sheet<Points>, criterion: &Criterion) -> Given {
    let rules = &ground.scoring.set.rules;
    if let Some(why) = ground.scoring.exemption(member.unit_id, criterion.id) {
        return Given {
            exemption: why.to_owned(),
            ..Given::default()
        };
    }
    sheet.line(criterion.id).map_or_else(
        || Given {
            points: "–".to_owned(),
            ..Given::default()
        },
        |line| Given {
            points: rules.points_text(line.points()),
            own: line
                .appraised
                .filter(|points| *points != line.own)
                .map(|_| rules.points_text(line.own))
                .unwrap_or_default(),
            exemption: String::new(),
        },
    )
}
