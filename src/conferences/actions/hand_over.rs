//! The hand-over to the lead and deputy that a closing conference chose: a day, and two words of confirmation.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::PgConnection;

use super::{lock_unchanged, write};
use crate::{
    conferences::{
        access::{self, Side},
        model::Conference,
        queries,
    },
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
    people::Actor,
    years::{self, Office, Year},
};

/// Hands the cluster over to the lead and deputy that the conference chose, from `on`. `next` is next year's year.
pub async fn hand_over(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    next: &Year,
    on: NaiveDate,
    seen: i32,
) -> Result<()> {
    access::require_hand_over(actor, conference)?;
    lock_unchanged(db, conference, seen).await?;
    let content = conference.content.as_ref().ok_or(AppError::NotFound)?;
    let (lead, deputy) = (content.next_lead.id, content.next_deputy.id);
    if next.member_of(lead).is_none() || next.member_of(deputy).is_none() {
        return Err(AppError::Conflict(format!(
            "{} hoặc {} không có trong danh sách thành viên năm {}. Xin Thường trực Hội đồng cập nhật thành viên của năm đó trước.",
            content.next_lead.name, content.next_deputy.name, next.year
        )));
    }
    years::hand_over(db, now, &actor.hand(), next, lead, deputy, on).await?;
    queries::hand_over(db, conference.id, on, actor.id, now).await?;
    queries::touch(db, conference.id).await?;
    let to = json!({"on": on, "lead": lead, "deputy": deputy});
    write(db, now, actor, "conference.hand_over", conference, (), to).await
}

/// A side says that everything was handed over, or received. `year` is the one that the conference closed.
pub async fn confirm_hand_over(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    conference: &Conference,
    side: Side,
    seen: i32,
) -> Result<()> {
    access::require_side(actor, conference, side, year.holder(Office::Lead))?;
    lock_unchanged(db, conference, seen).await?;
    queries::confirm_side(db, conference.id, side, actor.id, now).await?;
    queries::touch(db, conference.id).await?;
    let action = match side {
        Side::Giver => "conference.give",
        Side::Taker => "conference.take",
    };
    write(db, now, actor, action, conference, (), ()).await
}
