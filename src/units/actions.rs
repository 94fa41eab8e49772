//! What adds to the register of units: one transaction each, with its journal line.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::PgConnection;

use super::{
    model::{SuccessionKind, Unit, UnitFacts},
    queries::{self, ProvinceCode},
};
use crate::{
    ids::UnitId,
    kit::{
        clock::Moment,
        error::{Result, at_field},
        journal::{self, Hand, Subject},
    },
};

fn subject(unit: UnitId) -> Subject {
    Subject {
        unit: Some(unit.0),
        ..Subject::new("units", unit)
    }
}

/// Adds a unit with its province codes; a slug that is taken is an error at `slug`.
pub async fn create_unit(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    unit: &Unit,
    codes: &[ProvinceCode],
) -> Result<()> {
    queries::insert_unit(db, unit, codes).await.map_err(|e| {
        at_field(
            e,
            "units_slug_unique",
            "slug",
            "Đã có đơn vị với đường dẫn này. Hãy chọn đường dẫn khác.",
        )
    })?;
    let codes: Vec<&str> = codes.iter().map(|c| c.code.as_str()).collect();
    let after = json!({"slug": unit.slug, "name": unit.name, "founded_on": unit.founded_on, "ended_on": unit.ended_on, "codes": codes});
    journal::write(db, now, hand, "unit.create", subject(unit.id), (), after).await
}

/// Notes that one unit followed another on a day.
pub async fn succeed(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    predecessor: UnitId,
    successor: UnitId,
    on: NaiveDate,
    kind: SuccessionKind,
) -> Result<()> {
    queries::insert_succession(db, predecessor, successor, on, kind).await?;
    let after = json!({"successor": successor, "happened_on": on, "kind": kind});
    journal::write(db, now, hand, "unit.succession", subject(predecessor), (), after).await
}

/// Notes what is true of a unit in a year.
pub async fn put_facts(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    unit: UnitId,
    facts: &UnitFacts,
) -> Result<()> {
    queries::put_facts(db, unit, facts).await?;
    journal::write(db, now, hand, "unit.facts", subject(unit), (), facts).await
}
