//! What the secretariat does with the list of delegates: one more, one less, cards, stand-ins; and the authorisation
//! that a unit brings.

use serde_json::json;
use sqlx::PgConnection;

use super::delegates::{Held, new_delegate, of_unit, renew, require_not_attended};
use crate::{
    conferences::{
        access,
        cards::Secret,
        forms::NamedPerson,
        model::{Conference, Delegate, Part},
        queries,
    },
    ids::{DelegateId, UnitId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
        files::Arrived,
        journal::{self, Subject},
    },
    papers,
    people::Actor,
    years::Member,
};

/// The secretariat adds one more: a guest, or somebody of a unit that called. A second one who votes for a unit is an
/// error at `part`.
#[expect(clippy::too_many_arguments, reason = "who, where, which unit, as what, whom")]
pub async fn add_delegate(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    unit: Option<UnitId>,
    part: Part,
    person: &NamedPerson,
    secret: &Secret,
) -> Result<DelegateId> {
    access::require_register(actor, conference)?;
    Held::lock(db, conference).await?;
    let delegate = new_delegate(conference, unit, part, person, secret);
    queries::insert_delegate(db, &delegate, actor.id, now).await?;
    let about = of_unit(conference, unit);
    let after = json!({"name": person.name, "part": part});
    journal::write(
        db,
        now,
        &actor.hand(),
        "conference.add_delegate",
        about,
        (),
        after,
    )
    .await?;
    Ok(delegate.id)
}

/// The secretariat takes somebody off the list who hasn't come.
pub async fn remove_delegate(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    delegate: DelegateId,
) -> Result<()> {
    access::require_register(actor, conference)?;
    let held = Held::lock(db, conference).await?;
    let found = held.find(delegate)?;
    require_not_attended(found)?;
    queries::delete_delegate(db, delegate).await?;
    let about = of_unit(conference, found.unit_id);
    let before = json!({"name": found.name, "part": found.part});
    journal::write(
        db,
        now,
        &actor.hand(),
        "conference.remove_delegate",
        about,
        before,
        (),
    )
    .await
}

/// A lost card: it is void from now on, the delegate gets another. Answers the delegate with the new card.
pub async fn new_card(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    delegate: DelegateId,
    secret: &Secret,
) -> Result<Delegate> {
    access::require_register(actor, conference)?;
    let held = Held::lock(db, conference).await?;
    let mut found = held.find(delegate)?.clone();
    renew(&mut found, secret);
    queries::update_delegate(db, &found, actor.id, now).await?;
    let about = of_unit(conference, found.unit_id);
    let after = json!({"name": found.name, "number": found.card_number});
    journal::write(db, now, &actor.hand(), "conference.card", about, (), after).await?;
    Ok(found)
}

/// The stand-in votes from now on, and the one who did takes part without a vote. Each keeps the own card.
pub async fn stand_in_votes(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    delegate: DelegateId,
) -> Result<()> {
    access::require_register(actor, conference)?;
    let held = Held::lock(db, conference).await?;
    let found = held.find(delegate)?;
    let (Part::StandIn, Some(unit)) = (found.part, found.unit_id) else {
        return Err(AppError::conflict(
            "Chỉ đại biểu dự khuyết thay được đại biểu biểu quyết.",
        ));
    };
    for before in held.of(unit, Part::Voting) {
        queries::set_part(db, before.id, Part::Other).await?;
    }
    queries::set_part(db, delegate, Part::Voting).await?;
    let about = of_unit(conference, Some(unit));
    let after = json!({"name": found.name});
    journal::write(db, now, &actor.hand(), "conference.stand_in", about, (), after).await
}

/// Attaches the authorisation of the unit's voting delegate; an earlier one is replaced.
pub async fn authorise(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    member: &Member,
    arrived: Arrived,
) -> Result<()> {
    access::require_delegation(actor, conference, member.unit_id)?;
    let held = Held::lock(db, conference).await?;
    let voting = held.of(member.unit_id, Part::Voting);
    let voting = voting.first().ok_or_else(no_delegate)?;
    let about = Subject {
        kind: "delegates",
        id: voting.id.0,
        ..of_unit(conference, Some(member.unit_id))
    };
    if let Some(before) = voting.authorisation {
        papers::detach(db, now, actor, about, before).await?;
    }
    let file = papers::attach(db, now, actor, about, arrived).await?;
    queries::set_authorisation(db, voting.id, file).await?;
    let about = of_unit(conference, Some(member.unit_id));
    let after = json!({"name": voting.name});
    journal::write(db, now, &actor.hand(), "conference.authorise", about, (), after).await
}

/// Nobody to authorise yet.
fn no_delegate() -> AppError {
    AppError::conflict("Đơn vị chưa cử đại biểu biểu quyết. Hãy cử đại biểu trước, rồi gửi giấy ủy quyền.")
}
