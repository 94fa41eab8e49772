//! The acts on tables of criteria: one transaction each, in the order lock, check, change, journal.

use rust_decimal::Decimal;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::{
    access,
    forms::{HeadInput, NewInput, Source},
    model::{CriteriaSet, Criterion, State},
    proposal::proposal,
    queries, sums,
    workflow::Action,
};
use crate::{
    ids::{CriteriaSetId, CriterionId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal,
    },
    people::Actor,
};

/// Begins a draft out of the proposal, of an earlier table, or of nothing.
pub async fn create(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    input: &NewInput,
) -> Result<CriteriaSetId> {
    access::require_writer(actor, input.cluster_id)?;
    let mut set = CriteriaSet {
        id: CriteriaSetId::new(),
        year: input.year,
        cluster_id: input.cluster_id,
        number: 0,
        state: State::Draft,
        title: String::new(),
        note: String::new(),
        rules: proposal()?.rules,
        criteria: Vec::new(),
        version: 1,
        issued_at: None,
        content_hash: None,
    };
    let mut copied_from = Value::Null;
    match input.source {
        Source::Proposal => {
            let proposal = proposal()?;
            (set.title, set.note) = (proposal.title, proposal.note);
            set.criteria = proposal.criteria;
        }
        Source::Copy(id) => {
            let source = queries::find_visible(db, actor, id).await?;
            // Another cluster's supplement is none of this one's earlier versions.
            if source.cluster_id != input.cluster_id {
                return Err(AppError::NotFound);
            }
            set.criteria = source.copied();
            copied_from = json!(source.year);
            (set.title, set.note, set.rules) = (source.title, source.note, source.rules);
        }
        Source::Empty => {
            set.rules.ties.clear();
            if input.cluster_id.is_some() {
                "Bảng tiêu chí bổ sung của cụm".clone_into(&mut set.title);
                // A supplement has neither classes nor a ladder of its own: VUSTA's hold.
                set.rules.classes.clear();
                set.rules.total = Decimal::TEN;
            } else {
                "Bảng tiêu chí chấm điểm thi đua".clone_into(&mut set.title);
            }
        }
    }
    set.number = queries::insert(db, &set, actor.id, now).await?;
    let after = json!({"year": set.year, "number": set.number, "copied_from": copied_from});
    write(db, now, actor, "criteria_set.create", &set, Value::Null, after).await?;
    Ok(set.id)
}

async fn write(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    act: &str,
    set: &CriteriaSet,
    before: Value,
    after: Value,
) -> Result<()> {
    journal::write(db, now, &actor.hand(), act, set.subject(), before, after).await
}

async fn lock_unchanged(db: &mut PgConnection, set: &CriteriaSet, seen: i32) -> Result<()> {
    let (version, state) = queries::lock(db, set.id).await?;
    if version != seen || state != set.state {
        return Err(AppError::conflict(
            "Bảng tiêu chí đã được người khác thay đổi trong lúc bạn đang mở. Hãy mở lại trang để xem bản mới nhất.",
        ));
    }
    Ok(())
}

/// Saves title, remark and rules of a draft.
pub async fn save_head(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    set: &CriteriaSet,
    seen: i32,
    input: &HeadInput,
) -> Result<()> {
    access::require(actor, Action::Save, set)?;
    lock_unchanged(db, set, seen).await?;
    let changed = CriteriaSet {
        title: input.title.clone(),
        note: input.note.clone(),
        rules: input.rules.clone(),
        ..set.clone()
    };
    queries::save(db, &changed, actor.id, now).await?;
    let facts = |set: &CriteriaSet| json!({"label": set.title, "note": set.note, "rules": set.rules});
    write(
        db,
        now,
        actor,
        "criteria_set.save",
        set,
        facts(set),
        facts(&changed),
    )
    .await
}

/// A criterion as the journal tells it.
fn told(criterion: &Criterion) -> Value {
    json!({"label": format!("{} {}", criterion.code, criterion.name), "maximum": criterion.maximum, "note": criterion.note})
}

async fn save_criteria(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    set: &CriteriaSet,
    seen: i32,
    criteria: Vec<Criterion>,
    (before, after): (Value, Value),
) -> Result<()> {
    access::require(actor, Action::Save, set)?;
    lock_unchanged(db, set, seen).await?;
    let changed = CriteriaSet {
        criteria,
        ..set.clone()
    };
    queries::save(db, &changed, actor.id, now).await?;
    write(db, now, actor, "criteria_set.save", set, before, after).await
}

/// Puts a group or line into a draft, or in the place of the one with its id.
pub async fn put(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    set: &CriteriaSet,
    seen: i32,
    criterion: Criterion,
) -> Result<()> {
    let before = set.criterion(criterion.id).map_or(Value::Null, told);
    let facts = (before, told(&criterion));
    save_criteria(db, now, actor, set, seen, set.with(criterion), facts).await
}

/// Saves names and maxima of several groups and lines of a draft at once.
pub async fn put_all(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    set: &CriteriaSet,
    seen: i32,
    criteria: Vec<Criterion>,
) -> Result<()> {
    let changed = |of: &[Criterion], other: &[Criterion]| -> Value {
        let differing = of.iter().filter(|c| !other.contains(c));
        json!({"criteria": differing.map(told).collect::<Vec<_>>()})
    };
    let facts = (
        changed(&set.criteria, &criteria),
        changed(&criteria, &set.criteria),
    );
    save_criteria(db, now, actor, set, seen, criteria, facts).await
}

/// Moves a criterion of a draft before or after its neighbour.
pub async fn shift(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    set: &CriteriaSet,
    seen: i32,
    id: CriterionId,
    up: bool,
) -> Result<()> {
    let moved = set.criterion(id).ok_or(AppError::NotFound)?;
    let facts = (Value::Null, json!({"label": moved.code}));
    save_criteria(db, now, actor, set, seen, set.moved(id, up), facts).await
}

/// Takes a criterion out of a draft, with what belongs to it.
pub async fn take_out(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    set: &CriteriaSet,
    seen: i32,
    id: CriterionId,
) -> Result<()> {
    let gone = set.criterion(id).ok_or(AppError::NotFound)?;
    let facts = (told(gone), Value::Null);
    save_criteria(db, now, actor, set, seen, set.without(id), facts).await
}

/// The hash of what is issued: the same for the same content, whoever computes it.
pub fn content_hash(set: &CriteriaSet) -> Result<Vec<u8>> {
    let mut content = json!({
        "id": set.id, "year": set.year, "cluster_id": set.cluster_id, "number": set.number, "title": set.title,
        "note": set.note, "rules": set.rules, "criteria": set.criteria,
    });
    content.sort_all_objects();
    Ok(Sha256::digest(content.to_string().as_bytes()).to_vec())
}

/// Issues a draft: from now on nothing in it changes. The version that held until now is closed.
pub async fn issue(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    set: &CriteriaSet,
    seen: i32,
) -> Result<()> {
    access::require(actor, Action::Issue, set)?;
    lock_unchanged(db, set, seen).await?;
    let problems = sums::check(set).problems;
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let held = match set.cluster_id {
        None => queries::find_issued(db, set.year).await?,
        Some(cluster) => queries::find_supplement(db, cluster, set.year).await?,
    };
    if let Some(held) = held {
        close(db, now, actor, &held, held.version).await?;
    }
    let hash = content_hash(set)?;
    queries::issue(db, set.id, &hash, actor.id, now).await?;
    let after =
        json!({"state": State::Issued, "year": set.year, "number": set.number, "hash": hex::encode(hash)});
    write(
        db,
        now,
        actor,
        "criteria_set.issue",
        set,
        json!({"state": set.state}),
        after,
    )
    .await
}

/// Closes an issued table: nothing is scored with it any more.
pub async fn close(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    set: &CriteriaSet,
    seen: i32,
) -> Result<()> {
    let after = access::require(actor, Action::Close, set)?;
    lock_unchanged(db, set, seen).await?;
    queries::close(db, set.id).await?;
    let (before, after) = (
        json!({"state": set.state}),
        json!({"state": after, "number": set.number}),
    );
    write(db, now, actor, "criteria_set.close", set, before, after).await
}

/// Throws a draft away.
pub async fn remove(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    set: &CriteriaSet,
    seen: i32,
) -> Result<()> {
    access::require(actor, Action::Save, set)?;
    lock_unchanged(db, set, seen).await?;
    queries::delete(db, set.id).await?;
    let before = json!({"year": set.year, "number": set.number, "label": set.title});
    write(db, now, actor, "criteria_set.remove", set, before, Value::Null).await
}
