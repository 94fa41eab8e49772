//! The forms that all papers share: the return item by item, and the version seen when deciding.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{drafts::Checked, model::ReturnItem};
use crate::{
    ids::RowId,
    kit::{fields::FieldErrors, values},
};

/// The version a person saw when deciding.
#[derive(Deserialize)]
pub struct Seen {
    /// The version.
    #[serde(default)]
    pub version: i32,
    /// The files, where the act freezes them: `History::files_digest`.
    #[serde(default)]
    pub files: String,
}

/// How the form of a draft is opened: with every mistake shown, with more empty rows in a section.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Opening {
    /// Anything: what is still missing is shown at its field too.
    #[serde(rename = "kiem-tra")]
    whole: String,
    /// The section that is to have more rows.
    #[serde(rename = "them")]
    more: String,
}

impl Opening {
    /// How far the draft is checked.
    #[must_use]
    pub fn checked(&self) -> Checked {
        if self.whole.is_empty() {
            Checked::AsDraft
        } else {
            Checked::AsWhole
        }
    }

    /// How many empty rows a section ends with.
    #[must_use]
    pub fn spare_rows(&self, section: &str) -> usize {
        if self.more == section { 4 } else { 2 }
    }

    /// Where the form with more rows in a section is.
    #[must_use]
    pub fn path_of_more(form: &str, section: &str) -> String {
        format!("{form}?them={section}#{section}")
    }
}

/// The form with which the secretariat sends a paper back. `item` holds `section` or `section:row`,
/// `item_note` what is wanted there, aligned with `item_key`, the list of everything that can be ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described above")]
pub struct ReturnForm {
    pub version: i32,
    pub reason: String,
    pub due_on: String,
    pub item: Vec<String>,
    pub item_key: Vec<String>,
    pub item_note: Vec<String>,
}

/// Something that can be sent back: a section or a row of it, with its key in the form.
#[derive(Clone, Debug)]
pub struct Returnable {
    /// `section` or `section:row`.
    pub key: String,
    /// The section's code.
    pub section: &'static str,
    /// The row; none for the whole section.
    pub row: Option<RowId>,
    /// What it is called.
    pub label: String,
}

impl Returnable {
    /// A section as a whole.
    #[must_use]
    pub fn section(section: &'static str, label: &str) -> Self {
        Self {
            key: section.to_owned(),
            section,
            row: None,
            label: label.to_owned(),
        }
    }

    /// A row of a section.
    #[must_use]
    pub fn row(section: &'static str, row: RowId, label: String) -> Self {
        Self {
            key: format!("{section}:{row}"),
            section,
            row: Some(row),
            label,
        }
    }
}

/// A return, checked.
#[derive(Clone, Debug)]
pub struct ReturnInput {
    /// Why.
    pub reason: String,
    /// Until when it is awaited again.
    pub due_on: Option<NaiveDate>,
    /// The items that open again.
    pub items: Vec<ReturnItem>,
}

impl ReturnForm {
    /// What was noted at a key.
    #[must_use]
    pub fn note_at(&self, key: &str) -> &str {
        self.item_key
            .iter()
            .position(|k| k == key)
            .and_then(|i| self.item_note.get(i))
            .map_or("", String::as_str)
    }

    /// Whether a key is ticked.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.item.iter().any(|k| k == key)
    }

    /// The checked return: a reason and at least one of the things that can be sent back.
    pub fn check(&self, things: &[Returnable], today: NaiveDate) -> Result<ReturnInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let reason = errors.read(
            "reason",
            values::required_paragraphs(&self.reason, 2000, "lý do trả lại"),
        );
        let due_on = if self.due_on.trim().is_empty() {
            None
        } else {
            errors.read(
                "due_on",
                values::date(&self.due_on).and_then(|day| {
                    if day < today {
                        Err("Hạn nộp lại phải từ hôm nay trở đi.".to_owned())
                    } else {
                        Ok(day)
                    }
                }),
            )
        };
        let mut items = Vec::new();
        for thing in things.iter().filter(|thing| self.has(&thing.key)) {
            let note = errors
                .read(
                    format!("note-{}", thing.key),
                    values::line(self.note_at(&thing.key), 500),
                )
                .unwrap_or_default();
            items.push(ReturnItem {
                section: thing.section.to_owned(),
                row: thing.row,
                label: thing.label.clone(),
                note,
            });
        }
        if items.is_empty() {
            errors.add(
                "item",
                "Hãy đánh dấu ít nhất một mục cần sửa; chỉ các mục đó mở lại cho đơn vị.",
            );
        }
        match (reason, errors.is_empty()) {
            (Some(reason), true) => Ok(ReturnInput {
                reason,
                due_on,
                items,
            }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_names_its_reason_and_at_least_one_thing_that_is_there() {
        let row = RowId::new();
        let things = [
            Returnable::section("targets", "Chỉ tiêu"),
            Returnable::row("targets", row, "Lớp".to_owned()),
        ];
        let today = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let mut form = ReturnForm {
            item: vec!["nothing:of:ours".to_owned()],
            ..ReturnForm::default()
        };
        let errors = form.check(&things, today).unwrap_err();
        assert!(errors.of("reason").is_some() && errors.of("item").is_some());
        form.reason = "Xem lại.".to_owned();
        form.item = vec![things[1].key.clone()];
        form.item_key = vec![things[0].key.clone(), things[1].key.clone()];
        form.item_note = vec![String::new(), " 8 hay 80? ".to_owned()];
        let items = form.check(&things, today).unwrap().items;
        assert_eq!((items[0].row, items[0].note.as_str()), (Some(row), "8 hay 80?"));
        form.due_on = "01/03/2026".to_owned();
        assert!(
            form.check(&things, today).unwrap_err().of("due_on").is_some(),
            "not before today"
        );
    }
}
