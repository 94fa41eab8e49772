//! What a document says, a line each: to compare two versions and to search.

use super::{
    model::{Block, Document, Level, Rich, Signing, Table, Title},
    wording::{clean_line, letter, roman},
};

/// The document as lines of plain text, without what only looks.
#[must_use]
pub fn lines(document: &Document) -> Vec<String> {
    let mut lines = opening(document);
    blocks(&document.body, &mut lines);
    for appendix in &document.appendices {
        lines.push(appendix.title.clone());
        blocks(&appendix.body, &mut lines);
    }
    signers(&document.signing, &mut lines);
    lines.extend(document.recipients.iter().map(|to| format!("- {to}")));
    let cleaned = lines.iter().map(|line| clean_line(line));
    cleaned.filter(|line| !line.is_empty()).collect()
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
    fn an_appendix_stands_before_the_signature_with_its_title() {
        use super::super::model::{Appendix, Signature};
        let document = Document {
            body: vec![Block::Paragraph("trước".into())],
            appendices: vec![Appendix {
                title: "DANH SÁCH".to_owned(),
                body: vec![Block::Paragraph("một".into())],
                ..Appendix::default()
            }],
            signing: Signing::One(Signature {
                name: "Nguyễn Văn Mẫu".to_owned(),
                ..Signature::default()
            }),
            recipients: vec!["Như trên".to_owned()],
            ..Document::default()
        };
        assert_eq!(
            lines(&document),
            ["V/v", "trước", "DANH SÁCH", "một", "Nguyễn Văn Mẫu", "- Như trên"]
        );
    }
}
