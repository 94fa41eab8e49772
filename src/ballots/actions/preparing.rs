//! Before the votes: prepared, frozen, opened.

use std::collections::HashMap;

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    super::{
        access, counting,
        model::{AbsentRule, Attendance, Ballot, Elector, House, Plan, Purpose, Question, State},
        queries::{self, NewBallot, Stamp, VoterRow},
        sealing,
        workflow::Action,
    },
    lock_unchanged, note,
};
use crate::{
    conferences,
    ids::{BallotId, PersonId, UnitId},
    kit::{
        clock::{Moment, moment_text},
        error::{AppError, Result},
        journal::{self, Subject},
        text::fold,
        vault::Vault,
    },
    people::Actor,
};

/// Begins a ballot: a draft, right or wrong.
pub async fn create(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    house: House,
    plan: &Plan,
) -> Result<BallotId> {
    begin(db, now, actor, house, None, plan).await
}

pub(super) async fn begin(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    house: House,
    parent: Option<(&Ballot, &str)>,
    plan: &Plan,
) -> Result<BallotId> {
    let (cluster, is_open) = queries::lock_house(db, house).await?;
    if !access::holds_at(actor, house, cluster) {
        return Err(AppError::Forbidden(
            "Chỉ đơn vị cụm trưởng đương nhiệm, hoặc Thường trực Hội đồng với phiếu của Hội đồng, được lập phiếu."
                .to_owned(),
        ));
    }
    if !is_open {
        return Err(AppError::conflict(match house {
            House::Conference(_) => "Năm thi đua này đã khép lại: các lần bỏ phiếu chỉ còn để xem.",
            House::Council(_) => "Phiên họp đã kết thúc: không lập phiếu mới được nữa.",
        }));
    }
    let id = BallotId::new();
    let new = NewBallot {
        house,
        parent: parent.map(|(ballot, reason)| (ballot.id, reason)),
        plan,
    };
    queries::insert(db, id, &new, Stamp { by: actor.id, now }).await?;
    let subject = Subject {
        cluster: cluster.map(|id| id.0),
        ..Subject::new("ballots", id)
    };
    let (code, facts) = match parent {
        Some((ballot, reason)) => (
            "ballot.follow",
            json!({"title": plan.title, "after": ballot.id, "reason": reason}),
        ),
        None => ("ballot.create", json!({"title": plan.title})),
    };
    journal::write(db, now, &actor.hand(), code, subject, (), facts).await?;
    Ok(id)
}

/// Saves a draft, right or wrong. Answers the new version.
pub async fn save(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    seen: i32,
    plan: &Plan,
) -> Result<i32> {
    access::require(actor, Action::Save, ballot)?;
    lock_unchanged(db, ballot, seen).await?;
    // The round is a fact of how the ballot came about, not a field of its form.
    let plan = Plan {
        round: ballot.plan.round,
        ..plan.clone()
    };
    let version = queries::save(db, ballot.id, &plan).await?;
    let facts = json!({"version": version, "title": plan.title});
    note(db, now, actor, "ballot.save", Action::Save, ballot, facts).await?;
    Ok(version)
}

/// Freezes the ballot and lets those vote who won't be there, until the moment that its rule names.
pub async fn open_advance(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    seen: i32,
    electorate: &[Elector],
    vault: &Vault,
) -> Result<()> {
    let after = access::require(actor, Action::OpenAdvance, ballot)?;
    lock_unchanged(db, ballot, seen).await?;
    require_answered(db, ballot).await?;
    match ballot.plan.rule.absent {
        AbsentRule::MayVoteBefore { until } if now < until => {}
        AbsentRule::MayVoteBefore { until } => {
            return Err(AppError::Conflict(format!(
                "Hạn gửi phiếu trước là {}, đã qua. Hãy sửa hạn trong phiếu.",
                moment_text(until)
            )));
        }
        AbsentRule::CountsAsAbsent => {
            return Err(AppError::conflict(
                "Quy định của phiếu này không nhận phiếu gửi trước của đơn vị vắng mặt.",
            ));
        }
    }
    if electorate
        .iter()
        .all(|elector| elector.attendance != Attendance::Advance)
    {
        return Err(AppError::conflict(
            "Không có đơn vị vắng mặt nào gửi phiếu trước.",
        ));
    }
    freeze(db, now, ballot, after, electorate, vault).await?;
    let facts = json!({"title": ballot.plan.title, "electorate": electorate.len()});
    note(
        db,
        now,
        actor,
        "ballot.open_advance",
        Action::OpenAdvance,
        ballot,
        facts,
    )
    .await
}

/// Opens the vote in the hall: freezes the ballot unless it is frozen since absent units began to vote. Of those who
/// haven't voted yet, name, card and attendance are taken as they are now.
pub async fn open(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    seen: i32,
    electorate: &[Elector],
    vault: &Vault,
) -> Result<()> {
    let after = access::require(actor, Action::Open, ballot)?;
    lock_unchanged(db, ballot, seen).await?;
    require_answered(db, ballot).await?;
    let here = electorate
        .iter()
        .filter(|e| e.attendance == Attendance::Present)
        .count();
    let whole = i32::try_from(electorate.len()).unwrap_or(i32::MAX);
    let here = i32::try_from(here).unwrap_or(i32::MAX);
    if !counting::has_quorum(here, whole, &ballot.plan) {
        return Err(AppError::Conflict(format!(
            "Chưa đủ số có mặt để bỏ phiếu: {}.",
            counting::quorum_working(here, whole, &ballot.plan)
        )));
    }
    if ballot.state == State::Draft {
        freeze(db, now, ballot, after, electorate, vault).await?;
    } else {
        refresh(db, ballot, electorate).await?;
        queries::rewrite_voters(db, ballot.id).await?;
    }
    queries::set_open(db, ballot.id, Stamp { by: actor.id, now }).await?;
    let facts = json!({"title": ballot.plan.title, "electorate": whole, "present": here});
    note(db, now, actor, "ballot.open", Action::Open, ballot, facts).await
}

/// Nobody votes on awards, or on the points themselves, while points are still disputed.
async fn require_answered(db: &mut PgConnection, ballot: &Ballot) -> Result<()> {
    let is_about_points = |question: &Question| matches!(question.purpose, Purpose::Award | Purpose::Scores);
    match ballot.year_id {
        Some(year) if ballot.plan.questions.iter().any(is_about_points) => {
            conferences::require_answered(db, year).await
        }
        _ => Ok(()),
    }
}

async fn freeze(
    db: &mut PgConnection,
    now: Moment,
    ballot: &Ballot,
    state: State,
    electorate: &[Elector],
    vault: &Vault,
) -> Result<()> {
    let errors = ballot.plan.check();
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    if electorate.is_empty() {
        return Err(AppError::conflict("Chưa có ai để bỏ phiếu."));
    }
    queries::replace_voters(db, ballot.id, &rows_of(electorate)).await?;
    let hash = sealing::hash_of(&ballot.plan)?;
    // The last thing before the commit: the row is locked, so no second key can take this one's place.
    let key = vault.new_sealing_key(ballot.id.0)?;
    queries::freeze(db, ballot.id, state, &hash, &key, now).await
}

/// The electorate in the order of names, under random ids.
fn rows_of(electorate: &[Elector]) -> Vec<VoterRow> {
    let mut sorted: Vec<&Elector> = electorate.iter().collect();
    sorted.sort_by_key(|elector| {
        (
            fold(&elector.name),
            elector.unit_id.map(Uuid::from),
            elector.person_id.map(Uuid::from),
        )
    });
    (1..)
        .zip(sorted)
        .map(|(position, elector)| VoterRow {
            id: Uuid::new_v4(),
            position,
            name: elector.name.clone(),
            unit_id: elector.unit_id,
            person_id: elector.person_id,
            card_hash: elector.card_hash.clone(),
            attendance: elector.attendance,
            took_part: None,
            answer_key: None,
            barred: Vec::new(),
        })
        .collect()
}

/// Takes card and attendance of who hasn't voted yet as they are now; who may vote is frozen.
async fn refresh(db: &mut PgConnection, ballot: &Ballot, electorate: &[Elector]) -> Result<()> {
    let known: HashMap<_, _> = electorate
        .iter()
        .map(|elector| (identity(elector.unit_id, elector.person_id), elector))
        .collect();
    let voters = queries::voters(db, ballot.id).await?;
    if voters.len() != electorate.len() {
        return Err(changed_electorate());
    }
    for voter in voters {
        let elector = known
            .get(&identity(voter.unit_id, voter.person_id))
            .ok_or_else(changed_electorate)?;
        if voter.took_part.is_none() {
            let card = elector.card_hash.as_deref();
            queries::set_attendance(db, ballot.id, voter.id, elector.attendance, card).await?;
        }
    }
    Ok(())
}

/// By what a voter is known again: a member of the council by the person, a delegate by the unit.
fn identity(unit: Option<UnitId>, person: Option<PersonId>) -> (Option<UnitId>, Option<PersonId>) {
    (unit.filter(|_| person.is_none()), person)
}

fn changed_electorate() -> AppError {
    AppError::conflict(
        "Danh sách người bỏ phiếu đã chốt khi nhận phiếu trước, nay khác với danh sách hiện tại. Hãy hủy lần bỏ phiếu này và lập phiếu mới.",
    )
}
