//! Papers as files: PDF to look at and print, DOCX to edit, tables as XLSX.

use std::ptr;

use axum::response::Response;
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    super::{model::Issued, queries},
    DocxPath, DraftDocxPath, DraftPdfPath, DraftXlsxPath, Opened, PdfPath, XlsxPath,
};
use crate::{
    ids::DocumentId,
    kit::{
        documents::{
            Document, Profile, docx_apart,
            model::{Block, HeaderCell, Row, Table, Title},
            pdf_apart, plain,
        },
        error::{AppError, Result},
        sheet::{self, Cell, Sheet},
        values::{figure, figure_text},
    },
    web::{
        Visit,
        upload::{DOCX, XLSX, bytes_as_download, pdf_to_look_at},
    },
};

async fn draft(visit: &Visit, kind: &str, about: &str) -> Result<(String, Document)> {
    let mut db = visit.db().await?;
    let opened = Opened::find(&mut db, visit, kind, about).await?;
    let document = opened.prepared.document(&opened.wording, None);
    Ok((opened.prepared.file_name(), document))
}

pub(super) async fn draft_pdf(path: DraftPdfPath, visit: Visit) -> Result<Response> {
    let (name, document) = draft(&visit, &path.kind, &path.about).await?;
    let bytes = pdf_apart(document, Profile::decree_30()).await?;
    Ok(pdf_to_look_at(&format!("{name}.pdf"), bytes))
}

pub(super) async fn draft_docx(path: DraftDocxPath, visit: Visit) -> Result<Response> {
    let (name, document) = draft(&visit, &path.kind, &path.about).await?;
    let bytes = docx_apart(document, Profile::decree_30()).await?;
    Ok(bytes_as_download(&format!("{name}.docx"), DOCX, bytes))
}

pub(super) async fn draft_xlsx(path: DraftXlsxPath, visit: Visit) -> Result<Response> {
    let (name, document) = draft(&visit, &path.kind, &path.about).await?;
    book_of(&format!("{name}.xlsx"), &document).await
}

/// The tables of a document, each on a sheet of its own.
async fn book_of(name: &str, document: &Document) -> Result<Response> {
    let sheets: Vec<Sheet> = tables(document).map(|found| laid_out(&found)).collect();
    if sheets.is_empty() {
        return Err(AppError::NotFound);
    }
    let bytes = sheet::book_apart(sheets).await?;
    Ok(bytes_as_download(name, XLSX, bytes))
}

/// A table that is worth a file: what it is called, what it is about, itself.
struct Found<'a> {
    title: String,
    about: String,
    table: &'a Table,
}

/// The tables that are worth a file. In the text they are called like the paper, else like the appendix.
fn tables(document: &Document) -> impl Iterator<Item = Found<'_>> {
    let title = match &document.title {
        Title::Named { kind, subject } => format!("{kind}: {subject}"),
        Title::Minutes { subject } => format!("BIÊN BẢN: {subject}"),
        Title::Letter { subject } => subject.clone(),
    };
    let appendices = document.appendices.iter().map(|a| (a.title.clone(), &a.body));
    std::iter::once((title, &document.body))
        .chain(appendices)
        .flat_map(|(title, blocks)| {
            blocks
                .iter()
                .enumerate()
                .filter_map(move |(at, block)| match block {
                    Block::Table(table) if !table.header.is_empty() => Some(Found {
                        title: title.replace('\n', ": "),
                        about: about(table, &blocks[..at]),
                        table,
                    }),
                    _ => None,
                })
        })
}

/// What a table is about: its caption, else the words in bold that stand right before it: an award, a question.
fn about(table: &Table, before: &[Block]) -> String {
    if !table.caption.is_empty() {
        return table.caption.clone();
    }
    match before.last() {
        Some(Block::Centred(text) | Block::Paragraph(text)) if text.0.first().is_some_and(|run| run.bold) => {
            plain::words(text)
        }
        Some(Block::Heading { title, .. }) => title.clone(),
        _ => String::new(),
    }
}

/// Whether a document has a table that is worth a file.
pub(super) fn has_tables(document: &Document) -> bool {
    tables(document).next().is_some()
}

/// Characters of a column for each part of its width in the paper.
const CHARACTERS: u16 = 5;
/// Characters of all columns together, where a paper counts its widths in finer parts.
const LINE: u16 = 130;

fn laid_out(found: &Found<'_>) -> Sheet {
    let table = found.table;
    let parts: u16 = table.columns.iter().map(|column| column.width).sum();
    let widths = table.columns.iter().map(|column| {
        let wide = if parts > LINE / CHARACTERS {
            column.width.saturating_mul(LINE) / parts
        } else {
            column.width * CHARACTERS
        };
        wide.clamp(6, 60)
    });
    let (upper, header) = headings(table);
    let rows = table.rows.iter().map(|row| cells_of(row, table.columns.len()));
    Sheet {
        title: found.title.clone(),
        subtitle: found.about.clone(),
        upper,
        columns: header.into_iter().zip(widths).collect(),
        rows: rows.collect(),
        totals: None,
    }
}

/// What stands over how many columns, where the header has a line above; and the heading of each column.
fn headings(table: &Table) -> (Vec<(String, u16)>, Vec<String>) {
    let covered = covered(table);
    let Some((lowest, above)) = covered.split_last() else {
        return (Vec::new(), Vec::new());
    };
    let mut upper: Vec<(String, u16)> = Vec::new();
    let mut before: Option<&HeaderCell> = None;
    for (over, own) in above.last().into_iter().flatten().zip(lowest) {
        let over = over.filter(|over| !own.is_some_and(|own| ptr::eq(own, *over)));
        match (over, before, upper.last_mut()) {
            (Some(over), Some(before), Some((_, width))) if ptr::eq(over, before) => *width += 1,
            _ => upper.push((over.map(|over| over.text.clone()).unwrap_or_default(), 1)),
        }
        before = over;
    }
    let lowest = lowest.iter();
    let words = lowest.map(|cell| cell.map(|cell| cell.text.clone()).unwrap_or_default());
    (upper, words.collect())
}

/// The cell of the header that stands in each line and column.
fn covered(table: &Table) -> Vec<Vec<Option<&HeaderCell>>> {
    let count = table.columns.len();
    let mut lines = vec![vec![None; count]; table.header.len()];
    for (at, cells) in table.header.iter().enumerate() {
        let mut column = 0;
        for cell in cells {
            while column < count && lines[at][column].is_some() {
                column += 1;
            }
            let end = (column + cell.across.max(1)).min(count);
            for line in lines.iter_mut().skip(at).take(cell.down.max(1)) {
                line[column..end].fill(Some(cell));
            }
            column = end;
        }
    }
    lines
}

/// The cells of a row, with empty ones where one reaches over others. A heading all across stands in the second column: the
/// first one, of numbers, is too narrow.
fn cells_of(row: &Row, columns: usize) -> Vec<Cell> {
    if let [heading] = row.cells.as_slice()
        && heading.across >= columns
        && columns > 1
    {
        return vec![Cell::Empty, cell_of(&plain::words(&heading.text))];
    }
    let reaching = row.cells.iter().flat_map(|cell| {
        let more = cell.across.saturating_sub(1);
        std::iter::once(cell_of(&plain::words(&cell.text))).chain(std::iter::repeat_n(Cell::Empty, more))
    });
    reaching.collect()
}

/// Figures stay figures, so that a reader can add them up, and days stay days. In a paper `6.401` is one, however it would be read in a field.
fn cell_of(words: &str) -> Cell {
    if words.len() == "30/01/2024".len()
        && let Ok(day) = NaiveDate::parse_from_str(words, "%d/%m/%Y")
    {
        return Cell::Day(day);
    }
    let value = if words.contains('.') {
        let ungrouped = figure(&words.replace('.', "")).ok();
        ungrouped.filter(|value| figure_text(*value) == words)
    } else {
        figure(words).ok()
    };
    match value {
        Some(value) if !words.is_empty() => Cell::Number(Decimal::normalize(&value)),
        _ => words.into(),
    }
}

async fn issued(visit: &Visit, id: DocumentId, format: &str) -> Result<(Issued, Vec<u8>)> {
    let mut db = visit.db().await?;
    let (issued, _) = queries::find_visible(&mut db, visit.actor()?, id).await?;
    let bytes = queries::file(&mut db, issued.id, format).await?;
    Ok((issued, bytes))
}

fn name_of(issued: &Issued, ending: &str) -> String {
    format!("{}.{ending}", issued.number_text().replace('/', "-"))
}

pub(super) async fn pdf(path: PdfPath, visit: Visit) -> Result<Response> {
    let (document, bytes) = issued(&visit, path.document, "pdf").await?;
    Ok(pdf_to_look_at(&name_of(&document, "pdf"), bytes))
}

pub(super) async fn docx(path: DocxPath, visit: Visit) -> Result<Response> {
    let (document, bytes) = issued(&visit, path.document, "docx").await?;
    Ok(bytes_as_download(&name_of(&document, "docx"), DOCX, bytes))
}

/// The tables as they were issued, whatever the figures are today.
pub(super) async fn xlsx(path: XlsxPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let (issued, _) = queries::find_visible(&mut db, visit.actor()?, path.document).await?;
    let contents = queries::contents(&mut db, issued.id).await?;
    drop(db);
    let document = contents.ok_or(AppError::NotFound)?;
    book_of(&name_of(&issued, "xlsx"), &document).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::documents::model;

    #[test]
    fn figures_are_figures_and_words_stay_words() {
        assert_eq!(cell_of("6.401"), Cell::Number(6401.into()));
        assert_eq!(cell_of("3.200,5"), Cell::Number(Decimal::new(32_005, 1)));
        for words in ["9 (ước)", "12.2023", "–", "1.2"] {
            assert_eq!(cell_of(words), Cell::Text(words.to_owned()), "{words}");
        }
        assert_eq!(cell_of(""), Cell::Empty);
        let day = NaiveDate::from_ymd_opt(2024, 1, 30).unwrap();
        assert_eq!(cell_of("30/01/2024"), Cell::Day(day));
    }

    #[test]
    fn a_sheet_says_which_paper_it_is_of_and_what_its_table_is_about() {
        let table = || {
            Block::Table(Table {
                header: vec![vec!["TT".into()]],
                ..Table::default()
            })
        };
        let document = Document {
            title: Title::Named {
                kind: "BẢNG CHẤM ĐIỂM".to_owned(),
                subject: "Thi đua năm 2023".to_owned(),
            },
            body: vec![
                Block::Centred(model::Rich::default().bold("Cờ thi đua: 02 tập thể")),
                table(),
                Block::Paragraph("Lời thường.".into()),
                table(),
            ],
            ..Document::default()
        };
        let found: Vec<(String, String)> = tables(&document)
            .map(|found| (found.title, found.about))
            .collect();
        let title = "BẢNG CHẤM ĐIỂM: Thi đua năm 2023".to_owned();
        assert_eq!(
            found,
            [
                (title.clone(), "Cờ thi đua: 02 tập thể".to_owned()),
                (title, String::new())
            ]
        );
    }

    #[test]
    fn a_header_of_two_lines_keeps_every_heading_over_its_columns() {
        let cell = |text: &str, across, down| HeaderCell {
            text: text.to_owned(),
            across,
            down,
        };
        let table = Table {
            columns: vec![
                model::Column {
                    width: 1,
                    align: model::Align::Left,
                };
                5
            ],
            header: vec![
                vec![
                    cell("TT", 1, 2),
                    cell("Tập thể", 2, 1),
                    cell("Cá nhân", 1, 1),
                    cell("Ghi chú", 1, 2),
                ],
                vec!["Cờ".into(), "Bằng khen".into(), "Chiến sĩ".into()],
            ],
            ..Table::default()
        };
        let (upper, lowest) = headings(&table);
        let over: Vec<(&str, u16)> = upper
            .iter()
            .map(|(words, width)| (words.as_str(), *width))
            .collect();
        assert_eq!(over, [("", 1), ("Tập thể", 2), ("Cá nhân", 1), ("", 1)]);
        assert_eq!(lowest, ["TT", "Cờ", "Bằng khen", "Chiến sĩ", "Ghi chú"]);
    }
}
