//! What two PDFs say, compared page by page.

use std::collections::HashMap;

use crate::kit::{
    text::{fold, nfc},
    values::is_hidden,
};

/// How the words of a copy stand to those of the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// The same on every page.
    Same,
    /// All of them, and behind them more: what was added, page by page.
    Added(Vec<(usize, String)>),
    /// Other ones: the page, what was issued there, what stands there instead.
    Other(usize, String, String),
    /// Hardly any of them: another paper altogether. How many words of a hundred are found.
    Foreign(usize),
    /// None at all: pictures of pages.
    None,
}

impl Words {
    /// Whether every word of the paper stands where it stood.
    pub(super) fn are_all_there(&self) -> bool {
        matches!(self, Self::Same | Self::Added(_))
    }
}

/// What `pdftotext` prints behind each page.
pub(super) const PAGE_END: char = '\u{c}';

/// Compares what `pdftotext` printed, a form feed behind each page. It prints in the order in which a page is drawn, so what
/// is laid onto a page later, such as the frame of a signature, comes behind what stood there.
pub(super) fn compare(issued: &str, copy: &str) -> Words {
    let (issued, copy) = (pages(issued), pages(copy));
    if copy.iter().all(|page| page.letters.is_empty()) {
        return Words::None;
    }
    let mut added = Vec::new();
    let nothing = Page::default();
    for at in 0..issued.len().max(copy.len()) {
        let (was, is) = (
            issued.get(at).unwrap_or(&nothing),
            copy.get(at).unwrap_or(&nothing),
        );
        if !is.letters.starts_with(&was.letters) {
            let same = was
                .letters
                .iter()
                .zip(&is.letters)
                .take_while(|(a, b)| a == b)
                .count();
            let found = found_of_hundred(&issued, &copy);
            return if found < OWN {
                Words::Foreign(found)
            } else {
                Words::Other(at + 1, was.around(same), is.around(same))
            };
        }
        let more = is.behind(was.letters.len());
        if !more.is_empty() {
            added.push((at + 1, more));
        }
    }
    if added.is_empty() {
        Words::Same
    } else {
        Words::Added(added)
    }
}

/// Fewer of a hundred words than these and the copy isn't of this paper: even a scan that was read badly has more of them, and
/// two papers of one house, which share their heads, have fewer.
const OWN: usize = 60;

/// How many of a hundred words of the paper the copy has, wherever they stand; marks over letters, which get lost in scans,
/// don't count.
fn found_of_hundred(issued: &[Page], copy: &[Page]) -> usize {
    let words = |pages: &[Page]| -> Vec<String> {
        let all = pages.iter().flat_map(|page| &page.words);
        all.map(|word| fold(word)).collect()
    };
    let issued = words(issued);
    let mut there: HashMap<String, usize> = HashMap::new();
    for word in words(copy) {
        *there.entry(word).or_default() += 1;
    }
    let found = issued.iter().filter(|word| match there.get_mut(*word) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    });
    found.count() * 100 / issued.len().max(1)
}

/// A page: its words, and all its letters without the gaps, which programs set as they like.
#[derive(Default)]
struct Page {
    words: Vec<String>,
    letters: Vec<char>,
}

fn pages(text: &str) -> Vec<Page> {
    let mut pages: Vec<Page> = text
        .split(PAGE_END)
        .map(|page| {
            let page = nfc(page);
            let words: Vec<String> = page
                .split_whitespace()
                .map(shown)
                .filter(|word| !word.is_empty())
                .collect();
            Page {
                letters: words.iter().flat_map(|word| word.chars()).collect(),
                words,
            }
        })
        .collect();
    // Behind the last form feed there is no page.
    pages.pop();
    pages
}

/// A word without what can't be seen: soft hyphens, control characters.
fn shown(word: &str) -> String {
    word.chars()
        .filter(|c| !c.is_control() && !is_hidden(*c))
        .collect()
}

/// How many words are quoted, and at most how many letters: a word may be as long as its page.
const QUOTED: usize = 8;
const QUOTED_LETTERS: usize = 200;

impl Page {
    /// The words from the one that holds this letter on, some of them.
    fn around(&self, letter: usize) -> String {
        let mut before = 0;
        let from = self.words.iter().position(|word| {
            before += word.chars().count();
            before > letter
        });
        let words = &self.words[from.unwrap_or(self.words.len())..];
        let quoted = words[..words.len().min(QUOTED)].join(" ");
        quoted.chars().take(QUOTED_LETTERS).collect()
    }

    /// What stands behind so many letters.
    fn behind(&self, letters: usize) -> String {
        let mut before = 0;
        let mut words = Vec::new();
        for word in &self.words {
            let skipped = letters.saturating_sub(before);
            before += word.chars().count();
            if before > letters {
                words.push(word.chars().skip(skipped).collect::<String>());
            }
        }
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_and_forms_of_letters_do_not_matter() {
        assert_eq!(
            compare("Kế hoạch\nnăm\u{c}", "Ke\u{302}\u{301} hoạch nă m\u{c}"),
            Words::Same
        );
    }

    #[test]
    fn what_was_added_behind_a_page_is_quoted_and_what_changed_is_named() {
        let added = compare("một hai\u{c}ba\u{c}", "một hai Ký bởi: A\u{c}ba\u{c}bốn\u{c}");
        assert_eq!(
            added,
            Words::Added(vec![(1, "Ký bởi: A".to_owned()), (3, "bốn".to_owned())])
        );
        assert_eq!(
            compare("được thưởng\u{c}", "không được thưởng\u{c}"),
            Words::Other(1, "được thưởng".to_owned(), "không được thưởng".to_owned())
        );
        assert_eq!(
            compare("một hai\u{c}ba\u{c}", "một hai\u{c}"),
            Words::Other(2, "ba".to_owned(), String::new())
        );
        assert_eq!(compare("một\u{c}", "\u{c}\u{c}"), Words::None);
    }

    #[test]
    fn another_paper_is_told_from_a_scan_that_was_read_badly() {
        let issued = "Số: 01/KH-CTĐ3 KẾ HOẠCH hoạt động của Cụm thi đua năm 2023\u{c}";
        let scanned = "Số: 01/KH-CTD3 KÊ HOACH hoat đông cua Cụm thi đuq năm 2023\u{c}";
        let other = "Số: 02/CV-CTĐ3 Về việc đôn đốc gửi báo cáo sáu tháng, chậm nhất 2023\u{c}";
        assert!(matches!(compare(issued, scanned), Words::Other(1, ..)));
        assert!(matches!(compare(issued, other), Words::Foreign(found) if found < 40));
    }

    #[test]
    fn a_word_without_end_is_not_quoted_whole() {
        let issued = format!("a b c d {}\u{c}", "x".repeat(60_000));
        let copy = format!("a b c d {}\u{c}", "y".repeat(60_000));
        let Words::Other(_, was, is) = compare(&issued, &copy) else {
            panic!("they differ")
        };
        assert!(was.len() <= QUOTED_LETTERS && is.len() <= QUOTED_LETTERS);
    }
}
