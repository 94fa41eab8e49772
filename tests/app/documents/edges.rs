//! What nobody should send, and somebody will.

use cumthidua::kit::{
    documents::{
        Profile, docx, docx_apart,
        model::{
            Align, Appendix, Block, Cell, Column, Document, Head, HeaderCell, Level, Picture, Rich, Row,
            Signature, Signing, Table, Title,
        },
        pdf, pdf_apart,
    },
    error::AppError,
};

use super::{Page, print, samples, write};

/// All Vietnamese letters, small and capital, and what stands between them on paper.
pub(super) fn letters() -> String {
    let plain = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz";
    let marked = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ";
    let small = format!("{plain}{marked}");
    format!("{small}{}0123456789.,;:!?()/-–…“”%&", small.to_uppercase())
}

fn text_of(pages: &[Page]) -> String {
    let text: String = pages.iter().map(Page::text).collect();
    text.replace('\u{200b}', "")
}

/// Without what lines do to words.
fn tight(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

pub(super) fn with(body: Vec<Block>) -> Document {
    Document {
        body,
        ..samples::letter()
    }
}

#[test]
fn every_vietnamese_letter_is_printed_and_written_in_all_four_styles() {
    let letters = letters();
    assert_eq!(
        letters.chars().filter(|letter| letter.is_alphabetic()).count(),
        2 * (33 + 60)
    );
    let spaced: String = letters.chars().flat_map(|letter| [letter, ' ']).collect();
    for (bold, italic) in [(false, false), (true, false), (false, true), (true, true)] {
        let mut text = Rich::from(spaced.as_str());
        text.0[0].bold = bold;
        text.0[0].italic = italic;
        let mut document = with(vec![Block::Paragraph(text)]);
        document.is_closed = false;
        let pages = print(&document);
        let printed = tight(&text_of(&pages));
        assert!(printed.contains(&letters), "{bold} {italic}: {printed}");
        let words: Vec<_> = pages[0]
            .words
            .iter()
            .filter(|words| words.text.contains("ằ ắ ẳ"))
            .collect();
        assert!(
            words
                .iter()
                .all(|words| (words.bold, words.italic) == (bold, italic))
        );
        assert!(tight(&write(&document).text()).contains(&letters));
    }
}

#[test]
fn letters_typed_in_pieces_come_out_whole() {
    let document = with(vec![Block::Paragraph("Ho\u{300}a Bi\u{300}nh".into())]);
    assert!(text_of(&print(&document)).contains("Hòa Bình"));
    assert!(write(&document).text().contains("Hòa Bình"));
}

#[test]
fn signs_of_any_markup_stay_signs_everywhere() {
    let signs =
        "#let x = 1 $y$ *a* _b_ `c` @d <e> // f \\g [h] ~i = j - k </w:t> &amp; \"l\" 'm' {{n}} #import";
    let mut document = samples::report();
    document.head.issuer = signs.to_owned();
    document.title = Title::Named {
        kind: "BÁO CÁO".to_owned(),
        subject: signs.to_owned(),
    };
    document.bases = vec![signs.to_owned()];
    document.recipients = vec![signs.to_owned()];
    document.body = vec![
        Block::Paragraph(signs.into()),
        Block::Heading {
            level: Level::Article,
            number: 1,
            title: signs.to_owned(),
        },
        Block::Table(Table {
            caption: signs.to_owned(),
            columns: vec![Column {
                width: 1,
                align: Align::Left,
            }],
            header: vec![vec![signs.into()]],
            rows: vec![Row {
                cells: vec![signs.into()],
                is_strong: false,
            }],
        }),
    ];
    document.signing = Signing::One(Signature {
        name: signs.to_owned(),
        ..Signature::default()
    });
    let wanted = tight(signs);
    let count = |text: &str| tight(text).matches(&wanted).count();
    // Columns beside each other mix line by line, so head and end are counted in the DOCX only.
    let printed = count(&text_of(&print(&document)));
    assert!(printed >= 7, "{printed}");
    let written = write(&document).text();
    assert_eq!(count(&written), 9, "{written}");
    assert!(
        tight(&written).contains(&wanted.to_uppercase()),
        "the issuer is in capitals"
    );
}

#[test]
fn signs_without_a_shape_are_left_out_and_unknown_letters_are_no_trouble() {
    let text = "A\u{0}\u{1}\u{8}\u{1b}\u{7f}\u{202e}\u{feff}B\tC\r\nD 漢字 😀 \u{e000}\u{ffff}E";
    let mut document = with(vec![Block::Paragraph(text.into())]);
    document.recipients = vec![text.to_owned()];
    let printed = text_of(&print(&document));
    assert!(printed.contains("AB C") && printed.contains("D "), "{printed}");
    let written = write(&document).text();
    assert!(written.contains("AB C\nD 漢字 😀 \u{e000}E"), "{written}");
}

#[test]
fn names_of_two_hundred_letters_stay_inside_the_page() {
    for long in ["Liên hiệp các Hội ".repeat(12), "Đ".repeat(200), "ấ".repeat(1000)] {
        let mut document = samples::report();
        document.head = Head {
            parent: long.clone(),
            issuer: long.clone(),
            ..document.head
        };
        document.title = Title::Named {
            kind: "BÁO CÁO".to_owned(),
            subject: long.clone(),
        };
        document.addressees = vec![long.clone(), long.clone()];
        document.recipients = vec![long.clone()];
        document.draft = Some(long.chars().take(30).collect());
        document.signing = Signing::One(Signature {
            posts: vec![long.clone()],
            name: long.clone(),
            ..Signature::default()
        });
        let mut table = samples::table(2);
        table.rows[1].cells[1] = long.as_str().into();
        table.rows[1].cells[0] = long.as_str().into();
        document.body = vec![Block::Paragraph(long.as_str().into()), Block::Table(table)];
        for page in print(&document) {
            for words in &page.words {
                assert!(
                    words.left > 29.5 && words.right < 195.5 && words.base < 290.0,
                    "{words:?}"
                );
            }
        }
        let wanted = tight(&long);
        assert!(tight(&write(&document).text()).matches(&wanted).count() >= 6);
    }
}

#[test]
fn an_empty_document_and_empty_pieces_make_files() {
    let text = |level| Block::Heading {
        level,
        number: 0,
        title: String::new(),
    };
    let empty = Document {
        is_closed: true,
        body: vec![
            text(Level::Part),
            text(Level::Roman),
            text(Level::Clause),
            Block::Paragraph(Rich::default()),
            Block::Point {
                number: 0,
                text: Rich::default(),
            },
            Block::Dash("\n\n".into()),
            Block::Table(Table::default()),
            Block::Picture(Picture::default()),
        ],
        signing: Signing::One(Signature::default()),
        appendices: vec![Appendix::default()],
        recipients: vec![String::new()],
        bases: vec![" ".to_owned()],
        ..Document::default()
    };
    for document in [Document::default(), empty] {
        assert!(!print(&document).is_empty());
        assert!(!write(&document).0.is_empty());
    }
    let mut unsigned = samples::letter();
    unsigned.signing = Signing::None;
    assert!(text_of(&print(&unsigned)).contains("Nơi nhận:"));
    unsigned.signing = Signing::Minutes {
        secretary: String::new(),
        chair: String::new(),
    };
    assert!(text_of(&print(&unsigned)).contains("CHỦ TỌA"));
}

#[test]
fn the_heading_of_a_group_of_rows_is_not_left_alone_at_the_end_of_a_page() {
    let mut rows = Vec::new();
    for group in 0..60 {
        rows.push(Row {
            cells: vec![Cell {
                text: format!("Nhóm {group}").into(),
                across: 2,
            }],
            is_strong: true,
        });
        for line in 0..=group % 3 {
            rows.push(Row {
                cells: vec![format!("Dòng {group}.{line}").into(), "1".into()],
                is_strong: false,
            });
        }
    }
    let column = Column {
        width: 1,
        align: Align::Left,
    };
    let document = with(vec![Block::Table(Table {
        columns: vec![column; 2],
        header: vec![vec!["Chỉ tiêu".into(), "Số".into()]],
        rows,
        ..Table::default()
    })]);
    let pages = print(&document);
    assert!(pages.len() > 2);
    let text = text_of(&pages);
    for group in 0..60 {
        assert_eq!(
            text.lines()
                .filter(|line| *line == format!("Nhóm {group}"))
                .count(),
            1
        );
    }
    for page in &pages {
        let lowest = page
            .words
            .iter()
            .filter(|words| words.text.starts_with("Nhóm") || words.text.starts_with("Dòng"))
            .max_by(|a, b| a.base.total_cmp(&b.base));
        if let Some(lowest) = lowest {
            assert!(lowest.text.starts_with("Dòng"), "{lowest:?}");
        }
    }
    let package = write(&document);
    assert!(package.find("Nhóm 7").with_next && !package.find("Dòng 7.0").with_next);
}

#[test]
fn tables_with_too_few_or_too_many_cells_are_made_right() {
    let row = |cells: Vec<Cell>| Row {
        cells,
        is_strong: false,
    };
    let wide = Cell {
        text: "rộng".into(),
        across: 99,
    };
    let table = Table {
        columns: vec![
            Column {
                width: 0,
                align: Align::Left,
            };
            3
        ],
        header: vec![
            vec![HeaderCell {
                text: "cao".to_owned(),
                across: 0,
                down: 99,
            }],
            vec!["a".into(), "b".into(), "thừa".into()],
            Vec::new(),
        ],
        rows: vec![
            row(Vec::new()),
            row(vec!["một".into()]),
            row(vec!["1".into(), "2".into(), "3".into(), "mất".into()]),
            row(vec!["x".into(), wide]),
        ],
        ..Table::default()
    };
    let document = with(vec![Block::Table(table)]);
    let printed = text_of(&print(&document));
    for words in ["cao", "một", "rộng"] {
        assert!(
            printed.contains(words) && write(&document).text().contains(words),
            "{words}"
        );
    }
}

#[test]
fn a_row_taller_than_a_page_loses_no_word() {
    let words: Vec<String> = (1..=1500).map(|number| format!("từ{number}")).collect();
    let long = words.join(" ");
    let mut table = samples::table(1);
    table.rows[1].cells[1] = long.as_str().into();
    let mut document = with(vec![Block::Table(table)]);
    document.contact.clear();
    let pages = print(&document);
    assert!(pages.len() > 2);
    let printed = text_of(&pages);
    for number in [1, 700, 1100, 1500] {
        assert!(printed.contains(&format!("từ{number}")), "từ{number}");
    }
    for page in &pages {
        assert!(page.words.iter().all(|words| words.base < 278.0));
    }
}

#[test]
fn many_recipients_go_on_on_the_next_page() {
    let mut document = samples::letter();
    document.recipients = (1..=120).map(|number| format!("Đơn vị thứ {number}")).collect();
    let pages = print(&document);
    let printed = text_of(&pages);
    assert!(
        printed.contains("- Đơn vị thứ 1;") && printed.contains("- Đơn vị thứ 120."),
        "{printed}"
    );
    assert!(
        pages
            .iter()
            .flat_map(|page| &page.words)
            .all(|words| words.base < 292.0)
    );
}

#[test]
fn what_is_too_large_is_refused_in_words() {
    let document = with(vec![Block::Table(samples::table(20_000))]);
    for refused in [
        pdf(&document, &Profile::decree_30()),
        docx(&document, &Profile::decree_30()),
    ] {
        assert!(matches!(refused, Err(AppError::TooLarge(words)) if words.contains("ô trong các bảng")));
    }
}

#[tokio::test]
async fn documents_are_made_apart_from_the_threads_that_answer() {
    let profile = Profile::decree_30();
    let made = futures::future::join_all((0..4).map(|_| pdf_apart(samples::letter(), profile.clone()))).await;
    let first = made[0].as_ref().unwrap();
    assert!(made.iter().all(|bytes| bytes.as_ref().unwrap() == first));
    let written = docx_apart(samples::letter(), profile).await.unwrap();
    assert_eq!(&written[..2], b"PK");
}
