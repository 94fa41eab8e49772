//! What the units wrote, gathered under the themes of the cluster's report for the secretary to choose from.

use super::Reported;
use crate::{
    documents::model::Source,
    reports::{Content, Period, Section},
    years::Year,
};

/// A draft takes so many bytes; the six themes share them, and in each the units.
const MOST_BYTES: usize = 45_000;

/// The themes with the headings of the cluster's report.
pub(super) const THEMES: [(Section, &str); 6] = [
    (Section::Situation, "ĐẶC ĐIỂM TÌNH HÌNH"),
    (Section::Results, "KẾT QUẢ THỰC HIỆN NHIỆM VỤ"),
    (Section::Emulation, "CÔNG TÁC THI ĐUA, KHEN THƯỞNG"),
    (Section::Limitations, "HẠN CHẾ, NGUYÊN NHÂN"),
    (Section::Directions, "PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM SAU"),
    (Section::Proposals, "KIẾN NGHỊ"),
];

/// What a unit wrote on a theme.
pub(in crate::documents::kinds) fn text_of(content: &Content, theme: Section) -> &str {
    match theme {
        Section::Situation => &content.situation,
        Section::Results => &content.results,
        Section::Emulation => &content.emulation,
        Section::Limitations => &content.limitations,
        Section::Directions => &content.directions,
        Section::Proposals => &content.proposals,
        Section::Figures | Section::Additions | Section::Attachments => "",
    }
}

/// What the units wrote on all themes, a source for each paragraph.
pub(super) fn sources(year: &Year, reported: &[Reported]) -> Vec<Source> {
    let mut sources = Vec::new();
    for (theme, _) in THEMES {
        for unit in reported {
            let path = format!("{}/bao-cao/{}/{}", year.path(), Period::Annual, unit.slug);
            sources.extend(paragraphs(unit, theme).map(|words| Source {
                section: theme.code().to_owned(),
                whose: unit.place.clone(),
                path: path.clone(),
                words,
            }));
        }
    }
    sources
}

/// The paragraphs of a unit on a theme, without marks of lists.
fn paragraphs(unit: &Reported, theme: Section) -> impl Iterator<Item = String> {
    let marks = ['-', '+', '•', '*', ' '];
    let lines = text_of(&unit.content, theme).lines();
    lines
        .map(move |line| line.trim().trim_start_matches(marks).to_owned())
        .filter(|line| !line.is_empty())
}

/// The units' paragraphs on a theme, each with the unit's name: `- Sơn La: …`. Where a unit wrote more than its share of a
/// draft, what is left out is said.
pub(super) fn gathered(reported: &[Reported], theme: Section) -> String {
    let share = MOST_BYTES / reported.len().max(1);
    let mut lines: Vec<String> = Vec::new();
    for unit in reported {
        let place = &unit.place;
        let mut room = share;
        let paragraphs: Vec<String> = paragraphs(unit, theme)
            .map(|line| format!("- {place}: {line}"))
            .collect();
        let total = paragraphs.len();
        for (taken, line) in paragraphs.into_iter().enumerate() {
            if line.len() + 1 > room {
                lines.push(format!(
                    "- {place}: (còn {} đoạn, xem báo cáo của đơn vị)",
                    total - taken
                ));
                break;
            }
            room -= line.len() + 1;
            lines.push(line);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(place: &str, results: &str) -> Reported {
        let content = serde_json::json!({"figures": [], "additions": [], "situation": "", "results": results,
            "emulation": "", "limitations": "", "directions": "", "proposals": ""});
        Reported {
            place: place.to_owned(),
            slug: String::new(),
            content: serde_json::from_value(content).unwrap(),
        }
    }

    #[test]
    fn every_paragraph_says_whose_it_is() {
        let units = [
            unit("Sơn La", "- Một.\n\n+ Hai."),
            unit("Hòa Bình", ""),
            unit("Lai Châu", "Ba."),
        ];
        assert_eq!(
            gathered(&units, Section::Results),
            "- Sơn La: Một.\n- Sơn La: Hai.\n- Lai Châu: Ba."
        );
        assert_eq!(gathered(&units, Section::Situation), "");
    }

    #[test]
    fn who_writes_without_end_leaves_room_for_the_others_and_it_is_said() {
        let long = ["ă".repeat(12_000), "Hai.".to_owned()].join("\n");
        let units = [unit("Sơn La", &long), unit("Lai Châu", "Ba.")];
        let text = gathered(&units, Section::Results);
        assert!(
            text.starts_with("- Sơn La: (còn 2 đoạn") && text.ends_with("- Lai Châu: Ba."),
            "{text}"
        );
    }
}
