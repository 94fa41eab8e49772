//! The wording of a paper: what people add to what the records say. Kept as typed, right or wrong.

mod basis;
mod gaps;
mod numbers;

pub use basis::{BasisForm, BasisInput};
pub use numbers::{CancelForm, CancelInput};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use gaps::{beginning, has_gap};

use super::model::Source;
use crate::kit::{
    clock::date_text,
    documents::model::{Power, Signature},
    fields::FieldErrors,
    values,
};

/// A part of the text that people write themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What the kind of paper knows it by.
    pub code: String,
    /// Its heading, as the form shows it.
    pub heading: String,
    /// The text, a paragraph a line.
    pub text: String,
    /// Whether nothing is issued while it is empty.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_needed: bool,
    /// Whether it was saved as it was offered: nobody has put a hand to it, so it follows what is offered later.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_as_offered: bool,
}

impl Section {
    /// The same with a text, which may be what was offered.
    fn with(&self, text: String) -> Self {
        Self {
            is_as_offered: lines(&text) == lines(&self.text),
            text,
            ..self.clone()
        }
    }
}

/// Who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// With what power: `TM. BAN THƯỜNG VỤ`, a line each; may be empty.
    pub powers: String,
    /// The post, a line each.
    pub post: String,
    /// The name.
    pub name: String,
}

/// Everything that people decide about a paper, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wording {
    /// The body above the issuing one.
    pub parent: String,
    /// The issuing body.
    pub issuer: String,
    /// What stands behind the number.
    pub symbol: String,
    /// Where.
    pub place: String,
    /// What it is about.
    pub subject: String,
    /// To whom it is addressed, a line each.
    pub addressees: String,
    /// What it is based on, a line each.
    pub bases: String,
    /// Who gets it, a line each.
    pub recipients: String,
    /// Who signs: of minutes the secretary first, then the chair.
    pub signers: Vec<Signer>,
    /// The parts that people write.
    pub sections: Vec<Section>,
}

/// The form as posted: repeated fields beside each other.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PostedWording {
    pub version: i32,
    pub parent: String,
    pub issuer: String,
    pub symbol: String,
    pub place: String,
    pub subject: String,
    pub addressees: String,
    pub bases: String,
    pub recipients: String,
    pub signer_powers: Vec<String>,
    pub signer_post: Vec<String>,
    pub signer_name: Vec<String>,
    pub section_code: Vec<String>,
    pub section_text: Vec<String>,
    /// Paragraphs of others to be taken into a part, each as `Source::choice` names it.
    pub take: Vec<String>,
}

impl PostedWording {
    /// The wording. Headings come from what the kind of paper offers; parts that it doesn't know are left out.
    #[must_use]
    pub fn wording(&self, offered: &Wording) -> Wording {
        let text_of = |code: &str| {
            let at = self.section_code.iter().position(|posted| posted == code)?;
            let mut text = self.section_text.get(at)?.clone();
            for line in Source::chosen(&self.take, code) {
                text = [text.trim_end(), line].join("\n");
            }
            Some(text)
        };
        Wording {
            parent: self.parent.clone(),
            issuer: self.issuer.clone(),
            symbol: self.symbol.clone(),
            place: self.place.clone(),
            subject: self.subject.clone(),
            addressees: self.addressees.clone(),
            bases: self.bases.clone(),
            recipients: self.recipients.clone(),
            signers: self
                .signer_name
                .iter()
                .enumerate()
                .map(|(at, name)| Signer {
                    powers: self.signer_powers.get(at).cloned().unwrap_or_default(),
                    post: self.signer_post.get(at).cloned().unwrap_or_default(),
                    name: name.clone(),
                })
                .collect(),
            sections: offered
                .sections
                .iter()
                .map(|section| section.with(text_of(&section.code).unwrap_or_else(|| section.text.clone())))
                .collect(),
        }
    }
}

/// As many signers as a paper can have: a covenant has one for each unit.
const MOST_SIGNERS: usize = 60;

/// Typed lines, without empty ones.
#[must_use]
pub fn lines(typed: &str) -> Vec<String> {
    typed
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

/// The powers of a signer, or what is wrong with them.
fn powers(typed: &str) -> Result<Vec<(Power, String)>, String> {
    lines(typed)
        .into_iter()
        .map(|line| {
            let line = values::line(&line, 200)?;
            Power::read(&line).ok_or_else(|| {
                "Mỗi dòng bắt đầu bằng TM., KT., TL., TUQ. hoặc Q., ví dụ: TM. BAN THƯỜNG VỤ.".to_owned()
            })
        })
        .collect()
}

impl Wording {
    /// What is wrong with it. A missing signer is told too: without one nothing is issued.
    #[must_use]
    pub fn errors(&self, is_numbered: bool) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for (field, text, most) in [("parent", &self.parent, 200), ("place", &self.place, 100)] {
            errors.read(field, values::line(text, most));
        }
        errors.read(
            "issuer",
            values::required_line(&self.issuer, 200, "tên cơ quan, đơn vị ban hành"),
        );
        if is_numbered {
            errors.read("symbol", symbol(&self.symbol));
        }
        errors.read(
            "subject",
            if is_numbered {
                values::required_line(&self.subject, 600, "trích yếu")
            } else {
                values::line(&self.subject, 600)
            },
        );
        for (field, text) in [
            ("addressees", &self.addressees),
            ("bases", &self.bases),
            ("recipients", &self.recipients),
        ] {
            errors.read(field, values::paragraphs(text, 6000));
        }
        if self.signers.len() > MOST_SIGNERS {
            errors.add("signer_name-0", format!("Tối đa {MOST_SIGNERS} người ký."));
        }
        for (at, signer) in self.signers.iter().enumerate() {
            errors.read(format!("signer_powers-{at}"), powers(&signer.powers));
            errors.read(format!("signer_post-{at}"), values::paragraphs(&signer.post, 300));
            let name = values::required_line(&signer.name, 200, "họ và tên người ký");
            errors.read(format!("signer_name-{at}"), name);
        }
        for section in &self.sections {
            let text = if section.is_needed {
                values::required_paragraphs(&section.text, 60_000, "phần này")
            } else {
                values::paragraphs(&section.text, 60_000)
            };
            let text = text.map_err(|wrong| format!("{}: {wrong}", section.heading));
            let key = format!("section-{}", section.code);
            if section.is_needed && text.is_ok() {
                for line in lines(&section.text).iter().filter(|line| has_gap(line)) {
                    errors.add(
                        key.clone(),
                        format!("{}: còn chỗ “…” chưa điền: {}", section.heading, beginning(line)),
                    );
                }
            }
            errors.read(key, text);
        }
        errors
    }

    /// The text of one part; empty where there is none.
    #[must_use]
    pub fn section(&self, code: &str) -> &str {
        let found = self.sections.iter().find(|section| section.code == code);
        found.map_or("", |section| section.text.as_str())
    }

    /// The same with the parts that are offered: a part that came later gets its first text, as does one that nobody has
    /// edited; one that is gone is left out, and what was edited stays.
    #[must_use]
    pub fn refreshed(mut self, offered: &Self) -> Self {
        self.sections = offered
            .sections
            .iter()
            .map(|section| {
                let mut saved = self.sections.iter();
                let edited = saved.find(|old| old.code == section.code && !old.is_as_offered);
                section.with(edited.map_or_else(|| section.text.clone(), |old| old.text.clone()))
            })
            .collect();
        self
    }

    /// The signature blocks. A power that can't be read is left out of a draft; nothing is issued with one.
    #[must_use]
    pub fn signatures(&self) -> Vec<Signature> {
        self.signers
            .iter()
            .map(|signer| Signature {
                powers: powers(&signer.powers).unwrap_or_default(),
                posts: lines(&signer.post),
                note: String::new(),
                name: signer.name.clone(),
            })
            .collect()
    }

    /// The name of the first who signs.
    #[must_use]
    pub fn signer(&self) -> String {
        self.signers
            .first()
            .map(|s| s.name.trim().to_owned())
            .unwrap_or_default()
    }
}

fn symbol(typed: &str) -> Result<String, String> {
    let symbol = values::required_line(typed, 30, "ký hiệu văn bản")?;
    if symbol.chars().all(|c| c.is_alphanumeric() || "-.&".contains(c)) {
        Ok(symbol)
    } else {
        Err("Ký hiệu chỉ gồm chữ, số và dấu gạch nối, ví dụ: BC-LHH.".to_owned())
    }
}

/// The form that issues: the number that the clerk gave, or none for the next one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct IssueForm {
    pub version: i32,
    pub number: String,
    pub issued_on: String,
    pub replaces: String,
    pub reason: String,
}

impl IssueForm {
    /// The same with the number and day that the record has already.
    #[must_use]
    pub fn fixed_to(mut self, number: i32, on: NaiveDate) -> Self {
        self.number = number.to_string();
        self.issued_on = date_text(on);
        self
    }

    /// The number and the day: not after today, not before the first day that a paper about its year can bear.
    pub fn check(
        &self,
        today: NaiveDate,
        first: Option<(i32, NaiveDate)>,
    ) -> Result<(Option<i32>, NaiveDate), FieldErrors> {
        let mut errors = FieldErrors::default();
        let number = if self.number.trim().is_empty() {
            None
        } else {
            errors.read("number", values::whole(&self.number, 1, 99_999, "Số văn bản"))
        };
        let on = values::date(&self.issued_on).and_then(|day| match first {
            _ if day > today => Err("Ngày ban hành chưa đến.".to_owned()),
            Some((year, first)) if day < first => Err(format!(
                "Văn bản này về năm {year} nên không thể đề ngày trước {}.",
                date_text(first)
            )),
            _ => Ok(day),
        });
        let on = errors.read("issued_on", on);
        if !self.replaces.is_empty() {
            let reason = values::required_line(&self.reason, 1000, "lý do thay thế");
            errors.read("reason", reason);
        }
        match on {
            Some(on) if errors.is_empty() => Ok((number, on)),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_in_a_part_that_is_needed_and_an_empty_subject_are_told() {
        let part = |is_needed| Section {
            code: "opening".to_owned(),
            heading: "Lời mở đầu".to_owned(),
            text: "Ngày … tháng …\nđủ".to_owned(),
            is_needed,
            is_as_offered: false,
        };
        let wrong = |subject: &str, is_needed, is_numbered| {
            let wording = Wording {
                subject: subject.to_owned(),
                sections: vec![part(is_needed)],
                ..whole()
            };
            let errors = wording.errors(is_numbered);
            errors.iter().map(|e| e.field.clone()).collect::<Vec<_>>()
        };
        assert_eq!(wrong("Năm 2026", true, true), ["section-opening"]);
        assert_eq!(wrong(" ", false, true), ["subject"]);
        assert!(wrong("", false, false).is_empty());
    }

    fn whole() -> Wording {
        Wording {
            issuer: "LIÊN HIỆP HỘI TỈNH SƠN LA".to_owned(),
            symbol: "BC-LHH".to_owned(),
            subject: "Công tác năm 2026".to_owned(),
            signers: vec![Signer {
                powers: "TM. BAN THƯỜNG VỤ\nKT. CHỦ TỊCH".to_owned(),
                post: "PHÓ CHỦ TỊCH".to_owned(),
                name: "Nguyễn Văn Mẫu".to_owned(),
            }],
            sections: vec![Section {
                code: "aim".to_owned(),
                heading: "Mục đích".to_owned(),
                text: "cũ".to_owned(),
                is_needed: false,
                is_as_offered: false,
            }],
            ..Wording::default()
        }
    }

    #[test]
    fn powers_are_read_by_what_they_begin_with() {
        assert!(whole().errors(true).is_empty());
        let read = whole().signatures();
        assert_eq!(
            read[0].powers,
            [
                (Power::OnBehalf, "BAN THƯỜNG VỤ".to_owned()),
                (Power::InPlace, "CHỦ TỊCH".to_owned())
            ]
        );
        let mut wrong = whole();
        wrong.signers[0].powers = "Thay mặt".to_owned();
        assert!(wrong.errors(true).of("signer_powers-0").is_some());
    }

    #[test]
    fn a_missing_signer_and_a_symbol_with_spaces_are_told_at_their_fields() {
        let mut wrong = whole();
        wrong.signers[0].name = "  ".to_owned();
        wrong.symbol = "BC LHH/1".to_owned();
        let errors = wrong.errors(true);
        assert!(errors.of("signer_name-0").is_some() && errors.of("symbol").is_some());
        assert!(wrong.errors(false).of("symbol").is_none());
    }

    #[test]
    fn what_was_edited_stays_when_the_offered_parts_change() {
        let mut offered = whole();
        offered.sections[0].text = "mới".to_owned();
        offered.sections.push(Section {
            code: "tasks".to_owned(),
            ..Section::default()
        });
        let kept = whole().refreshed(&offered);
        assert_eq!(kept.section("aim"), "cũ");
        assert_eq!(kept.sections.len(), 2);
    }

    #[test]
    fn what_nobody_edited_follows_what_is_offered_and_a_ticked_paragraph_comes_behind_what_is_typed() {
        let posted = |text: &str, take: &[&str]| PostedWording {
            section_code: vec!["aim".to_owned()],
            section_text: vec![text.to_owned()],
            take: take.iter().map(|&line| line.to_owned()).collect(),
            ..PostedWording::default()
        };
        let mut later = whole();
        later.sections[0].text = "mới".to_owned();
        // Browsers end lines in their own way.
        let saved = posted("cũ\r\n", &[]).wording(&whole());
        let followed = saved.refreshed(&later);
        assert_eq!(followed.section("aim"), "mới");
        assert!(followed.sections[0].is_as_offered);
        let saved = posted("cũ", &["aim|- Sơn La: Một.", "tasks|khác"]).wording(&whole());
        assert_eq!(saved.refreshed(&later).section("aim"), "cũ\n- Sơn La: Một.");
    }

    #[test]
    fn what_is_posted_keeps_headings_and_drops_unknown_parts() {
        let posted = PostedWording {
            section_code: vec!["unknown".to_owned(), "aim".to_owned()],
            section_text: vec!["x".to_owned(), "chữ mới".to_owned()],
            ..PostedWording::default()
        };
        let wording = posted.wording(&whole());
        assert_eq!(wording.sections.len(), 1);
        assert_eq!(
            (wording.section("aim"), wording.sections[0].heading.as_str()),
            ("chữ mới", "Mục đích")
        );
    }

    #[test]
    fn a_paper_is_not_issued_in_the_future_nor_long_before_its_year() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let form = |on: &str, number: &str| IssueForm {
            issued_on: on.to_owned(),
            number: number.to_owned(),
            ..IssueForm::default()
        };
        let first = NaiveDate::from_ymd_opt(2025, 10, 1).map(|day| (2026, day));
        assert_eq!(form("1/3/2026", "").check(today, first), Ok((None, today)));
        assert!(form("2/3/2026", "").check(today, first).is_err());
        assert!(form("1/3/2026", "0").check(today, first).is_err());
        assert_eq!(form("1/3/2026", "12").check(today, first), Ok((Some(12), today)));
        assert!(form("1/10/2025", "").check(today, first).is_ok());
        let early = form("30/9/2025", "").check(today, first).unwrap_err();
        assert!(early.of("issued_on").unwrap().contains("về năm 2026") && early.len() == 1);
        assert!(form("30/9/2025", "").check(today, None).is_ok());
    }
}
