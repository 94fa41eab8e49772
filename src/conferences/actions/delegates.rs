//! Who comes: named by the unit, or by the secretariat for a unit that called; guests; cards.

use serde_json::json;
use sqlx::PgConnection;

use crate::{
    conferences::{
        access,
        cards::{self, Secret},
        forms::{Delegation, NamedPerson},
        model::{Absence, Conference, Delegate, Part, digest},
        queries,
    },
    ids::{DelegateId, UnitId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal::{self, Subject},
    },
    people::Actor,
    years::Member,
};

/// What is known of the delegates of a conference, locked.
pub(super) struct Held {
    /// All delegates.
    pub delegates: Vec<Delegate>,
    /// All absences.
    pub absences: Vec<Absence>,
}

impl Held {
    pub async fn lock(db: &mut PgConnection, conference: &Conference) -> Result<Self> {
        // Also the state: the conference may have begun since the page was opened.
        if queries::lock_delegates(db, conference.id).await? != conference.state {
            return Err(super::changed_meanwhile());
        }
        Ok(Self {
            delegates: queries::delegates(db, conference.id).await?,
            absences: queries::absences(db, conference.id).await?,
        })
    }

    pub fn find(&self, id: DelegateId) -> Result<&Delegate> {
        self.delegates
            .iter()
            .find(|d| d.id == id)
            .ok_or(AppError::NotFound)
    }

    pub fn of(&self, unit: UnitId, part: Part) -> Vec<&Delegate> {
        let of_unit = self.delegates.iter().filter(|d| d.unit_id == Some(unit));
        of_unit.filter(|d| d.part == part).collect()
    }
}

/// A unit says whom it sends, or that it can't come. `seen` is the digest of what the person saw.
#[expect(
    clippy::too_many_arguments,
    reason = "who, where, which unit, what was seen, what is wanted"
)]
pub async fn name_delegates(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    member: &Member,
    seen: &str,
    wanted: &Delegation,
    secret: &Secret,
) -> Result<()> {
    access::require_delegation(actor, conference, member.unit_id)?;
    let held = Held::lock(db, conference).await?;
    if digest(member.unit_id, &held.delegates, &held.absences) != seen {
        return Err(super::changed_meanwhile());
    }
    let naming = Naming {
        now,
        actor,
        conference,
        unit: member.unit_id,
        secret,
    };
    let others: Vec<Option<&NamedPerson>> = wanted.others.iter().map(Some).collect();
    for (part, people, is_head) in [
        (Part::Voting, vec![wanted.voting.as_ref()], wanted.is_head),
        (Part::StandIn, vec![wanted.stand_in.as_ref()], false),
        (Part::Other, others, false),
    ] {
        let people: Vec<&NamedPerson> = people.into_iter().flatten().collect();
        naming
            .put(db, &held.of(member.unit_id, part), part, &people, is_head)
            .await?;
    }
    match &wanted.absence {
        Some(reason) => {
            queries::put_absence(db, conference.id, member.unit_id, reason, actor.id, now).await?;
        }
        None => queries::delete_absence(db, conference.id, member.unit_id).await?,
    }
    let after = json!({
        "voting": wanted.voting.as_ref().map(|p| &p.name),
        "stand_in": wanted.stand_in.as_ref().map(|p| &p.name),
        "reason": wanted.absence,
    });
    let about = of_unit(conference, Some(member.unit_id));
    journal::write(db, now, &actor.hand(), "conference.delegates", about, (), after).await
}

pub(super) fn of_unit(conference: &Conference, unit: Option<UnitId>) -> Subject {
    Subject {
        unit: unit.map(|unit| unit.0),
        ..conference.subject()
    }
}

/// The circumstances in which a unit's delegates are written.
struct Naming<'a> {
    now: Moment,
    actor: &'a Actor,
    conference: &'a Conference,
    unit: UnitId,
    secret: &'a Secret,
}

impl Naming<'_> {
    /// Makes those who have a part in the unit's delegation the people that are wanted.
    async fn put(
        &self,
        db: &mut PgConnection,
        held: &[&Delegate],
        part: Part,
        people: &[&NamedPerson],
        is_head: bool,
    ) -> Result<()> {
        // Where there is one of a part at most, that one is meant, whatever the row says.
        let row_of = |person: &NamedPerson| match part {
            Part::Other => held.iter().find(|d| Some(d.id) == person.id),
            _ => held.first(),
        };
        for gone in held {
            if !people.iter().any(|p| row_of(p).is_some_and(|d| d.id == gone.id)) {
                require_not_attended(gone)?;
                queries::delete_delegate(db, gone.id).await?;
            }
        }
        for person in people {
            if let Some(before) = row_of(person) {
                self.change(db, before, person, is_head).await?;
            } else {
                let delegate = new_delegate(self.conference, Some(self.unit), part, person, self.secret);
                let delegate = Delegate { is_head, ..delegate };
                queries::insert_delegate(db, &delegate, self.actor.id, self.now).await?;
            }
        }
        Ok(())
    }

    /// Another person gets a new card, and needs an authorisation of the own.
    async fn change(
        &self,
        db: &mut PgConnection,
        before: &Delegate,
        person: &NamedPerson,
        is_head: bool,
    ) -> Result<()> {
        let mut after = Delegate {
            name: person.name.clone(),
            post: person.post.clone(),
            is_head,
            ..before.clone()
        };
        if after == *before {
            return Ok(());
        }
        if after.name != before.name {
            require_not_attended(before)?;
            after.authorisation = None;
            renew(&mut after, self.secret);
        }
        queries::update_delegate(db, &after, self.actor.id, self.now).await
    }
}

pub(super) fn require_not_attended(delegate: &Delegate) -> Result<()> {
    if delegate.is_present() {
        return Err(AppError::Conflict(format!(
            "{} đã điểm danh nên không thay hoặc bỏ được nữa.",
            delegate.name
        )));
    }
    Ok(())
}

pub(super) fn renew(delegate: &mut Delegate, secret: &Secret) {
    delegate.card_number += 1;
    delegate.card_hash = cards::hash_of(&cards::code(secret, delegate.id, delegate.card_number));
}

pub(super) fn new_delegate(
    conference: &Conference,
    unit: Option<UnitId>,
    part: Part,
    person: &NamedPerson,
    secret: &Secret,
) -> Delegate {
    let id = DelegateId::new();
    Delegate {
        id,
        conference_id: conference.id,
        unit_id: unit,
        part,
        name: person.name.clone(),
        post: person.post.clone(),
        is_head: false,
        authorisation: None,
        card_number: 1,
        card_hash: cards::hash_of(&cards::code(secret, id, 1)),
        attended_at: None,
        attended_by: None,
    }
}
