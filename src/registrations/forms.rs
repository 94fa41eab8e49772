//! The registration as typed, and the way from there to checked content.

use serde::{Deserialize, Serialize};

use super::model::{Content, Individual, Initiative, Registration, Section, Target, Title};
use crate::{
    awards::Awards,
    ids::RowId,
    kit::{
        self,
        clock::date_text,
        fields::FieldErrors,
        values::{self, PersonName, figure_typed},
    },
    papers::{Checked, OpenParts, Reader, Returnable, at, bound_columns, draft_rows, id_at, number_rows},
    people::Gender,
};

draft_rows! {
    /// A target as typed.
    TargetRow { indicator, unit_of_measure, last_result, target, note }
    /// A title as typed.
    TitleRow { award, note }
    /// A person as typed.
    IndividualRow { full_name, birth_year, gender, position, award, note }
    /// An initiative as typed.
    InitiativeRow { name, recognised_by, recognised_on }
}

/// The whole form as typed: what a draft keeps, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like the fields of the checked content")]
pub struct RegistrationForm {
    pub contact_name: String,
    pub contact_phone: String,
    pub contact_email: String,
    pub note: String,
    pub targets: Vec<TargetRow>,
    pub titles: Vec<TitleRow>,
    pub individuals: Vec<IndividualRow>,
    pub initiatives: Vec<InitiativeRow>,
}

impl RegistrationForm {
    /// The edit of a stored form by a typed one, as far as parts are open. New rows get their ids.
    #[must_use]
    pub fn merged(stored: Self, typed: Self, open: &OpenParts) -> Self {
        let contact_is_open = open.has_section(Section::Contact.code());
        let head = if contact_is_open {
            typed.clone()
        } else {
            stored.clone()
        };
        let mut merged = Self {
            targets: open.merge(Section::Targets.code(), stored.targets, typed.targets),
            titles: open.merge(Section::Titles.code(), stored.titles, typed.titles),
            individuals: open.merge(Section::Individuals.code(), stored.individuals, typed.individuals),
            initiatives: open.merge(Section::Initiatives.code(), stored.initiatives, typed.initiatives),
            ..head
        };
        merged.targets.retain(|r| !r.is_blank());
        merged.titles.retain(|r| !r.is_blank());
        merged.individuals.retain(|r| !r.is_blank());
        merged.initiatives.retain(|r| !r.is_blank());
        merged.number_rows();
        merged
    }

    /// Gives every row an id of its own: missing ones, and ones sent twice.
    fn number_rows(&mut self) {
        let ids = self
            .targets
            .iter_mut()
            .map(|r| &mut r.id)
            .chain(self.titles.iter_mut().map(|r| &mut r.id))
            .chain(self.individuals.iter_mut().map(|r| &mut r.id))
            .chain(self.initiatives.iter_mut().map(|r| &mut r.id));
        number_rows(ids);
    }

    /// The checked content. Errors are at `field` or, in rows, at `field-index`.
    pub fn check(&self, awards: &Awards, year: i32, how: Checked) -> Result<Content, FieldErrors> {
        let mut reader = Reader::new(how);
        let content = self.read(&mut reader, awards, year);
        reader.finish(content)
    }

    fn read(&self, r: &mut Reader, awards: &Awards, year: i32) -> Content {
        let contact_name = r.needed("contact_name", &self.contact_name, |t| {
            PersonName::parse(t).map(|n| n.as_str().to_owned())
        });
        let contact_phone = r.needed("contact_phone", &self.contact_phone, |t| {
            values::phone(t).and_then(|p| {
                if p.is_empty() {
                    Err("Hãy nhập số điện thoại liên hệ.".to_owned())
                } else {
                    Ok(p)
                }
            })
        });
        let contact_email = r.optional("contact_email", &self.contact_email, values::email);
        let note = r.optional("note", &self.note, |t| values::paragraphs(t, 2000));
        for (field, count) in [
            ("targets", self.targets.len()),
            ("titles", self.titles.len()),
            ("individuals", self.individuals.len()),
            ("initiatives", self.initiatives.len()),
        ] {
            r.bound_rows(field, count);
        }
        if r.how == Checked::AsWhole && self.targets.is_empty() {
            r.errors.add("targets", "Hãy đăng ký ít nhất một chỉ tiêu.");
        }
        if r.how == Checked::AsWhole && self.titles.is_empty() && self.individuals.is_empty() {
            r.errors.add(
                "titles",
                "Hãy đăng ký ít nhất một danh hiệu hoặc hình thức khen thưởng, của tập thể hoặc cá nhân.",
            );
        }
        self.check_repeats(r);
        Content {
            targets: self
                .targets
                .iter()
                .enumerate()
                .map(|(i, row)| row.read(i, r))
                .collect(),
            titles: self
                .titles
                .iter()
                .enumerate()
                .map(|(i, row)| row.read(i, r, awards))
                .collect(),
            individuals: self
                .individuals
                .iter()
                .enumerate()
                .map(|(i, row)| row.read(i, r, awards, year))
                .collect(),
            initiatives: self
                .initiatives
                .iter()
                .enumerate()
                .map(|(i, row)| row.read(i, r))
                .collect(),
            contact_name: contact_name.unwrap_or_default(),
            contact_phone: contact_phone.unwrap_or_default(),
            contact_email,
            note,
        }
    }

    /// The same indicator or title twice is a slip of the hand.
    fn check_repeats(&self, r: &mut Reader) {
        let mut seen = std::collections::HashSet::new();
        for (i, row) in self.targets.iter().enumerate() {
            let key = crate::kit::text::fold(&row.indicator);
            if !key.is_empty() && !seen.insert(key) {
                r.errors
                    .add(format!("target_indicator-{i}"), "Chỉ tiêu này đã có ở dòng trên.");
            }
        }
        let mut seen = std::collections::HashSet::new();
        for (i, row) in self.titles.iter().enumerate() {
            if !row.award.is_empty() && !seen.insert(&row.award) {
                r.errors
                    .add(format!("title_award-{i}"), "Danh hiệu này đã có ở dòng trên.");
            }
        }
    }
}

fn award_of(
    typed: &str,
    fits: impl Fn(&crate::awards::Award) -> bool,
    awards: &Awards,
) -> Result<String, String> {
    match awards.find(typed.trim()) {
        Some(award) if fits(award) => Ok(award.code.clone()),
        _ => Err("Hãy chọn danh hiệu hoặc hình thức khen thưởng trong danh sách.".to_owned()),
    }
}

impl TargetRow {
    fn read(&self, i: usize, r: &mut Reader) -> Target {
        Target {
            id: self.id.unwrap_or_default(),
            indicator: r
                .needed(format!("target_indicator-{i}"), &self.indicator, |t| {
                    values::required_line(t, 300, "tên chỉ tiêu")
                })
                .unwrap_or_default(),
            unit_of_measure: r
                .needed(
                    format!("target_unit_of_measure-{i}"),
                    &self.unit_of_measure,
                    |t| values::required_line(t, 50, "đơn vị tính"),
                )
                .unwrap_or_default(),
            last_result: r.optional_value(
                format!("target_last_result-{i}"),
                &self.last_result,
                values::figure,
            ),
            target: r
                .needed(format!("target_target-{i}"), &self.target, values::figure)
                .unwrap_or_default(),
            note: r.optional(format!("target_note-{i}"), &self.note, |t| values::line(t, 300)),
        }
    }
}

impl TitleRow {
    fn read(&self, i: usize, r: &mut Reader, awards: &Awards) -> Title {
        Title {
            id: self.id.unwrap_or_default(),
            award: r
                .needed(format!("title_award-{i}"), &self.award, |t| {
                    award_of(t, |a| a.for_units, awards)
                })
                .unwrap_or_default(),
            note: r.optional(format!("title_note-{i}"), &self.note, |t| values::line(t, 300)),
        }
    }
}

impl IndividualRow {
    fn read(&self, i: usize, r: &mut Reader, awards: &Awards, year: i32) -> Individual {
        Individual {
            id: self.id.unwrap_or_default(),
            full_name: r
                .needed(format!("individual_full_name-{i}"), &self.full_name, |t| {
                    PersonName::parse(t).map(|n| n.as_str().to_owned())
                })
                .unwrap_or_default(),
            birth_year: r
                .needed(format!("individual_birth_year-{i}"), &self.birth_year, |t| {
                    values::whole(t, year - 100, year - 15, "Năm sinh")
                })
                .unwrap_or_default(),
            gender: r
                .needed(format!("individual_gender-{i}"), &self.gender, |t| match t {
                    "female" => Ok(Gender::Female),
                    "male" => Ok(Gender::Male),
                    _ => Err("Hãy chọn nam hoặc nữ.".to_owned()),
                })
                .unwrap_or(Gender::Female),
            position: r
                .needed(format!("individual_position-{i}"), &self.position, |t| {
                    values::required_line(t, 200, "chức vụ")
                })
                .unwrap_or_default(),
            award: r
                .needed(format!("individual_award-{i}"), &self.award, |t| {
                    award_of(t, |a| a.for_persons, awards)
                })
                .unwrap_or_default(),
            note: r.optional(format!("individual_note-{i}"), &self.note, |t| {
                values::line(t, 300)
            }),
        }
    }
}

impl InitiativeRow {
    fn read(&self, i: usize, r: &mut Reader) -> Initiative {
        Initiative {
            id: self.id.unwrap_or_default(),
            name: r
                .needed(format!("initiative_name-{i}"), &self.name, |t| {
                    values::required_line(t, 500, "tên sáng kiến, đề tài")
                })
                .unwrap_or_default(),
            recognised_by: r.optional(
                format!("initiative_recognised_by-{i}"),
                &self.recognised_by,
                |t| values::line(t, 200),
            ),
            recognised_on: r.optional_value(
                format!("initiative_recognised_on-{i}"),
                &self.recognised_on,
                values::date,
            ),
        }
    }
}

impl From<&Content> for RegistrationForm {
    /// The content as a person would have typed it: pages show drafts and handed-in content alike.
    fn from(content: &Content) -> Self {
        Self {
            contact_name: content.contact_name.clone(),
            contact_phone: content.contact_phone.clone(),
            contact_email: content.contact_email.clone(),
            note: content.note.clone(),
            targets: content
                .targets
                .iter()
                .map(|t| TargetRow {
                    id: Some(t.id),
                    indicator: t.indicator.clone(),
                    unit_of_measure: t.unit_of_measure.clone(),
                    last_result: t.last_result.map(figure_typed).unwrap_or_default(),
                    target: figure_typed(t.target),
                    note: t.note.clone(),
                })
                .collect(),
            titles: content
                .titles
                .iter()
                .map(|t| TitleRow {
                    id: Some(t.id),
                    award: t.award.clone(),
                    note: t.note.clone(),
                })
                .collect(),
            individuals: content
                .individuals
                .iter()
                .map(|p| IndividualRow {
                    id: Some(p.id),
                    full_name: p.full_name.clone(),
                    birth_year: p.birth_year.to_string(),
                    gender: if p.gender == Gender::Female {
                        "female"
                    } else {
                        "male"
                    }
                    .to_owned(),
                    position: p.position.clone(),
                    award: p.award.clone(),
                    note: p.note.clone(),
                })
                .collect(),
            initiatives: content
                .initiatives
                .iter()
                .map(|n| InitiativeRow {
                    id: Some(n.id),
                    name: n.name.clone(),
                    recognised_by: n.recognised_by.clone(),
                    recognised_on: n.recognised_on.map(date_text).unwrap_or_default(),
                })
                .collect(),
        }
    }
}

/// The form as a browser posts it: one list a column, aligned by position.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PostedRegistration {
    pub version: i32,
    pub next: String,
    contact_name: String,
    contact_phone: String,
    contact_email: String,
    note: String,
    target_id: Vec<String>,
    target_indicator: Vec<String>,
    target_unit_of_measure: Vec<String>,
    target_last_result: Vec<String>,
    target_target: Vec<String>,
    target_note: Vec<String>,
    title_id: Vec<String>,
    title_award: Vec<String>,
    title_note: Vec<String>,
    individual_id: Vec<String>,
    individual_full_name: Vec<String>,
    individual_birth_year: Vec<String>,
    individual_gender: Vec<String>,
    individual_position: Vec<String>,
    individual_award: Vec<String>,
    individual_note: Vec<String>,
    initiative_id: Vec<String>,
    initiative_name: Vec<String>,
    initiative_recognised_by: Vec<String>,
    initiative_recognised_on: Vec<String>,
}

impl PostedRegistration {
    /// Refuses more rows than anybody types.
    pub(super) fn bound(&self) -> kit::error::Result<()> {
        bound_columns([
            &self.target_id,
            &self.target_indicator,
            &self.target_unit_of_measure,
            &self.target_last_result,
            &self.target_target,
            &self.target_note,
            &self.title_id,
            &self.title_award,
            &self.title_note,
            &self.individual_id,
            &self.individual_full_name,
            &self.individual_birth_year,
            &self.individual_gender,
            &self.individual_position,
            &self.individual_award,
            &self.individual_note,
            &self.initiative_id,
            &self.initiative_name,
            &self.initiative_recognised_by,
            &self.initiative_recognised_on,
        ])
    }
}

impl From<PostedRegistration> for RegistrationForm {
    fn from(p: PostedRegistration) -> Self {
        Self {
            targets: (0..p.target_indicator.len())
                .map(|i| TargetRow {
                    id: id_at(&p.target_id, i),
                    indicator: at(&p.target_indicator, i),
                    unit_of_measure: at(&p.target_unit_of_measure, i),
                    last_result: at(&p.target_last_result, i),
                    target: at(&p.target_target, i),
                    note: at(&p.target_note, i),
                })
                .collect(),
            titles: (0..p.title_award.len())
                .map(|i| TitleRow {
                    id: id_at(&p.title_id, i),
                    award: at(&p.title_award, i),
                    note: at(&p.title_note, i),
                })
                .collect(),
            individuals: (0..p.individual_full_name.len())
                .map(|i| IndividualRow {
                    id: id_at(&p.individual_id, i),
                    full_name: at(&p.individual_full_name, i),
                    birth_year: at(&p.individual_birth_year, i),
                    gender: at(&p.individual_gender, i),
                    position: at(&p.individual_position, i),
                    award: at(&p.individual_award, i),
                    note: at(&p.individual_note, i),
                })
                .collect(),
            initiatives: (0..p.initiative_name.len())
                .map(|i| InitiativeRow {
                    id: id_at(&p.initiative_id, i),
                    name: at(&p.initiative_name, i),
                    recognised_by: at(&p.initiative_recognised_by, i),
                    recognised_on: at(&p.initiative_recognised_on, i),
                })
                .collect(),
            contact_name: p.contact_name,
            contact_phone: p.contact_phone,
            contact_email: p.contact_email,
            note: p.note,
        }
    }
}

/// Everything in a registration that can be sent back, in the order of the form.
#[must_use]
pub fn returnables(registration: &Registration, awards: &Awards) -> Vec<Returnable> {
    let Some(content) = &registration.content else {
        return Vec::new();
    };
    let mut list = Vec::new();
    for section in Section::ALL {
        list.push(Returnable::section(section.code(), section.label()));
        let rows: Vec<(RowId, String)> = match section {
            Section::Targets => content
                .targets
                .iter()
                .map(|t| (t.id, t.indicator.clone()))
                .collect(),
            Section::Titles => content
                .titles
                .iter()
                .map(|t| (t.id, awards.name(&t.award)))
                .collect(),
            Section::Individuals => content
                .individuals
                .iter()
                .map(|p| (p.id, p.full_name.clone()))
                .collect(),
            Section::Initiatives => content
                .initiatives
                .iter()
                .map(|n| (n.id, n.name.clone()))
                .collect(),
            Section::Contact | Section::Attachments => Vec::new(),
        };
        list.extend(
            rows.into_iter()
                .map(|(id, label)| Returnable::row(section.code(), id, label)),
        );
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::awards::Award;

    fn awards() -> Awards {
        let award = |code: &str, for_units, for_persons| Award {
            code: code.to_owned(),
            name: code.to_owned(),
            short_name: code.to_owned(),
            for_units,
            for_persons,
        };
        Awards(vec![
            award("vusta_flag", true, false),
            award("vusta_merit", true, true),
        ])
    }

    fn filled() -> RegistrationForm {
        RegistrationForm {
            contact_name: "Nguyễn Văn Mẫu".to_owned(),
            contact_phone: "0212 000 0001".to_owned(),
            targets: vec![TargetRow {
                indicator: "Lớp tập huấn".to_owned(),
                unit_of_measure: "lớp".to_owned(),
                last_result: "0".to_owned(),
                target: "8,5".to_owned(),
                ..TargetRow::default()
            }],
            titles: vec![TitleRow {
                award: "vusta_flag".to_owned(),
                ..TitleRow::default()
            }],
            ..RegistrationForm::default()
        }
    }

    #[test]
    fn a_filled_form_is_content_and_reads_back_as_typed() {
        let content = filled().check(&awards(), 2023, Checked::AsWhole).unwrap();
        assert_eq!(
            content.targets[0].last_result,
            Some(rust_decimal::Decimal::ZERO),
            "0 is a value"
        );
        let again = RegistrationForm::from(&content);
        assert_eq!(again.targets[0].target, "8,5");
    }

    #[test]
    fn an_empty_form_is_a_good_draft_and_no_whole() {
        let empty = RegistrationForm::default();
        assert!(empty.check(&awards(), 2023, Checked::AsDraft).is_ok());
        let errors = empty.check(&awards(), 2023, Checked::AsWhole).unwrap_err();
        for field in ["contact_name", "contact_phone", "targets", "titles"] {
            assert!(errors.of(field).is_some(), "{field}");
        }
    }

    #[test]
    fn what_is_wrong_is_wrong_in_a_draft_too_at_its_cell() {
        let mut form = filled();
        form.targets[0].target = "8 lớp".to_owned();
        form.titles.push(TitleRow {
            award: "vusta_flag".to_owned(),
            ..TitleRow::default()
        });
        form.individuals.push(IndividualRow {
            full_name: "Mẫu".to_owned(),
            award: "vusta_flag".to_owned(),
            ..IndividualRow::default()
        });
        form.initiatives.push(InitiativeRow {
            name: "x".to_owned(),
            recognised_on: "31/02/2023".to_owned(),
            ..InitiativeRow::default()
        });
        let errors = form.check(&awards(), 2023, Checked::AsDraft).unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "title_award-1",
                "target_target-0",
                "individual_award-0",
                "initiative_recognised_on-0"
            ]
        );
    }

    #[test]
    fn rows_get_ids_of_their_own_and_blank_ones_vanish() {
        let twin = RowId::new();
        let typed = RegistrationForm {
            titles: vec![
                TitleRow {
                    id: Some(twin),
                    award: "a".to_owned(),
                    ..TitleRow::default()
                },
                TitleRow {
                    id: Some(twin),
                    award: "b".to_owned(),
                    ..TitleRow::default()
                },
                TitleRow::default(),
            ],
            ..RegistrationForm::default()
        };
        let stored = RegistrationForm {
            titles: typed.titles[..1].to_vec(),
            ..RegistrationForm::default()
        };
        let merged = RegistrationForm::merged(stored, typed, &OpenParts::All);
        assert_eq!(merged.titles.len(), 2);
        assert_eq!(merged.titles[0].id, Some(twin));
        assert_ne!(merged.titles[1].id, Some(twin));
    }
}
