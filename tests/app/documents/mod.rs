//! Official papers: what the writers produced is read again, letter by letter, and held against the rules of Decree 30.

pub mod checker;
mod edges;
mod elements;
mod kinds;
pub mod printed;
#[path = "../../../examples/documents/samples.rs"]
mod samples;
mod word_processor;
mod written;

/// All words of a DOCX.
pub fn docx_text(bytes: &[u8]) -> String {
    written::Package::open(bytes).text()
}

use cumthidua::kit::documents::{
    Profile, docx,
    model::{Block, Document, Signature, Signing},
    pdf,
};

use printed::{Page, Words};
use written::{Package, child, mm, named, value};

fn print(document: &Document) -> Vec<Page> {
    printed::read(&pdf(document, &Profile::decree_30()).unwrap())
}

fn write(document: &Document) -> Package {
    Package::open(&docx(document, &Profile::decree_30()).unwrap())
}

#[track_caller]
fn assert_near(found: f64, wanted: f64, off: f64, what: &str) {
    assert!((found - wanted).abs() <= off, "{what}: {found}, not {wanted}");
}

/// How a piece begins; its size; bold; italic.
type Look = (&'static str, f64, bool, bool);

#[track_caller]
fn assert_looks(document: &Document, looks: &[Look]) {
    let pages = print(document);
    let package = write(document);
    for (start, size, bold, italic) in looks {
        let para = package.find(start);
        assert_eq!(
            (para.size, para.bold, para.italic),
            (*size, *bold, *italic),
            "DOCX: {para:?}"
        );
        let words = pages.iter().flat_map(|page| &page.words);
        // The end of a line may part the words.
        let first: String = start.chars().take(12).collect();
        let words = words
            .clone()
            .find(|words| printed::plain(&words.text).starts_with(&first));
        let words = words.unwrap_or_else(|| panic!("PDF: no “{first}” in {}", pages[0].text()));
        assert_near(words.size, *size, 0.05, start);
        assert_eq!((words.bold, words.italic), (*bold, *italic), "PDF: {words:?}");
    }
}

#[test]
fn every_piece_of_an_order_has_its_size_and_style_in_both_files() {
    assert_looks(
        &samples::order(3),
        &[
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12.0, true, false),
            ("Độc lập - Tự do - Hạnh phúc", 13.0, true, false),
            ("LIÊN HIỆP CÁC HỘI KH&KT VIỆT NAM", 12.0, false, false),
            ("Số: 586/QĐ-LHH", 13.0, false, false),
            ("Mẫu, ngày 05 tháng 02 năm 2026", 13.0, false, true),
            ("QUYẾT ĐỊNH", 14.0, true, false),
            ("Về việc tặng Bằng khen", 14.0, true, false),
            ("CHỦ TỊCH LIÊN HIỆP", 14.0, true, false),
            ("Căn cứ Luật Thi đua, khen thưởng;", 14.0, false, true),
            (
                "Theo đề nghị của Hội đồng Thi đua, Khen thưởng.",
                14.0,
                false,
                true,
            ),
            ("QUYẾT ĐỊNH:", 14.0, true, false),
            ("Nơi nhận:", 12.0, true, true),
            ("- Như Điều 3;", 11.0, false, false),
            ("- Lưu: VT, TĐKT.", 11.0, false, false),
            ("Nguyễn Văn Mẫu", 14.0, true, false),
            ("Phụ lục", 14.0, true, false),
            ("DANH SÁCH CÁ NHÂN", 14.0, true, false),
            (
                "(Kèm theo Quyết định số 586/QĐ-LHH ngày 05 tháng 02 năm 2026 của Liên hiệp",
                14.0,
                false,
                true,
            ),
        ],
    );
}

#[test]
fn every_piece_of_a_letter_has_its_size_and_style_in_both_files() {
    assert_looks(
        &samples::letter(),
        &[
            ("Số: 05/LHH-VP", 13.0, false, false),
            ("V/v gửi báo cáo", 12.0, false, false),
            ("Kính gửi:", 14.0, false, false),
            ("- Các đơn vị thành viên trong cụm;", 14.0, false, false),
            ("- Văn phòng Liên hiệp Hội Việt Nam.", 14.0, false, false),
            ("Thực hiện phong trào", 14.0, false, false),
            ("KT. CHỦ TỊCH", 14.0, true, false),
            ("PHÓ CHỦ TỊCH", 14.0, true, false),
            ("Trần Thị Ví Dụ", 14.0, true, false),
            ("PL.(20)", 11.0, false, false),
        ],
    );
    let text = write(&samples::letter()).text();
    assert!(text.contains("Trân trọng./."), "{text}");
    assert!(text.contains("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n"), "{text}");
}

#[test]
fn articles_and_chapters_have_their_styles() {
    assert_looks(
        &samples::submission(),
        &[
            ("Chương I", 14.0, true, false),
            ("QUY ĐỊNH CHUNG", 14.0, true, false),
            ("Mục 1", 14.0, true, false),
            ("Điều 1. Đối tượng áp dụng", 14.0, true, false),
            ("1. Tập thể và cá nhân", 14.0, false, false),
            ("đ) Những người khác", 14.0, false, false),
            ("Phụ lục I", 14.0, true, false),
        ],
    );
    let text = write(&samples::submission()).text();
    assert!(text.contains("Phụ lục II\n") && text.contains("Kính gửi: Hội đồng Thi đua, Khen thưởng\n"));
    assert!(
        text.contains("đ) Những người khác theo đề nghị của Hội đồng./.\n"),
        "{text}"
    );
}

#[test]
fn the_pages_of_every_paper_are_a4_with_the_margins_of_the_decree() {
    for (name, document) in samples::all() {
        let package = write(&document);
        let xml = package.document();
        let sections: Vec<_> = named(xml.root(), "sectPr").collect();
        assert_eq!(sections.len(), 1 + document.appendices.len(), "{name}");
        for section in &sections {
            let margins = child(*section, "pgMar").unwrap();
            for (side, wanted) in [("top", 20.0), ("bottom", 20.0), ("left", 30.0), ("right", 15.0)] {
                assert_near(mm(margins, side), wanted, 0.02, &format!("{name}: {side}"));
            }
            let size = child(*section, "pgSz").unwrap();
            let (wide, high) = (mm(size, "w"), mm(size, "h"));
            let is_landscape = value(size, "orient") == Some("landscape");
            let wanted = if is_landscape {
                (297.0, 210.0)
            } else {
                (210.0, 297.0)
            };
            assert_near(wide, wanted.0, 0.02, name);
            assert_near(high, wanted.1, 0.02, name);
            assert!(child(*section, "titlePg").is_some(), "{name}");
            assert_eq!(
                child(*section, "pgNumType").and_then(|n| value(n, "start")),
                Some("1")
            );
        }
        assert!(
            package
                .part("word/styles.xml")
                .contains("w:ascii=\"Times New Roman\"")
        );
        for page in print(&document) {
            let is_landscape = page.width > page.height;
            let wanted = if is_landscape {
                (297.0, 210.0)
            } else {
                (210.0, 297.0)
            };
            assert_near(page.width, wanted.0, 0.1, name);
            assert_near(page.height, wanted.1, 0.1, name);
            for words in &page.words {
                let (left, right) = (words.left, words.right);
                assert!(left > 29.9 && right < page.width - 14.9, "{name}: {words:?}");
                assert!(words.base < page.height - 5.0, "{name}: {words:?}");
            }
        }
    }
}

#[test]
fn page_numbers_stand_in_the_middle_of_the_top_margin_from_the_second_page_and_begin_again_in_an_appendix() {
    let pages = print(&samples::order(80));
    let number = |page: &Page| {
        let words: Vec<&Words> = page.words.iter().filter(|words| words.base < 20.0).collect();
        assert!(words.len() < 2, "{words:?}");
        words.first().map(|words| (*words).clone())
    };
    let numbers: Vec<String> = pages
        .iter()
        .map(|page| number(page).map_or_else(String::new, |words| words.text))
        .collect();
    // One page of text, then the list.
    assert_eq!(&numbers[..4], ["", "", "2", "3"], "{numbers:?}");
    let second = number(&pages[2]).unwrap();
    assert_near(second.centre(), 30.0 + 165.0 / 2.0, 0.2, "the middle of the text");
    assert_near(second.size, 13.0, 0.05, "size");
    assert!((10.0..18.0).contains(&second.base), "{second:?}");
    assert!(!second.bold && !second.italic);

    let package = write(&samples::order(80));
    for name in ["word/header1.xml", "word/header2.xml"] {
        let header = package.part(name);
        assert!(
            header.contains(" PAGE ") && header.contains("<w:sz w:val=\"26\"/>"),
            "{header}"
        );
        assert!(header.contains("<w:jc w:val=\"center\"/>"), "{header}");
    }
    assert!(!package.part("word/headerFirst1.xml").contains("PAGE"));
}

#[test]
fn lines_below_names_have_their_lengths() {
    let page = &print(&samples::order(3))[0];
    let motto = page.find("Độc lập");
    let line = page.line_below(motto);
    assert_near(line.0, motto.left, 0.5, "the line begins with the motto");
    assert_near(line.1, motto.right, 0.5, "and ends with it");
    for (start, below) in [
        ("LIÊN HIỆP CÁC HỘI", "TỈNH MẪU"),
        ("Về việc tặng", "xuất sắc năm 2025"),
    ] {
        let first = page
            .words
            .iter()
            .find(|words| words.bold && words.text.starts_with(start))
            .unwrap();
        let last = page
            .words
            .iter()
            .find(|words| words.text.ends_with(below))
            .unwrap();
        let line = page.line_below(last);
        let part = (line.1 - line.0) / (first.right - first.left).max(last.right - last.left);
        assert!((0.33..=0.5).contains(&part), "{start}: {part}");
        assert_near(f64::midpoint(line.0, line.1), last.centre(), 0.5, start);
    }
    // In the DOCX the same lines are edges of paragraphs that stand in from both sides.
    let package = write(&samples::order(3));
    let xml = package.document();
    let edges = named(xml.root(), "pBdr").filter(|edge| child(*edge, "top").is_some());
    assert_eq!(edges.count(), 3);
}

#[test]
fn the_pieces_of_the_head_and_the_end_stand_where_the_diagram_has_them() {
    let page = &print(&samples::order(3))[0];
    let (number, place) = (page.find("Số: 586"), page.find("Mẫu, ngày"));
    assert_near(number.base, place.base, 0.2, "number and place on one line");
    assert_near(
        number.centre(),
        page.find("LIÊN HIỆP CÁC HỘI").centre(),
        0.3,
        "below the issuer",
    );
    assert_near(
        place.centre(),
        page.find("CỘNG HÒA").centre(),
        0.3,
        "below the emblem",
    );
    assert_near(
        page.find("Độc lập").centre(),
        page.find("CỘNG HÒA").centre(),
        0.3,
        "the motto",
    );
    let kind = page.find("QUYẾT ĐỊNH");
    assert_near(kind.centre(), 30.0 + 165.0 / 2.0, 0.3, "the type");
    let first = page.find("Điều 1.");
    assert_near(first.left, 30.0 + 12.7, 0.3, "the first line stands in");
    let recipients = page.find("Nơi nhận:");
    assert_near(recipients.left, 30.0, 0.3, "recipients at the left margin");
    let post = page.words.iter().rfind(|words| words.text == "CHỦ TỊCH").unwrap();
    assert_near(recipients.base, post.base, 1.0, "level with the post");
    let name = page.find("Nguyễn Văn Mẫu");
    assert_near(name.centre(), post.centre(), 0.3, "name below post");
    assert!(name.base - post.base > 20.0, "room for hand and seal");

    let para = write(&samples::order(3)).find("Điều 1.");
    assert_near(para.first, 12.7, 0.02, "first line");
    assert_eq!((para.side.as_str(), para.before), ("both", 12.0));
    let second = write(&samples::order(3)).find("Điều 2.");
    assert_eq!((second.before, second.lines), (6.0, 1.15));
}

#[test]
fn minutes_have_no_place_and_date_and_the_secretary_signs_at_the_left() {
    let document = samples::minutes();
    assert!(document.head.place.is_some(), "it is given, and left out");
    let pages = print(&document);
    assert!(!pages[0].text().contains("Mẫu, ngày"));
    assert!(!write(&document).text().contains("Mẫu, ngày"));
    let page = pages.iter().find(|page| page.text().contains("THƯ KÝ")).unwrap();
    let (secretary, chair) = (page.find("THƯ KÝ"), page.find("CHỦ TỌA"));
    assert_near(secretary.base, chair.base, 0.2, "on one line");
    assert!(secretary.right < 112.5 && chair.left > 112.5);
    let text: String = pages.iter().map(Page::text).collect();
    assert!(text.find("Nơi nhận:") > text.find("Trần Thị Ví Dụ"));
    assert_near(pages[0].find("BIÊN BẢN").size, 14.0, 0.05, "size");
}

#[test]
fn no_academic_title_stands_before_the_name_of_a_signer() {
    let (pages, text) = (print(&samples::report()), write(&samples::report()).text());
    let printed: String = pages.iter().map(Page::text).collect();
    for text in [printed, text] {
        assert!(text.contains("Nguyễn Văn Mẫu") && !text.contains("PGS"), "{text}");
    }
}

#[test]
fn a_table_over_pages_repeats_its_header_and_cuts_no_row() {
    let pages = print(&samples::report());
    let with_rows: Vec<&Page> = pages
        .iter()
        .filter(|page| page.text().contains("thuật tỉnh thứ"))
        .collect();
    assert!(with_rows.len() >= 2, "{}", with_rows.len());
    for page in &with_rows {
        for words in ["TT", "Đơn vị", "Điểm", "Tự", "Thẩm", "Chênh"] {
            assert!(page.find(words).bold, "{words} on every page");
        }
        // Every row has its two lines and its mark on one page.
        let starts = page.text().matches("Liên hiệp các Hội Khoa học").count();
        let ends = page.text().matches("tỉnh thứ ").count();
        assert_eq!(starts, ends);
        assert_eq!(page.text().matches("98,5").count(), ends);
    }
    let rows: usize = with_rows
        .iter()
        .map(|page| page.text().matches("98,5").count())
        .sum();
    assert_eq!(rows, 40);

    let package = write(&samples::report());
    let xml = package.document();
    let table = named(xml.root(), "tbl")
        .find(|table| child(*table, "tblPr").is_some_and(|p| child(p, "tblBorders").is_some()));
    let rows: Vec<_> = named(table.unwrap(), "tr").collect();
    assert_eq!(rows.len(), 2 + 1 + 40);
    for (at, row) in rows.iter().enumerate() {
        let rule = child(*row, "trPr").unwrap();
        assert!(child(rule, "cantSplit").is_some(), "row {at}");
        assert_eq!(child(rule, "tblHeader").is_some(), at < 2, "row {at}");
        let columns: usize = named(*row, "tc")
            .map(|cell| {
                let span = child(cell, "tcPr").and_then(|rule| child(rule, "gridSpan"));
                span.and_then(|span| value(span, "val"))
                    .map_or(1, |n| n.parse().unwrap())
            })
            .sum();
        assert_eq!(columns, 6, "row {at}");
    }
    assert_eq!(
        named(rows[0], "vMerge")
            .filter(|m| value(*m, "val") == Some("restart"))
            .count(),
        3
    );
    assert_eq!(
        named(rows[1], "vMerge")
            .filter(|m| value(*m, "val") == Some("continue"))
            .count(),
        3
    );
}

/// The page with these words of a document of so many short paragraphs.
fn page_with(words: &str, document: &mut Document, lines: usize) -> Page {
    document.body = (1..=lines)
        .map(|number| Block::Paragraph(format!("Đoạn số {number}.").into()))
        .collect();
    let mut pages = print(document).into_iter();
    pages.find(|page| page.text().contains(words)).unwrap()
}

#[test]
fn a_signature_never_stands_alone_on_a_page() {
    let mut document = samples::letter();
    document.addressees.clear();
    document.verification = None;
    for lines in 20..45 {
        let page = page_with("PHÓ CHỦ TỊCH", &mut document, lines);
        let last = format!("Đoạn số {lines}./.");
        assert!(page.text().contains(&last), "{lines} lines: {}", page.text());
        assert!(page.text().contains("Trần Thị Ví Dụ"));
    }
    let para = write(&document).find("Đoạn số 44");
    assert!(para.with_next, "{para:?}");
}

#[test]
fn the_last_who_sign_those_who_get_it_and_the_code_stay_together() {
    let signature = |name: &str| Signature {
        posts: vec!["ỦY VIÊN".to_owned()],
        name: name.to_owned(),
        ..Signature::default()
    };
    let mut document = samples::minutes();
    document.signing = Signing::Several(["Lê Một", "Lê Hai", "Lê Ba"].map(signature).to_vec());
    document.verification = samples::report().verification;
    for lines in 18..46 {
        let page = page_with("Mã xác minh", &mut document, lines);
        for words in [&*format!("Đoạn số {lines}./."), "Lê Một", "Lê Ba", "Nơi nhận:"] {
            assert!(page.text().contains(words), "{lines} lines: {}", page.text());
        }
    }
    // An office keeps a row of a table whole: signature, list and code are in one.
    let package = write(&document);
    let xml = package.document();
    let mut rows =
        named(xml.root(), "tr").map(|row| row.descendants().filter_map(|n| n.text()).collect::<String>());
    assert!(
        rows.any(|row| row.contains("Lê Ba") && row.contains("Nơi nhận:") && row.contains("Mã xác minh"))
    );
}

#[test]
fn several_signers_stand_in_pairs() {
    let signature = |name: &str| Signature {
        posts: vec!["Thành viên".to_owned()],
        note: "(Ký, ghi rõ họ tên)".to_owned(),
        name: name.to_owned(),
        ..Signature::default()
    };
    let mut document = samples::minutes();
    document.body.truncate(3);
    document.signing = Signing::Several(["Lê Một", "Lê Hai", "Lê Ba"].map(signature).to_vec());
    let pages = print(&document);
    let page = pages.last().unwrap();
    let (one, two, three) = (page.find("Lê Một"), page.find("Lê Hai"), page.find("Lê Ba"));
    assert_near(one.base, two.base, 0.2, "a pair");
    assert!(three.base > one.base && three.centre() < 112.5 && two.centre() > 112.5);
    assert!(page.find("(Ký, ghi rõ").italic);
}

#[test]
fn a_draft_says_so_on_every_page_and_has_gaps_for_number_and_date() {
    let pages = print(&samples::plan());
    assert!(pages.len() > 1);
    for page in &pages {
        assert!(page.text().contains("DỰ THẢO LẦN 2"), "{}", page.text());
    }
    let text = pages[0].text();
    assert!(text.contains("/KH-LHH") && !text.contains("00/KH-LHH"), "{text}");
    let package = write(&samples::plan());
    assert!(package.text().contains("DỰ THẢO LẦN 2"));
    assert!(package.part("word/header1.xml").contains("DỰ THẢO LẦN 2"));
}

#[test]
fn pictures_and_the_code_for_checking_are_in_both_files() {
    let pages = print(&samples::report());
    let drawn = pages.iter().find(|page| page.text().contains("Hình 1.")).unwrap();
    assert!(drawn.pictures > 5, "{}", drawn.pictures);
    let text: String = pages.iter().map(Page::text).collect();
    assert!(text.contains("Mã xác minh: K7QM-2XPA-9D"), "{text}");
    let package = write(&samples::report());
    assert!(package.0.contains_key("word/media/picture2.png"));
    assert!(
        package
            .part("word/document.xml")
            .contains("descr=\"Biểu đồ thanh:")
    );
}

#[test]
fn the_layout_of_party_papers_exists_and_differs() {
    let profile = Profile::party_guide_05();
    let document = samples::report();
    let page = printed::read(&pdf(&document, &profile).unwrap()).remove(0);
    assert_near(page.find("ĐẢNG CỘNG SẢN VIỆT NAM").size, 15.0, 0.05, "size");
    assert!(page.text().contains("Số 12-BC-LHH") && !page.text().contains("CỘNG HÒA"));
    assert!(page.text().contains("-----"));
    let package = Package::open(&docx(&document, &profile).unwrap());
    assert!(package.text().contains("T/M BAN THƯỜNG VỤ\n"));
    assert!(!package.find("CHỦ TỊCH").bold);
    let kept: Profile = serde_json::from_str(&serde_json::to_string(&profile).unwrap()).unwrap();
    assert_eq!(kept, profile, "a layout is data");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let (document, profile) = (samples::report(), Profile::decree_30());
    assert!(pdf(&document, &profile).unwrap() == pdf(&document, &profile).unwrap());
    assert!(docx(&document, &profile).unwrap() == docx(&document, &profile).unwrap());
}
