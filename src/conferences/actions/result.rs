//! The end of a conference, and the result of a closing one: counted in the hall, or typed from minutes on paper.

use serde_json::json;
use sqlx::PgConnection;

use super::{lock_unchanged, write};
use crate::{
    awards::Awards,
    conferences::{
        access,
        counting::Outcome,
        forms::ConferenceForm,
        model::{Conference, Content, Kind, State},
        queries,
        workflow::Action,
    },
    ids::YearId,
    kit::{
        clock::{Moment, day, days_late},
        error::{AppError, Result},
    },
    nominations::{self, Vote},
    papers,
    people::Actor,
    years::{self, Step, Year},
};

/// Saves the result as typed from minutes on paper, right or wrong. Answers the new version.
pub async fn save_draft(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    seen: i32,
    typed: &ConferenceForm,
) -> Result<i32> {
    access::require(actor, Action::Record, conference)?;
    lock_unchanged(db, conference, seen).await?;
    let version = queries::save_draft(db, conference, typed, actor.id, now).await?;
    let after = json!({"version": version});
    write(db, now, actor, "conference.save", conference, (), after).await?;
    Ok(version)
}

/// Makes the typed result final, and ends the conference with it.
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
    if !conference.has_typed_result() {
        return Err(AppError::conflict("Chưa có kết quả hội nghị để chốt."));
    }
    let content = conference
        .draft
        .check(year, awards, day(now))
        .map_err(AppError::Invalid)?;
    finish(
        db,
        now,
        actor,
        year,
        conference,
        Some(&content),
        "conference.confirm",
        after,
    )
    .await?;
    Ok(content)
}

/// Ends a conference that was held in the program. A closing one ends with its result, which whoever holds the ballots
/// has put together: `content` freezes the year's rules and becomes nominations.
pub async fn end(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    conference: &Conference,
    content: Option<&Content>,
    seen: i32,
) -> Result<()> {
    let after = access::require(actor, Action::End, conference)?;
    lock_unchanged(db, conference, seen).await?;
    if (conference.kind == Kind::Closing) != content.is_some() {
        return Err(AppError::conflict(
            "Hội nghị tổng kết kết thúc cùng với kết quả suy tôn và bầu cụm trưởng; hội nghị khác không có.",
        ));
    }
    finish(db, now, actor, year, conference, content, "conference.end", after).await
}

#[expect(clippy::too_many_arguments, reason = "both ways of ending meet here")]
async fn finish(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    conference: &Conference,
    content: Option<&Content>,
    action: &str,
    after: State,
) -> Result<()> {
    if content.is_some() {
        require_answered(db, year.id).await?;
        // Before the first line of the journal: the nominations below refer to the members.
        papers::lock_members(db, year.id).await?;
        years::freeze_rules(db, now, &actor.hand(), year).await?;
    }
    queries::end(db, conference.id, content, actor.id, now).await?;
    if let Some(content) = content {
        let late = year
            .plan(Step::Conference)
            .map_or(0, |plan| days_late(now, plan.due_on));
        papers::receive(db, now, actor.id, conference.subject(), late, content).await?;
        for candidate in &content.candidates {
            let vote = Vote {
                unit_id: candidate.unit.id,
                award: candidate.award.clone(),
                votes_for: candidate.votes_for,
                votes_of: candidate.votes_of.unwrap_or(content.base),
                working: candidate.working.clone(),
                acclaimed: candidate.outcome == Outcome::Acclaimed,
            };
            nominations::create(db, now, actor, year, &vote).await?;
        }
    }
    let before = json!({"state": conference.state});
    let to = json!({"state": after, "content": content});
    write(db, now, actor, action, conference, before, to).await
}

/// Makes sure that every objection to points has its answer: nobody votes on points that are still disputed.
pub async fn require_answered(db: &mut PgConnection, year: YearId) -> Result<()> {
    match queries::open_objections(db, year).await? {
        0 => Ok(()),
        waiting => Err(AppError::Conflict(format!(
            "Còn {waiting} kiến nghị về điểm thi đua chưa trả lời. Xin trả lời ở bảng điểm của đơn vị kiến nghị trước khi Cụm bỏ phiếu và chốt kết quả."
        ))),
    }
}
