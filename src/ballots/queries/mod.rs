//! Every SQL statement about ballots.

mod keeping;
mod papers;
mod voters;

use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::model::{Ballot, Committee, House, Outcome, Plan, Settlement, State, Voter};
use crate::{
    ids::{BallotId, ClusterId, ConferenceId, PersonId, SittingId, YearId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
};

pub(super) use keeping::{
    NewBallot, count, freeze, has_child, insert, lock, put_tally, save, set_cancelled, set_closed, set_open,
    settle, sign,
};
pub(super) use papers::{box_key, clear_box, clear_traces, insert_papers, put_into_box, sealed};
pub use papers::{papers_cast, published, tallies};
pub use voters::voters;
pub(super) use voters::{
    VoterRow, lock_voter_of_card, replace_voters, rewrite_voters, set_answered, set_attendance, set_paper,
};

/// A ballot, for a visitor who may see the year. What of it may be shown is for `access` to say.
pub async fn find(db: &mut PgConnection, id: BallotId) -> Result<Ballot> {
    let found = select(db, &[id.0], None, None).await?;
    found.into_iter().next().ok_or(AppError::NotFound)
}

/// The ballots of a conference in their order.
pub async fn of_conference(db: &mut PgConnection, conference: ConferenceId) -> Result<Vec<Ballot>> {
    select(db, &[], Some(conference), None).await
}

/// The ballots of a session of the council, in their order.
pub async fn of_sitting(db: &mut PgConnection, sitting: SittingId) -> Result<Vec<Ballot>> {
    select(db, &[], None, Some(sitting)).await
}

/// The ballots that are held where this one is.
pub async fn beside(db: &mut PgConnection, ballot: &Ballot) -> Result<Vec<Ballot>> {
    select(db, &[], ballot.conference_id, ballot.sitting_id).await
}

/// The ballots whose electorate this card belongs to, from their opening on.
pub async fn open_for_card(db: &mut PgConnection, card_hash: &[u8]) -> Result<Vec<(Ballot, Voter)>> {
    let mut voters = voters::of_card(db, card_hash).await?;
    let ids: Vec<Uuid> = voters.iter().map(|(ballot, _)| ballot.0).collect();
    let ballots = select(db, &ids, None, None).await?;
    Ok(ballots
        .into_iter()
        .filter(|ballot| !matches!(ballot.state, State::Draft | State::Cancelled))
        .filter_map(|ballot| {
            let place = voters.iter().position(|(id, _)| *id == ballot.id)?;
            Some((ballot, voters.swap_remove(place).1))
        })
        .collect())
}

async fn select(
    db: &mut PgConnection,
    ids: &[Uuid],
    conference: Option<ConferenceId>,
    sitting: Option<SittingId>,
) -> Result<Vec<Ballot>> {
    let rows = sqlx::query!(
        r#"select b.id, b.conference_id, b.council_year, b.sitting_id, c.year_id as "year_id?: YearId", y.cluster_id as "cluster_id?: ClusterId",
              coalesce(y.state = 'open', true) as "year_is_open!", b.parent_id, b.parent_reason, b.position,
              b.state as "state: State", b.version, b.plan as "plan: Json<Plan>", b.plan_hash, b.advance_at,
              b.opened_at, o.full_name as "opened_by?", b.closed_at, l.full_name as "closed_by?",
              b.committee as "committee: Json<serde_json::Value>", b.result as "result: Json<Outcome>", b.result_hash,
              b.counted_at, n.full_name as "counted_by?", b.signed_at, s.full_name as "signed_by?", b.cancelled_for,
              b.settlement as "settlement: Json<Settlement>"
           from ballots b
           left join conferences c on c.id = b.conference_id left join years y on y.id = c.year_id
           left join persons o on o.id = b.opened_by left join persons l on l.id = b.closed_by
           left join persons n on n.id = b.counted_by left join persons s on s.id = b.signed_by
           where b.id = any($1) or b.conference_id = $2 or b.sitting_id = $3
           order by b.position, b.id"#,
        ids,
        conference as _,
        sitting as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Ballot {
            id: r.id,
            conference_id: r.conference_id,
            council_year: r.council_year,
            sitting_id: r.sitting_id,
            year_id: r.year_id,
            cluster_id: r.cluster_id,
            year_is_open: r.year_is_open,
            parent_id: r.parent_id,
            parent_reason: r.parent_reason,
            position: r.position,
            state: r.state,
            version: r.version,
            plan: r.plan.0,
            plan_hash: r.plan_hash,
            advance_at: r.advance_at,
            opened_at: r.opened_at,
            opened_by: r.opened_by,
            closed_at: r.closed_at,
            closed_by: r.closed_by,
            // A ballot that nobody has counted holds an empty list.
            committee: serde_json::from_value::<Committee>(r.committee.0).unwrap_or_default(),
            result: r.result.map(|result| result.0),
            result_hash: r.result_hash,
            counted_at: r.counted_at,
            counted_by: r.counted_by,
            signed_at: r.signed_at,
            signed_by: r.signed_by,
            cancelled_for: r.cancelled_for,
            settlement: r.settlement.map(|settlement| settlement.0),
        })
        .collect())
}

/// The cluster of a house and whether its year is open, of the council's whether the session isn't over; locks the house, so
/// that its ballots get their numbers one after the other.
pub(super) async fn lock_house(db: &mut PgConnection, house: House) -> Result<(Option<ClusterId>, bool)> {
    let id = match house {
        House::Conference(id) => id,
        House::Council(id) => {
            let is_open = sqlx::query_scalar!(
                r#"select state in ('planned', 'in_session') as "is_open!" from council_sittings where id = $1 for no key update"#,
                id as _
            )
            .fetch_one(db)
            .await?;
            return Ok((None, is_open));
        }
    };
    let row = sqlx::query!(
        r#"select y.cluster_id, y.state = 'open' as "is_open!" from conferences c join years y on y.id = c.year_id
           where c.id = $1 for no key update of c"#,
        id as _
    )
    .fetch_one(db)
    .await?;
    Ok((Some(row.cluster_id), row.is_open))
}

/// The state of a ballot as it is now; none where the database knows no such ballot.
pub(super) async fn state_of(db: &mut PgConnection, id: Uuid) -> Result<Option<State>> {
    Ok(
        sqlx::query_scalar!(r#"select state as "state: State" from ballots where id = $1"#, id)
            .fetch_optional(db)
            .await?,
    )
}

/// Who did it, when: what most statements that change a ballot note.
#[derive(Clone, Copy)]
pub(super) struct Stamp {
    pub by: PersonId,
    pub now: Moment,
}
