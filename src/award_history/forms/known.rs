//! What rows are read with: the units and awards that their words can mean.

use chrono::NaiveDate;

use crate::{awards::Awards, ids::UnitId, kit::text::fold};

/// A unit that a row can mean.
#[derive(Clone, Debug)]
pub struct KnownUnit {
    /// The unit.
    pub id: UnitId,
    /// Its place, short and full name.
    pub names: [String; 3],
    /// Its last day.
    pub ended_on: Option<NaiveDate>,
}

/// What rows are read with.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// All units, ended ones too.
    pub units: Vec<KnownUnit>,
    /// The catalogue.
    pub awards: Awards,
    /// The year in which the rows are read: no award was given for a later one.
    pub this_year: i32,
}

impl Known {
    /// The short name of a unit.
    pub(super) fn name_of(&self, unit: UnitId) -> &str {
        let found = self.units.iter().find(|known| known.id == unit);
        found.map_or("", |known| known.names[1].as_str())
    }

    /// Whether these words are a unit's very name, up to capitals.
    pub(super) fn is_named(&self, unit: UnitId, words: &str) -> bool {
        let found = self.units.iter().find(|known| known.id == unit);
        found.is_some_and(|known| {
            known
                .names
                .iter()
                .any(|name| name.to_lowercase() == words.to_lowercase())
        })
    }

    /// The unit that people call so. Of two with the same name that one which was there in the year.
    pub(super) fn unit(&self, words: &str, year: Option<i32>) -> Result<UnitId, String> {
        let folded = bare(words);
        let fitting: Vec<&KnownUnit> = self
            .units
            .iter()
            .filter(|unit| unit.names.iter().any(|name| bare(name) == folded))
            .collect();
        let then = |unit: &&&KnownUnit| {
            let ended = unit.ended_on.map(|day| chrono::Datelike::year(&day));
            match (ended, year) {
                (Some(ended), Some(year)) => year <= ended,
                (Some(_), None) => false,
                (None, _) => true,
            }
        };
        let ended_by_then = fitting.iter().filter(|unit| unit.ended_on.is_some()).find(then);
        ended_by_then
            .or_else(|| fitting.iter().find(then))
            .or_else(|| fitting.first())
            .map(|unit| unit.id)
            .ok_or_else(|| {
                format!(
                    "Không có đơn vị nào tên “{}”. Ghi như trong danh mục Đơn vị.",
                    shown(words)
                )
            })
    }
}

/// A unit's name without the words that all of them share: `Sơn La`, `LHH tỉnh Sơn La` and the full name are the same.
fn bare(words: &str) -> String {
    let mut rest = fold(words);
    for shared in [
        "lien hiep cac hoi khoa hoc va ky thuat",
        "lien hiep cac hoi kh kt",
        "lien hiep hoi",
        "lhh",
        "tinh",
        "thanh pho",
        "tp",
    ] {
        if let Some(shorter) = rest.strip_prefix(shared)
            && (shorter.is_empty() || shorter.starts_with(' '))
        {
            rest = shorter.trim().to_owned();
        }
    }
    rest
}

pub(super) fn shown(words: &str) -> String {
    words.chars().take(60).collect()
}
