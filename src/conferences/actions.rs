//! The acts on a conference's result: one transaction each, in the order lock, check, change, journal.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::PgConnection;

use super::{
    access,
    counting::Outcome,
    forms::ConferenceForm,
    model::{Conference, Content},
    queries,
    workflow::Action,
};
use crate::{
    awards::Awards,
    kit::{
        clock::{Moment, day, days_late},
        error::{AppError, Result},
        journal,
    },
    nominations::{self, Vote},
    papers,
    people::Actor,
    years::{self, Step, Year},
};

/// Locks the conference and makes sure that it still is what the person saw.
async fn lock_unchanged(db: &mut PgConnection, conference: &Conference, seen_version: i32) -> Result<()> {
    if queries::lock(db, conference.year_id).await? != seen_version || conference.version != seen_version {
        return Err(AppError::conflict(
            "Kết quả hội nghị vừa được người khác sửa trong lúc anh/chị đang mở. Nội dung của anh/chị chưa được ghi; xin mở lại để xem bản mới.",
        ));
    }
    Ok(())
}

/// Saves the draft as typed, right or wrong. Answers the new version.
pub async fn save_draft(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    seen: i32,
    typed: &ConferenceForm,
) -> Result<i32> {
    access::require(actor, Action::Save, conference)?;
    lock_unchanged(db, conference, seen).await?;
    let version = queries::save_draft(db, conference, typed, actor.id, now).await?;
    journal::write(
        db,
        now,
        &actor.hand(),
        "conference.save",
        conference.subject(),
        (),
        json!({"version": version}),
    )
    .await?;
    Ok(version)
}

/// Makes the result final: freezes minutes and rules, and turns every candidate into a nomination.
pub async fn confirm(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    conference: &Conference,
    awards: &Awards,
    seen: i32,
) -> Result<Content> {
    let after = access::require(actor, Action::Confirm, conference)?;
    lock_unchanged(db, conference, seen).await?;
    if !conference.is_begun() {
        return Err(AppError::conflict("Chưa có kết quả hội nghị để chốt."));
    }
    let content = conference
        .draft
        .check(year, awards, day(now))
        .map_err(AppError::Invalid)?;
    // Before the first line of the journal: the nominations below refer to the members.
    papers::lock_members(db, year.id).await?;
    years::freeze_rules(db, now, &actor.hand(), year).await?;
    queries::confirm(db, conference.id, &content, actor.id, now).await?;
    let late = year
        .plan(Step::Conference)
        .map_or(0, |plan| days_late(now, plan.due_on));
    papers::receive(db, now, actor.id, conference.subject(), late, &content).await?;
    for candidate in &content.candidates {
        let vote = Vote {
            unit_id: candidate.unit.id,
            award: candidate.award.clone(),
            votes_for: candidate.votes_for,
            votes_of: content.base,
            working: candidate.working.clone(),
            acclaimed: candidate.outcome == Outcome::Acclaimed,
        };
        nominations::create(db, now, actor, year, &vote).await?;
    }
    let to = json!({"state": after, "content": content});
    journal::write(
        db,
        now,
        &actor.hand(),
        "conference.confirm",
        conference.subject(),
        json!({"state": conference.state}),
        to,
    )
    .await?;
    Ok(content)
}

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
    let after = access::require(actor, Action::HandOver, conference)?;
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
    queries::hand_over(db, conference.id, on).await?;
    let to = json!({"state": after, "on": on, "lead": lead, "deputy": deputy});
    journal::write(
        db,
        now,
        &actor.hand(),
        "conference.hand_over",
        conference.subject(),
        json!({"state": conference.state}),
        to,
    )
    .await
}
