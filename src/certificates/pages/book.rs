//! The golden book of a year, for reading and as XLSX.

use askama::Template;
use axum::response::Response;

use super::{
    super::queries::{self, Entry},
    BookPath, BookXlsxPath,
};
use crate::{
    kit::{
        clock::{date_text, day},
        error::{AppError, Result},
        sheet::{Cell, Sheet},
        values::YEARS,
    },
    web::{Visit, filters, page, shell::Shell, upload::sheet_as_download},
};

#[derive(Template)]
#[template(path = "certificates/book.html")]
struct BookPage {
    shell: Shell,
    year: i32,
    entries: Vec<Entry>,
    /// The years that have entries, the newest first.
    years: Vec<i32>,
}

/// A year that a book could be of.
fn known(year: i32) -> Result<i32> {
    if YEARS.contains(&year) {
        Ok(year)
    } else {
        Err(AppError::NotFound)
    }
}

pub(super) async fn show(path: BookPath, visit: Visit) -> Result<Response> {
    let year = known(path.number_year)?;
    let mut db = visit.db().await?;
    page(&BookPage {
        shell: visit.shell(),
        year,
        entries: queries::book(&mut db, year).await?,
        years: queries::book_years(&mut db).await?,
    })
}

pub(super) async fn workbook(path: BookXlsxPath, visit: Visit) -> Result<Response> {
    let entries = queries::book(&mut *visit.db().await?, known(path.number_year)?).await?;
    let column = |words: &str, width| (words.to_owned(), width);
    let rows = entries.into_iter().map(|entry| {
        vec![
            Cell::from(entry.number),
            Cell::from(entry.unit),
            Cell::from(entry.award),
            Cell::from(entry.year),
            Cell::from(format!("{} ngày {}", entry.decision, date_text(entry.issued_on))),
            Cell::from(date_text(day(entry.entered_at))),
            Cell::from(if entry.is_cancelled {
                "khen thưởng đã bị hủy"
            } else {
                ""
            }),
        ]
    });
    let sheet = Sheet {
        title: format!("SỔ VÀNG NĂM {}", path.number_year),
        subtitle: String::new(),
        upper: Vec::new(),
        columns: vec![
            column("Số", 6),
            column("Tập thể", 44),
            column("Danh hiệu, hình thức khen thưởng", 44),
            column("Năm thành tích", 10),
            column("Quyết định", 30),
            column("Ngày vào sổ", 14),
            column("Ghi chú", 22),
        ],
        rows: rows.collect(),
        totals: None,
    };
    let name = format!("so-vang-{}.xlsx", path.number_year);
    sheet_as_download(&name, sheet).await
}
