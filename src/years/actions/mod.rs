//! What shapes the year of a cluster: one transaction each, with its journal line.

mod leaderships;

pub use leaderships::{LeadershipInput, hand_over, put_leadership, remove_leadership};

use chrono::NaiveDate;
use serde_json::json;
use sqlx::PgConnection;

use super::{
    calendar::{Extension, StepPlan},
    model::Year,
    queries,
    rules::Rules,
};
use crate::{
    ids::{ClusterId, PersonId, UnitId, YearId},
    kit::{
        clock::{self, Moment, date_text},
        error::{AppError, Result, at_field},
        journal::{self, Hand, Subject},
    },
};

fn subject(year: &Year) -> Subject {
    Subject {
        kind: "years",
        id: year.id.0,
        cluster: Some(year.cluster.id.0),
        unit: None,
    }
}

/// Opens a year: calendar and rules copied from `from`, or the defaults; its members as given.
pub async fn open_year(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    cluster: ClusterId,
    year: i32,
    members: &[UnitId],
    from: Option<&Year>,
) -> Result<YearId> {
    let id = YearId::new();
    queries::insert_year(db, id, cluster, year, now)
        .await
        .map_err(|e| {
            at_field(
                e,
                "years_cluster_year_unique",
                "year",
                "Cụm này đã mở năm đó rồi.",
            )
        })?;
    let (steps, rules) = match from {
        Some(last) => (
            shifted(&last.steps, year - last.year),
            Rules {
                frozen_at: None,
                ..last.rules.clone()
            },
        ),
        None => (
            queries::step_defaults(db, year).await?,
            queries::rule_defaults(members.len()),
        ),
    };
    queries::insert_rules(db, id, &rules).await?;
    queries::replace_steps(db, id, &steps).await?;
    for unit in members {
        queries::put_member(db, id, *unit, None, None).await?;
    }
    let after = json!({"year": year, "copied_from": from.map(|y| y.year), "members": members, "rules": rules, "steps": steps});
    let about = Subject {
        kind: "years",
        id: id.0,
        cluster: Some(cluster.0),
        unit: None,
    };
    journal::write(db, now, hand, "year.open", about, (), after).await?;
    Ok(id)
}

/// The same windows some years later.
fn shifted(steps: &[StepPlan], years: i32) -> Vec<StepPlan> {
    let later = |day: NaiveDate| {
        let month = chrono::Months::new(12 * years.unsigned_abs());
        if years >= 0 { day + month } else { day - month }
    };
    steps
        .iter()
        .map(|s| StepPlan {
            opens_on: later(s.opens_on),
            due_on: later(s.due_on),
            ..s.clone()
        })
        .collect()
}

fn must_be_open(year: &Year) -> Result<()> {
    if year.is_open() {
        Ok(())
    } else {
        Err(AppError::Conflict(format!(
            "Năm {} đã khép lại, không thay đổi được nữa.",
            year.year
        )))
    }
}

/// Claims the year for a change of its own data, as its form was made: calendar, rules, members, offices, extensions.
/// To be called first in the transaction of the change; a form made before somebody else's change is a conflict.
pub async fn claim(db: &mut PgConnection, year: &Year, seen_version: i32) -> Result<()> {
    if queries::count_change(db, year.id, seen_version).await? {
        Ok(())
    } else {
        Err(AppError::Conflict(format!(
            "{} vừa được người khác sửa trong lúc anh/chị đang mở. Nội dung của anh/chị chưa được ghi. Xin mở lại trang để xem bản mới.",
            year.title()
        )))
    }
}

/// Sets the calendar.
pub async fn set_calendar(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    year: &Year,
    steps: &[StepPlan],
) -> Result<()> {
    must_be_open(year)?;
    queries::replace_steps(db, year.id, steps).await?;
    journal::write(db, now, hand, "year.calendar", subject(year), &year.steps, steps).await
}

/// Sets the rules, as long as they haven't decided anything.
pub async fn set_rules(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    year: &Year,
    rules: &Rules,
) -> Result<()> {
    must_be_open(year)?;
    if let Some(since) = year.rules.frozen_at {
        return Err(AppError::Conflict(format!(
            "Quy định của năm {} đã được dùng để xét từ ngày {}, không sửa được nữa.",
            year.year,
            date_text(clock::day(since))
        )));
    }
    queries::update_rules(db, year.id, rules).await?;
    journal::write(db, now, hand, "year.rules", subject(year), &year.rules, rules).await
}

/// Freezes the rules with their first use; later uses change nothing.
pub async fn freeze_rules(db: &mut PgConnection, now: Moment, hand: &Hand, year: &Year) -> Result<()> {
    if queries::freeze_rules(db, year.id, now).await? {
        journal::write(db, now, hand, "year.freeze_rules", subject(year), (), &year.rules).await?;
    }
    Ok(())
}

/// Makes a unit a member of the year, from one day to another where it isn't the whole year.
pub async fn put_member(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    year: &Year,
    unit: UnitId,
    days: (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<()> {
    must_be_open(year)?;
    queries::put_member(db, year.id, unit, days.0, days.1).await?;
    let about = Subject {
        unit: Some(unit.0),
        ..subject(year)
    };
    journal::write(
        db,
        now,
        hand,
        "year.member",
        about,
        (),
        json!({"unit": unit, "from": days.0, "to": days.1}),
    )
    .await
}

/// Takes a unit out of a year in which it has done nothing yet.
pub async fn remove_member(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    year: &Year,
    unit: UnitId,
) -> Result<()> {
    must_be_open(year)?;
    if let Some(office) = year.office_of(unit) {
        return Err(AppError::Conflict(format!(
            "Đơn vị này giữ vai trò {} trong năm nên không đưa ra khỏi cụm được.",
            office.label()
        )));
    }
    queries::remove_member(db, year.id, unit)
        .await
        .map_err(|e| match &e {
            sqlx::Error::Database(d) if d.is_foreign_key_violation() => AppError::conflict(
                "Đơn vị này đã có hồ sơ trong năm nên không đưa ra khỏi cụm được. Có thể ghi ngày kết thúc.",
            ),
            _ => e.into(),
        })?;
    let about = Subject {
        unit: Some(unit.0),
        ..subject(year)
    };
    journal::write(
        db,
        now,
        hand,
        "year.remove_member",
        about,
        json!({"unit": unit}),
        (),
    )
    .await
}

/// Gives one unit more time for one step.
pub async fn grant_extension(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    by: PersonId,
    year: &Year,
    extension: &Extension,
) -> Result<()> {
    must_be_open(year)?;
    queries::put_extension(db, year.id, extension, by, now).await?;
    let about = Subject {
        unit: Some(extension.unit_id.0),
        ..subject(year)
    };
    journal::write(db, now, hand, "year.extension", about, (), extension).await
}

/// Closes the year: it is history from now on.
pub async fn close_year(db: &mut PgConnection, now: Moment, hand: &Hand, year: &Year) -> Result<()> {
    if !queries::close(db, year.id, now).await? {
        return Err(AppError::Conflict(format!(
            "Năm {} đã khép lại từ trước.",
            year.year
        )));
    }
    journal::write(
        db,
        now,
        hand,
        "year.close",
        subject(year),
        json!({"state": "open"}),
        json!({"state": "closed"}),
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::years::{LateIs, Step};

    #[test]
    fn a_copied_window_keeps_its_day_and_a_leap_day_becomes_the_last_of_february() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let last = [StepPlan {
            step: Step::Registration,
            opens_on: day(2024, 1, 15),
            due_on: day(2024, 2, 29),
            late_is: LateIs::Marked,
        }];
        let next = shifted(&last, 1);
        assert_eq!(
            (next[0].opens_on, next[0].due_on),
            (day(2025, 1, 15), day(2025, 2, 28))
        );
    }
}
