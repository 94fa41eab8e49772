//! What the forms of papers share: rows that keep their ids, drafts that may be half filled in, the return.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::Deserialize;

use super::model::ReturnItem;
use crate::{
    ids::RowId,
    kit::{fields::FieldErrors, values},
};

/// At most this many rows in a section.
pub const MOST_ROWS: usize = 100;

/// At most this many bytes of a draft as it is stored, some way below the bound of the narrowest table.
const MOST_DRAFT_BYTES: usize = 320_000;

/// Rows of a form as typed: each with its id and texts.
macro_rules! draft_rows {
    ($($(#[$doc:meta])* $name:ident { $($field:ident),* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        #[expect(missing_docs, reason = "named like the fields of the checked content")]
        pub struct $name {
            pub id: Option<$crate::ids::RowId>,
            $(pub $field: String,)*
        }

        impl $name {
            /// Whether nothing is typed in it.
            #[must_use]
            pub fn is_blank(&self) -> bool {
                true $(&& self.$field.trim().is_empty())*
            }
        }

        impl $crate::papers::Draftable for $name {
            fn row_id(&self) -> Option<$crate::ids::RowId> {
                self.id
            }
        }
    )*};
}
pub(crate) use draft_rows;

/// Gives every row an id of its own: missing ones, and ones sent twice.
pub fn number_rows<'a>(ids: impl Iterator<Item = &'a mut Option<RowId>>) {
    let mut seen = HashSet::new();
    for id in ids {
        if id.is_none_or(|known| !seen.insert(known)) {
            let new = RowId::new();
            seen.insert(new);
            *id = Some(new);
        }
    }
}

/// The text at a place of a posted column; a short column is empty there.
#[must_use]
pub fn at(column: &[String], i: usize) -> String {
    column.get(i).cloned().unwrap_or_default()
}

/// The row's id at a place of a posted column.
#[must_use]
pub fn id_at(column: &[String], i: usize) -> Option<RowId> {
    column.get(i).and_then(|text| text.parse().ok())
}

/// The id of a row for its hidden field: empty for a new row.
#[must_use]
pub fn row_id(id: &Option<RowId>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

/// How far a check goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// What is filled in must be right; what is empty may be filled in later.
    AsDraft,
    /// Everything that is needed must be there too.
    AsWhole,
}

/// Reads fields and notes what is wrong with them.
pub struct Reader {
    /// What was wrong so far.
    pub errors: FieldErrors,
    /// How far the check goes.
    pub how: Checked,
}

impl Reader {
    /// Nothing read yet.
    #[must_use]
    pub fn new(how: Checked) -> Self {
        Self {
            errors: FieldErrors::default(),
            how,
        }
    }

    /// The content, or what was wrong with it.
    pub fn finish<T>(self, content: T) -> Result<T, FieldErrors> {
        if self.errors.is_empty() {
            Ok(content)
        } else {
            Err(self.errors)
        }
    }

    /// A field that a whole form must have.
    pub fn needed<T>(
        &mut self,
        field: impl Into<String>,
        typed: &str,
        check: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        if typed.trim().is_empty() && self.how == Checked::AsDraft {
            return None;
        }
        self.errors.read(field, check(typed))
    }

    /// A field that may stay empty.
    pub fn optional(
        &mut self,
        field: impl Into<String>,
        typed: &str,
        check: impl FnOnce(&str) -> Result<String, String>,
    ) -> String {
        self.errors.read(field, check(typed)).unwrap_or_default()
    }

    /// An optional field with a value type of its own.
    pub fn optional_value<T>(
        &mut self,
        field: String,
        typed: &str,
        check: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        if typed.trim().is_empty() {
            None
        } else {
            self.errors.read(field, check(typed))
        }
    }

    /// No section may have more rows than people can read.
    pub fn bound_rows(&mut self, field: &str, count: usize) {
        if count > MOST_ROWS {
            self.errors
                .add(field, format!("Tối đa {MOST_ROWS} dòng, đang có {count}."));
        }
    }
}

/// Refuses a draft that is larger than its table takes. Only pasted books are: what fits the form's own bounds fits.
pub fn bound_draft(draft: &impl serde::Serialize, most: Option<usize>) -> crate::kit::error::Result<()> {
    let most = most.unwrap_or(MOST_DRAFT_BYTES);
    if serde_json::to_string(draft)?.len() > most {
        return Err(crate::kit::error::AppError::TooLarge(
            "Bản nháp dài quá nên chưa lưu được. Xin rút gọn; tài liệu dài nên gửi thành tệp đính kèm."
                .to_owned(),
        ));
    }
    Ok(())
}

/// The version a person saw when deciding.
#[derive(Deserialize)]
pub struct Seen {
    /// The version.
    #[serde(default)]
    pub version: i32,
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
