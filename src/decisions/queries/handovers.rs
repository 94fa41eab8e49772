//! Every SQL statement about the handing over of awards.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::model::Handover;
use crate::{
    ids::{DecisionId, NominationId, PersonId},
    kit::{clock::Moment, error::Result},
};

/// The handing over of each award of a decision.
pub async fn handovers(db: &mut PgConnection, id: DecisionId) -> Result<Vec<Handover>> {
    Ok(sqlx::query_as!(
        Handover,
        r#"select l.nomination_id, coalesce(c.awarded_on, l.awarded_on) as awarded_on,
              coalesce(c.awarded_place, l.awarded_place) as "awarded_place!"
           from decision_lines l
           left join lateral (select awarded_on, awarded_place from handover_corrections
                              where nomination_id = l.nomination_id and decision_id = l.decision_id order by corrected_at desc, id desc limit 1) c on true
           where l.decision_id = $1 order by l.position"#,
        id as _
    )
    .fetch_all(db)
    .await?)
}

pub(in super::super) async fn hand_over(
    db: &mut PgConnection,
    nomination: NominationId,
    on: NaiveDate,
    place: &str,
) -> Result<()> {
    sqlx::query!(
        "update decision_lines set awarded_on = $2, awarded_place = $3 where nomination_id = $1 and cancelled_by is null",
        nomination as _,
        on,
        place
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes the right day and place of a handing over.
pub(in super::super) async fn correct_handover(
    db: &mut PgConnection,
    (decision, nomination): (DecisionId, NominationId),
    (on, place, reason): (NaiveDate, &str, &str),
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into handover_corrections (id, nomination_id, awarded_on, awarded_place, reason, corrected_at, corrected_by, decision_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        Uuid::now_v7(),
        nomination as _,
        on,
        place,
        reason,
        now,
        by as _,
        decision as _
    )
    .execute(db)
    .await?;
    Ok(())
}
