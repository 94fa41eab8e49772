//! Who may vote, and whether they have: never when.

use sqlx::PgConnection;
use uuid::Uuid;

use super::super::model::{Attendance, Part, Voter};
use crate::{
    ids::{BallotId, PersonId, UnitId, VoterId},
    kit::error::Result,
};

/// A voter as it is kept.
#[derive(Clone)]
pub struct VoterRow {
    pub id: Uuid,
    pub position: i32,
    pub name: String,
    pub unit_id: Option<UnitId>,
    pub person_id: Option<PersonId>,
    pub card_hash: Option<Vec<u8>>,
    pub attendance: Attendance,
    pub took_part: Option<Part>,
    pub answer_key: Option<Vec<u8>>,
    /// The units that the voter doesn't vote for where nobody votes for the own one: known whenever it is asked, not kept.
    pub barred: Vec<UnitId>,
}

/// The electorate in the order of names.
pub async fn voters(db: &mut PgConnection, ballot: BallotId) -> Result<Vec<Voter>> {
    Ok(rows(db, ballot).await?.into_iter().map(shown).collect())
}

fn shown(row: VoterRow) -> Voter {
    Voter {
        id: VoterId(row.id),
        position: row.position,
        name: row.name,
        unit_id: row.unit_id,
        person_id: row.person_id,
        has_card: row.card_hash.is_some(),
        attendance: row.attendance,
        took_part: row.took_part,
        barred: row.barred,
    }
}

async fn rows(db: &mut PgConnection, ballot: BallotId) -> Result<Vec<VoterRow>> {
    Ok(sqlx::query_as!(
        VoterRow,
        r#"select v.id as "id: Uuid", v.position, v.name, v.unit_id, v.person_id, v.card_hash, v.attendance as "attendance: Attendance",
              v.took_part as "took_part: Part", v.answer_key,
              (case when v.person_id is null then array_remove(array[v.unit_id], null)
                    else array(select k.unit_id from council_conflicts k join ballots b on b.sitting_id = k.sitting_id
                               where b.id = v.ballot_id and k.person_id = v.person_id) end) as "barred!: Vec<UnitId>"
           from ballot_voters v where v.ballot_id = $1 order by v.position"#,
        ballot as _
    )
    .fetch_all(db)
    .await?)
}

/// The voters with this card, in all ballots that have been opened.
pub async fn of_card(db: &mut PgConnection, card_hash: &[u8]) -> Result<Vec<(BallotId, Voter)>> {
    let rows = sqlx::query!(
        r#"select v.ballot_id, v.id as "id: Uuid", v.position, v.name, v.unit_id, v.person_id, v.card_hash,
              v.attendance as "attendance: Attendance", v.took_part as "took_part: Part",
              (case when v.person_id is null then array_remove(array[v.unit_id], null)
                    else array(select k.unit_id from council_conflicts k join ballots b on b.sitting_id = k.sitting_id
                               where b.id = v.ballot_id and k.person_id = v.person_id) end) as "barred!: Vec<UnitId>"
           from ballot_voters v where v.card_hash = $1"#,
        card_hash
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| {
            let voter = Voter {
                id: VoterId(r.id),
                position: r.position,
                name: r.name,
                unit_id: r.unit_id,
                person_id: r.person_id,
                has_card: r.card_hash.is_some(),
                attendance: r.attendance,
                took_part: r.took_part,
                barred: r.barred,
            };
            (r.ballot_id, voter)
        })
        .collect())
}

/// Puts this electorate in the place of the one there was.
pub async fn replace_voters(db: &mut PgConnection, ballot: BallotId, voters: &[VoterRow]) -> Result<()> {
    sqlx::query!("delete from ballot_voters where ballot_id = $1", ballot as _)
        .execute(&mut *db)
        .await?;
    let ids: Vec<Uuid> = voters.iter().map(|v| v.id).collect();
    let positions: Vec<i32> = voters.iter().map(|v| v.position).collect();
    let names: Vec<String> = voters.iter().map(|v| v.name.clone()).collect();
    let units: Vec<Option<Uuid>> = voters.iter().map(|v| v.unit_id.map(Uuid::from)).collect();
    let persons: Vec<Option<Uuid>> = voters.iter().map(|v| v.person_id.map(Uuid::from)).collect();
    let cards: Vec<Option<Vec<u8>>> = voters.iter().map(|v| v.card_hash.clone()).collect();
    let attendance: Vec<String> = voters.iter().map(|v| v.attendance.code().to_owned()).collect();
    let parts: Vec<Option<String>> = voters
        .iter()
        .map(|v| v.took_part.map(|part| part.code().to_owned()))
        .collect();
    let keys: Vec<Option<Vec<u8>>> = voters.iter().map(|v| v.answer_key.clone()).collect();
    sqlx::query!(
        "insert into ballot_voters (ballot_id, id, position, name, unit_id, person_id, card_hash, attendance, took_part, answer_key)
         select $1, v.id, v.position, v.name, v.unit_id, v.person_id, v.card_hash, v.attendance, v.took_part, v.answer_key
         from unnest($2::uuid[], $3::integer[], $4::text[], $5::uuid[], $6::uuid[], $7::bytea[], $8::text[], $9::text[], $10::bytea[])
              as v(id, position, name, unit_id, person_id, card_hash, attendance, took_part, answer_key)
         order by v.position",
        ballot as _,
        &ids,
        &positions,
        &names,
        &units as _,
        &persons as _,
        &cards as _,
        &attendance,
        &parts as _,
        &keys as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes all voters anew in the order of their names: no row tells any more when it was changed last.
pub async fn rewrite_voters(db: &mut PgConnection, ballot: BallotId) -> Result<Vec<Voter>> {
    let rows = rows(db, ballot).await?;
    replace_voters(db, ballot, &rows).await?;
    Ok(rows.into_iter().map(shown).collect())
}

/// Locks the voter with this card: of two devices with one card the second waits here.
pub async fn lock_voter_of_card(
    db: &mut PgConnection,
    ballot: BallotId,
    card_hash: &[u8],
) -> Result<Option<VoterRow>> {
    Ok(sqlx::query_as!(
        VoterRow,
        r#"select v.id as "id: Uuid", v.position, v.name, v.unit_id, v.person_id, v.card_hash, v.attendance as "attendance: Attendance",
              v.took_part as "took_part: Part", v.answer_key,
              (case when v.person_id is null then array_remove(array[v.unit_id], null)
                    else array(select k.unit_id from council_conflicts k join ballots b on b.sitting_id = k.sitting_id
                               where b.id = v.ballot_id and k.person_id = v.person_id) end) as "barred!: Vec<UnitId>"
           from ballot_voters v where v.ballot_id = $1 and v.card_hash = $2 for update of v"#,
        ballot as _,
        card_hash
    )
    .fetch_optional(db)
    .await?)
}

/// Notes that a voter has voted on a phone.
pub async fn set_answered(db: &mut PgConnection, voter: Uuid, answer_key: &[u8]) -> Result<()> {
    sqlx::query!(
        "update ballot_voters set took_part = 'electronic', answer_key = $2 where id = $1",
        voter,
        answer_key
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that a voter got a paper, or gave it back unused. False where that isn't so, or can't be any more.
pub async fn set_paper(
    db: &mut PgConnection,
    ballot: BallotId,
    voter: VoterId,
    is_given: bool,
) -> Result<bool> {
    let done = sqlx::query!(
        "update ballot_voters set took_part = case when $3 then 'paper' end
         where ballot_id = $1 and id = $2 and case when $3 then took_part is null and attendance <> 'absent' else took_part = 'paper' end",
        ballot as _,
        voter as _,
        is_given
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes where a voter is and with which card it votes. False where it has voted already.
pub async fn set_attendance(
    db: &mut PgConnection,
    ballot: BallotId,
    voter: VoterId,
    attendance: Attendance,
    card_hash: Option<&[u8]>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update ballot_voters set attendance = $3, card_hash = coalesce($4, card_hash)
         where ballot_id = $1 and id = $2 and took_part is null",
        ballot as _,
        voter as _,
        attendance as _,
        card_hash
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
