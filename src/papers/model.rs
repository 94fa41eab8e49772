//! Receipts, returns, attachments.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    ids::{AttachmentId, RowId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
};

/// At most this many files on a paper.
pub const MOST_FILES: usize = 10;
/// At most this many on a report, where files prove single figures.
const MOST_FILES_OF_A_REPORT: usize = 40;

/// At most how many files a paper of this kind takes.
#[must_use]
pub fn most_files(kind: &str) -> usize {
    if kind == "reports" {
        MOST_FILES_OF_A_REPORT
    } else {
        MOST_FILES
    }
}

/// Proof that a paper was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The how-manieth time, from 1.
    pub number: i32,
    /// When.
    pub submitted_at: Moment,
    /// By whom: the full name.
    pub submitted_by: String,
    /// Days after the deadline; 0 in time.
    pub late_days: i32,
    /// SHA-256 of the content in hexadecimal.
    pub content_hash: String,
}

/// An item of a return: a section, or one row of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnItem {
    /// The section's code.
    pub section: String,
    /// The row; none for the whole section.
    pub row: Option<RowId>,
    /// What the row is called, as it was then.
    pub label: String,
    /// What is wanted.
    pub note: String,
}

/// A paper sent back: why, which items, until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// When.
    pub returned_at: Moment,
    /// By whom: the full name.
    pub returned_by: String,
    /// Why.
    pub reason: String,
    /// Until when it is awaited again.
    pub due_on: Option<NaiveDate>,
    /// The items that need work; none means all of it.
    pub items: Vec<ReturnItem>,
}

impl Return {
    /// What it says of a row or, with no row, of its section as a whole.
    #[must_use]
    pub fn wanted(&self, section: &str, row: Option<RowId>) -> String {
        let items = self.items.iter().filter(|i| i.section == section && i.row == row);
        items.map(|i| i.note.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// An attached file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The id.
    pub id: AttachmentId,
    /// Which part of the paper it belongs to; empty for the whole.
    pub part: String,
    /// Its name.
    pub file_name: String,
    /// Its media type, found from the content.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// When it came.
    pub uploaded_at: Moment,
    /// By whom: the full name.
    pub uploaded_by: String,
}

impl Attachment {
    /// SHA-256 as bytes: the file's place in the store.
    pub fn hash(&self) -> Result<Vec<u8>> {
        hex::decode(&self.sha256).map_err(|e| AppError::Internal(e.into()))
    }
}

/// All facts of a paper, newest first.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Receipts.
    pub receipts: Vec<Receipt>,
    /// Returns.
    pub returns: Vec<Return>,
    /// Files that are attached now, in the order they came.
    pub attachments: Vec<Attachment>,
}

impl History {
    /// What is open in a paper that has been returned: the items of its last return.
    #[must_use]
    pub fn open_parts(&self, is_returned: bool) -> OpenParts {
        match self.returns.first() {
            Some(last) if is_returned => OpenParts::of(last),
            _ => OpenParts::All,
        }
    }

    /// A short name of which files there are; empty without any. Whoever hands a paper in has seen these and no others.
    #[must_use]
    pub fn files_digest(&self) -> String {
        if self.attachments.is_empty() {
            return String::new();
        }
        hex::encode(Sha256::digest(self.frozen_files().to_string().as_bytes()))
    }

    /// The file of this paper with this id.
    pub fn file(&self, id: AttachmentId) -> Result<&Attachment> {
        self.attachments
            .iter()
            .find(|a| a.id == id)
            .ok_or(AppError::NotFound)
    }

    /// Names and hashes of the files and what each is for, so that a receipt's hash covers them.
    #[must_use]
    pub fn frozen_files(&self) -> serde_json::Value {
        self.attachments
            .iter()
            .map(|a| {
                let mut frozen = serde_json::json!({"name": a.file_name, "sha256": a.sha256});
                if !a.part.is_empty() {
                    frozen["part"] = a.part.clone().into();
                }
                frozen
            })
            .collect()
    }
}

/// Which parts of a paper can be edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenParts {
    /// Everything: a draft, or a return that names no item.
    All,
    /// These sections as a whole, and these single rows.
    Only {
        /// Codes of sections.
        sections: HashSet<String>,
        /// Rows.
        rows: HashSet<RowId>,
    },
}

impl OpenParts {
    /// What a return opens.
    #[must_use]
    pub fn of(last: &Return) -> Self {
        if last.items.is_empty() {
            return Self::All;
        }
        Self::Only {
            sections: last
                .items
                .iter()
                .filter(|i| i.row.is_none())
                .map(|i| i.section.clone())
                .collect(),
            rows: last.items.iter().filter_map(|i| i.row).collect(),
        }
    }

    /// Whether a section is open as a whole: rows can be added and removed.
    #[must_use]
    pub fn has_section(&self, section: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only { sections, .. } => sections.contains(section),
        }
    }

    /// Whether a row of a section can be edited.
    #[must_use]
    pub fn has_row(&self, section: &str, row: Option<RowId>) -> bool {
        match self {
            Self::All => true,
            Self::Only { sections, rows } => {
                sections.contains(section) || row.is_some_and(|id| rows.contains(&id))
            }
        }
    }

    /// The rows of a section after an edit: typed ones where they are open, stored ones everywhere else.
    /// What is typed into a closed row is ignored, whatever a browser sends; a row that was sent back by itself can be
    /// mended, not taken away; an id that the section doesn't have is none.
    #[must_use]
    pub fn merge<R: Draftable>(&self, section: &str, stored: Vec<R>, typed: Vec<R>) -> Vec<R> {
        let mut typed = typed;
        if self.has_section(section) {
            let known: HashSet<RowId> = stored.iter().filter_map(Draftable::row_id).collect();
            for row in &mut typed {
                if row.row_id().is_some_and(|id| !known.contains(&id)) {
                    row.forget_id();
                }
            }
            return typed;
        }
        stored
            .into_iter()
            .map(|row| {
                let place = typed
                    .iter()
                    .position(|t| t.row_id().is_some() && t.row_id() == row.row_id());
                match place {
                    Some(at) if self.has_row(section, row.row_id()) && !typed[at].is_empty() => {
                        typed.swap_remove(at)
                    }
                    _ => row,
                }
            })
            .collect()
    }
}

/// A row of a form that keeps its id from one save to the next.
pub trait Draftable {
    /// The row's id; none before its first save.
    fn row_id(&self) -> Option<RowId>;
    /// Takes its id away: it is a new row.
    fn forget_id(&mut self);
    /// Whether nothing is typed in it.
    fn is_empty(&self) -> bool;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Row(Option<RowId>, &'static str);
    impl Draftable for Row {
        fn row_id(&self) -> Option<RowId> {
            self.0
        }

        fn forget_id(&mut self) {
            self.0 = None;
        }

        fn is_empty(&self) -> bool {
            self.1.is_empty()
        }
    }

    fn only(rows: &[RowId]) -> OpenParts {
        OpenParts::Only {
            sections: HashSet::from(["titles".to_owned()]),
            rows: rows.iter().copied().collect(),
        }
    }

    #[test]
    fn only_open_rows_take_what_was_typed() {
        let (a, b) = (RowId::new(), RowId::new());
        let stored = vec![Row(Some(a), "a"), Row(Some(b), "b")];
        let typed = vec![Row(Some(b), "b2"), Row(Some(a), "a2"), Row(None, "new")];
        assert_eq!(
            only(&[b]).merge("targets", stored.clone(), typed.clone()),
            [Row(Some(a), "a"), Row(Some(b), "b2")]
        );
        assert_eq!(only(&[b]).merge("titles", stored.clone(), typed.clone()), typed);
        assert_eq!(OpenParts::All.merge("targets", stored, typed.clone()), typed);
    }

    #[test]
    fn a_row_sent_back_by_itself_cannot_be_blanked_and_a_foreign_id_is_none() {
        let (a, foreign) = (RowId::new(), RowId::new());
        let stored = vec![Row(Some(a), "a")];
        let blanked = vec![Row(Some(a), "")];
        assert_eq!(only(&[a]).merge("targets", stored.clone(), blanked), stored);
        let typed = vec![Row(Some(foreign), "x"), Row(Some(a), "a2")];
        let merged = [Row(None, "x"), Row(Some(a), "a2")];
        assert_eq!(OpenParts::All.merge("targets", stored, typed), merged);
    }

    #[test]
    fn a_return_without_items_opens_everything() {
        let last = Return {
            returned_at: Moment::UNIX_EPOCH,
            returned_by: String::new(),
            reason: "x".into(),
            due_on: None,
            items: vec![],
        };
        assert_eq!(OpenParts::of(&last), OpenParts::All);
    }
}
