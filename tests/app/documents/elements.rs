//! Holds the named elements of a DOCX against Decree 30, Appendix I: each in its place, in its letters; lines as long as they
//! have to be. The numbers in the comments are those of the decree's diagram.

use roxmltree::Node;

use super::{
    printed::{Page, Words},
    written::{Package, Para, child, lines_in, mm, named, paras_in},
};

/// Size, bold, italic, where on its line.
type Look = (f64, bool, bool, &'static str);

const EMBLEM: Look = (12.0, true, false, "center");
const MOTTO: Look = (13.0, true, false, "center");
const PARENT: Look = (12.0, false, false, "center");
const ISSUER: Look = (12.0, true, false, "center");
const NUMBER: Look = (13.0, false, false, "center");
const PLACE: Look = (13.0, false, true, "center");
const SUBJECT_OF_LETTER: Look = (12.0, false, false, "center");
const TITLE: Look = (14.0, true, false, "center");
const SIGNATURE: Look = (14.0, true, false, "center");
const RECIPIENTS: Look = (12.0, true, true, "left");
const RECIPIENT: Look = (11.0, false, false, "left");

/// What is wrong with the elements of a paper, a sentence each; the first page of the PDF tells how wide letters are.
pub fn faults(package: &Package, first: &Page) -> Vec<String> {
    let xml = package.document();
    let Some(body) = named(xml.root(), "body").next() else {
        return vec!["DOCX: no body".to_owned()];
    };
    let pieces: Vec<Node<'_, '_>> = body.children().filter(Node::is_element).collect();
    let tables: Vec<Table<'_, '_>> = pieces
        .iter()
        .filter(|piece| piece.tag_name().name() == "tbl")
        .map(|table| Table::read(*table))
        .collect();
    let mut faults = Faults(Vec::new());
    let [head, numbers, ..] = tables.as_slice() else {
        return vec!["DOCX: no head".to_owned()];
    };
    // Only what was issued has a code at its foot: a draft, a ballot paper, a list have gaps or no number at all.
    let is_draft = !package.text().contains("Mã xác minh:");
    let paras: Vec<Para> = pieces
        .iter()
        .filter(|piece| piece.tag_name().name() == "p")
        .flat_map(|piece| paras_in(*piece))
        .collect();
    let is_minutes = paras.first().is_some_and(|title| title.text == "BIÊN BẢN");
    faults.of_head(head, first);
    faults.of_number(numbers, is_draft, is_minutes);
    faults.of_title(numbers, &paras);
    faults.of_closing(&tables, is_minutes);
    faults.0
}

/// A table that puts pieces beside each other: its cells with their widths.
struct Table<'a, 'd> {
    cells: Vec<(Node<'a, 'd>, f64)>,
}

impl<'a, 'd: 'a> Table<'a, 'd> {
    fn read(table: Node<'a, 'd>) -> Self {
        let row = table.children().find(|piece| piece.tag_name().name() == "tr");
        let cells = row.into_iter().flat_map(|row| row.children().collect::<Vec<_>>());
        let cells = cells.filter(|cell| cell.tag_name().name() == "tc").map(|cell| {
            let rule = child(cell, "tcPr").and_then(|rule| child(rule, "tcW"));
            (cell, rule.map_or(0.0, |width| mm(width, "w")))
        });
        Self {
            cells: cells.collect(),
        }
    }

    /// The paragraphs of a cell, counted from the left.
    fn paras(&self, at: usize) -> Vec<Para> {
        self.cells
            .get(at)
            .map(|(cell, _)| paras_in(*cell))
            .unwrap_or_default()
    }

    /// The lines drawn in a cell.
    fn lines(&self, at: usize) -> Vec<f64> {
        let cell = self.cells.get(at);
        cell.map(|(cell, width)| lines_in(*cell, *width))
            .unwrap_or_default()
    }
}

struct Faults(Vec<String>);

impl Faults {
    fn unless(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.0.push(format!("DOCX: {}", what()));
        }
    }

    fn looks(&mut self, what: &str, para: &Para, look: Look) {
        let is = (para.size, para.bold, para.italic, para.side.as_str());
        self.unless(is == look, || format!("{what} should be {look:?}: {para:?}"));
    }

    /// The issuer at the left (2), the emblem at the right (1), each above its line.
    fn of_head(&mut self, head: &Table<'_, '_>, first: &Page) {
        self.unless(head.cells.len() == 2, || "the head has two columns".to_owned());
        let (left, right) = (head.paras(0), head.paras(1));
        match right.as_slice() {
            [emblem, motto] => {
                self.looks("the emblem", emblem, EMBLEM);
                self.looks("the motto", motto, MOTTO);
                self.unless(
                    emblem.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                    || emblem.text.clone(),
                );
                self.unless(motto.text == "Độc lập - Tự do - Hạnh phúc", || {
                    motto.text.clone()
                });
                let gap = emblem.before.max(motto.before);
                self.unless(gap < 0.1, || format!("{gap} pt between emblem and motto"));
            }
            other => self.unless(false, || format!("the emblem at the right: {other:?}")),
        }
        let motto = wide(first, |words| words.text.starts_with("Độc lập"));
        let below = head.lines(1);
        let is_as_long = matches!(below.as_slice(), [line] if (line - motto).abs() < 1.0);
        self.unless(is_as_long, || {
            format!("the line below the motto, {motto} mm wide: {below:?}")
        });

        let issuers: Vec<&Para> = left.iter().skip_while(|para| !para.bold).collect();
        self.unless(!issuers.is_empty(), || format!("no issuer at the left: {left:?}"));
        for para in &left {
            self.looks("the issuer", para, if para.bold { ISSUER } else { PARENT });
            self.unless(para.text == para.text.to_uppercase(), || {
                format!("not in capitals: {para:?}")
            });
        }
        self.unless(issuers.iter().all(|para| para.bold), || {
            format!("the body above stands below the issuer: {left:?}")
        });
        // The name may be broken: the widest of its lines counts.
        let column = head.cells.first().map_or(0.0, |(_, width)| 30.0 + width);
        let letters = |words: &Words| {
            words.bold && (words.size - 12.0).abs() < 0.05 && words.right < column + 0.5 && words.base < 60.0
        };
        let name = wide(first, letters);
        let below = head.lines(0);
        let is_part = matches!(below.as_slice(), [line] if (0.32..0.51).contains(&(line / name)));
        self.unless(is_part, || {
            format!("the line below the issuer, {name} mm wide: {below:?}")
        });
    }

    /// The number (3) below the issuer, place and day (4) on the same row below the emblem; what a letter is about (5b).
    fn of_number(&mut self, numbers: &Table<'_, '_>, is_draft: bool, is_minutes: bool) {
        let (left, right) = (numbers.paras(0), numbers.paras(1));
        let number = left.iter().find(|para| para.text.starts_with("Số:"));
        if let Some(number) = number {
            self.looks("the number", number, NUMBER);
            let (value, symbol) = number
                .text
                .trim_start_matches("Số:")
                .split_once('/')
                .unwrap_or_default();
            let value = value.trim();
            let is_given = value.len() >= 2 && value.chars().all(|digit| digit.is_ascii_digit());
            self.unless(is_draft || is_given, || format!("no number: {}", number.text));
            let is_symbol = !symbol.is_empty() && !symbol.contains(' ');
            self.unless(is_symbol, || format!("the symbol: {}", number.text));
        }
        self.unless(is_draft || number.is_some(), || {
            format!("issued without a number: {left:?}")
        });
        if let Some(subject) = left.iter().find(|para| para.text.starts_with("V/v ")) {
            self.looks("the subject", subject, SUBJECT_OF_LETTER);
            self.unless((subject.before - 6.0).abs() < 0.1, || {
                format!("{} pt above the subject", subject.before)
            });
        }
        let place = right.iter().find(|para| para.text.contains("ngày"));
        match place {
            Some(place) => {
                self.looks("place and day", place, PLACE);
                self.unless(!is_minutes, || {
                    format!("minutes have no place and day: {}", place.text)
                });
                self.unless(is_draft || is_day(&place.text), || {
                    format!("the day: {}", place.text)
                });
            }
            None => self.unless(is_minutes || is_draft, || format!("no place and day: {right:?}")),
        }
        self.unless(right.len() <= 1, || format!("more beside the number: {right:?}"));
    }

    /// The type (5a) in the middle below the head; a letter has none.
    fn of_title(&mut self, numbers: &Table<'_, '_>, paras: &[Para]) {
        if numbers.paras(0).iter().any(|para| para.text.starts_with("V/v ")) {
            return;
        }
        let Some(title) = paras.first() else {
            return self.unless(false, || "no title".to_owned());
        };
        self.looks("the type", title, TITLE);
        self.unless(title.text == title.text.to_uppercase(), || {
            format!("not in capitals: {title:?}")
        });
        if let Some(subject) = paras.get(1).filter(|para| para.side == "center") {
            self.looks("the subject", subject, TITLE);
        }
    }

    /// Who gets it (9b) at the left, who signs (7) at the right on the same row; of minutes the secretary at the left.
    fn of_closing(&mut self, tables: &[Table<'_, '_>], is_minutes: bool) {
        let starts = |paras: &[Para], start: &str| paras.iter().any(|para| para.text.starts_with(start));
        for table in tables {
            self.unless(!starts(&table.paras(1), "Nơi nhận:"), || {
                "the recipients stand at the right".to_owned()
            });
        }
        let Some(closing) = tables.iter().rfind(|table| starts(&table.paras(0), "Nơi nhận:")) else {
            return;
        };
        let (left, right) = (closing.paras(0), closing.paras(1));
        let at = left.iter().position(|para| para.text.starts_with("Nơi nhận:"));
        let (above, list) = left.split_at(at.unwrap_or_default());
        self.looks("the label of the recipients", &list[0], RECIPIENTS);
        let items: Vec<&Para> = list[1..]
            .iter()
            .take_while(|para| para.text.starts_with('-'))
            .collect();
        self.unless(!items.is_empty(), || format!("no recipients: {list:?}"));
        for item in &items {
            self.looks("a recipient", item, RECIPIENT);
        }
        let copy = items.last().map(|item| item.text.as_str()).unwrap_or_default();
        self.unless(copy.starts_with("- Lưu: VT") && copy.ends_with('.'), || {
            format!("the last recipient keeps a copy: {copy}")
        });
        for para in above.iter().chain(&right) {
            self.looks("who signs", para, SIGNATURE);
        }
        // A committee, or two parties, sign as such; where a chair and a secretary do, each has a side.
        let is_led = |para: &Para| para.text == "THƯ KÝ" || para.text == "CHỦ TỌA";
        if is_minutes && above.iter().chain(&right).any(is_led) {
            let posts = [above.first(), right.first()].map(|para| para.map(|p| p.text.as_str()));
            self.unless(posts == [Some("THƯ KÝ"), Some("CHỦ TỌA")], || {
                format!("minutes are signed by {posts:?}")
            });
        }
        if let [post, .., name] = right.as_slice() {
            let is_upper = post.text == post.text.to_uppercase();
            self.unless(is_upper, || format!("a power or post in small letters: {post:?}"));
            let is_name = name.text != name.text.to_uppercase() || name.text.trim().is_empty();
            self.unless(is_name && name.before > 20.0, || {
                format!("no room for a hand: {name:?}")
            });
        }
    }
}

/// How wide the widest of some words is, in millimetres.
fn wide(page: &Page, fits: impl Fn(&Words) -> bool) -> f64 {
    let found = page.words.iter().filter(|words| fits(words));
    found.map(|words| words.right - words.left).fold(0.0, f64::max)
}

/// `Sơn La, ngày 05 tháng 02 năm 2026`: days below 10 and the first two months have a leading 0.
fn is_day(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '\u{a0}']).collect();
    let after = |word: &str| {
        let at = words.iter().position(|found| *found == word)?;
        words.get(at + 1).copied()
    };
    let (Some(day), Some(month), Some(year)) = (after("ngày"), after("tháng"), after("năm")) else {
        return false;
    };
    let is_month = match month.parse::<u32>() {
        Ok(1 | 2) => month.len() == 2,
        Ok(number) => number.to_string() == month,
        Err(_) => false,
    };
    let has_place = text
        .split_once(", ngày")
        .is_some_and(|(place, _)| !place.is_empty());
    has_place && day.len() == 2 && day.parse::<u32>().is_ok() && is_month && year.len() == 4
}

#[test]
fn days_have_their_zeros() {
    assert!(is_day("Sơn La, ngày 05 tháng 02 năm 2026"));
    assert!(is_day("Hà Nội, ngày 30 tháng 11 năm 2026"));
    for wrong in [
        "Sơn La, ngày 5 tháng 02 năm 2026",
        "Sơn La, ngày 05 tháng 2 năm 2026",
        "Sơn La, ngày 05 tháng 03 năm 2026",
        "ngày 05 tháng 02 năm 2026",
        "Sơn La, ngày     tháng     năm 2026",
    ] {
        assert!(!is_day(wrong), "{wrong}");
    }
}
