//! The parts that the catalogue's version wants in a dossier, beside those that every dossier has. Pure.

use super::{
    checklist::{Item, Mark},
    model::Part,
};
use crate::{awards::Version, kit::text::fold, papers::Attachment};

/// What stands for a part that the catalogue asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counterpart {
    /// A part that every dossier has.
    Part(Part),
    /// The dossier as it is kept here.
    Whole,
}

impl Counterpart {
    /// The catalogue is written by people: it says "Báo cáo thành tích của tập thể" and means the report.
    fn of(text: &str) -> Option<Self> {
        let known = [
            ("to trinh", Self::Part(Part::Proposal)),
            ("bao cao thanh tich", Self::Part(Part::AchievementReport)),
            ("bien ban", Self::Part(Part::Minutes)),
            ("tep dien tu", Self::Whole),
        ];
        let text = fold(text);
        let found = known.into_iter().find(|(words, _)| text.contains(words));
        found.map(|(_, counterpart)| counterpart)
    }
}

/// What somebody in charge noted of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartNote {
    /// The version's number.
    pub version: i32,
    /// The part's place in it, from 0.
    pub place: usize,
    /// On what ground.
    pub reason: String,
    /// By whom: the full name.
    pub by: String,
}

/// A part that the catalogue asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// The version's number.
    pub version: i32,
    /// Its place in the version, from 0.
    pub place: usize,
    /// Its name.
    pub text: String,
    counterpart: Option<Counterpart>,
    note: Option<PartNote>,
}

impl Asked {
    /// The parts of a version, with what was noted of them.
    pub fn all(version: Option<&Version>, notes: &[PartNote]) -> Vec<Self> {
        let Some(version) = version else { return Vec::new() };
        let parts = version.dossier.iter().enumerate();
        parts
            .map(|(place, text)| Self {
                version: version.number,
                place,
                text: text.clone(),
                counterpart: Counterpart::of(text),
                note: notes
                    .iter()
                    .rfind(|note| note.version == version.number && note.place == place)
                    .cloned(),
            })
            .collect()
    }

    /// Whether the checklist doesn't look at it already, as one of the parts that every dossier has.
    pub fn is_further(&self) -> bool {
        self.counterpart.is_none()
    }

    /// What is known of it. A part of its own only warns: no file can be told to be an authority's opinion.
    pub fn item(&self, attachments: &[Attachment]) -> Item {
        let files_of = |part: Part| attachments.iter().filter(move |file| file.part == part.code());
        let (mark, note) = match (self.counterpart, &self.note) {
            (Some(Counterpart::Part(part)), _) => match files_of(part).count() {
                0 => (Mark::Missing, format!("Chưa có tệp ở phần “{}”", part.label())),
                n => (Mark::Done, format!("{n} tệp ở phần “{}”", part.label())),
            },
            (Some(Counterpart::Whole), _) => (Mark::Done, "Chính là hồ sơ này".to_owned()),
            (None, Some(note)) => (Mark::Done, format!("{} xác nhận: {}", note.by, note.reason)),
            (None, None) => match files_of(Part::Evidence).find(|file| names(&file.file_name, &self.text)) {
                Some(file) => (Mark::Done, format!("Minh chứng “{}”", file.file_name)),
                None => (Mark::Warning, UNKNOWN.to_owned()),
            },
        };
        Item {
            label: self.text.clone(),
            mark,
            note,
        }
    }

    /// `2-3`: version and place, as forms name it.
    pub fn key(&self) -> String {
        format!("{}-{}", self.version, self.place)
    }
}

const UNKNOWN: &str = "Chưa rõ: chưa có minh chứng nào mang tên này, chưa ai xác nhận là đã có";

/// Whether the name of a file has every word of a part's name that means something.
fn names(file: &str, part: &str) -> bool {
    const SMALL: [&str; 7] = ["cua", "va", "cac", "kem", "ve", "de", "cho"];
    let file = fold(file);
    let words: Vec<&str> = file.split(' ').collect();
    let part = fold(part);
    let mut wanted = part.split(' ').filter(|word| !SMALL.contains(word));
    wanted.all(|word| words.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogues_words_stand_for_the_parts_that_every_dossier_has() {
        for (text, counterpart) in [
            ("Tờ trình", Some(Counterpart::Part(Part::Proposal))),
            (
                "Báo cáo thành tích của cá nhân",
                Some(Counterpart::Part(Part::AchievementReport)),
            ),
            (
                "Danh sách kèm biên bản bình xét",
                Some(Counterpart::Part(Part::Minutes)),
            ),
            ("Tệp điện tử của toàn bộ hồ sơ", Some(Counterpart::Whole)),
            ("Ý kiến của cơ quan liên quan", None),
        ] {
            assert_eq!(Counterpart::of(text), counterpart, "{text}");
        }
    }

    #[test]
    fn a_file_names_a_part_with_all_its_words() {
        let part = "Ý kiến của cơ quan liên quan";
        assert!(names("Y-kien-co-quan-lien-quan_2023.pdf", part));
        assert!(names("Ý kiến của cơ quan liên quan (thuế).pdf", part));
        assert!(!names("Ý kiến.pdf", part));
    }
}
