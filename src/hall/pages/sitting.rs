//! A session of VUSTA's council as it is held: the roll, the dossiers, the ballots, the end; the minutes of a count.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    super::{
        actions,
        counts::{Count, count},
        verdicts::{Verdicts, verdicts},
    },
    CouncilCountPath, SittingCancellationPath, SittingEndPath, SittingOpeningPath, SittingPath,
    running::Seen,
};
use crate::{
    awards::{self, Awards},
    ballots::{self, Ballot, ListRow},
    council::{self, Roll, Sitting, workflow::Action},
    ids::SittingId,
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    nominations::{self, Nomination},
    papers,
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

/// A session with everything that is known of it.
pub(super) struct Held {
    pub sitting: Sitting,
    pub roll: Roll,
    /// The dossiers on its agenda that this person may see.
    pub dossiers: Vec<Nomination>,
    /// The ballots that this person may know.
    pub ballots: Vec<Ballot>,
}

async fn held(db: &mut PgConnection, visit: &Visit, year: i32, id: SittingId) -> Result<Held> {
    let actor = visit.actor()?;
    let sitting = council::find_sitting(db, year, id).await?;
    let mut ballots = ballots::of_sitting(db, sitting.id).await?;
    ballots.retain(|ballot| ballots::access::sees(actor, ballot));
    Ok(Held {
        roll: Roll::of(&sitting.plan, council::roll(db, sitting.id).await?),
        dossiers: nominations::by_ids(db, actor, &sitting.plan.agenda).await?,
        ballots,
        sitting,
    })
}

#[derive(Template)]
#[template(path = "hall/sitting.html")]
struct SittingPage {
    shell: Shell,
    held: Held,
    verdicts: Verdicts,
    ballots: Vec<ListRow>,
    awards: Awards,
    /// Whether it is the standing office that looks.
    holds: bool,
    may_save: bool,
    may_open: bool,
    may_end: bool,
    may_cancel: bool,
    reason: String,
    errors: FieldErrors,
}

impl SittingPage {
    async fn new(db: &mut PgConnection, visit: &Visit, held: Held) -> Result<Self> {
        let actor = visit.actor()?;
        let offers = |action| council::access::offers(actor, action, &held.sitting);
        let base = ballots::council_base(held.sitting.year);
        Ok(Self {
            shell: visit.shell(),
            verdicts: verdicts(&held.sitting, &held.dossiers, &held.ballots),
            ballots: ballots::list(actor, &base, &held.ballots),
            awards: awards::all(db).await?,
            holds: council::access::may_record(actor),
            may_save: offers(Action::Save),
            may_open: offers(Action::Open),
            may_end: offers(Action::End),
            may_cancel: offers(Action::Cancel),
            reason: String::new(),
            errors: FieldErrors::default(),
            held,
        })
    }

    fn sitting(&self) -> &Sitting {
        &self.held.sitting
    }

    /// The dossiers that no ballot of the session votes on yet.
    fn unvoted(&self) -> Vec<&Nomination> {
        let taken = ballots::taken_up(&self.held.ballots);
        let waits = |n: &&Nomination| n.state == nominations::State::Eligible && !taken.contains(&n.id);
        self.held.dossiers.iter().filter(waits).collect()
    }

    fn counted(&self) -> Vec<&Ballot> {
        let counted = self.held.ballots.iter().filter(|b| b.state.has_result());
        counted.collect()
    }
}

pub(super) async fn show(path: SittingPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let held = held(&mut db, &visit, path.year, path.sitting).await?;
    page(&SittingPage::new(&mut db, &visit, held).await?)
}

pub(super) async fn open(path: SittingOpeningPath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let secret = visit.app.vault.card_secret()?;
    let mut tx = visit.begin().await?;
    let sitting = council::find_sitting(&mut tx, path.year, path.sitting).await?;
    council::open(
        &mut tx,
        visit.now,
        visit.actor()?,
        &sitting,
        seen.version,
        &secret,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(sitting.path(), "Phiên họp đã khai mạc."))
}

#[derive(Template)]
#[template(path = "hall/sitting_end.html")]
struct EndPage {
    shell: Shell,
    held: Held,
    verdicts: Verdicts,
    awards: Awards,
}

pub(super) async fn look_over(path: SittingEndPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let held = held(&mut db, &visit, path.year, path.sitting).await?;
    council::access::require_act(visit.actor()?, Action::End, &held.sitting)?;
    page(&EndPage {
        shell: visit.shell(),
        verdicts: verdicts(&held.sitting, &held.dossiers, &held.ballots),
        awards: awards::all(&mut db).await?,
        held,
    })
}

pub(super) async fn end(path: SittingEndPath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let sitting = council::find_sitting(&mut tx, path.year, path.sitting).await?;
    let votes = actions::end_sitting(&mut tx, visit.now, visit.actor()?, &sitting, seen.version).await?;
    tx.commit().await?;
    let passed = votes.iter().filter(|voted| voted.passed).count();
    let message = format!(
        "Phiên họp đã kết thúc: thông qua {passed} trên {} hồ sơ.",
        votes.len()
    );
    Ok(see_other(sitting.path(), &message))
}

/// Why a session is called off.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Cancelled {
    version: i32,
    reason: String,
}

pub(super) async fn cancel(
    path: SittingCancellationPath,
    visit: Visit,
    Form(form): Form<Cancelled>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let held = held(&mut tx, &visit, path.year, path.sitting).await?;
    let (actor, sitting) = (visit.actor()?, &held.sitting);
    match actions::cancel_sitting(&mut tx, visit.now, actor, sitting, form.version, &form.reason).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(sitting.path(), "Đã hủy phiên họp."))
        }
        Err(AppError::Invalid(errors)) => {
            let mut view = SittingPage::new(&mut tx, &visit, held).await?;
            (view.reason, view.errors) = (form.reason, errors);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

#[derive(Template)]
#[template(path = "hall/sitting_count.html")]
struct CountPage {
    shell: Shell,
    sitting: Sitting,
    count: Count,
}

pub(super) async fn count_of(path: CouncilCountPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let held = held(&mut db, &visit, path.year, path.sitting).await?;
    let ballot = held.ballots.iter().find(|ballot| ballot.id == path.ballot);
    let ballot = ballot
        .filter(|b| b.state.has_result())
        .ok_or(AppError::NotFound)?;
    let scans = papers::history(&mut db, "ballots", ballot.id).await?.attachments;
    page(&CountPage {
        shell: visit.shell(),
        count: count(ballot, &scans),
        sitting: held.sitting,
    })
}
