//! Every SQL statement about decisions.

mod handovers;
mod known;

pub use handovers::handovers;
pub(super) use handovers::{correct_handover, hand_over};
pub use known::{honours, later, verify};

use chrono::Datelike;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{
    access,
    forms::DecisionForm,
    model::{Content, Decision, Kind, Line, State, Surroundings},
};
use crate::{
    awards,
    ids::{DecisionId, NominationId, PersonId},
    kit::{
        clock::Moment,
        error::{AppError, Result, at_field, violates},
    },
    legal_bases, nominations,
    people::Actor,
};

/// The full names of nominated units, which their decision has whoever reads it.
pub async fn full_names(db: &mut PgConnection, ids: &[NominationId]) -> Result<Vec<(NominationId, String)>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select n.id as "id: NominationId", u.name from nominations n join units u on u.id = n.unit_id where n.id = any($1)"#,
        &ids
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|r| (r.id, r.name)).collect())
}

/// What a draft is checked with; `about` is the earlier decision that it corrects or cancels.
pub async fn surroundings(
    db: &mut PgConnection,
    actor: &Actor,
    about: Option<DecisionId>,
) -> Result<Surroundings> {
    let about = match about {
        Some(id) => Some(find_visible(db, actor, id).await?),
        None => None,
    };
    let mut standing = Vec::new();
    if let Some((about, content)) = about
        .as_ref()
        .and_then(|about| Some((about, about.content.as_ref()?)))
    {
        let gone = cancelled(db, about.id).await?;
        let stands = |line: &&Line| !gone.contains(&line.nomination_id);
        standing.extend(content.lines.iter().filter(stands).cloned());
    }
    Ok(Surroundings {
        about,
        standing,
        passed: nominations::passed(db, actor).await?,
        awards: awards::all(db).await?,
        bases: legal_bases::all(db).await?,
    })
}

/// The awards that a decision gave and a later one cancelled.
pub async fn cancelled(db: &mut PgConnection, id: DecisionId) -> Result<Vec<NominationId>> {
    Ok(sqlx::query_scalar!(
        r#"select nomination_id as "id: NominationId" from decision_lines where decision_id = $1 and cancelled_by is not null"#,
        id as _
    )
    .fetch_all(db)
    .await?)
}

async fn load(db: &mut PgConnection, id: Option<DecisionId>) -> Result<Vec<Decision>> {
    let rows = sqlx::query!(
        r#"select d.id, d.kind as "kind: Kind", d.about_id as "about_id: DecisionId", d.state as "state: State", d.version,
              d.draft as "draft: Json<DecisionForm>", d.draft_saved_at, p.full_name as draft_saved_by,
              d.content as "content: Json<Content>", encode(d.content_hash, 'hex') as content_hash, d.code, d.issued_at
           from decisions d join persons p on p.id = d.draft_saved_by
           where $1::uuid is null or d.id = $1
           order by d.state = 'draft' desc, d.issued_on desc, d.number desc, d.draft_saved_at desc"#,
        id as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Decision {
            id: r.id,
            kind: r.kind,
            about_id: r.about_id,
            state: r.state,
            version: r.version,
            draft: r.draft.0,
            draft_saved_at: r.draft_saved_at,
            draft_saved_by: r.draft_saved_by,
            content: r.content.map(|c| c.0),
            content_hash: r.content_hash,
            code: r.code,
            issued_at: r.issued_at,
        })
        .collect())
}

/// A decision that this person may see.
pub async fn find_visible(db: &mut PgConnection, actor: &Actor, id: DecisionId) -> Result<Decision> {
    let found = load(db, Some(id)).await?.into_iter().next();
    found
        .filter(|decision| access::sees(actor, decision))
        .ok_or(AppError::NotFound)
}

/// The decisions that this person may see: drafts first, then the newest.
pub async fn list_visible(db: &mut PgConnection, actor: &Actor) -> Result<Vec<Decision>> {
    let mut list = load(db, None).await?;
    list.retain(|decision| access::sees(actor, decision));
    Ok(list)
}

/// The decisions that were issued, as anybody may know them, the newest first.
pub async fn list_issued(db: &mut PgConnection) -> Result<Vec<Decision>> {
    let mut list = load(db, None).await?;
    list.retain(|decision| decision.state != State::Draft);
    Ok(list)
}

/// Locks the decision for an act and answers its version and state now.
pub(super) async fn lock(db: &mut PgConnection, id: DecisionId) -> Result<(i32, State)> {
    let row = sqlx::query!(
        r#"select version, state as "state: State" from decisions where id = $1 for no key update"#,
        id as _
    )
    .fetch_one(db)
    .await?;
    Ok((row.version, row.state))
}

/// The decision as it is now, which nobody changes before the transaction ends.
pub async fn find_locked(db: &mut PgConnection, actor: &Actor, id: DecisionId) -> Result<Decision> {
    lock(db, id).await?;
    find_visible(db, actor, id).await
}

pub(super) async fn insert_draft(
    db: &mut PgConnection,
    id: DecisionId,
    kind: Kind,
    about: Option<DecisionId>,
    draft: &DecisionForm,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "insert into decisions (id, kind, about_id, state, draft, draft_saved_at, draft_saved_by) values ($1, $2, $3, 'draft', $4, $5, $6)",
        id as _,
        kind as _,
        about as _,
        Json(draft) as _,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn save_draft(
    db: &mut PgConnection,
    id: DecisionId,
    draft: &DecisionForm,
    by: PersonId,
    now: Moment,
) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        "update decisions set draft = $2, draft_saved_at = $3, draft_saved_by = $4, version = version + 1 where id = $1 returning version",
        id as _,
        Json(draft) as _,
        now,
        by as _
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn issue(
    db: &mut PgConnection,
    id: DecisionId,
    content: &Content,
    hash: &[u8],
    code: &str,
    by: PersonId,
    now: Moment,
) -> Result<()> {
    sqlx::query!(
        "update decisions set state = 'issued', version = version + 1, number = $2, symbol = $3, series_year = $4, issued_on = $5,
             content = $6, content_hash = $7, code = $8, issued_at = $9, issued_by = $10 where id = $1",
        id as _,
        content.number,
        content.symbol,
        content.issued_on.year(),
        content.issued_on,
        Json(content) as _,
        hash,
        code,
        now,
        by as _
    )
    .execute(&mut *db)
    .await
    .map_err(|e| {
        if violates(&e, "decisions_number_not_cancelled") {
            AppError::invalid(
                "number",
                "Số này đã hủy, không cấp cho quyết định nào. Hãy xem sổ văn bản đi.",
            )
        } else {
            let taken = "Số này đã dùng cho quyết định khác trong năm. Hãy xem sổ quyết định.";
            at_field(e, "decisions_number_unique", "number", taken)
        }
    })?;
    for (position, line) in (1_i32..).zip(content.given()) {
        sqlx::query!(
            "insert into decision_lines (nomination_id, decision_id, position) values ($1, $2, $3)",
            line.nomination_id as _,
            id as _,
            position
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Notes which of the awards of a decision another one cancels.
pub(super) async fn cancel_lines(
    db: &mut PgConnection,
    about: DecisionId,
    by: DecisionId,
    nominations: &[NominationId],
) -> Result<()> {
    let nominations: Vec<Uuid> = nominations.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update decision_lines set cancelled_by = $2 where decision_id = $1 and nomination_id = any($3)",
        about as _,
        by as _,
        &nominations
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn set_state(db: &mut PgConnection, id: DecisionId, state: State) -> Result<()> {
    sqlx::query!(
        "update decisions set state = $2, version = version + 1 where id = $1",
        id as _,
        state as _
    )
    .execute(db)
    .await?;
    Ok(())
}
