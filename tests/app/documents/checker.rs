//! Holds the two files of any paper against Decree 30, whatever the paper says: page, margins, letters, the places of what
//! every paper has, and what nobody wants to see on one. The unit of length is the millimetre.

use super::{
    elements,
    printed::{self, Page, Words},
    written::{Package, Para, child, mm, named, value},
};

/// The sizes that a paper has; a chart brings its own letters, as a picture.
const SIZES: [f64; 4] = [11.0, 12.0, 13.0, 14.0];

/// What is wrong with a paper, a sentence each.
pub fn faults(pdf: &[u8], docx: &[u8]) -> Vec<String> {
    let mut faults = Faults(Vec::new());
    let pages = printed::read(pdf);
    let package = Package::open(docx);
    let paras = package.paras();
    faults.of_pages(&pages);
    faults.of_first_page(&pages[0]);
    faults.of_paragraphs(&pages);
    faults.of_closing(&pages);
    faults.of_sections(&package, &pages);
    faults.of_letters(&package, &paras);
    faults.of_tables(&package, &pages);
    faults.of_lists(&paras);
    faults.of_appendices(&paras);
    faults.of_both(&pages, &paras);
    faults.0.extend(elements::faults(&package, &pages[0]));
    faults.0
}

struct Faults(Vec<String>);

impl Faults {
    fn unless(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.0.push(what());
        }
    }

    /// Paper, margins, page numbers, and the end of every page.
    fn of_pages(&mut self, pages: &[Page]) {
        for (at, page) in pages.iter().enumerate() {
            let number = at + 1;
            let size = (page.width.min(page.height), page.width.max(page.height));
            let is_a4 = (size.0 - 210.0).abs() < 0.1 && (size.1 - 297.0).abs() < 0.1;
            self.unless(is_a4, || format!("page {number} is {size:?}"));
            for words in &page.words {
                let is_within = words.left > 29.9 && words.right < page.width - 14.9;
                self.unless(is_within, || format!("page {number}: in the margin: {words:?}"));
                let is_above = words.base < page.height - 19.9;
                self.unless(is_above, || {
                    format!("page {number}: in the bottom margin: {words:?}")
                });
            }
            let top: Vec<&Words> = page.words.iter().filter(|words| words.base < 20.0).collect();
            let middle = 30.0 + (page.width - 45.0) / 2.0;
            for words in &top {
                let is_number = words.text.chars().all(|letter| letter.is_ascii_digit());
                let is_right = (words.centre() - middle).abs() < 0.3 && (words.size - 13.0).abs() < 0.05;
                let is_mark = words.text.starts_with("DỰ THẢO") && words.centre() > middle;
                self.unless(is_number && is_right || is_mark, || {
                    format!("page {number}: in the top margin: {words:?}")
                });
            }
            self.unless(at > 0 || top.is_empty(), || {
                "the first page has a number".to_owned()
            });
            let low = page.words.last();
            if let Some(low) = low.filter(|_| number < pages.len()) {
                let beside = page.words.iter().filter(|w| (w.base - low.base).abs() < 0.3);
                // A bold line alone in a table heads a group of rows.
                let heads = low.bold && !low.italic && low.size < 12.5 && beside.count() == 1;
                self.unless(!heads && !opens_something(low), || {
                    format!("page {number} ends with what belongs to the next: {low:?}")
                });
            }
        }
    }

    /// The head: name of the state, motto and its line; issuer and its line; number, place and day; the title.
    fn of_first_page(&mut self, page: &Page) {
        let text = page.text();
        let Some(emblem) = words_of(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") else {
            return self.0.push(format!("no name of the state in {text}"));
        };
        let Some(motto) = words_of(page, "Độc lập - Tự do - Hạnh phúc") else {
            return self.0.push(format!("no motto in {text}"));
        };
        self.looks(emblem, 12.0, true, false);
        self.looks(motto, 13.0, true, false);
        let middle = 30.0 + (page.width - 45.0) / 2.0;
        self.unless(emblem.left > middle - 25.0, || {
            format!("not at the right: {emblem:?}")
        });
        self.unless((motto.centre() - emblem.centre()).abs() < 0.3, || {
            format!("not below: {motto:?}")
        });
        let line = page.line_below(motto);
        let is_as_long = (line.0 - motto.left).abs() < 0.5 && (line.1 - motto.right).abs() < 0.5;
        self.unless(is_as_long, || format!("the line below the motto: {line:?}"));
        // The issuer is the last bold line at the left above number and title.
        let mut left = page
            .words
            .iter()
            .filter(|w| w.right < emblem.left + 1.0 && w.base < motto.base + 20.0);
        let number = words_of(page, "Số:");
        let issuer =
            left.rfind(|w| w.bold && number.is_none_or(|n| w.base < n.base) && (w.size - 12.0).abs() < 0.05);
        match issuer {
            Some(issuer) => {
                let below = page.lines.iter().find(|line| {
                    (0.0..4.0).contains(&(line.2 - issuer.base))
                        && line.0 > 29.0
                        && line.1 < emblem.left + 1.0
                });
                let is_short = below.is_some_and(|line| {
                    let part = (line.1 - line.0) / (issuer.right - issuer.left);
                    (0.2..=1.0).contains(&part)
                });
                self.unless(is_short, || format!("no line below {issuer:?}"));
                if let Some(number) = number {
                    self.looks(number, 13.0, false, false);
                    self.unless((number.centre() - issuer.centre()).abs() < 0.5, || {
                        format!("not below the issuer: {number:?}")
                    });
                }
            }
            None => self.0.push(format!("no issuer in {text}")),
        }
        let place = page.words.iter().find(|w| w.italic && w.text.contains(", ngày"));
        let is_minutes = page.words.iter().any(|w| w.bold && w.text == "BIÊN BẢN");
        if let Some(place) = place.filter(|w| w.base < motto.base + 15.0) {
            self.unless(!is_minutes, || {
                format!("minutes have no line of place and day: {place:?}")
            });
            self.looks(place, 13.0, false, true);
            // A draft leaves gaps for the day, which end where no letter stands.
            let is_draft = place.text.contains('\u{a0}');
            self.unless(is_draft || (place.centre() - emblem.centre()).abs() < 0.5, || {
                format!("not below: {place:?}")
            });
        }
        // Letters have no type; every other paper has its type in the middle.
        if !text.contains("V/v ") {
            let is_title = |w: &&Words| {
                w.bold
                    && (w.size - 14.0).abs() < 0.05
                    && (w.centre() - middle).abs() < 0.5
                    && w.base > motto.base
            };
            let title = page.words.iter().find(is_title);
            let is_upper = title.is_some_and(|w| w.text == w.text.to_uppercase());
            self.unless(is_upper, || format!("no type in the middle: {title:?}"));
        }
    }

    /// The text: paragraphs stand apart by at least 6 points, and no line begins or ends inside a name.
    fn of_paragraphs(&mut self, pages: &[Page]) {
        // Times New Roman of 14 points on lines of 1.15, and the room above a paragraph.
        let least = (14.0 * 1.149 * 1.15 + 6.0) * 25.4 / 72.0;
        for (at, page) in pages.iter().enumerate() {
            let is_text =
                |w: &&Words| (w.size - 14.0).abs() < 0.05 && w.left < 43.0 && w.right < page.width - 14.9;
            let lines: Vec<&Words> = page.words.iter().filter(is_text).collect();
            for pair in lines.windows(2) {
                let (above, below) = (pair[0], pair[1]);
                let gap = below.base - above.base;
                let begins = (below.left - 42.7).abs() < 0.3 && gap > 1.0;
                self.unless(!begins || gap > least - 0.1, || {
                    format!("page {}: {gap} mm above a paragraph: {below:?}", at + 1)
                });
                let goes_on = (below.left - 30.0).abs() < 0.3;
                self.unless(!goes_on || !below.text.starts_with("- "), || {
                    format!("page {}: a line begins inside a name: {below:?}", at + 1)
                });
                let has_number = below.text.starts_with(|letter: char| letter.is_ascii_digit());
                self.unless(
                    !(above.text.trim_end().ends_with("Điều") && has_number),
                    || format!("page {}: a number is parted from: {above:?}", at + 1),
                );
            }
        }
    }

    /// The end: who gets it at the left margin, names below posts.
    fn of_closing(&mut self, pages: &[Page]) {
        for (at, page) in pages.iter().enumerate().skip(1) {
            let below_the_number = page.words.iter().filter(|w| w.base > 20.0);
            // Recipients and the code are smaller than any text; who signs is bold.
            let is_text = |w: &&Words| w.size > 11.5 && !w.bold;
            let is_signature = |w: &Words| w.bold && (w.size - 14.0).abs() < 0.05;
            let says = below_the_number.clone().any(|w| is_text(&w));
            let signs = below_the_number.clone().any(is_signature);
            let before = pages[at - 1].words.last();
            // Where many sign, some of them stand on the next page.
            let goes_on = signs && before.is_some_and(is_signature);
            self.unless(says || goes_on, || {
                format!("page {} holds only the end: {}", at + 1, page.text())
            });
        }
        for page in pages {
            let Some(label) = page.words.iter().find(|w| w.text.starts_with("Nơi nhận:")) else {
                continue;
            };
            self.looks(label, 12.0, true, true);
            self.unless((label.left - 30.0).abs() < 0.3, || {
                format!("not at the left margin: {label:?}")
            });
            let next = page
                .words
                .iter()
                .find(|w| w.base > label.base + 1.0 && (w.left - 30.0).abs() < 0.5);
            match next {
                Some(first) if first.text.starts_with('-') => self.looks(first, 11.0, false, false),
                other => self.0.push(format!("no recipients below their label: {other:?}")),
            }
        }
    }

    /// The sections of the DOCX: as the pages of the PDF.
    fn of_sections(&mut self, package: &Package, pages: &[Page]) {
        let xml = package.document();
        for section in named(xml.root(), "sectPr") {
            let Some(margins) = child(section, "pgMar") else {
                self.0.push("a section without margins".to_owned());
                continue;
            };
            for (side, wanted) in [("top", 20.0), ("bottom", 20.0), ("left", 30.0), ("right", 15.0)] {
                let found = mm(margins, side);
                self.unless((found - wanted).abs() < 0.02, || {
                    format!("DOCX: {side} margin {found}")
                });
            }
            let size = child(section, "pgSz");
            let is_landscape = size.and_then(|size| value(size, "orient")) == Some("landscape");
            let is_printed = pages
                .iter()
                .any(|page| (page.width > page.height) == is_landscape);
            self.unless(is_printed, || {
                "DOCX: a section that the PDF lays otherwise".to_owned()
            });
            self.unless(child(section, "titlePg").is_some(), || {
                "DOCX: the first page would have a number".to_owned()
            });
            let start = child(section, "pgNumType").and_then(|number| value(number, "start"));
            self.unless(start == Some("1"), || format!("DOCX: pages begin at {start:?}"));
        }
    }

    /// Fonts and sizes; headings keep with what they are above.
    fn of_letters(&mut self, package: &Package, paras: &[Para]) {
        for part in ["word/styles.xml", "word/document.xml"] {
            let fonts = package.part(part).split("w:ascii=\"").skip(1);
            for font in fonts.map(|rest| rest.split('"').next().unwrap_or_default()) {
                self.unless(font == "Times New Roman", || {
                    format!("DOCX: {part}: the font {font}")
                });
            }
        }
        for para in paras {
            self.unless(SIZES.contains(&para.size) || is_code(para), || {
                format!("DOCX: the size of {para:?}")
            });
            if is_heading(&para.text) && para.bold && para.side == "both" {
                self.unless(para.with_next, || {
                    format!("DOCX: may stand alone at a page's end: {para:?}")
                });
            }
        }
    }

    /// Tables: their header comes again, rows stay whole, no word of a header is cut.
    fn of_tables(&mut self, package: &Package, pages: &[Page]) {
        let xml = package.document();
        let tables = named(xml.root(), "tbl").filter(|table| {
            child(*table, "tblPr").is_some_and(|rule| child(rule, "tblBorders").is_some())
                && named(*table, "tblHeader").next().is_some()
        });
        let printed: String = pages.iter().map(|page| page.text() + "\n").collect();
        for row in tables.flat_map(|table| named(table, "tr").collect::<Vec<_>>()) {
            let rule = child(row, "trPr");
            let has = |name: &str| rule.is_some_and(|rule| child(rule, name).is_some());
            if !has("tblHeader") {
                continue;
            }
            self.unless(has("cantSplit"), || "DOCX: a header that may be cut".to_owned());
            for text in named(row, "t") {
                for word in text.text().unwrap_or_default().split([' ', '\u{a0}']) {
                    self.unless(printed.contains(word), || format!("PDF: cut in a header: {word}"));
                }
            }
        }
    }

    /// Lists: `;` behind each item, `.` behind the last; what closes the text never stands alone.
    fn of_lists(&mut self, paras: &[Para]) {
        let body: Vec<&Para> = paras.iter().filter(|para| para.side == "both").collect();
        for (at, para) in body.iter().enumerate() {
            self.unless(para.text != "./.", || {
                format!("the end stands alone behind {:?}", body.get(at.saturating_sub(1)))
            });
            if !para.text.starts_with("- ") {
                continue;
            }
            let goes_on = body.get(at + 1).is_some_and(|next| next.text.starts_with("- "));
            self.unless(goes_on || !para.text.ends_with(';'), || {
                format!("the last item of a list is open: {}", para.text)
            });
            let is_closed = para.text.ends_with([';', '.', ':', '…', '/', '?', '!']);
            self.unless(is_closed, || format!("an item without an end: {}", para.text));
        }
    }

    /// What an appendix belongs to is a sentence: whose paper it is stands there as in any sentence.
    fn of_appendices(&mut self, paras: &[Para]) {
        for para in paras.iter().filter(|para| para.text.starts_with("(Kèm theo")) {
            let issuer = para.text.rsplit(" của ").next().unwrap_or_default();
            self.unless(issuer != issuer.to_uppercase(), || {
                format!("capitals in a sentence: {}", para.text)
            });
        }
    }

    /// Both files say the same.
    fn of_both(&mut self, pages: &[Page], paras: &[Para]) {
        let tight = |text: &str| -> String {
            let is_letter = |letter: &char| !letter.is_whitespace() && *letter != '\u{200b}';
            text.chars().filter(is_letter).collect()
        };
        let printed = tight(&pages.iter().map(|page| page.text() + "\n").collect::<String>());
        for para in paras {
            // Lines of cells stand beside each other in the PDF: a word is looked for, not a sentence.
            let word = para
                .text
                .split_whitespace()
                .max_by_key(|word| word.chars().count());
            let word = tight(word.unwrap_or_default());
            // An address is broken anywhere to fit its column: its beginning stands on one line.
            let together = if word.contains("://") { 16 } else { word.len() };
            let beginning: String = word.chars().take(together).collect();
            self.unless(printed.contains(&beginning), || {
                format!("only in the DOCX: {word}: {para:?}")
            });
        }
    }

    fn looks(&mut self, words: &Words, size: f64, bold: bool, italic: bool) {
        let is_so = (words.size - size).abs() < 0.05 && (words.bold, words.italic) == (bold, italic);
        self.unless(is_so, || {
            format!("should be {size}, bold {bold}, italic {italic}: {words:?}")
        });
    }
}

fn words_of<'a>(page: &'a Page, start: &str) -> Option<&'a Words> {
    page.words.iter().find(|words| words.text.starts_with(start))
}

/// The code by which an issued paper is verified: the decree knows no such element, it stands small at the foot.
fn is_code(para: &Para) -> bool {
    let text = &para.text;
    let is_known =
        text.starts_with("Mã xác minh:") || text.starts_with("Kiểm tra tại:") || text.contains("/xac-minh/");
    is_known && (para.size - 9.0).abs() < 0.05
}

/// `I. TITLE`, `1. Title`, `Điều 1.`, `Phần I`.
fn is_heading(text: &str) -> bool {
    let (label, rest) = text.split_once(' ').unwrap_or((text, ""));
    let number = label.trim_end_matches('.');
    let is_number = !number.is_empty()
        && label.ends_with('.')
        && (number.chars().all(|letter| letter.is_ascii_digit())
            || number.chars().all(|letter| "IVXLC".contains(letter)));
    let is_part = ["Phần", "Chương", "Mục", "Tiểu"].contains(&label) && !rest.is_empty();
    is_number || is_part
}

/// Whether the last words of a page should have gone to the next one: a heading, or what opens a list.
fn opens_something(words: &Words) -> bool {
    words.bold
        && (words.size - 14.0).abs() < 0.05
        && is_heading(&words.text)
        && words.right - words.left < 160.0
        || (words.size - 14.0).abs() < 0.05 && words.text.ends_with(':')
}
