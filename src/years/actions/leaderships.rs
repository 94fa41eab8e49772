//! Who leads a cluster and who stands in: rights follow these dates by themselves.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::PgConnection;

use super::{
    super::{
        model::{Office, Year},
        queries,
    },
    must_be_open, subject,
};
use crate::{
    ids::UnitId,
    kit::{
        clock::{self, Moment},
        error::{AppError, Result, at_field},
        journal::{self, Hand, Subject},
    },
};

/// A unit's office to be set.
#[derive(Clone, Copy, Debug)]
pub struct LeadershipInput {
    /// Lead or deputy.
    pub office: Office,
    /// The unit.
    pub unit: UnitId,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day, if set already.
    pub ends_on: Option<NaiveDate>,
}

/// Gives a member an office from a day on; whoever held it until then ends the day before.
pub async fn put_leadership(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    year: &Year,
    input: LeadershipInput,
) -> Result<()> {
    must_be_open(year)?;
    queries::end_leadership(db, year.cluster.id, input.office, input.starts_on).await?;
    queries::insert_leadership(db, year, input.office, input.unit, input.starts_on, input.ends_on)
        .await
        .map_err(|e| {
            at_field(
                e,
                "leaderships_one_at_a_time",
                "starts_on",
                "Đã có đơn vị khác giữ vai trò này trong khoảng thời gian đó.",
            )
        })?;
    let about = Subject {
        unit: Some(input.unit.0),
        ..subject(year)
    };
    let after =
        json!({"office": input.office, "unit": input.unit, "from": input.starts_on, "to": input.ends_on});
    journal::write(db, now, hand, "year.leadership", about, (), after).await
}

/// Takes an office back before its second day, when it was given by mistake: what has been held stays on record.
pub async fn remove_leadership(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    year: &Year,
    office: Office,
    unit: UnitId,
    starts_on: NaiveDate,
) -> Result<()> {
    must_be_open(year)?;
    if !queries::delete_leadership(db, year.id, office, unit, starts_on, clock::day(now)).await? {
        return Err(AppError::conflict(
            "Vai trò này đã bắt đầu từ trước hôm nay nên không xóa được. Hãy giao cho đơn vị khác từ một ngày mới.",
        ));
    }
    let about = Subject {
        unit: Some(unit.0),
        ..subject(year)
    };
    let before = json!({"office": office, "unit": unit, "from": starts_on});
    journal::write(db, now, hand, "year.remove_leadership", about, before, ()).await
}

/// Hands the cluster over to next year's lead and deputy on `on`: the rights move by themselves that day.
pub async fn hand_over(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    next: &Year,
    lead: UnitId,
    deputy: UnitId,
    on: NaiveDate,
) -> Result<()> {
    queries::lock_leaderships(db, next.cluster.id).await?;
    for (office, unit) in [(Office::Lead, lead), (Office::Deputy, deputy)] {
        put_leadership(
            db,
            now,
            hand,
            next,
            LeadershipInput {
                office,
                unit,
                starts_on: on,
                ends_on: None,
            },
        )
        .await?;
    }
    Ok(())
}
