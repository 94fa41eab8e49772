//! Places in a text that were left to be filled in.

/// Whether something is still to be written where `…` stands. Behind a comma, or close behind a word, it only says "and so on".
pub(super) fn has_gap(line: &str) -> bool {
    line.match_indices('…').any(|(at, _)| {
        let before = &line[..at];
        let is_apart = before.is_empty() || before.ends_with([' ', '\u{a0}', '(', ':', '…', '.', '/']);
        is_apart && !before.trim_end().ends_with([',', ';'])
    })
}

/// The first words of a line.
pub(super) fn beginning(line: &str) -> String {
    const SHOWN: usize = 60;
    if line.chars().count() <= SHOWN {
        return line.to_owned();
    }
    let shown: String = line.chars().take(SHOWN).collect();
    format!("{} […]", shown.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_told_from_an_enumeration_that_goes_on() {
        for line in ["Ngày … tháng 3", "…", "tại …, có mặt", "Chủ trì: …", "Số …/QĐ"] {
            assert!(has_gap(line), "{line}");
        }
        for line in [
            "hội thảo, tập huấn, …",
            "hội thảo…",
            "v.v…;",
            "Ngày 5 tháng 3",
            "chương trình; …",
        ] {
            assert!(!has_gap(line), "{line}");
        }
    }
}
