//! An award that was given, and a file of such awards.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::forms::RowText;
use crate::{
    ids::{AwardImportId, DecisionId, UnitId},
    kit::{clock::Moment, journal::Subject, values::figure_text},
};

/// A row of the history as a page shows it.
#[derive(Clone, Debug)]
pub struct Record {
    /// The unit that was awarded, or the person's.
    pub unit_id: UnitId,
    /// Its slug.
    pub unit_slug: String,
    /// Its short name.
    pub unit_name: String,
    /// The person; empty for the unit itself.
    pub person_name: String,
    /// The award, as the catalogue or the spreadsheet calls it.
    pub award_name: String,
    /// The year of the achievement.
    pub year: i32,
    /// `48/QĐ-LHHVN`
    pub number: String,
    /// The day of the decision.
    pub decided_on: Option<NaiveDate>,
    /// Who decided.
    pub issuer: String,
    /// The bonus in đồng, where it is known.
    pub bonus: Option<Decimal>,
    /// A remark.
    pub note: String,
    /// The decision, where it was made in the program.
    pub decision_id: Option<DecisionId>,
}

impl Record {
    /// `18.720.000`
    #[must_use]
    pub fn bonus_text(&self) -> String {
        self.bonus.map(figure_text).unwrap_or_default()
    }
}

/// What the rules of awards need to know of an award that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laurel {
    /// The unit that was awarded: this one or one it came from.
    pub unit_id: UnitId,
    /// Its short name.
    pub unit_name: String,
    /// The person; empty for the unit itself.
    pub person_name: String,
    /// The award's code, where the catalogue knows it.
    pub award: Option<String>,
    /// The award's name.
    pub award_name: String,
    /// The year of the achievement.
    pub year: i32,
    /// `48/QĐ-LHHVN`
    pub number: String,
    /// Who decided.
    pub issuer: String,
    /// The decision, where it was made in the program.
    pub decision_id: Option<DecisionId>,
}

/// A unit that became another, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forebear {
    /// The unit.
    pub unit_id: UnitId,
    /// Its short name.
    pub unit_name: String,
    /// What it became.
    pub successor_id: UnitId,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Import {
    /// The id.
    pub id: AwardImportId,
    /// Its name.
    pub file_name: String,
    /// Its rows as typed.
    pub rows: Vec<RowText>,
    /// When it was read.
    pub read_at: Moment,
    /// By whom: the full name.
    pub read_by: String,
    /// When it was confirmed.
    pub confirmed_at: Option<Moment>,
    /// When it was taken back.
    pub withdrawn_at: Option<Moment>,
    /// Why.
    pub reason: Option<String>,
}

impl Import {
    /// As the journal knows it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::new("award_imports", self.id)
    }

    /// Where it is shown.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/lich-su-khen-thuong/nhap/{}", self.id)
    }

    /// Where it is, in words.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match (self.confirmed_at, self.withdrawn_at) {
            (_, Some(_)) => "đã hủy",
            (Some(_), None) => "đã nhập",
            (None, None) => "xem trước, chưa nhập",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match (self.confirmed_at, self.withdrawn_at) {
            (_, Some(_)) => "late",
            (Some(_), None) => "done",
            (None, None) => "waiting",
        }
    }

    /// Whether it waits to be confirmed.
    #[must_use]
    pub fn is_preview(&self) -> bool {
        self.confirmed_at.is_none() && self.withdrawn_at.is_none()
    }
}

/// A row that is right: what is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its line in the spreadsheet, from 1.
    pub line: i32,
    /// The unit.
    pub unit_id: UnitId,
    /// The person; empty for the unit itself.
    pub person_name: String,
    /// The award's code, where the catalogue knows it.
    pub award: Option<String>,
    /// The award's name.
    pub award_name: String,
    /// The year of the achievement.
    pub year: i32,
    /// `48/QĐ-LHHVN`
    pub number: String,
    /// The day of the decision.
    pub decided_on: Option<NaiveDate>,
    /// Who decided.
    pub issuer: String,
    /// The bonus in đồng.
    pub bonus: Option<Decimal>,
    /// A remark.
    pub note: String,
}

/// By what two rows are the same award.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The unit.
    pub unit_id: UnitId,
    /// The person, folded.
    pub person: String,
    /// The award's name, folded.
    pub award: String,
    /// The year.
    pub year: i32,
}
