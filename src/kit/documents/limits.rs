//! What a document may hold, so that no paper takes the time and memory of all others.

use super::{
    model::{Block, Document, Picture, Rich, Table},
    pictures::MOST_BYTES,
};
use crate::kit::error::{AppError, Result};

const MOST_LETTERS: usize = 2_000_000;
const MOST_BLOCKS: usize = 20_000;
const MOST_CELLS: usize = 60_000;
const MOST_COLUMNS: usize = 40;
const MOST_PICTURES: usize = 60;
const MOST_APPENDICES: usize = 60;
const MOST_SIGNATURES: usize = 60;

/// What was counted.
#[derive(Default)]
struct Count {
    letters: usize,
    blocks: usize,
    cells: usize,
    columns: usize,
    pictures: usize,
    largest_picture: usize,
}

/// Refuses what is too large to print, saying what it is.
pub fn check(document: &Document) -> Result<()> {
    use super::model::Signing;
    let mut count = Count::default();
    count.blocks(&document.body);
    for appendix in &document.appendices {
        count.letters += appendix.title.len() + appendix.reference.len();
        count.blocks(&appendix.body);
    }
    let lists = [
        &document.addressees,
        &document.bases,
        &document.recipients,
        &document.contact,
    ];
    for line in lists.into_iter().flatten() {
        count.letters += line.len();
        count.blocks += 1;
    }
    count.letters += document.head.issuer.len() + document.head.parent.len();
    let signatures = match &document.signing {
        Signing::Several(signatures) => signatures.len(),
        _ => 2,
    };
    for (found, most, what) in [
        (count.letters, MOST_LETTERS, "chữ"),
        (count.blocks, MOST_BLOCKS, "đoạn"),
        (count.cells, MOST_CELLS, "ô trong các bảng"),
        (count.columns, MOST_COLUMNS, "cột trong một bảng"),
        (count.pictures, MOST_PICTURES, "hình"),
        (count.largest_picture, MOST_BYTES, "byte trong một hình"),
        (document.appendices.len(), MOST_APPENDICES, "phụ lục"),
        (signatures, MOST_SIGNATURES, "người ký"),
    ] {
        if found > most {
            return Err(AppError::TooLarge(format!(
                "Văn bản lớn quá: có {found} {what}, tối đa {most}. Hãy chia thành nhiều văn bản."
            )));
        }
    }
    Ok(())
}

impl Count {
    fn blocks(&mut self, blocks: &[Block]) {
        self.blocks += blocks.len();
        for block in blocks {
            match block {
                Block::Heading { title, .. } => self.letters += title.len(),
                Block::Article { text, .. }
                | Block::Clause { text, .. }
                | Block::Point { text, .. }
                | Block::Dash(text)
                | Block::Paragraph(text)
                | Block::Centred(text) => self.rich(text),
                Block::Table(table) => self.table(table),
                Block::Picture(Picture { svg, .. }) => {
                    self.pictures += 1;
                    self.largest_picture = self.largest_picture.max(svg.len());
                }
            }
        }
    }

    fn rich(&mut self, text: &Rich) {
        for run in &text.0 {
            self.letters += run.text.len();
            // Every line becomes a paragraph.
            self.blocks += 1 + run.text.matches('\n').count();
        }
    }

    fn table(&mut self, table: &Table) {
        self.columns = self.columns.max(table.columns.len());
        self.cells += table.columns.len() * (table.rows.len() + table.header.len());
        for row in &table.rows {
            row.cells.iter().for_each(|cell| {
                for run in &cell.text.0 {
                    self.letters += run.text.len();
                }
            });
        }
        for cell in table.header.iter().flatten() {
            self.letters += cell.text.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_refused_by_name() {
        let with = |body| Document {
            body,
            ..Document::default()
        };
        let refusal = |document: &Document| match check(document) {
            Err(AppError::TooLarge(words)) => words,
            other => panic!("{other:?}"),
        };
        assert!(check(&with(vec![Block::Paragraph("a".repeat(10_000).into())])).is_ok());
        let endless = with(vec![Block::Paragraph("a".repeat(MOST_LETTERS + 1).into())]);
        assert!(refusal(&endless).contains("chữ"));
        let lines = with(vec![Block::Paragraph("a\n".repeat(MOST_BLOCKS + 1).into())]);
        assert!(refusal(&lines).contains("đoạn"));
        let pictures = with(vec![Block::Picture(Picture::default()); MOST_PICTURES + 1]);
        assert!(refusal(&pictures).contains("hình"));
    }
}
