//! Papers as files: PDF to look at and print, DOCX to edit, tables as XLSX.

use axum::response::Response;
use rust_decimal::Decimal;

use super::{
    super::{model::Issued, queries},
    DocxPath, DraftDocxPath, DraftPdfPath, DraftXlsxPath, Opened, PdfPath,
};
use crate::{
    ids::DocumentId,
    kit::{
        documents::{
            Document, Profile, docx_apart,
            model::{Block, Row, Table, Title},
            pdf_apart, plain,
        },
        error::{AppError, Result},
        sheet::{Cell, Sheet},
        values::figure,
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
    let (title, table) = largest_table(&document).ok_or(AppError::NotFound)?;
    let bytes = sheet(&title, table).to_xlsx()?;
    Ok(bytes_as_download(&format!("{name}.xlsx"), XLSX, bytes))
}

fn tables(document: &Document) -> impl Iterator<Item = (&str, &Table)> {
    let appendices = document.appendices.iter().map(|a| (a.title.as_str(), &a.body));
    std::iter::once(("", &document.body))
        .chain(appendices)
        .flat_map(|(title, blocks)| {
            blocks.iter().filter_map(move |block| match block {
                Block::Table(table) => Some((title, table)),
                _ => None,
            })
        })
}

/// Whether a document has a table that is worth a file.
pub(super) fn has_tables(document: &Document) -> bool {
    largest_table(document).is_some()
}

fn largest_table(document: &Document) -> Option<(String, &Table)> {
    let (title, table) = tables(document)
        .filter(|(_, table)| !table.header.is_empty())
        .max_by_key(|(_, table)| table.rows.len() * table.columns.len())?;
    let subject = match &document.title {
        Title::Named { subject, .. } | Title::Letter { subject } | Title::Minutes { subject } => subject,
    };
    Some((
        if title.is_empty() {
            subject.clone()
        } else {
            title.to_owned()
        },
        table,
    ))
}

/// Characters of a column for each part of its width in the paper.
const CHARACTERS: u16 = 5;
/// Characters of all columns together: what is still read on a page.
const ACROSS: u16 = 200;

fn sheet(title: &str, table: &Table) -> Sheet {
    let words = |row: &Row| -> Vec<Cell> {
        let cells = row.cells.iter();
        // What reaches over several columns leaves the others empty.
        cells
            .flat_map(|cell| {
                let rest = cell.across.saturating_sub(1);
                std::iter::once(cell_of(&plain::words(&cell.text)))
                    .chain(std::iter::repeat_n(Cell::Empty, rest))
            })
            .collect()
    };
    let header = table.header.last().cloned().unwrap_or_default();
    let all: u16 = table.columns.iter().map(|column| column.width).sum();
    let wide = |width: u16| (width * CHARACTERS).min(width * ACROSS / all.max(1));
    Sheet {
        title: title.to_owned(),
        subtitle: table.caption.clone(),
        upper: Vec::new(),
        columns: table
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let words = header.get(at).map(|cell| cell.text.clone()).unwrap_or_default();
                (words, wide(column.width).clamp(6, 60))
            })
            .collect(),
        rows: table.rows.iter().map(words).collect(),
        totals: None,
    }
}

/// Figures stay figures, so that a reader can add them up.
fn cell_of(words: &str) -> Cell {
    match figure(words) {
        Ok(value) if !words.is_empty() => Cell::Number(Decimal::normalize(&value)),
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
