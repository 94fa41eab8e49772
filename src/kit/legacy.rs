//! Text in the old Vietnamese encodings, TCVN3 (.VnTime) and VNI: it looks right in its own fonts only, and would be
//! stored as nonsense. Recognised, so that it can be refused with advice: in a file by any strange sign, in what is typed only
//! where it is sure.

/// Letters and signs of Latin-1 that stand for Vietnamese letters in TCVN3 or VNI, and that no Vietnamese word in
/// Unicode holds.
const STRANGE: &str = "¡¢£¤¥¦§¨©ª¬®µ¶·¸¹¼½¾ÆÇËÎÏÐÑÖ×ØÜÞßäåæçëîïðñö÷øûüþ";

/// Whether the text is written in one of the old encodings: a strange sign that touches a letter, and no letter that
/// only Vietnamese in Unicode has (a foreign name among Vietnamese words is none of theirs).
#[must_use]
pub fn is_legacy(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    if letters.iter().any(|c| is_vietnamese_only(*c)) {
        return false;
    }
    letters.iter().enumerate().any(|(place, letter)| {
        let touches = |other: Option<&char>| other.is_some_and(|c| c.is_alphabetic());
        let before = place.checked_sub(1).and_then(|at| letters.get(at));
        STRANGE.contains(*letter) && (touches(before) || touches(letters.get(place + 1)))
    })
}

/// Letters that only Vietnamese in Unicode has.
fn is_vietnamese_only(c: char) -> bool {
    matches!(c, '\u{1ea0}'..='\u{1ef9}') || "ăđơưĂĐƠƯ".contains(c)
}

/// The first word in typed text that is surely written in one of the old encodings. Typed text holds foreign names, units and
/// signs that nobody may refuse, so more is asked than of a table: what no language writes, or two words that are odd.
#[must_use]
pub fn surely_legacy(text: &str) -> Option<&str> {
    if text.is_ascii() {
        return None;
    }
    let mut odd = None;
    for word in text.split_whitespace() {
        match evidence(word) {
            Some(Evidence::Sure) => return Some(word),
            Some(Evidence::Odd) if odd.is_some() => return odd,
            Some(Evidence::Odd) => odd = Some(word),
            None => {}
        }
    }
    None
}

/// How much a word says of its encoding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    Odd,
    Sure,
}

/// What the signs of a word say; nothing where a letter is only of Unicode.
fn evidence(word: &str) -> Option<Evidence> {
    let letters: Vec<char> = word.chars().collect();
    if word.is_ascii() || letters.iter().any(|c| is_vietnamese_only(*c)) {
        return None;
    }
    let of = |place: usize| {
        let before = place.checked_sub(1).map_or(' ', |at| letters[at]);
        let after = letters.get(place + 1).copied().unwrap_or(' ');
        if is_sure(before, letters[place], after) {
            Some(Evidence::Sure)
        } else {
            let is_odd = is_odd(before, letters[place], after) && !is_product(&letters, place);
            is_odd.then_some(Evidence::Odd)
        }
    };
    (0..letters.len()).filter_map(of).max()
}

/// What no language writes: `b¸o`, `n¨m`, `Hµ`, `®ua`, `tØnh`, `Hßa`.
fn is_sure(before: char, sign: char, after: char) -> bool {
    let is_between = before.is_alphabetic() && after.is_alphabetic();
    match sign {
        '¸' => before.is_alphabetic() || after.is_alphabetic(),
        '¬' => before.is_alphabetic() || before == '§',
        // A unit begins with it: `µm`.
        'µ' => before.is_alphabetic(),
        // A trademark ends with it.
        '®' => after.is_lowercase() && !before.is_alphanumeric(),
        '¡' | '¢' | '£' | '¤' | '¥' | '¦' | '§' | '¨' | '©' | 'ª' | '¶' | '¹' | '¼' | '½' | '¾' => {
            is_between
        }
        'Æ' | 'Ç' | 'Ë' | 'Î' | 'Ï' | 'Ð' | 'Ñ' | 'Ö' | 'Ø' | 'Ü' | 'Þ' => before.is_lowercase(),
        // In German it stands behind vowels only.
        'ß' => before.is_alphabetic() && !"aeiouyäöü".contains(before),
        _ => false,
    }
}

/// What a slip may write once: `kÕt`, `c«ng`, `B×nh`, `§iÒu`, and `Lieân`, `Hoäi` of VNI.
fn is_odd(before: char, sign: char, after: char) -> bool {
    match sign {
        'À'..='Ý' if sign.is_uppercase() => before.is_lowercase() && after.is_lowercase(),
        '«' | '»' | '×' | '÷' | '·' | '\u{ad}' => before.is_alphabetic() && after.is_lowercase(),
        '§' => after.is_alphabetic(),
        'â' | 'ä' => "aeoAEO".contains(before),
        'ô' => before == 'ö',
        _ => false,
    }
}

/// Units that are multiplied or divided: `kW·h`, `Pa·s`. None of them is a syllable that TCVN3 leaves beside its signs.
const UNITS: &[&str] = &[
    "mm", "cm", "dm", "km", "µm", "μm", "nm", "mg", "kg", "µg", "μg", "ml", "mL", "dl", "ms", "min", "Hz",
    "kHz", "MHz", "GHz", "Pa", "kPa", "MPa", "bar", "kN", "MN", "kJ", "MJ", "kW", "MW", "GW", "Wh", "kWh",
    "MWh", "mA", "kA", "mV", "kV", "VA", "kVA", "eV", "keV", "MeV", "mol", "mmol", "kmol", "rad", "ha",
];

/// Whether a sign of multiplication stands between factors, as scientists write them: `m×n`, `a·b`, `2x·y`, `N·m`.
fn is_product(letters: &[char], place: usize) -> bool {
    let (before, after) = (&letters[..place], &letters[place + 1..]);
    let is_part = |c: &&char| c.is_alphanumeric();
    let mut left: Vec<char> = before.iter().rev().take_while(is_part).copied().collect();
    left.reverse();
    let right: Vec<char> = after.iter().take_while(is_part).copied().collect();
    "×·".contains(letters[place]) && is_factor(&left) && is_factor(&right)
}

/// A letter, a number or a unit, with the figures beside it: `m`, `12`, `x1`, `3m`, `kg`, `m²`.
fn is_factor(word: &[char]) -> bool {
    let word: String = word.iter().collect();
    let name = word.trim_matches(char::is_numeric);
    !word.is_empty() && (name.chars().count() <= 1 || UNITS.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_old_fonts_is_recognised() {
        for text in [
            "S¬n La",
            "Hßa B×nh",
            "Liªn hiÖp Héi tØnh",
            "Cê thi ®ua",
            "Ñieän Bieân",
            "Lieân hieäp Hoäi",
        ] {
            assert!(is_legacy(text), "{text}");
        }
    }

    #[test]
    fn vietnamese_in_unicode_is_not() {
        for text in [
            "Liên hiệp Hội tỉnh Sơn La",
            "Cờ thi đua của Chính phủ",
            "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ àáâãèéêìíòóôõùúý",
            "ĐẮK LẮK, Thừa Thiên Huế",
            "48/QĐ-LHHVN ngày 02/02/2024 · trang 1",
            "25 °C, 30 m²",
            "Giải thưởng mang tên Müller",
        ] {
            assert!(!is_legacy(text), "{text}");
        }
    }

    #[test]
    fn typed_text_of_old_fonts_is_surely_recognised() {
        for (text, word) in [
            ("Liªn hiÖp Héi tØnh S¬n La", "Liªn"),
            ("B¸o c¸o kÕt qu¶ c«ng t¸c n¨m 2025", "B¸o"),
            ("Cê thi ®ua", "®ua"),
            ("Tr\u{ad}êng hîp nµy", "nµy"),
            ("Hßa B×nh", "Hßa"),
            ("§iÒu 5. C«ng t¸c", "§iÒu"),
            ("KÕt qu¶ c«ng viÖc", "viÖc"),
            ("Hµ Néi", "Hµ"),
            ("§¬n vÞ", "§¬n"),
            ("Lieân hieäp Hoäi", "Lieân"),
            ("Đề nghị khen thưởng: Quü Hßa B×nh", "Hßa"),
            ("t×nh h×nh", "t×nh"),
        ] {
            assert_eq!(surely_legacy(text), Some(word), "{text}");
        }
    }

    #[test]
    fn names_units_and_signs_of_the_world_may_be_typed() {
        for text in [
            "Müller, Jürgen Groß và Françoise Noël ở Besançon",
            "Ångström, Ørsted, Þórður, Ærø, Malmö, Æsir",
            "São Tomé, Señor Peña, Curaçao, Citroën, théâtre, août, où",
            "Đặng Thị Ngọc Ánh, Y Ê Ban, Ô Môn, Ông Ích Khiêm",
            "ĐẶNG THỊ NGỌC ÁNH, HOÀ BÌNH, CÔNG TY TNHH Á CHÂU",
            "50 µm, 25 °C, 30 m², 10 ± 2, 3×4 m, 1½ ngày, ¼, ½",
            "§ 5, §5, điều §a, ©, © 2026, Windows®, Việt®, iPhone™, £5, ¥100",
            "«Sống và học», « La vie », A·B, 5 µg/ml, ¬A, Hội¹, ghi chú¹",
            "gửiÔng Nam, gửiÔng Bắc",
            "ma trận m×n và n×p, khối m×n×p",
            "a·b + c·d, x1·y1 - x2·y2, 2x·y và 3m×4m",
            "5 N·m, 3 kW·h, 2 Pa·s, 7 kg·m²·s, cm×cm",
            "Straße, Weiß, GROSS",
            "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Hòa Bình",
            "Lien hiep hoi; ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ àáâãèéêìíòóôõùúý",
        ] {
            assert_eq!(surely_legacy(text), None, "{text}");
        }
    }
}
