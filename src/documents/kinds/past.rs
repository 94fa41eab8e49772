//! What a unit was awarded before, its predecessors' awards among it: from the decisions that hold.

use sqlx::PgConnection;

use super::blocks::grid;
use crate::{
    decisions::{self, Honour, ISSUER},
    kit::{
        clock::date_text,
        documents::model::{Align, Block},
        error::Result,
    },
    units::{self, Unit},
};

/// An award of an earlier year.
#[derive(Clone, Debug)]
pub(super) struct PastAward {
    honour: Honour,
    /// Whose it was, where it wasn't the unit's own.
    of: Option<String>,
}

impl PastAward {
    fn award(&self) -> String {
        match &self.of {
            Some(unit) => format!("{} ({unit})", self.honour.award),
            None => self.honour.award.clone(),
        }
    }

    fn decision(&self) -> String {
        format!(
            "Quyết định số {} ngày {}",
            self.honour.number,
            date_text(self.honour.issued_on)
        )
    }

    /// `Năm 2022: Cờ thi đua … (Quyết định số 48/QĐ-LHHVN ngày 30/01/2023)`
    pub(super) fn line(&self) -> String {
        format!("Năm {}: {} ({})", self.honour.year, self.award(), self.decision())
    }
}

/// The honour roll, read once for all units of a paper.
pub(super) struct Roll(Vec<Honour>);

impl Roll {
    /// All of it.
    pub(super) async fn read(db: &mut PgConnection) -> Result<Self> {
        Ok(Self(decisions::honours(db).await?))
    }

    /// The awards of a unit for the years before this one, the newest first.
    pub(super) async fn before(
        &self,
        db: &mut PgConnection,
        unit: &Unit,
        year: i32,
    ) -> Result<Vec<PastAward>> {
        let own = &unit.short_name;
        let kin = units::kin(db, unit.id).await?;
        let is_predecessor = |name: &str| kin.iter().any(|k| k.is_predecessor && k.short_name == name);
        let found = self.0.iter();
        Ok(found
            .filter(|honour| honour.year < year && (honour.unit == *own || is_predecessor(&honour.unit)))
            .map(|honour| PastAward {
                of: (honour.unit != *own).then(|| honour.unit.clone()),
                honour: honour.clone(),
            })
            .collect())
    }
}

/// The table of awards, as the forms of Decree 98/2023 want it.
pub(super) fn table(awards: &[PastAward]) -> Block {
    let rows = awards.iter().map(|past| {
        vec![
            past.honour.year.to_string(),
            past.award(),
            format!("{}; {ISSUER}", past.decision()),
        ]
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
