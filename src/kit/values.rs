//! Checked values out of typed text. Each check answers the value, or a sentence in Vietnamese that
//! says what to type instead; so a rule is written once, whatever the form.

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use super::{legacy::surely_legacy, text::nfc};

/// One line of text of at most `max` characters: NFC, trimmed, single spaces, no control or hidden characters.
pub fn line(typed: &str, max: usize) -> Result<String, String> {
    let text = nfc(typed).split_whitespace().collect::<Vec<_>>().join(" ");
    bounded(text, max)
}

/// Like [`line()`], and not empty; `what` completes "Hãy nhập …".
pub fn required_line(typed: &str, max: usize, what: &str) -> Result<String, String> {
    line(typed, max).and_then(|text| required(text, what))
}

/// Text of several lines, at most `max` characters: NFC, ends trimmed, line breaks as `\n`, tabs as spaces.
pub fn paragraphs(typed: &str, max: usize) -> Result<String, String> {
    let text = nfc(typed)
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\t', " ")
        .trim()
        .to_owned();
    bounded(text, max)
}

/// Like [`paragraphs`], and not empty; `what` completes "Hãy nhập …".
pub fn required_paragraphs(typed: &str, max: usize, what: &str) -> Result<String, String> {
    paragraphs(typed, max).and_then(|text| required(text, what))
}

fn required(text: String, what: &str) -> Result<String, String> {
    if text.is_empty() {
        Err(format!("Hãy nhập {what}."))
    } else {
        Ok(text)
    }
}

fn bounded(text: String, max: usize) -> Result<String, String> {
    let length = text.chars().count();
    if length > max {
        return Err(format!(
            "Dài quá: tối đa {} ký tự, đang có {}. Hãy rút gọn.",
            whole_text(max),
            whole_text(length)
        ));
    }
    if text
        .chars()
        .any(|c| (c.is_control() && c != '\n') || is_hidden(c))
    {
        return Err("Có ký tự điều khiển không đọc được. Hãy gõ lại bằng bàn phím.".to_owned());
    }
    if let Some(word) = surely_legacy(&text) {
        let shown: String = word.chars().take(20).collect();
        return Err(format!(
            "Có chữ của phông cũ (TCVN3 .VnTime hoặc VNI), ví dụ “{shown}”. Hãy gõ lại, hoặc chuyển mã sang Unicode bằng công cụ của bộ gõ (với UniKey là Ctrl+Shift+F6) rồi dán lại."
        ));
    }
    Ok(text)
}

/// Whether a character leaves no trace on screen, or turns the direction of what follows: with these one text could
/// pass for another.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{3164}' | '\u{feff}')
}

/// A person's full name: one line of at most 100 characters with at least one letter, no digits.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PersonName(String);

impl PersonName {
    /// Checks a typed name.
    pub fn parse(typed: &str) -> Result<Self, String> {
        let name = required_line(typed, 100, "họ và tên")?;
        if name.chars().any(|c| c.is_ascii_digit()) || !name.chars().any(char::is_alphabetic) {
            return Err("Họ và tên chỉ gồm chữ, ví dụ: Nguyễn Văn Mẫu.".to_owned());
        }
        Ok(Self(name))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address, or nothing.
pub fn email(typed: &str) -> Result<String, String> {
    let text = line(typed, 200)?;
    if text.is_empty() || text.parse::<lettre::Address>().is_ok() {
        Ok(text)
    } else {
        Err("Địa chỉ thư điện tử chưa đúng, ví dụ: vanphong@donvi.vn.".to_owned())
    }
}

/// A telephone number, or nothing: digits, spaces, dots, `+`, `-`, brackets.
pub fn phone(typed: &str) -> Result<String, String> {
    let text = line(typed, 40)?;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let known = text
        .chars()
        .all(|c| c.is_ascii_digit() || " .+-()/;,".contains(c));
    if text.is_empty() || (known && digits >= 7) {
        Ok(text)
    } else {
        Err("Số điện thoại chưa đúng, ví dụ: 0212 385 0000.".to_owned())
    }
}

/// A figure of a report or a registration: 0 to 999 999 999 999, at most 4 decimals.
///
/// Read as people write it: `8`, `8,5`, `8.5`, `1.234.567`, `1.234,5`. What could be read in two ways
/// (`1.234`) is refused with both readings.
pub fn figure(typed: &str) -> Result<Decimal, String> {
    let text = typed.trim();
    let example = "Hãy nhập một số, ví dụ 8 hoặc 8,5.";
    if text.is_empty() {
        return Err(example.to_owned());
    }
    if !text.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.') || text.chars().count() > 24 {
        let shown: String = nfc(text).chars().take(20).collect();
        return Err(format!("“{shown}” không phải là số. {example}"));
    }
    let plain = match (text.matches(',').count(), text.matches('.').count()) {
        (0, 0) => text.to_owned(),
        (1, 0) => text.replace(',', "."),
        (1, _) if is_grouped(text.split(',').next().unwrap_or_default()) => {
            text.replace('.', "").replace(',', ".")
        }
        (0, 1) if is_grouped(text) => {
            return Err(format!(
                "“{text}” có thể đọc là {} hoặc {}. Hãy gõ lại theo một trong hai cách đó.",
                text.replace('.', ""),
                text.replace('.', ",")
            ));
        }
        (0, 1) => text.to_owned(),
        (0, _) if is_grouped(text) => text.replace('.', ""),
        _ => return Err(format!("“{text}” không đọc được. {example}")),
    };
    let value: Decimal = plain
        .parse()
        .map_err(|_| format!("“{text}” không đọc được. {example}"))?;
    if value > Decimal::from(999_999_999_999_i64) {
        return Err("Số quá lớn: tối đa 999.999.999.999.".to_owned());
    }
    if value.normalize().scale() > 4 {
        return Err("Chỉ ghi tối đa 4 chữ số sau dấu phẩy.".to_owned());
    }
    Ok(value.normalize())
}

/// `1.234.567`: groups of three after a first one of one to three digits.
fn is_grouped(text: &str) -> bool {
    let mut groups = text.split('.');
    let first = groups.next().unwrap_or_default();
    // A leading zero (`0.125`) is never a group of thousands.
    (1..=3).contains(&first.len()) && first != "0" && groups.all(|g| g.len() == 3)
}

/// An amount in whole đồng, as people write it: `900.000`, `18.720.000 đồng`, `1,800,000`, `2 340 000đ`.
///
/// Money has no parts, so that three digits after a separator are always a group: nothing here reads in two ways.
pub fn money(typed: &str) -> Result<Decimal, String> {
    let example = "số đồng tròn, ví dụ 18.720.000";
    let text = nfc(typed).to_lowercase();
    let text = ["đồng", "vnđ", "vnd", "đ"]
        .iter()
        .find_map(|unit| text.trim().strip_suffix(unit))
        .unwrap_or(&text)
        .trim();
    if text.is_empty() {
        return Err(format!("Hãy ghi {example}."));
    }
    let ungrouped = ['.', ',', ' ', '\u{a0}'].iter().find_map(|separator| {
        let dotted = text.replace(*separator, ".");
        let only = text.chars().all(|c| c.is_ascii_digit() || c == *separator);
        (only && is_grouped(&dotted)).then(|| dotted.replace('.', ""))
    });
    figure(ungrouped.as_deref().unwrap_or(text))
        .ok()
        .filter(|value| value.fract().is_zero())
        .ok_or_else(|| {
            let shown: String = nfc(typed.trim()).chars().take(20).collect();
            format!("“{shown}” không phải là số tiền. Hãy ghi {example}.")
        })
}

/// A whole number within bounds; `what` names it in the sentence.
pub fn whole(typed: &str, min: i32, max: i32, what: &str) -> Result<i32, String> {
    typed
        .trim()
        .parse::<i32>()
        .ok()
        .filter(|n| (min..=max).contains(n))
        .ok_or_else(|| format!("{what}: hãy nhập số nguyên từ {min} đến {max}."))
}

/// A percentage from 0 to 100 with at most two decimals.
pub fn percent(typed: &str) -> Result<Decimal, String> {
    let value = figure(typed.trim().trim_end_matches('%'))?;
    if value > Decimal::ONE_HUNDRED || value.scale() > 2 {
        return Err("Hãy nhập tỷ lệ từ 0 đến 100, tối đa 2 chữ số sau dấu phẩy.".to_owned());
    }
    Ok(value)
}

/// The years in which a date can lie that somebody types or asks for.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// A day as `dd/mm/yyyy` (also `d/m/yyyy`, and `yyyy-mm-dd` as some browsers send it).
pub fn date(typed: &str) -> Result<NaiveDate, String> {
    let text = typed.trim();
    let parsed =
        NaiveDate::parse_from_str(text, "%d/%m/%Y").or_else(|_| NaiveDate::parse_from_str(text, "%Y-%m-%d"));
    match parsed {
        Ok(day) if YEARS.contains(&chrono::Datelike::year(&day)) => Ok(day),
        _ if text.is_empty() => Err("Hãy nhập ngày, ví dụ 05/11/2023.".to_owned()),
        _ => {
            let shown: String = nfc(text).chars().take(20).collect();
            Err(format!(
                "“{shown}” không phải là một ngày có thật. Hãy gõ ngày/tháng/năm, ví dụ 05/11/2023."
            ))
        }
    }
}

/// A time of day: `8:00`, `08:30`, `8h30`, `8h`, `8 giờ 30`.
pub fn time(typed: &str) -> Result<NaiveTime, String> {
    let text = nfc(typed).to_lowercase().replace("giờ", "h").replace("phút", "");
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let example = "ví dụ 08:00";
    if text.is_empty() {
        return Err(format!("Hãy nhập giờ, {example}."));
    }
    let (hour, minute) = text.split_once([':', 'h']).unwrap_or((&text, ""));
    let number = |part: &str| (part.len() <= 2).then(|| part.parse::<u32>().ok()).flatten();
    let minute = if minute.is_empty() {
        Some(0)
    } else {
        number(minute)
    };
    number(hour)
        .zip(minute)
        .and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0))
        .ok_or_else(|| {
            let shown: String = nfc(typed.trim()).chars().take(20).collect();
            format!("“{shown}” không phải là giờ. Hãy gõ giờ:phút, {example}.")
        })
}

/// A figure as people write it: `1.234,5`.
#[must_use]
pub fn figure_text(value: Decimal) -> String {
    let plain = value.normalize().to_string();
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain.as_str(), ""), |(w, f)| (w, f));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("-", d));
    let mut grouped = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(c);
    }
    if fraction.is_empty() {
        format!("{sign}{grouped}")
    } else {
        format!("{sign}{grouped},{fraction}")
    }
}

/// A figure as it is put back into a field: `1234,5`. Without groups, since `3.000` could be read in two ways.
#[must_use]
pub fn figure_typed(value: Decimal) -> String {
    value.normalize().to_string().replace('.', ",")
}

/// Typed text as a page shows it: `1.234,5` where it is a figure, as it is where it isn't (yet).
#[must_use]
pub fn typed_text(typed: &str) -> String {
    figure(typed).map_or_else(|_| typed.to_owned(), figure_text)
}

/// A whole number as people write it: `5.000`.
#[must_use]
pub fn whole_text(value: usize) -> String {
    figure_text(Decimal::from(value))
}

/// A percentage with two places: `87,50%`.
#[must_use]
pub fn percent_text(value: Decimal) -> String {
    format!("{:.2}%", value.round_dp(2)).replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn figures_are_read_as_people_write_them() {
        for (typed, read) in [
            ("8", "8"),
            ("8,5", "8.5"),
            ("8.5", "8.5"),
            (" 1.234.567 ", "1234567"),
            ("1.234,5", "1234.5"),
            ("0", "0"),
            ("0.125", "0.125"),
        ] {
            assert_eq!(
                figure(typed).map(|d| d.to_string()),
                Ok(read.to_owned()),
                "{typed}"
            );
        }
    }

    #[test]
    fn text_of_old_fonts_is_refused_with_advice() {
        let refused = paragraphs("Báo cáo\nc«ng t¸c n¨m 2025", 100).unwrap_err();
        assert!(
            refused.contains("“t¸c”") && refused.contains("Unicode"),
            "{refused}"
        );
        assert!(PersonName::parse("NguyÔn V¨n MÉu").is_err());
        assert!(PersonName::parse("Jürgen Müller").is_ok());
    }

    #[test]
    fn what_is_no_figure_is_refused_in_words() {
        for typed in [
            "",
            "-",
            "NaN",
            "-5",
            "1e9",
            "8 lớp",
            "1,2,3",
            "1.23.456",
            "٣",
            "9999999999999",
            "1,23456",
        ] {
            assert!(figure(typed).is_err(), "{typed}");
        }
        assert!(figure("1.234").unwrap_err().contains("1234 hoặc 1,234"));
    }

    #[test]
    fn money_is_read_in_whole_dong() {
        for (typed, read) in [
            ("900.000", 900_000),
            ("18.720.000 đồng", 18_720_000),
            ("1,800,000", 1_800_000),
            ("2 340 000đ", 2_340_000),
            ("2\u{a0}340\u{a0}000 VNĐ", 2_340_000),
            ("1.800.000,00", 1_800_000),
            ("18720000,0", 18_720_000),
            ("0", 0),
        ] {
            assert_eq!(money(typed), Ok(Decimal::from(read)), "{typed}");
        }
        for typed in [
            "",
            "đồng",
            "-5",
            "=1+1",
            "1.234,567",
            "2,5",
            "900.00.0",
            "10 USD",
            "9999999999999",
        ] {
            assert!(money(typed).unwrap_err().contains("số đồng tròn"), "{typed}");
        }
    }

    #[test]
    fn only_real_days_are_dates() {
        assert!(date("29/02/2024").is_ok());
        for typed in ["31/02/2026", "29/02/2023", "2026", "", "1/1/99", "00/01/2026"] {
            assert!(date(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_time_is_read_as_people_write_it() {
        for typed in ["8:00", "08:00", "8h", "8h00", "8 giờ", "8 giờ 00 phút", "8"] {
            assert_eq!(
                time(typed),
                Ok(NaiveTime::from_hms_opt(8, 0, 0).unwrap()),
                "{typed}"
            );
        }
        for typed in ["", "25:00", "8:75", "tám giờ", "8:0000", ":", "-8:00"] {
            assert!(time(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn lines_are_nfc_bounded_and_without_hidden_characters() {
        assert_eq!(line("  Ho\u{300}a \t Bình ", 20), Ok("Hòa Bình".to_owned()));
        assert!(line(&"ă".repeat(201), 200).unwrap_err().contains("tối đa 200"));
        assert!(line("a\u{202e}b", 20).is_err());
        assert!(line("a\u{0}b", 20).is_err());
        for hidden in [
            '\u{200b}', '\u{200f}', '\u{61c}', '\u{2060}', '\u{feff}', '\u{3164}', '\u{115f}',
        ] {
            assert!(line(&format!("a{hidden}b"), 20).is_err(), "{hidden:?}");
            assert!(paragraphs(&format!("a{hidden}b"), 20).is_err(), "{hidden:?}");
        }
        assert_eq!(paragraphs("a\tb\r\nc", 20), Ok("a b\nc".to_owned()));
    }

    proptest! {
        #[test]
        fn a_written_figure_reads_back(units in 0_i64..=999_999_999_999, scale in 0_u32..=4) {
            let value = Decimal::new(units, scale).normalize();
            let text = figure_text(value);
            // Three decimals or three digits after one group mark are the ambiguous case by design.
            prop_assume!(text.matches('.').count() != 1 || text.contains(','));
            prop_assert_eq!(figure(&text), Ok(value));
        }

        #[test]
        fn a_figure_put_back_into_its_field_reads_back_without_exception(units in 0_i64..=999_999_999_999, scale in 0_u32..=4) {
            let value = Decimal::new(units, scale).normalize();
            prop_assert_eq!(figure(&figure_typed(value)), Ok(value));
        }

        #[test]
        fn no_text_makes_a_check_panic(text in ".*") {
            let _ = (figure(&text), date(&text), line(&text, 10), email(&text), phone(&text), percent(&text));
        }
    }
}
