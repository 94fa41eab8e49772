//! What a receipt keeps of a dossier as it was handed in: its files, whom it names on which ground, what the checklist and the
//! conditions were then.

use serde::{Deserialize, Serialize};

use super::{
    checklist::{Checklist, Item},
    individual::Individual,
    model::Nomination,
    persons::{Ground, Named},
};
use crate::{
    eligibility::{Card, Finding},
    ids::AttachmentId,
    kit::clock::Moment,
    papers::Attachment,
    years::Year,
};

/// The content of a receipt. Those of earlier years lack what wasn't kept then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Frozen {
    pub unit: String,
    /// Whom it is for; none for the unit itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Individual>,
    pub award: String,
    pub year: i32,
    pub cluster: String,
    pub votes_for: i32,
    pub votes_of: i32,
    pub working: String,
    pub files: Vec<FrozenFile>,
    pub persons: Vec<FrozenPerson>,
    pub checklist: Vec<Row>,
    pub conditions: Vec<Row>,
}

/// A file by its name and hash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct FrozenFile {
    pub part: String,
    pub name: String,
    pub sha256: String,
}

/// A person with the ground: no more than what proves that there was one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FrozenPerson {
    pub full_name: String,
    pub ground: Ground,
}

/// An item of the checklist or a condition, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Row {
    pub label: String,
    /// By which article; empty for an item of the checklist.
    pub article: String,
    pub mark: String,
    pub note: String,
}

impl Row {
    fn of_item(item: &Item) -> Self {
        Self {
            label: item.label.clone(),
            article: String::new(),
            mark: item.mark.label().to_owned(),
            note: item.note.clone(),
        }
    }

    fn of_finding(finding: &Finding) -> Self {
        Self {
            label: finding.text.clone(),
            article: finding.article.clone(),
            mark: finding.mark.label().to_owned(),
            note: finding.note.clone(),
        }
    }

    /// The checklist in words.
    pub fn all_of_list(list: &Checklist) -> Vec<Self> {
        list.items.iter().map(Self::of_item).collect()
    }

    /// The conditions in words.
    pub fn all_of_card(card: &Card) -> Vec<Self> {
        card.findings.iter().map(Self::of_finding).collect()
    }
}

impl Frozen {
    /// A dossier as it is now.
    pub fn of(
        (year, nomination): (&Year, &Nomination),
        attachments: &[Attachment],
        persons: &[Named],
        list: &Checklist,
        card: &Card,
    ) -> Self {
        let files = attachments.iter().map(|file| FrozenFile {
            part: file.part.clone(),
            name: file.file_name.clone(),
            sha256: file.sha256.clone(),
        });
        let grounded = persons.iter().filter(|person| person.ended_on.is_none());
        let grounded = grounded.map(|person| FrozenPerson {
            full_name: person.full_name.clone(),
            ground: person.ground,
        });
        Self {
            unit: nomination.unit_name.clone(),
            person: nomination.person.clone(),
            award: nomination.award.clone(),
            year: year.year,
            cluster: year.cluster.name.clone(),
            votes_for: nomination.votes_for,
            votes_of: nomination.votes_of,
            working: nomination.working.clone(),
            files: files.collect(),
            persons: grounded.collect(),
            checklist: Row::all_of_list(list),
            conditions: Row::all_of_card(card),
        }
    }
}

/// A time that the dossier was handed in.
#[derive(Clone, Debug)]
pub(super) struct Submission {
    /// The how-manieth, from 1.
    pub number: i32,
    pub submitted_at: Moment,
    pub submitted_by: String,
    pub late_days: i32,
    /// SHA-256 of the content in hexadecimal.
    pub content_hash: String,
    pub content: Frozen,
    /// The records of its files, those among them that were taken off since.
    pub records: Vec<FrozenRecord>,
}

/// The record of a file that a receipt names.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct FrozenRecord {
    pub id: AttachmentId,
    pub part: String,
    pub name: String,
    pub sha256: String,
    pub is_removed: bool,
}

impl Submission {
    /// The record of a file that this submission names; none where it is lost.
    pub fn record_of(&self, file: &FrozenFile) -> Option<&FrozenRecord> {
        let same = |record: &&FrozenRecord| {
            record.part == file.part && record.name == file.name && record.sha256 == file.sha256
        };
        // The same file may have been taken off and added again.
        let mut records = self.records.iter().filter(same);
        records
            .clone()
            .find(|record| !record.is_removed)
            .or_else(|| records.next())
    }
}
