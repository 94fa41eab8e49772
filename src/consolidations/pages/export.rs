//! The table as a spreadsheet.

use axum::response::Response;

use super::{SheetPath, open};
use crate::{
    awards,
    kit::{
        error::Result,
        sheet::{Cell, Sheet},
    },
    web::{Visit, upload},
};

pub(super) async fn sheet(path: SheetPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year).await?;
    let awards = awards::all(&mut db).await?;
    let content = opened.content(&visit)?;
    let totals = content.totals(&awards);
    let mut columns = vec![
        ("TT".to_owned(), 5),
        ("Đơn vị".to_owned(), 34),
        ("Số chỉ tiêu".to_owned(), 10),
    ];
    for total in &totals {
        columns.push((format!("{} (tập thể)", total.name), 13));
        columns.push((format!("{} (cá nhân)", total.name), 13));
    }
    columns.extend([("Sáng kiến, đề tài".to_owned(), 11), ("Ghi chú".to_owned(), 18)]);
    let number = |n: usize| if n == 0 { Cell::Empty } else { Cell::from(n) };
    let rows = content
        .lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let mut cells = vec![
                Cell::from(i + 1),
                Cell::from(line.unit.as_str()),
                Cell::from(line.targets),
            ];
            for total in &totals {
                let (unit, persons) = line.number_of(&total.code);
                cells.extend([number(unit), number(persons)]);
            }
            let late = if line.late_days > 0 {
                format!("nộp chậm {} ngày", line.late_days)
            } else {
                String::new()
            };
            cells.extend([number(line.initiatives), Cell::from(late)]);
            cells
        })
        .collect();
    let mut sums = vec![
        Cell::Empty,
        Cell::from("Tổng cộng"),
        number(content.lines.iter().map(|l| l.targets).sum()),
    ];
    sums.extend(totals.iter().flat_map(|t| [number(t.units), number(t.persons)]));
    sums.extend([
        number(content.lines.iter().map(|l| l.initiatives).sum()),
        Cell::Empty,
    ]);
    let missing = if content.missing.is_empty() {
        String::new()
    } else {
        format!("Chưa có: {}", content.missing.join(", "))
    };
    let sheet = Sheet {
        title: format!(
            "BẢNG TỔNG HỢP ĐĂNG KÝ THI ĐUA NĂM {} - {}",
            opened.year.year,
            opened.year.cluster.name.to_uppercase()
        ),
        subtitle: missing,
        upper: Vec::new(),
        columns,
        rows,
        totals: Some(sums),
    };
    let name = format!(
        "tong-hop-dang-ky-{}-{}.xlsx",
        opened.year.cluster.slug, opened.year.year
    );
    drop(db);
    upload::sheet_as_download(&name, sheet).await
}
