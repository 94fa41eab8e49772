//! What a document says, a line each: to compare two versions and to search.

use super::{
    model::{Block, Document, Level, Rich, Signing, Table, Title},
    wording::{clean_line, letter, roman},
};

/// A table of more rows than these, and every appendix of more lines, is long: a page shows it folded.
const LONG: usize = 20;

/// A piece of a document as lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// What it is called; empty for running text and for a table without a caption.
    pub title: String,
    /// What it says.
    pub lines: Vec<String>,
    /// Whether it is so long that a page shows it folded.
    pub is_long: bool,
}

/// The document as lines of plain text, without what only looks.
#[must_use]
pub fn lines(document: &Document) -> Vec<String> {
    passages(document)
        .into_iter()
        .flat_map(|passage| std::iter::once(passage.title).chain(passage.lines))
        .filter(|line| !line.is_empty())
        .collect()
}

/// The same in pieces: long tables and the appendices apart from the running text.
#[must_use]
pub fn passages(document: &Document) -> Vec<Passage> {
    let mut pieces = vec![Passage {
        lines: opening(document),
        ..Passage::default()
    }];
    for block in &document.body {
        match block {
            Block::Table(table) if table.rows.len() > LONG => {
                let mut lines = Vec::new();
                rows(table, &mut lines);
                let title = table.caption.clone();
                lines.retain(|line| *line != title);
                let is_long = true;
                pieces.extend([
                    Passage {
                        title,
                        lines,
                        is_long,
                    },
                    Passage::default(),
                ]);
            }
            block => {
                if let Some(running) = pieces.last_mut() {
                    blocks(std::slice::from_ref(block), &mut running.lines);
                }
            }
        }
    }
    for appendix in &document.appendices {
        let mut lines = Vec::new();
        blocks(&appendix.body, &mut lines);
        pieces.push(Passage {
            title: appendix.title.clone(),
            is_long: lines.len() > LONG,
            lines,
        });
    }
    let mut end = Passage::default();
    signers(&document.signing, &mut end.lines);
    end.lines
        .extend(document.recipients.iter().map(|to| format!("- {to}")));
    pieces.push(end);
    for piece in &mut pieces {
        piece.title = clean_line(&piece.title);
        piece.lines = piece.lines.iter().map(|line| clean_line(line)).collect();
        piece.lines.retain(|line| !line.is_empty());
    }
    pieces.retain(|piece| !piece.lines.is_empty() || !piece.title.is_empty());
    pieces
}

/// From the head to the word that gives the order.
fn opening(document: &Document) -> Vec<String> {
    let mut lines = vec![document.head.parent.clone(), document.head.issuer.clone()];
    match &document.title {
        Title::Letter { subject } => lines.push(format!("V/v {subject}")),
        Title::Named { kind, subject } => lines.extend([kind.clone(), subject.clone()]),
        Title::Minutes { subject } => lines.extend(["BIÊN BẢN".to_owned(), subject.clone()]),
    }
    lines.extend(document.addressees.iter().map(|to| format!("Kính gửi: {to}")));
    lines.extend(document.bases.iter().cloned());
    if let Some(order) = &document.order {
        lines.push(format!("{}: {}", order.authority, order.verb));
    }
    lines
}

fn signers(signing: &Signing, lines: &mut Vec<String>) {
    match signing {
        Signing::None => {}
        Signing::One(signature) => lines.extend([signature.posts.join(" "), signature.name.clone()]),
        Signing::Several(all) => {
            for signature in all {
                lines.extend([signature.posts.join(" "), signature.name.clone()]);
            }
        }
        Signing::Minutes { secretary, chair } => {
            lines.extend([format!("Thư ký: {secretary}"), format!("Chủ tọa: {chair}")]);
        }
    }
}

fn blocks(all: &[Block], lines: &mut Vec<String>) {
    for block in all {
        match block {
            Block::Heading { level, number, title } => {
                lines.push(format!("{} {title}", label(*level, *number)));
            }
            Block::Article { number, text } => paragraphs(&format!("Điều {number}. "), text, lines),
            Block::Clause { number, text } => paragraphs(&format!("{number}. "), text, lines),
            Block::Point { number, text } => paragraphs(&format!("{}) ", letter(*number)), text, lines),
            Block::Dash(text) => paragraphs("- ", text, lines),
            Block::Paragraph(text) | Block::Centred(text) => paragraphs("", text, lines),
            Block::Table(table) => rows(table, lines),
            Block::Picture(picture) => lines.push(picture.caption.clone()),
        }
    }
}

fn label(level: Level, number: usize) -> String {
    match level {
        Level::Part => format!("Phần {}", roman(number)),
        Level::Chapter => format!("Chương {}", roman(number)),
        Level::Section => format!("Mục {number}"),
        Level::Subsection => format!("Tiểu mục {number}"),
        Level::Roman => format!("{}.", roman(number)),
        Level::Article => format!("Điều {number}."),
        Level::Clause => format!("{number}."),
    }
}

/// The words of a text without its styles.
#[must_use]
pub fn words(text: &Rich) -> String {
    text.0.iter().map(|run| run.text.as_str()).collect()
}

fn paragraphs(before: &str, text: &Rich, lines: &mut Vec<String>) {
    let mut before = before;
    for line in words(text).lines() {
        lines.push(format!("{before}{line}"));
        before = "";
    }
}

fn rows(table: &Table, lines: &mut Vec<String>) {
    lines.push(table.caption.clone());
    for line in &table.header {
        lines.push(
            line.iter()
                .map(|cell| cell.text.as_str())
                .collect::<Vec<_>>()
                .join(" | "),
        );
    }
    for row in &table.rows {
        lines.push(
            row.cells
                .iter()
                .map(|cell| words(&cell.text))
                .collect::<Vec<_>>()
                .join(" | "),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_on_a_line_of_its_own_paragraph() {
        let document = Document {
            title: Title::Named {
                kind: "KẾ HOẠCH".to_owned(),
                subject: "Công tác năm 2026".to_owned(),
            },
            body: vec![
                Block::Heading {
                    level: Level::Roman,
                    number: 2,
                    title: "MỤC ĐÍCH".to_owned(),
                },
                Block::Paragraph(Rich::default().plain("Một ").bold("hai").plain("\nba")),
                Block::Point {
                    number: 5,
                    text: "điểm".into(),
                },
                Block::Table(Table {
                    rows: vec![super::super::model::Row {
                        cells: vec!["a".into(), "b".into()],
                        is_strong: false,
                    }],
                    ..Table::default()
                }),
            ],
            ..Document::default()
        };
        assert_eq!(
            lines(&document),
            [
                "KẾ HOẠCH",
                "Công tác năm 2026",
                "II. MỤC ĐÍCH",
                "Một hai",
                "ba",
                "đ) điểm",
                "a | b"
            ]
        );
    }

    #[test]
    fn a_long_table_and_an_appendix_stand_apart_and_no_line_is_lost() {
        let row = |at: usize| super::super::model::Row {
            cells: vec![at.to_string().into()],
            is_strong: false,
        };
        let table = |rows: usize| Table {
            caption: format!("Bảng {rows}"),
            rows: (0..rows).map(row).collect(),
            ..Table::default()
        };
        let document = Document {
            body: vec![
                Block::Paragraph("trước".into()),
                Block::Table(table(2)),
                Block::Table(table(LONG + 1)),
                Block::Paragraph("sau".into()),
            ],
            appendices: vec![super::super::model::Appendix {
                title: "DANH SÁCH".to_owned(),
                body: vec![Block::Paragraph("một".into())],
                ..super::super::model::Appendix::default()
            }],
            ..Document::default()
        };
        let found: Vec<(String, usize, bool)> = passages(&document)
            .into_iter()
            .map(|p| (p.title, p.lines.len(), p.is_long))
            .collect();
        let piece = |title: &str, lines, is_long| (title.to_owned(), lines, is_long);
        assert_eq!(
            found,
            [
                piece("", 5, false),
                piece("Bảng 21", 21, true),
                piece("", 1, false),
                piece("DANH SÁCH", 1, false)
            ]
        );
        assert_eq!(lines(&document).len(), 5 + 22 + 1 + 2);
    }
}
