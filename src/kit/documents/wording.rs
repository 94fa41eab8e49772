//! How official papers write dates, numbers, letters of points, names and lists; the same in every layout.

use chrono::{Datelike, NaiveDate};

use super::model::Number;
use super::profile::NumberRule;
use crate::kit::{
    text::{fold, nfc},
    values::is_hidden,
};

/// The letters of points, in the order of the Vietnamese alphabet.
const LETTERS: [&str; 23] = [
    "a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v",
    "x", "y",
];

/// Room to write a number, a day or a month by hand; spaces that no line break may take.
const GAP: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";

/// Types of documents and their abbreviations: Decree 30, Appendix III.
const ABBREVIATIONS: [(&str, &str); 30] = [
    ("nghị quyết", "NQ"),
    ("quyết định", "QĐ"),
    ("chỉ thị", "CT"),
    ("quy chế", "QC"),
    ("quy định", "QyĐ"),
    ("thông cáo", "TC"),
    ("thông báo", "TB"),
    ("hướng dẫn", "HD"),
    ("chương trình", "CTr"),
    ("kế hoạch", "KH"),
    ("phương án", "PA"),
    ("đề án", "ĐA"),
    ("dự án", "DA"),
    ("báo cáo", "BC"),
    ("biên bản", "BB"),
    ("tờ trình", "TTr"),
    ("hợp đồng", "HĐ"),
    ("công điện", "CĐ"),
    ("bản ghi nhớ", "BGN"),
    ("bản thỏa thuận", "BTT"),
    ("giấy ủy quyền", "GUQ"),
    ("giấy mời", "GM"),
    ("giấy giới thiệu", "GGT"),
    ("giấy nghỉ phép", "GNP"),
    ("phiếu gửi", "PG"),
    ("phiếu chuyển", "PC"),
    ("phiếu báo", "PB"),
    ("sao y", "SY"),
    ("trích sao", "TrS"),
    ("sao lục", "SL"),
];

/// What stands before a name and says nothing about it: degrees, professions, honours. Folded, without dots.
const ACADEMIC: [&str; 42] = [
    "pho giao su",
    "giao su",
    "tien si khoa hoc",
    "tien si",
    "tien sy",
    "thac si",
    "thac sy",
    "ky su",
    "cu nhan",
    "bac si",
    "bac sy",
    "duoc si",
    "duoc sy",
    "luat su",
    "kien truc su",
    "nha giao nhan dan",
    "nha giao uu tu",
    "thay thuoc nhan dan",
    "thay thuoc uu tu",
    "anh hung lao dong",
    "pgs",
    "gs",
    "tskh",
    "ts",
    "ths",
    "vs",
    "vien si",
    "cn",
    "ks",
    "bs",
    "bscki",
    "bsckii",
    "ckii",
    "cki",
    "dr",
    "ds",
    "ls",
    "kts",
    "ngnd",
    "ngut",
    "ttnd",
    "ttut",
];

/// The abbreviation of a type of document; letters (công văn) have none.
#[must_use]
pub fn abbreviation(kind: &str) -> Option<&'static str> {
    let kind = nfc(kind).to_lowercase();
    ABBREVIATIONS
        .iter()
        .find(|(name, _)| *name == kind.trim())
        .map(|(_, short)| *short)
}

/// `ngày 05 tháng 02 năm 2026`: days below 10 and the months 1 and 2 get a zero. Gaps where the date isn't known.
#[must_use]
pub fn date_text(date: Option<NaiveDate>) -> String {
    let Some(date) = date else {
        return format!("ngày{GAP}tháng{GAP}năm{GAP}");
    };
    let (day, month) = (date.day(), date.month());
    let month = if month < 3 {
        format!("0{month}")
    } else {
        month.to_string()
    };
    format!("ngày {day:02} tháng {month} năm {}", date.year())
}

/// `05/BC-LHH`: numbers below 10 get a zero; a gap where the number isn't given yet.
#[must_use]
pub fn number_text(number: &Number, rule: &NumberRule) -> String {
    let value = number
        .value
        .map_or_else(|| GAP.to_owned(), |value| format!("{value:02}"));
    let symbol = clean_line(&number.symbol).replace([' ', '\u{a0}'], "");
    if symbol.is_empty() {
        value
    } else {
        format!("{value}{}{symbol}", rule.joint)
    }
}

/// The letter of a point, 1 for `a`; behind `y` come `aa`, `bb` …
#[must_use]
pub fn letter(number: usize) -> String {
    let index = number.saturating_sub(1);
    LETTERS[index % LETTERS.len()].repeat(1 + (index / LETTERS.len()).min(3))
}

/// `XIV`; large numbers, which no paper has, stay Arabic.
#[must_use]
pub fn roman(number: usize) -> String {
    const SIGNS: [(usize, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number >= 400 {
        return number.to_string();
    }
    let (mut rest, mut text) = (number, String::new());
    for (value, sign) in SIGNS {
        text.push_str(&sign.repeat(rest / value));
        rest %= value;
    }
    text
}

/// The name without what the decree wants gone before it: `PGS. TS. Nguyễn Văn Mẫu` is `Nguyễn Văn Mẫu`.
#[must_use]
pub fn without_titles(name: &str) -> String {
    let name = clean_line(name);
    let mut rest = name.as_str();
    while let Some(shorter) = without_one_title(rest) {
        rest = shorter;
    }
    rest.to_owned()
}

/// The name behind one title, if it begins with one.
fn without_one_title(name: &str) -> Option<&str> {
    ACADEMIC.iter().find_map(|title| {
        let words = title.split(' ').count();
        let mut ends = name
            .char_indices()
            .filter(|(_, c)| c.is_whitespace() || matches!(c, '.' | ',' | '-'))
            .map(|(at, _)| at);
        let end = ends.nth(words - 1)?;
        let rest =
            name[end..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '-'));
        (fold(&name[..end]) == *title && !rest.is_empty()).then_some(rest)
    })
}

/// One line of printable text.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean(text)
        .split('\n')
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}

/// Printable text: NFC, line breaks as `\n`, tabs as spaces, nothing that leaves no trace on paper or that a DOCX can't hold.
#[must_use]
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let visible = text.chars().filter_map(|c| match c {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        '\n' => Some('\n'),
        '\u{ad}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' => None,
        c if c.is_control() || is_hidden(c) => None,
        c => Some(c),
    });
    nfc(&visible.collect::<String>())
}

/// Lines of a list as papers close them: `;` behind each, `.` behind the last.
#[must_use]
pub fn closed_list(lines: &[String]) -> Vec<String> {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| clean_line(line).trim_end_matches([';', '.', ',', ' ']).to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    let last = lines.len().saturating_sub(1);
    let close = |(at, line): (usize, String)| format!("{line}{}", if at == last { '.' } else { ';' });
    lines.into_iter().enumerate().map(close).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::documents::profile::Profile;

    #[test]
    fn days_below_ten_and_the_first_two_months_get_a_zero() {
        let on = |y, m, d| date_text(NaiveDate::from_ymd_opt(y, m, d));
        assert_eq!(on(2026, 2, 5), "ngày 05 tháng 02 năm 2026");
        assert_eq!(on(2026, 3, 9), "ngày 09 tháng 3 năm 2026");
        assert_eq!(on(2026, 1, 31), "ngày 31 tháng 01 năm 2026");
        assert_eq!(on(2026, 10, 10), "ngày 10 tháng 10 năm 2026");
        assert!(date_text(None).contains("tháng\u{a0}"));
    }

    #[test]
    fn numbers_stand_before_their_symbol_as_each_layout_wants() {
        let number = |value| Number {
            value,
            symbol: "BC - LHH".to_owned(),
        };
        let decree = Profile::decree_30().number;
        assert_eq!(number_text(&number(Some(5)), &decree), "05/BC-LHH");
        assert_eq!(number_text(&number(Some(586)), &decree), "586/BC-LHH");
        assert_eq!(number_text(&number(None), &decree), format!("{GAP}/BC-LHH"));
        let party = Profile::party_guide_05().number;
        assert_eq!(number_text(&number(Some(127)), &party), "127-BC-LHH");
    }

    #[test]
    fn points_follow_the_vietnamese_alphabet() {
        let first: Vec<String> = (1..=9).map(letter).collect();
        assert_eq!(first.join(", "), "a, b, c, d, đ, e, g, h, i");
        assert_eq!((letter(23), letter(24)), ("y".to_owned(), "aa".to_owned()));
        assert_eq!(
            (roman(4), roman(19), roman(40)),
            ("IV".to_owned(), "XIX".to_owned(), "XL".to_owned())
        );
    }

    #[test]
    fn no_degree_or_honour_stands_before_a_name() {
        for typed in [
            "PGS.TS. Nguyễn Văn Mẫu",
            "GS. TSKH Nguyễn Văn Mẫu",
            "ThS. Nguyễn Văn Mẫu",
            "Tiến sĩ Nguyễn Văn Mẫu",
            "NGƯT.TS Nguyễn Văn Mẫu",
            "Phó Giáo sư, Tiến sĩ Nguyễn Văn Mẫu",
            "BSCKII. Nguyễn Văn Mẫu",
            "TS.Nguyễn Văn Mẫu",
        ] {
            assert_eq!(without_titles(typed), "Nguyễn Văn Mẫu", "{typed}");
        }
        for name in ["Tsan Văn Mẫu", "Lê Thị Sĩ", "TS", "", "Giáo", "Vũ Thạc Sĩ"] {
            assert_eq!(without_titles(name), name);
        }
    }

    #[test]
    fn text_keeps_its_signs_and_loses_what_no_paper_can_hold() {
        assert_eq!(
            clean("#let $x$ *a* _b_ <c> @d // \\e"),
            "#let $x$ *a* _b_ <c> @d // \\e"
        );
        assert_eq!(clean("a\u{0}\u{1b}[31m\u{202e}b\r\nc\td\u{fffe}"), "a[31mb\nc d");
        assert_eq!(clean("Ho\u{300}a"), "Hòa");
    }

    #[test]
    fn a_list_is_closed_by_a_full_stop_whatever_was_typed() {
        let lines = ["Như trên;", "", "Lưu: VT, VP."].map(str::to_owned);
        assert_eq!(closed_list(&lines), ["Như trên;", "Lưu: VT, VP."]);
        assert!(closed_list(&[]).is_empty());
    }

    #[test]
    fn types_have_the_abbreviations_of_the_decree() {
        assert_eq!(abbreviation("BÁO CÁO"), Some("BC"));
        assert_eq!(abbreviation("Quy định"), Some("QyĐ"));
        assert_eq!(abbreviation("Công văn"), None);
    }
}
