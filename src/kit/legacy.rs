//! Text in the old Vietnamese encodings, TCVN3 (.VnTime) and VNI: it looks right in its own fonts only, and would be
//! stored as nonsense. Recognised, so that it can be refused with advice.

/// Letters and signs of Latin-1 that stand for Vietnamese letters in TCVN3 or VNI, and that no Vietnamese word in
/// Unicode holds.
const STRANGE: &str = "¡¢£¤¥¦§¨©ª¬®µ¶·¸¹¼½¾ÆÇËÎÏÐÑÖ×ØÜÞßäåæçëîïðñö÷øûüþ";

/// Whether the text is written in one of the old encodings: a strange sign that touches a letter, and no letter that
/// only Vietnamese in Unicode has (a foreign name among Vietnamese words is none of theirs).
#[must_use]
pub fn is_legacy(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    if letters
        .iter()
        .any(|c| matches!(c, '\u{1ea0}'..='\u{1ef9}') || "ăđơưĂĐƠƯ".contains(*c))
    {
        return false;
    }
    letters.iter().enumerate().any(|(place, letter)| {
        let touches = |other: Option<&char>| other.is_some_and(|c| c.is_alphabetic());
        let before = place.checked_sub(1).and_then(|at| letters.get(at));
        STRANGE.contains(*letter) && (touches(before) || touches(letters.get(place + 1)))
    })
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
}
