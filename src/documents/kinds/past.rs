//! What a unit or a person of it was awarded before: the award history, which holds both the decisions made here and those
//! read from spreadsheets, with that of the units it came from.

use std::collections::HashSet;

use sqlx::PgConnection;

use super::blocks::grid;
use crate::{
    award_history::{self, Record},
    ids::UnitId,
    kit::{
        clock::date_text,
        documents::model::{Align, Block},
        error::Result,
        text::fold,
    },
};

/// An award of an earlier year.
#[derive(Clone, Debug)]
pub(super) struct PastAward {
    year: i32,
    /// `Cờ thi đua …`, with the unit that was awarded where it wasn't the unit's own.
    award: String,
    /// `Quyết định số 48/QĐ-LHHVN ngày 30/01/2023`; empty where the history doesn't know it.
    decision: String,
    issuer: String,
}

impl PastAward {
    fn of(record: &Record, unit: UnitId) -> Self {
        let award = if record.unit_id == unit {
            record.award_name.clone()
        } else {
            format!("{} ({})", record.award_name, record.unit_name)
        };
        let number = Some(&record.number).filter(|number| !number.is_empty());
        let words = [
            number.map(|number| format!("số {number}")),
            record.decided_on.map(|day| format!("ngày {}", date_text(day))),
        ];
        let words: Vec<String> = words.into_iter().flatten().collect();
        let decision = if words.is_empty() {
            String::new()
        } else {
            format!("Quyết định {}", words.join(" "))
        };
        Self {
            year: record.year,
            award,
            decision,
            issuer: record.issuer.clone(),
        }
    }

    /// `Năm 2022: Cờ thi đua … (Quyết định số 48/QĐ-LHHVN ngày 30/01/2023)`
    pub(super) fn line(&self) -> String {
        let known = [&self.decision, &self.issuer];
        let source = known.into_iter().find(|words| !words.is_empty());
        let source = source.map(|words| format!(" ({words})")).unwrap_or_default();
        format!("Năm {}: {}{source}", self.year, self.award)
    }
}

/// The awards of a unit for the years before this one, or those of a person of it: the newest first, none twice.
pub(super) async fn before(
    db: &mut PgConnection,
    unit: UnitId,
    person: Option<&str>,
    year: i32,
) -> Result<Vec<PastAward>> {
    let line = award_history::lineage(db, unit).await?;
    let records = award_history::given(db, &line).await?;
    let wanted = fold(person.unwrap_or_default());
    let mut seen = HashSet::new();
    // A decision made here stands before the row of a spreadsheet that says the same.
    let records = records
        .iter()
        .filter(|record| record.year < year && fold(&record.person_name) == wanted)
        .filter(|record| seen.insert((record.unit_id, fold(&record.award_name), record.year)));
    Ok(records.map(|record| PastAward::of(record, unit)).collect())
}

/// The table of awards, as the forms of Decree 98/2023 want it.
pub(super) fn table(awards: &[PastAward]) -> Block {
    let rows = awards.iter().map(|past| {
        let known = [past.decision.as_str(), past.issuer.as_str()];
        let known: Vec<&str> = known.into_iter().filter(|words| !words.is_empty()).collect();
        vec![past.year.to_string(), past.award.clone(), known.join("; ")]
    });
    grid(
        &[
            ("Năm", 2, Align::Centre),
            ("Danh hiệu, hình thức khen thưởng", 6, Align::Left),
            (
                "Số, ngày, tháng, năm của quyết định; cơ quan ban hành quyết định",
                8,
                Align::Left,
            ),
        ],
        rows,
    )
}
