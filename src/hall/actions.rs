//! The acts that put together what conferences and ballots know: the beginning, the end, the signed minutes.

use sqlx::PgConnection;

use super::{
    facts::Hall,
    verdicts::{going_on, verdicts},
};
use crate::{
    ballots, conferences,
    council::{self, Sitting, Voted, workflow::Action},
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
    nominations,
    people::Actor,
};

/// Begins the conference, with the first item of its agenda.
pub async fn begin(db: &mut PgConnection, now: Moment, actor: &Actor, hall: &Hall, seen: i32) -> Result<()> {
    conferences::open(db, now, actor, &hall.conference, seen).await?;
    if let Some(first) = hall.agenda.first() {
        let opened = conferences::find_meeting(db, &hall.year, &hall.conference.slug).await?;
        conferences::go_to(db, now, actor, &opened, first.id).await?;
    }
    Ok(())
}

/// Ends the conference: a closing one with the result that follows from attendance and counted ballots.
pub async fn end_now(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    hall: &Hall,
    seen: i32,
) -> Result<()> {
    let ending = hall.ending();
    if !ending.obstacles.is_empty() {
        let words: Vec<&str> = ending.obstacles.iter().map(|o| o.words.as_str()).collect();
        return Err(AppError::Conflict(format!(
            "Chưa kết thúc được hội nghị. {}",
            words.join(" ")
        )));
    }
    let (year, content) = (&hall.year, ending.content.as_ref());
    conferences::end(db, now, actor, year, &hall.conference, content, seen).await
}

/// Freezes the minutes of this moment as the signed ones. Answers their hash in hexadecimal.
pub async fn sign(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    hall: &Hall,
    seen: i32,
) -> Result<String> {
    let minutes = serde_json::to_value(hall.minutes(db).await?)?;
    conferences::sign(db, now, actor, &hall.conference, &minutes, seen).await
}

/// Ends a session of the council: what its counted ballots say goes into each dossier. Answers what was recorded.
pub async fn end_sitting(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    sitting: &Sitting,
    seen: i32,
) -> Result<Vec<Voted>> {
    council::access::require_act(actor, Action::End, sitting)?;
    let dossiers = nominations::by_ids(db, actor, &sitting.plan.agenda).await?;
    let ballots = ballots::of_sitting(db, sitting.id).await?;
    let verdicts = verdicts(sitting, &dossiers, &ballots);
    if !verdicts.obstacles.is_empty() {
        let words: Vec<&str> = verdicts.obstacles.iter().map(|o| o.words.as_str()).collect();
        return Err(AppError::Conflict(format!(
            "Chưa kết thúc được phiên họp. {}",
            words.join(" ")
        )));
    }
    let votes = verdicts.votes();
    council::end(db, now, actor, sitting, seen, votes.clone(), &dossiers).await?;
    Ok(votes)
}

/// Calls a session of the council off, unless somebody votes in it.
pub async fn cancel_sitting(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    sitting: &Sitting,
    seen: i32,
    reason: &str,
) -> Result<()> {
    council::cancel(db, now, actor, sitting, seen, reason).await?;
    // After the session is locked, so that no ballot begins meanwhile.
    let ballots = ballots::of_sitting(db, sitting.id).await?;
    if let Some(ballot) = going_on(&ballots).next() {
        return Err(AppError::Conflict(format!(
            "Phiếu “{}” {}: hãy hủy hoặc kiểm phiếu trước.",
            ballot.plan.title,
            ballot.state.label()
        )));
    }
    Ok(())
}
