//! Units and criteria as a workbook: what this person may see, no more.

use axum::response::Response;
use rust_decimal::Decimal;

use super::{
    super::{
        model::{Points, State},
        queries,
    },
    ExportPath, Ground, ground, sheet_view,
};
use crate::{
    criteria::Kind,
    kit::{
        error::Result,
        sheet::{Cell, Sheet},
    },
    web::{Visit, upload::sheet_as_download},
};

pub(super) async fn workbook(path: ExportPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let Ground { year, scoring } = ground(&mut db, &visit, &path.cluster, path.year).await?;
    let sheets = queries::of_year(&mut db, visit.actor()?, &year, &scoring, visit.now).await?;
    let seen: Vec<_> = year
        .members
        .iter()
        .filter_map(|member| {
            let sheet = sheets.iter().find(|s| s.unit_id == member.unit_id)?;
            (sheet.state != State::Draft).then_some((member, sheet))
        })
        .collect();
    let tallies: Vec<_> = seen
        .iter()
        .map(|(member, sheet)| {
            let tally = |points: fn(&Points) -> Decimal| scoring.tally(member.unit_id, &sheet.lines, points);
            (tally(|line| line.own), tally(Points::points))
        })
        .collect();
    let mut rows = Vec::new();
    for criterion in sheet_view::sets(&scoring).flat_map(|set| &set.criteria) {
        let mut cells = vec![
            Cell::from(criterion.code.as_str()),
            Cell::from(criterion.name.as_str()),
            Cell::from(criterion.maximum),
        ];
        for ((member, sheet), (own, counted)) in seen.iter().zip(&tallies) {
            if criterion.kind == Kind::Group {
                cells.push(Cell::from(sheet_view::points_in(own, criterion)));
                cells.push(Cell::from(sheet_view::points_in(counted, criterion)));
            } else if scoring.exemption(member.unit_id, criterion.id).is_some() {
                cells.extend([Cell::from("không áp dụng"), Cell::Empty]);
            } else if let Some(line) = sheet.line(criterion.id) {
                cells.push(Cell::from(line.own));
                cells.push(line.appraised.map_or(Cell::Empty, Cell::from));
            } else {
                cells.extend([Cell::Empty, Cell::Empty]);
            }
        }
        rows.push(cells);
    }
    let mut totals = vec![
        Cell::Empty,
        Cell::from("Tổng điểm"),
        Cell::from(scoring.set.rules.total),
    ];
    for (own, counted) in &tallies {
        totals.extend([Cell::from(own.total), Cell::from(counted.total)]);
    }
    let mut columns = vec![
        ("Mã".to_owned(), 8),
        ("Tiêu chí".to_owned(), 46),
        ("Tối đa".to_owned(), 8),
    ];
    let mut upper = vec![(String::new(), 3)];
    for (member, _) in &seen {
        upper.push((member.place.clone(), 2));
        columns.extend([("Tự chấm".to_owned(), 9), ("Thẩm định".to_owned(), 10)]);
    }
    let table = Sheet {
        title: format!("BẢNG CHẤM ĐIỂM THI ĐUA NĂM {}", year.year),
        subtitle: format!("{}. {}", year.cluster.name, scoring.set.title),
        upper,
        columns,
        rows,
        totals: Some(totals),
    };
    let name = format!("bang-diem-{}-{}.xlsx", year.cluster.slug, year.year);
    drop(db);
    sheet_as_download(&name, table).await
}
