//! Official papers: their kinds, and one that has been issued.

mod kind;
mod numbers;
mod source;

pub use kind::Kind;
pub use numbers::{CancelledNumber, NamedSeries, Series};
pub use source::{Source, unheard};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::forms::Wording;
use crate::{
    ids::{ClusterId, DocumentId, NominationId, UnitId},
    kit::{
        clock::{Moment, date_text},
        journal::Subject,
    },
};

/// In whose name a paper is issued: each has its own series of numbers (Decree 30, article 15; councils: Appendix I,
/// II.3a).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Issuer {
    /// A member association.
    Unit(UnitId),
    /// A cluster; it has no seal, the lead unit signs for it.
    Cluster(ClusterId),
    /// VUSTA, through its standing office.
    Office,
    /// VUSTA's emulation and commendation council.
    Council,
}

impl Issuer {
    /// The code in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unit(_) => "unit",
            Self::Cluster(_) => "cluster",
            Self::Office => "office",
            Self::Council => "council",
        }
    }

    /// The unit, where it is one.
    #[must_use]
    pub fn unit(self) -> Option<UnitId> {
        match self {
            Self::Unit(unit) => Some(unit),
            _ => None,
        }
    }

    /// The cluster, where it is one.
    #[must_use]
    pub fn cluster(self) -> Option<ClusterId> {
        match self {
            Self::Cluster(cluster) => Some(cluster),
            _ => None,
        }
    }

    /// From the columns of the database.
    #[must_use]
    pub fn from_columns(code: &str, unit: Option<UnitId>, cluster: Option<ClusterId>) -> Option<Self> {
        match code {
            "unit" => unit.map(Self::Unit),
            "cluster" => cluster.map(Self::Cluster),
            "office" => Some(Self::Office),
            "council" => Some(Self::Council),
            _ => None,
        }
    }
}

/// A figure in a paper, with where it comes from: what was issued is later compared with what is known then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What it counts.
    pub label: String,
    /// As it stands in the paper.
    pub value: String,
    /// The page it comes from.
    pub path: String,
}

/// A figure that is no longer what an issued paper says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What it counts, and where it comes from.
    pub figure: Figure,
    /// As it is now; empty where there is none any more.
    pub now: String,
}

/// The figures that have changed since a paper was issued.
#[must_use]
pub fn changed(issued: &[Figure], now: &[Figure]) -> Vec<Changed> {
    issued
        .iter()
        .filter_map(|figure| {
            let found = now.iter().find(|other| other.label == figure.label);
            let value = found.map(|other| other.value.clone()).unwrap_or_default();
            (value != figure.value).then(|| Changed {
                figure: figure.clone(),
                now: value,
            })
        })
        .collect()
}

/// A saved version of a draft.
#[derive(Clone, Debug)]
pub struct Version {
    /// Counts up from 1.
    pub version: i32,
    /// The form as typed.
    pub wording: Wording,
    /// What the paper said then, a line each.
    pub text: String,
    /// When.
    pub saved_at: Moment,
    /// By whom.
    pub saved_by: String,
}

/// An issued paper.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The id.
    pub id: DocumentId,
    /// What it is.
    pub kind: Kind,
    /// What it is about: the key of the record it was made from.
    pub about: String,
    /// In whose name.
    pub issuer: Issuer,
    /// The unit that signed for a cluster as its lead.
    pub lead_id: Option<UnitId>,
    /// The number.
    pub number: i32,
    /// `BC-LHH`
    pub symbol: String,
    /// The day it bears.
    pub issued_on: NaiveDate,
    /// What it is about, in words.
    pub title: String,
    /// Who signs.
    pub signer: String,
    /// The name in which it is issued, as it stands in the head.
    pub issuer_name: String,
    /// Its figures as issued.
    pub figures: Vec<Figure>,
    /// What it says, a line each.
    pub text: String,
    /// The code with which anybody verifies it.
    pub code: String,
    /// The paper that it takes the place of.
    pub replaces: Option<DocumentId>,
    /// When it was issued in the program.
    pub issued_at: Moment,
    /// By whom.
    pub issued_by: String,
    /// The hash of the PDF in hexadecimal.
    pub sha256: String,
    /// What took it back, if anything did.
    pub recall: Option<Recall>,
    /// Of a recall letter: what it takes back.
    pub recalls: Option<Record>,
}

/// What a paper was made from.
#[derive(Clone, Debug)]
pub struct Record {
    /// What the paper is.
    pub kind: Kind,
    /// The key of the record.
    pub about: String,
}

/// How a paper was taken back.
#[derive(Clone, Debug)]
pub struct Recall {
    /// The further paper that did.
    pub by: DocumentId,
    /// Its number and symbol.
    pub by_number: String,
    /// The day it bears.
    pub by_on: NaiveDate,
    /// Whether it takes the place of this one, and doesn't only take it back.
    pub is_replacement: bool,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Moment,
}

impl Recall {
    /// `đã bị thu hồi bằng công văn số 12/CTĐ3 ngày 05/02/2026`
    #[must_use]
    pub fn words(&self) -> String {
        let how = if self.is_replacement {
            "đã được thay thế bằng văn bản"
        } else {
            "đã bị thu hồi bằng công văn"
        };
        format!("{how} số {} ngày {}", self.by_number, date_text(self.by_on))
    }
}

impl Issued {
    /// As the journal knows it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::new("documents", self.id)
    }

    /// The record that it tells of: a recall letter tells of what it takes back.
    #[must_use]
    pub fn record(&self) -> (Kind, &str) {
        match &self.recalls {
            Some(record) => (record.kind, &record.about),
            None => (self.kind, &self.about),
        }
    }

    /// Whether it tells the points of one unit.
    #[must_use]
    pub fn tells_points(&self) -> bool {
        self.record().0.tells_points()
    }

    /// The dossier that it comes from, if it comes from one.
    #[must_use]
    pub fn dossier(&self) -> Option<NominationId> {
        match self.record() {
            (Kind::AchievementReport | Kind::RefusalNotice, about) => about.parse().ok(),
            _ => None,
        }
    }

    /// The issuer's abbreviation: what stands behind the type in the symbol.
    #[must_use]
    pub fn abbreviation(&self) -> &str {
        let kind = self.kind.symbol("");
        self.symbol.strip_prefix(kind.as_str()).unwrap_or(&self.symbol)
    }

    /// `05/BC-LHH`
    #[must_use]
    pub fn number_text(&self) -> String {
        format!("{:02}/{}", self.number, self.symbol)
    }

    /// `/van-ban/{document}`
    #[must_use]
    pub fn path(&self) -> String {
        format!("/van-ban/{}", self.id)
    }

    /// The path of one of its pages.
    #[must_use]
    pub fn path_to(&self, page: &str) -> String {
        format!("{}/{page}", self.path())
    }
}

/// Somebody to whom a paper went.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The unit; none for VUSTA's standing office.
    pub unit_id: Option<UnitId>,
    /// Its name.
    pub name: String,
    /// The units that came of it when it was merged: they confirm in its place.
    pub heirs: Vec<UnitId>,
    /// Their names, unless it received the paper itself.
    pub stand_in: Option<String>,
    /// When it was received, and the number in the register of incoming papers.
    pub received: Option<(Moment, i32)>,
}

impl Recipient {
    /// Its name, behind that of the unit that stands in for it.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.stand_in {
            Some(heir) => format!("{heir} (nhận thay {})", self.name),
            None => self.name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_that_is_gone_or_different_is_named() {
        let figure = |label: &str, value: &str| Figure {
            label: label.to_owned(),
            value: value.to_owned(),
            path: String::new(),
        };
        let issued = [figure("a", "1"), figure("b", "2"), figure("c", "3")];
        let now = [figure("c", "3"), figure("a", "4")];
        let found: Vec<(String, String)> = changed(&issued, &now)
            .into_iter()
            .map(|c| (c.figure.label, c.now))
            .collect();
        assert_eq!(
            found,
            [("a".to_owned(), "4".to_owned()), ("b".to_owned(), String::new())]
        );
    }
}
