//! Vietnamese text: one Unicode form, folding for search, order of names.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The text in NFC, as everything is stored: macOS and some keyboards send decomposed letters.
#[must_use]
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// The text as search compares it: lower case, without any mark, `đ` as `d`, single spaces.
///
/// So "hoa binh", "Hoà Bình" and "Hòa Bình" are the same.
#[must_use]
pub fn fold(text: &str) -> String {
    let plain: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'đ' => 'd',
            c if c.is_alphanumeric() => c,
            _ => ' ',
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is what somebody may have meant who typed `typed`: beginnings of its words, without marks, in any order, with
/// a slip of the finger in a longer word, but not at its first letter (`Bình` isn't `tỉnh`) nor in a number. Nothing typed fits
/// everything.
#[must_use]
pub fn resembles(text: &str, typed: &str) -> bool {
    let (text, typed) = (fold(text), fold(typed));
    let is_near = |word: &str| {
        let letters = word.chars().count();
        let begins = word.chars().next();
        words(&text).any(|known| {
            let slips = match letters {
                // Another figure is another number, whatever its neighbours.
                _ if word.chars().all(|c| c.is_ascii_digit()) => 0,
                0..3 => 0,
                // Of a short word a letter may be forgotten; another one makes it another word.
                3 => usize::from(known.chars().count() > letters),
                4..8 => 1,
                _ => 2,
            };
            known.starts_with(word) || (known.chars().next() == begins && distance(known, word) <= slips)
        })
    };
    words(&typed).all(is_near)
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// How many letters have to be put in, taken out or changed to make one word the other; two that stand the wrong way round
/// count once.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut least = (above[j] + usize::from(a != b))
                .min(above[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[other.len()]
}

/// The key Vietnamese names are sorted by: given name (the last word), then family and middle names.
#[must_use]
pub fn name_order(full_name: &str) -> (String, String) {
    let folded = fold(full_name);
    match folded.rsplit_once(' ') {
        Some((rest, given)) => (given.to_owned(), rest.to_owned()),
        None => (folded, String::new()),
    }
}

/// The name with which a person is greeted: the last word of the full name.
#[must_use]
pub fn given_name(full_name: &str) -> &str {
    full_name.rsplit(' ').next().unwrap_or(full_name)
}

/// The same with a capital first letter: labels stand in the middle of sentences and at their beginning.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A size in bytes as people read it: `812 KB`, `3,4 MB`.
#[must_use]
pub fn size_text(bytes: i64) -> String {
    let kb = (bytes + 1023) / 1024;
    if kb < 1024 {
        format!("{kb} KB")
    } else {
        let tenths = bytes * 10 / (1024 * 1024);
        format!("{},{} MB", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_forgives_marks_case_and_the_place_of_the_tone() {
        for typed in [
            "hoa binh",
            "Hoà Bình",
            "Hòa  Bình",
            "HÒA BÌNH",
            "Ho\u{300}a Bi\u{300}nh",
        ] {
            assert_eq!(fold(typed), "hoa binh", "{typed}");
        }
        assert_eq!(fold("Đắk Lắk"), "dak lak");
        assert_eq!(fold("Bà Rịa - Vũng Tàu"), "ba ria vung tau");
    }

    #[test]
    fn search_forgives_slips_in_longer_words() {
        let text = "Liên hiệp Hội tỉnh Vĩnh Phúc";
        for typed in [
            "",
            "vinh phuc",
            "phúc vĩnh",
            "vihn phuc",
            "lien hiep vinh",
            "vnh phuc",
        ] {
            assert!(resembles(text, typed), "{typed}");
        }
        for typed in ["ha tinh", "vinh long", "phu tho", "ien hiep"] {
            assert!(!resembles(text, typed), "{typed}");
        }
        assert!(resembles("Lai Châu", "lai chau") && !resembles("Lai Châu", "lao cai"));
    }

    #[test]
    fn names_sort_by_the_given_name() {
        assert!(name_order("Trần Thị An") < name_order("Nguyễn Văn Bình"));
    }
}
