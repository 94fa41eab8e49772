//! The registration as typed, and the way from there to checked content.

mod posted;
mod rows;

use serde::{Deserialize, Serialize};

use super::model::{Content, Registration, Section};
use crate::{
    awards::Awards,
    ids::RowId,
    kit::{
        clock::date_text,
        fields::FieldErrors,
        values::{self, PersonName, figure_typed},
    },
    papers::{Checked, OpenParts, Reader, Returnable, draft_rows, number_rows},
    people::Gender,
};

pub(super) use posted::PostedRegistration;

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
mod tests;
