//! Papers: sealed in the box while a ballot is open, published after it.

use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::super::{
    counting,
    model::{Ballot, Choices, PaperCounts, Plan, Published, PublishedPaper, State, Tally},
    publication::publish,
};
use crate::{
    ids::BallotId,
    kit::error::{AppError, Result},
};

/// How many papers lie in the box or came out of it: the number alone.
pub async fn papers_cast(db: &mut PgConnection, ballot: BallotId) -> Result<i32> {
    let number = sqlx::query_scalar!(
        r#"select count(*) as "number!" from ballot_voters where ballot_id = $1 and took_part is not null"#,
        ballot as _
    )
    .fetch_one(db)
    .await?;
    Ok(i32::try_from(number).unwrap_or(i32::MAX))
}

/// The state of a ballot, its plan and the key for its papers. Until the transaction's end nobody closes it.
pub async fn box_key(db: &mut PgConnection, ballot: BallotId) -> Result<(State, Plan, Option<Vec<u8>>)> {
    let row = sqlx::query!(
        r#"select state as "state: State", plan as "plan: Json<Plan>", sealing_key from ballots where id = $1 for key share"#,
        ballot as _
    )
    .fetch_one(db)
    .await?;
    Ok((row.state, row.plan.0, row.sealing_key))
}

/// Puts a sealed paper into the box under a random id: ids made in order would tell the order of the votes.
pub async fn put_into_box(db: &mut PgConnection, ballot: BallotId, paper: &[u8]) -> Result<()> {
    sqlx::query!(
        "insert into sealed_papers (id, ballot_id, paper) values ($1, $2, $3)",
        Uuid::new_v4(),
        ballot as _,
        paper
    )
    .execute(db)
    .await?;
    Ok(())
}

/// All sealed papers of a ballot.
pub async fn sealed(db: &mut PgConnection, ballot: BallotId) -> Result<Vec<Vec<u8>>> {
    Ok(sqlx::query_scalar!(
        "select paper from sealed_papers where ballot_id = $1 order by id",
        ballot as _
    )
    .fetch_all(db)
    .await?)
}

/// Empties the box.
pub async fn clear_box(db: &mut PgConnection, ballot: BallotId) -> Result<()> {
    sqlx::query!("delete from sealed_papers where ballot_id = $1", ballot as _)
        .execute(db)
        .await?;
    Ok(())
}

/// Writes the opened papers, in the order in which they come: a shuffled one.
pub async fn insert_papers(db: &mut PgConnection, ballot: BallotId, papers: &[PublishedPaper]) -> Result<()> {
    let ids: Vec<Uuid> = papers.iter().map(|_| Uuid::new_v4()).collect();
    let receipts: Vec<String> = papers.iter().map(|paper| paper.receipt.clone()).collect();
    let choices = papers
        .iter()
        .map(|paper| serde_json::to_value(&paper.choices))
        .collect::<Result<Vec<_>, _>>()?;
    sqlx::query!(
        "insert into ballot_papers (id, ballot_id, receipt, choices)
         select p.id, $1, p.receipt, p.choices from unnest($2::uuid[], $3::text[], $4::jsonb[]) as p(id, receipt, choices)",
        ballot as _,
        &ids,
        &receipts,
        &choices
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The published papers in the order of their ids, which are random.
async fn papers(db: &mut PgConnection, ballot: BallotId) -> Result<Vec<PublishedPaper>> {
    let rows = sqlx::query!(
        r#"select receipt, choices as "choices: Json<Choices>" from ballot_papers where ballot_id = $1 order by id"#,
        ballot as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| PublishedPaper {
            receipt: r.receipt,
            choices: r.choices.0,
        })
        .collect())
}

/// The counts of papers on paper, as entered so far. Who has not entered one must not see the other's.
pub async fn tallies(db: &mut PgConnection, ballot: BallotId) -> Result<Vec<Tally>> {
    let rows = sqlx::query!(
        r#"select t.entry, t.counts as "counts: Json<PaperCounts>", t.entered_by, p.full_name, t.entered_at
           from ballot_tallies t join persons p on p.id = t.entered_by where t.ballot_id = $1 order by t.entry"#,
        ballot as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Tally {
            entry: r.entry,
            counts: r.counts.0,
            entered_by: r.entered_by,
            entered_by_name: r.full_name,
            entered_at: r.entered_at,
        })
        .collect())
}

/// What is published of a ballot from its close on, for anybody to count again.
pub async fn published(db: &mut PgConnection, ballot: &Ballot) -> Result<Published> {
    if !matches!(ballot.state, State::Closed | State::Counted | State::Signed) {
        return Err(AppError::NotFound);
    }
    let voters = super::voters(db, ballot.id).await?;
    let papers = papers(db, ballot.id).await?;
    let tallies = tallies(db, ballot.id).await?;
    let counts = match tallies.as_slice() {
        [first, second] if counting::given_out(&voters) > 0 && first.counts == second.counts => {
            Some(first.counts.clone())
        }
        _ => None,
    };
    publish(ballot, &voters, papers, counts, ballot.result.clone())
}

/// Takes what is left of rows that were changed or deleted out of the tables' files.
pub async fn clear_traces(db: &mut PgConnection) -> Result<()> {
    sqlx::query!("vacuum sealed_papers").execute(&mut *db).await?;
    sqlx::query!("vacuum ballot_voters").execute(&mut *db).await?;
    sqlx::query!("vacuum ballot_papers").execute(db).await?;
    Ok(())
}
