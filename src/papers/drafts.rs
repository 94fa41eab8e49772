//! What the forms of papers share while they are written: rows that keep their ids, drafts that may be half filled in.

use std::collections::HashSet;

use crate::{
    ids::RowId,
    kit::{
        error::{AppError, Result as Outcome},
        fields::FieldErrors,
    },
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

            fn forget_id(&mut self) {
                self.id = None;
            }

            fn is_empty(&self) -> bool {
                self.is_blank()
            }
        }
    )*};
}
pub(crate) use draft_rows;

/// At most this many rows in one posted column: more than any page of ours sends.
const MOST_POSTED_ROWS: usize = 200;

/// Refuses a posted form with more rows than anybody types, before work is done on any of them.
pub fn bound_columns<const N: usize>(columns: [&Vec<String>; N]) -> Outcome<()> {
    if columns.iter().all(|column| column.len() <= MOST_POSTED_ROWS) {
        return Ok(());
    }
    Err(AppError::TooLarge(format!(
        "Biểu mẫu có quá {MOST_POSTED_ROWS} dòng trong một bảng. Xin rút gọn; tài liệu dài nên gửi thành tệp đính kèm."
    )))
}

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
pub fn bound_draft(draft: &impl serde::Serialize, most: Option<usize>) -> Outcome<()> {
    let most = most.unwrap_or(MOST_DRAFT_BYTES);
    if serde_json::to_string(draft)?.len() > most {
        return Err(AppError::TooLarge(
            "Bản nháp dài quá nên chưa lưu được. Xin rút gọn; tài liệu dài nên gửi thành tệp đính kèm."
                .to_owned(),
        ));
    }
    Ok(())
}
