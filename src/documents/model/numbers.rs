//! The series in which papers are numbered, and numbers in them that were spoiled.

use super::{Issuer, Kind};
use crate::{
    ids::{ClusterId, UnitId},
    kit::clock::Moment,
};

/// A series of numbers: each runs from 1 on within a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    /// In whose name its papers are issued.
    pub issuer: Issuer,
    /// Which of that one's papers it counts: empty, or `QĐ`.
    pub code: &'static str,
}

impl Series {
    /// The series in which a kind of paper is numbered.
    #[must_use]
    pub fn of(issuer: Issuer, kind: Kind) -> Self {
        Self {
            issuer,
            code: kind.series(),
        }
    }

    /// VUSTA's decisions.
    pub const DECISIONS: Self = Self {
        issuer: Issuer::Office,
        code: "QĐ",
    };

    /// How a form names it: `office`, `office.QĐ`, `unit.{id}`.
    #[must_use]
    pub fn key(self) -> String {
        match self.issuer {
            Issuer::Unit(unit) => format!("unit.{unit}"),
            Issuer::Cluster(cluster) => format!("cluster.{cluster}"),
            Issuer::Office if self.code.is_empty() => "office".to_owned(),
            Issuer::Office => format!("office.{}", self.code),
            Issuer::Council => "council".to_owned(),
        }
    }

    /// The series that a form names so.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let plain = |issuer| Some(Self { issuer, code: "" });
        match key.split_once('.') {
            None if key == "office" => plain(Issuer::Office),
            None if key == "council" => plain(Issuer::Council),
            Some(("office", "QĐ")) => Some(Self::DECISIONS),
            Some(("unit", id)) => plain(Issuer::Unit(id.parse::<UnitId>().ok()?)),
            Some(("cluster", id)) => plain(Issuer::Cluster(id.parse::<ClusterId>().ok()?)),
            _ => None,
        }
    }
}

/// A series with the name of its issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedSeries {
    /// The series.
    pub series: Series,
    /// `Cụm thi đua số 3`, `LHHVN, dãy số quyết định`
    pub name: String,
}

/// A number that no paper gets any more.
#[derive(Clone, Debug)]
pub struct CancelledNumber {
    /// Its series.
    pub series: Series,
    /// The number.
    pub number: i32,
    /// Why.
    pub reason: String,
    /// When it was cancelled.
    pub cancelled_at: Moment,
    /// By whom.
    pub cancelled_by: String,
}

impl CancelledNumber {
    /// `07`, `07/QĐ`
    #[must_use]
    pub fn number_text(&self) -> String {
        match self.series.code {
            "" => format!("{:02}", self.number),
            code => format!("{:02}/{code}", self.number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_names_each_series_and_no_other() {
        let plain = |issuer| Series { issuer, code: "" };
        for series in [
            plain(Issuer::Unit(UnitId::new())),
            plain(Issuer::Cluster(ClusterId::new())),
            plain(Issuer::Office),
            plain(Issuer::Council),
            Series::DECISIONS,
        ] {
            assert_eq!(Series::from_key(&series.key()), Some(series));
        }
        for key in ["", "unit", "unit.x", "office.BC", "council.QĐ"] {
            assert_eq!(Series::from_key(key), None, "{key}");
        }
        assert_eq!(Series::of(Issuer::Office, Kind::Decision), Series::DECISIONS);
    }
}
