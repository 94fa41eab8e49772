//! What is known before anybody scores, in two statements whatever the number of units and indicators.

use chrono::NaiveDate;
use sqlx::PgConnection;

use super::super::{
    known::{Arrival, Conduct, Known, KnownFigure},
    model::Proof,
};
use crate::{
    ids::UnitId,
    kit::{clock, clock::Moment, error::Result},
    reports,
    years::{Step, Year},
};

/// What is known of all units of a year at this moment.
pub async fn known(db: &mut PgConnection, year: &Year, now: Moment) -> Result<Known> {
    let mut known = Known {
        conduct: conduct(db, year, now).await?,
        ..Known::default()
    };
    for unit in reports::figures_of(db, year.id).await? {
        let Some(code) = unit.code().map(str::to_owned) else {
            continue;
        };
        let files = unit.evidence.into_iter().map(|file| Proof {
            file: Some(file.id),
            name: file.name,
        });
        let links = unit.figure.links.clone().into_iter().map(Proof::link);
        let figure = unit.figure;
        known.figures.insert(
            (unit.unit_id, code),
            KnownFigure {
                reached: Some(figure.final_reached.unwrap_or(figure.reached)),
                target: figure.registered,
                proofs: files.chain(links).collect(),
                measure: figure.unit_of_measure,
            },
        );
    }
    Ok(known)
}

/// Who was late, who was absent. The one place that reads papers of other features for a fact about them, so that a page
/// needs no statement for each kind.
async fn conduct(
    db: &mut PgConnection,
    year: &Year,
    now: Moment,
) -> Result<std::collections::HashMap<UnitId, Conduct>> {
    let rows = sqlx::query!(
        r#"select m.unit_id as "unit_id: UnitId",
              (select r.late_days from registrations r where r.year_id = m.year_id and r.unit_id = m.unit_id) as registration,
              (select r.late_days from reports r where r.year_id = m.year_id and r.unit_id = m.unit_id and r.period = 'midyear') as midyear,
              (select r.late_days from reports r where r.year_id = m.year_id and r.unit_id = m.unit_id and r.period = 'annual') as annual,
              (select exists(select from jsonb_array_elements(c.content -> 'present') p where (p ->> 'id')::uuid = m.unit_id)
               from conferences c where c.year_id = m.year_id and c.kind = 'closing' and c.content is not null) as attended
           from memberships m where m.year_id = $1"#,
        year.id as _
    )
    .fetch_all(db)
    .await?;
    // What was due before a unit joined was never asked of it.
    let due = |unit, step| {
        let due_on = year.deadline(step, unit)?.due_on;
        year.member_of(unit)
            .is_some_and(|member| member.joined_by(due_on))
            .then_some(due_on)
    };
    Ok(rows
        .into_iter()
        .map(|r| {
            let arrival = |late_days, step| arrival(late_days, due(r.unit_id, step), now);
            let conduct = Conduct {
                registration: arrival(r.registration, Step::Registration),
                midyear_report: arrival(r.midyear, Step::MidyearReport),
                annual_report: arrival(r.annual, Step::AnnualReport),
                attended: r.attended,
            };
            (r.unit_id, conduct)
        })
        .collect())
}

/// A paper handed in was in time or late; one that wasn't is late once its day is over.
fn arrival(late_days: Option<i32>, due_on: Option<NaiveDate>, now: Moment) -> Arrival {
    match (late_days, due_on) {
        (Some(0), _) => Arrival::InTime,
        (Some(_), _) => Arrival::Late,
        (None, Some(due)) if clock::day(now) > due => Arrival::Late,
        (None, _) => Arrival::Unknown,
    }
}
