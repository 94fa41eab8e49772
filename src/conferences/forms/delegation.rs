//! Whom a unit sends, as typed.

use serde::Deserialize;

use crate::{
    conferences::model::{Absence, Delegate, Part},
    ids::{DelegateId, UnitId},
    kit::{error::Result as Outcome, fields::FieldErrors, values},
    papers::{self, at},
};

/// At most this many delegates of a unit without a vote.
const MOST_OTHERS: usize = 10;

/// A delegate without a vote as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "named like the fields of the checked delegate")]
pub struct PersonRow {
    pub id: Option<DelegateId>,
    pub name: String,
    pub post: String,
}

impl PersonRow {
    /// Whether nothing is typed in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.name.trim().is_empty() && self.post.trim().is_empty()
    }

    /// The id for its hidden field: empty for a new row.
    #[must_use]
    pub fn key(&self) -> String {
        self.id.map(|id| id.to_string()).unwrap_or_default()
    }
}

/// The whole form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "named like the fields of the checked delegation")]
pub struct DelegationForm {
    pub is_absent: bool,
    pub reason: String,
    pub name: String,
    pub post: String,
    pub is_head: bool,
    pub stand_in_name: String,
    pub stand_in_post: String,
    pub others: Vec<PersonRow>,
}

/// A checked person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPerson {
    /// The row that it was; none for a new one.
    pub id: Option<DelegateId>,
    /// The name.
    pub name: String,
    /// The post.
    pub post: String,
}

/// Whom a unit sends, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// Why the unit can't come; none when it does.
    pub absence: Option<String>,
    /// Who votes; a unit that can't come may name who votes beforehand.
    pub voting: Option<NamedPerson>,
    /// Whether that is the unit's head.
    pub is_head: bool,
    /// Who votes when that one is absent.
    pub stand_in: Option<NamedPerson>,
    /// Who comes without a vote.
    pub others: Vec<NamedPerson>,
}

impl DelegationForm {
    /// What a unit has said so far, for the form.
    #[must_use]
    pub fn of(unit: UnitId, delegates: &[Delegate], absences: &[Absence]) -> Self {
        let mine = |part| {
            let of_unit = delegates.iter().filter(move |d| d.unit_id == Some(unit));
            of_unit.filter(move |d| d.part == part)
        };
        let absence = absences.iter().find(|a| a.unit_id == unit);
        let (voting, stand_in) = (mine(Part::Voting).next(), mine(Part::StandIn).next());
        let name = |d: Option<&Delegate>| d.map(|d| d.name.clone()).unwrap_or_default();
        let post = |d: Option<&Delegate>| d.map(|d| d.post.clone()).unwrap_or_default();
        Self {
            is_absent: absence.is_some(),
            reason: absence.map(|a| a.reason.clone()).unwrap_or_default(),
            name: name(voting),
            post: post(voting),
            is_head: voting.is_some_and(|d| d.is_head),
            stand_in_name: name(stand_in),
            stand_in_post: post(stand_in),
            others: mine(Part::Other)
                .map(|d| PersonRow {
                    id: Some(d.id),
                    name: d.name.clone(),
                    post: d.post.clone(),
                })
                .collect(),
        }
    }

    /// The delegation, or everything that is wrong.
    pub fn check(&self) -> Result<Delegation, FieldErrors> {
        let mut errors = FieldErrors::default();
        let absence = if self.is_absent {
            errors.read(
                "reason",
                values::required_paragraphs(&self.reason, 1000, "lý do không dự được"),
            )
        } else {
            None
        };
        let is_needed = !self.is_absent || !self.post.trim().is_empty();
        let voting = person(&mut errors, ("name", "post"), (&self.name, &self.post), is_needed);
        let is_needed = !self.stand_in_post.trim().is_empty();
        let stand_in = person(
            &mut errors,
            ("stand_in_name", "stand_in_post"),
            (&self.stand_in_name, &self.stand_in_post),
            is_needed,
        );
        if let (Some(a), Some(b)) = (&voting, &stand_in)
            && a.name == b.name
        {
            errors.add("stand_in_name", "Người dự khuyết phải khác đại biểu biểu quyết.");
        }
        if self.others.len() > MOST_OTHERS {
            errors.add("others", format!("Tối đa {MOST_OTHERS} người cùng dự."));
        }
        let mut others = Vec::new();
        for (i, row) in self.others.iter().enumerate().filter(|(_, row)| !row.is_blank()) {
            let fields = (format!("other_name-{i}"), format!("other_post-{i}"));
            let read = person(&mut errors, (&fields.0, &fields.1), (&row.name, &row.post), true);
            others.extend(read.map(|person| NamedPerson { id: row.id, ..person }));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Delegation {
            absence,
            is_head: self.is_head && voting.is_some(),
            voting,
            stand_in,
            others,
        })
    }
}

fn person(
    errors: &mut FieldErrors,
    (name_at, post_at): (&str, &str),
    (name, post): (&str, &str),
    is_needed: bool,
) -> Option<NamedPerson> {
    if name.trim().is_empty() && !is_needed {
        return None;
    }
    let name = errors.read(name_at, values::PersonName::parse(name));
    let post = errors.read(post_at, values::line(post, 200));
    Some(NamedPerson {
        id: None,
        name: name?.as_str().to_owned(),
        post: post?,
    })
}

/// The form as a browser posts it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::conferences) struct PostedDelegation {
    /// What was there when the form was opened.
    pub seen: String,
    coming: String,
    reason: String,
    name: String,
    post: String,
    is_head: String,
    stand_in_name: String,
    stand_in_post: String,
    other_id: Vec<String>,
    other_name: Vec<String>,
    other_post: Vec<String>,
}

impl PostedDelegation {
    /// Refuses more rows than anybody types.
    pub(in crate::conferences) fn bound(&self) -> Outcome<()> {
        papers::bound_columns([&self.other_id, &self.other_name, &self.other_post])
    }
}

impl From<PostedDelegation> for DelegationForm {
    fn from(p: PostedDelegation) -> Self {
        let others = (0..p.other_name.len()).map(|i| PersonRow {
            id: at(&p.other_id, i).parse().ok(),
            name: at(&p.other_name, i),
            post: at(&p.other_post, i),
        });
        Self {
            is_absent: p.coming == "vang",
            reason: p.reason,
            name: p.name,
            post: p.post,
            is_head: !p.is_head.is_empty(),
            stand_in_name: p.stand_in_name,
            stand_in_post: p.stand_in_post,
            others: others.filter(|row| !row.is_blank()).collect(),
        }
    }
}

/// The form with which the secretariat adds one more: a guest, or somebody of a unit that called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(in crate::conferences) struct ExtraForm {
    pub unit: String,
    pub part: String,
    pub name: String,
    pub post: String,
}

impl ExtraForm {
    /// Part and person, or everything that is wrong. A guest belongs to no unit, everybody else to one.
    pub(in crate::conferences) fn check(&self) -> Result<(Part, NamedPerson), FieldErrors> {
        let mut errors = FieldErrors::default();
        let part = Part::from_code(&self.part).ok_or_else(|| "Hãy chọn tư cách dự họp.".to_owned());
        let part = errors.read("part", part);
        match part {
            Some(Part::Guest) if !self.unit.is_empty() => errors.add(
                "unit",
                "Khách mời không thuộc đơn vị thành viên nào: hãy để trống ô đơn vị.",
            ),
            Some(Part::Voting | Part::StandIn | Part::Other) if self.unit.is_empty() => {
                errors.add("unit", "Hãy chọn đơn vị của đại biểu.");
            }
            _ => {}
        }
        let named = person(&mut errors, ("name", "post"), (&self.name, &self.post), true);
        match (part, named) {
            (Some(part), Some(person)) if errors.is_empty() => Ok((part, person)),
            _ => Err(errors),
        }
    }
}
