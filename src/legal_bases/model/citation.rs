//! How an act is recognised in a typed line: people shorten what they cite, add to it and write dates and dashes as they like.

use crate::kit::text::fold;

/// What tells an act from others, in words without marks and signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Act {
    /// As the list has it.
    whole: Vec<String>,
    /// `98 2023 nd cp`; none for what has no number.
    number: Vec<String>,
    /// `luat thi dua khen thuong`; none for what is known by its number alone.
    name: Vec<String>,
    /// The years of a law and of its amendments.
    years: Vec<String>,
}

/// What an act is about, or does to others, comes behind these: the acts that are named there aren't cited.
const ABOUT: [&str; 7] = [
    "sua doi",
    "bo sung",
    "huong dan",
    "quy dinh chi tiet",
    "thi hanh",
    "thay the",
    "bai bo",
];

/// Kinds of acts that have numbers. What is named behind one of them belongs to it.
const NUMBERED: [&str; 8] = [
    "nghi dinh",
    "thong tu",
    "quyet dinh",
    "nghi quyet",
    "quy che",
    "huong dan",
    "dieu le",
    "ke hoach",
];

/// A name of fewer words could be anything.
const SHORTEST_NAME: usize = 3;

impl Act {
    /// The act that the list has in these words.
    pub(super) fn of(words: &str) -> Self {
        let whole = folded(words);
        let number = number(words);
        let is_law =
            whole.first().is_some_and(|word| word == "luat") || whole.starts_with(&folded("Bộ luật"));
        let name = if is_law || number.is_empty() {
            name(&whole)
        } else {
            Vec::new()
        };
        Self {
            number,
            name,
            years: whole.iter().filter(|word| is_year(word)).cloned().collect(),
            whole,
        }
    }

    /// Whether two entries of the list are one act.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        if self.number.is_empty() {
            (&self.name, &self.years) == (&other.name, &other.years)
        } else {
            self.number == other.number
        }
    }

    /// Whether a line cites it: by the words of the list, by its number, or by its name and a year.
    pub(super) fn is_cited_in(&self, line: &str) -> bool {
        let line = folded(line);
        let head = &line[..first_of(&line, &ABOUT).unwrap_or(line.len())];
        // Where nothing has been named before, that is where the act itself is: "Hướng dẫn số 05/HD-…".
        let named = if head.iter().any(|word| is_figure(word)) {
            head
        } else {
            &line
        };
        place(&line, &self.whole).is_some()
            || (!self.number.is_empty() && place(named, &self.number).is_some())
            || self.is_named_in(&line)
    }

    /// Whether a line has its name, not as the matter of another act, and then one of its years.
    fn is_named_in(&self, line: &[String]) -> bool {
        if self.name.len() < SHORTEST_NAME {
            return false;
        }
        let Some(at) = place(line, &self.name) else {
            return false;
        };
        let behind = &line[at + self.name.len()..];
        let behind = &behind[..first_of(behind, &NUMBERED).unwrap_or(behind.len())];
        let year = behind.iter().find(|word| is_year(word));
        first_of(&line[..at], &NUMBERED).is_none() && year.is_some_and(|year| self.years.contains(year))
    }
}

/// Words without marks and signs; figures without zeros before them.
fn folded(text: &str) -> Vec<String> {
    let words = fold(text);
    let words = words.split(' ').filter(|word| !word.is_empty());
    words
        .map(|word| match word.trim_start_matches('0') {
            short if is_figure(word) && !short.is_empty() => short.to_owned(),
            _ => word.to_owned(),
        })
        .collect()
}

/// The first number of an act in a text: `98/2023/NĐ-CP`. A date has no letters.
fn number(text: &str) -> Vec<String> {
    let mut tokens = text.split_whitespace();
    let found = tokens.find(|token| {
        token.starts_with(|c: char| c.is_ascii_digit())
            && token.contains('/')
            && token.contains(char::is_alphabetic)
    });
    found.map(folded).unwrap_or_default()
}

/// The words before number, day and year.
fn name(whole: &[String]) -> Vec<String> {
    let end = whole
        .iter()
        .position(|word| ["so", "ngay", "nam"].contains(&word.as_str()) || is_figure(word));
    whole[..end.unwrap_or(whole.len())].to_vec()
}

fn is_figure(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && is_figure(word) && (word.starts_with("19") || word.starts_with("20"))
}

/// Where some words stand in others.
fn place(words: &[String], wanted: &[String]) -> Option<usize> {
    let mut windows = words.windows(wanted.len().max(1));
    windows.position(|window| window == wanted)
}

/// Where the first of some phrases stands.
fn first_of(words: &[String], phrases: &[&str]) -> Option<usize> {
    let places = phrases.iter().filter_map(|phrase| place(words, &folded(phrase)));
    places.min()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD_LAW: &str =
        "Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003, được sửa đổi, bổ sung năm 2005 và năm 2013";
    const LAW: &str = "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022";
    const DECREE: &str = "Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng";
    const RULES: &str = "Quy chế Thi đua, khen thưởng của Liên hiệp hội ban hành kèm theo Quyết định số 1039/QĐ-LHHVN ngày 03 tháng 12 năm 2021";

    fn cited(line: &str) -> Vec<&'static str> {
        let all = [OLD_LAW, LAW, DECREE, RULES];
        all.into_iter()
            .filter(|words| Act::of(words).is_cited_in(line))
            .collect()
    }

    #[test]
    fn an_act_is_known_by_its_number_wherever_it_stands() {
        for line in [
            "Căn cứ Nghị định số 98/2023/NĐ-CP",
            "Căn cứ nghị định 98/2023/ND-CP của Chính phủ;",
            "Căn cứ NĐ số 98 / 2023 / NĐ – CP.",
            "Căn cứ Nghị định quy định chi tiết thi hành Luật Thi đua, khen thưởng (số 98/2023/NĐ-CP)",
        ] {
            assert_eq!(cited(line), [DECREE], "{line}");
        }
        assert_eq!(
            cited("Căn cứ Quyết định số 1039/QĐ-LHHVN ngày 03/12/2021"),
            [RULES]
        );
        assert_eq!(cited("Căn cứ Quyết định số 039/QĐ-LHHVN"), [""; 0]);
    }

    #[test]
    fn a_law_is_known_by_its_name_and_year_or_date() {
        for line in [
            "Căn cứ Luật Thi đua, khen thưởng năm 2022",
            "Căn cứ Luật Thi đua - Khen thưởng ngày 15/6/2022;",
            "Căn cứ Luật thi đua khen thưởng số 06/2022/QH15",
            "Căn cứ khoản 2 Điều 5 Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
        ] {
            assert_eq!(cited(line), [LAW], "{line}");
        }
        for line in [
            "Căn cứ Luật Thi đua, khen thưởng năm 2003",
            "Căn cứ Luật Thi đua, khen thưởng ngày 26/11/2003",
            "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 16/11/2013",
        ] {
            assert_eq!(cited(line), [OLD_LAW], "{line}");
        }
    }

    #[test]
    fn what_is_only_spoken_of_is_not_cited() {
        for line in [
            "Căn cứ Luật Thi đua, khen thưởng",
            "Căn cứ Thông tư số 01/2024/TT-BNV hướng dẫn Nghị định số 98/2023/NĐ-CP",
            "Căn cứ Nghị định số 152/2025/NĐ-CP thi hành Luật Thi đua, khen thưởng năm 2022",
            "Căn cứ Luật Thi đua, khen thưởng; Nghị định của năm 2022",
            "Theo đề nghị của Thường trực Hội đồng Thi đua - Khen thưởng năm 2022.",
        ] {
            let lines = line.split(';');
            assert_eq!(lines.flat_map(cited).collect::<Vec<_>>(), [""; 0], "{line}");
        }
    }
}
