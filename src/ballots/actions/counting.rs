//! After the close: papers on paper, the result, the signature, VUSTA's answer.

use serde_json::json;
use sqlx::PgConnection;

use super::{
    super::{
        access,
        counting::{self, given_out},
        model::{Ballot, Choices, Committee, PaperCounts, QuestionOutcome, Settlement, TieStep},
        publication::publish,
        queries::{self, Stamp},
        workflow::Action,
    },
    lock_unchanged, note,
};
use crate::{
    kit::{
        clock::Moment,
        error::{AppError, Result},
        fields::FieldErrors,
        values,
    },
    papers,
    people::Actor,
};

/// Enters a person's count of the papers on paper; who has entered one enters it again. Two people count, each for
/// themselves: the journal doesn't tell the figures. Answers whether the two counts agree; none while there is one.
pub async fn enter_tally(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    counts: &PaperCounts,
) -> Result<Option<bool>> {
    access::require(actor, Action::Tally, ballot)?;
    let (_, state) = queries::lock(db, ballot.id).await?;
    if state != ballot.state {
        return Err(AppError::conflict(
            "Lần bỏ phiếu này vừa đổi trạng thái. Chưa có gì được ghi; xin mở lại để xem.",
        ));
    }
    let voters = queries::voters(db, ballot.id).await?;
    if given_out(&voters) == 0 {
        return Err(AppError::conflict("Không có phiếu giấy nào được phát ra."));
    }
    let errors = counts.check(&ballot.plan, given_out(&voters));
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let entry = queries::put_tally(db, ballot.id, counts, Stamp { by: actor.id, now })
        .await?
        .ok_or_else(|| AppError::conflict("Đã có hai người ghi kết quả kiểm phiếu giấy."))?;
    let tallies = queries::tallies(db, ballot.id).await?;
    note(
        db,
        now,
        actor,
        "ballot.tally",
        Action::Tally,
        ballot,
        json!({"entry": entry}),
    )
    .await?;
    Ok(match tallies.as_slice() {
        [first, second] => Some(first.counts == second.counts),
        _ => None,
    })
}

/// The counts of papers on paper that both people agree on; none where no paper was given out.
async fn agreed(db: &mut PgConnection, ballot: &Ballot, given_out: i32) -> Result<Option<PaperCounts>> {
    if given_out == 0 {
        return Ok(None);
    }
    let tallies = queries::tallies(db, ballot.id).await?;
    let [first, second] = tallies.as_slice() else {
        return Err(AppError::conflict(
            "Phiếu giấy phải được hai người kiểm và ghi độc lập với nhau. Chưa đủ hai lần ghi.",
        ));
    };
    let differences = first.counts.differences(&second.counts, &ballot.plan).len();
    if first.counts != second.counts {
        return Err(AppError::Conflict(format!(
            "Hai lần ghi kết quả kiểm phiếu giấy khác nhau ở {differences} số. Hãy kiểm lại rồi ghi lại cho khớp."
        )));
    }
    Ok(Some(first.counts.clone()))
}

/// Makes the result: counts all papers by the frozen rule and locks it.
pub async fn count(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    seen: i32,
    committee: &Committee,
) -> Result<()> {
    access::require(actor, Action::Count, ballot)?;
    lock_unchanged(db, ballot, seen).await?;
    let committee = checked(committee)?;
    let voters = queries::voters(db, ballot.id).await?;
    let counts = agreed(db, ballot, given_out(&voters)).await?;
    let papers = queries::published(db, ballot).await?.papers;
    let turnout = counting::turnout(&voters, papers.len(), counts.as_ref());
    let choices: Vec<Choices> = papers.iter().map(|paper| paper.choices.clone()).collect();
    let outcome = counting::count(&ballot.plan, turnout, &choices, counts.as_ref());
    let published = publish(ballot, &voters, papers, counts, Some(outcome.clone()))?;
    let hash = hex::decode(&published.hash).map_err(anyhow::Error::from)?;
    queries::count(
        db,
        ballot.id,
        &committee,
        &outcome,
        &hash,
        Stamp { by: actor.id, now },
    )
    .await?;
    let facts = json!({"turnout": outcome.turnout, "hash": published.hash});
    note(db, now, actor, "ballot.count", Action::Count, ballot, facts).await
}

/// The committee's names, checked: a head and a secretary at least.
fn checked(typed: &Committee) -> Result<Committee> {
    let mut errors = FieldErrors::default();
    let head = errors.read(
        "head",
        values::required_line(&typed.head, 100, "họ tên tổ trưởng tổ kiểm phiếu"),
    );
    let secretary = errors.read(
        "secretary",
        values::required_line(&typed.secretary, 100, "họ tên thư ký tổ kiểm phiếu"),
    );
    let mut members = Vec::new();
    for typed in typed.members.iter().take(20) {
        if let Some(name) = errors.read("members", values::line(typed, 100))
            && !name.is_empty()
        {
            members.push(name);
        }
    }
    match (head, secretary) {
        (Some(head), Some(secretary)) if errors.is_empty() => Ok(Committee {
            head,
            secretary,
            members,
        }),
        _ => Err(AppError::Invalid(errors)),
    }
}

/// Records that the minutes of the count are signed; from then on the scans stay as they are. `scans` names those that the
/// person saw.
pub async fn sign(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    seen: i32,
    scans: &str,
) -> Result<()> {
    access::require(actor, Action::Sign, ballot)?;
    lock_unchanged(db, ballot, seen).await?;
    let history = papers::history(db, ballot.subject().kind, ballot.id).await?;
    papers::require_files_seen(&history, scans, "Biên bản kiểm phiếu")?;
    queries::sign(db, ballot.id, Stamp { by: actor.id, now }).await?;
    let hash = ballot.result_hash.as_deref().map(hex::encode);
    note(
        db,
        now,
        actor,
        "ballot.sign",
        Action::Sign,
        ballot,
        json!({"hash": hash, "scans": history.frozen_files()}),
    )
    .await
}

/// Records VUSTA's answer on equal votes that the ladder has left to it. It stands beside the result.
pub async fn settle(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    seen: i32,
    settlement: &Settlement,
) -> Result<()> {
    access::require(actor, Action::Settle, ballot)?;
    lock_unchanged(db, ballot, seen).await?;
    let outcome = ballot.result.as_ref().ok_or(AppError::NotFound)?;
    if ballot.settlement.is_some() || !outcome.has_tie() {
        return Err(AppError::conflict("Không còn gì phải xin ý kiến LHHVN."));
    }
    let reason = values::required_line(&settlement.reason, 500, "văn bản ghi ý kiến của LHHVN")
        .map_err(|message| AppError::invalid("reason", &message))?;
    let none = Vec::new();
    let mut elected = Vec::new();
    for (i, question) in outcome.questions.iter().enumerate() {
        let chosen = settlement.elected.get(i).unwrap_or(&none);
        elected.push(answer(question, i, chosen)?);
    }
    if elected.iter().all(Vec::is_empty) {
        return Err(AppError::conflict(
            "Kết quả bằng phiếu này còn chờ bỏ phiếu vòng 2, chưa phải xin ý kiến LHHVN.",
        ));
    }
    let settlement = Settlement { elected, reason };
    queries::settle(db, ballot.id, &settlement, Stamp { by: actor.id, now }).await?;
    note(
        db,
        now,
        actor,
        "ballot.settle",
        Action::Settle,
        ballot,
        json!({"settlement": settlement}),
    )
    .await
}

/// Who passes of those with equal votes, checked: as many as there are seats left, and nobody else.
fn answer(question: &QuestionOutcome, i: usize, chosen: &[usize]) -> Result<Vec<usize>> {
    let waits_for_round = question
        .ladder
        .last()
        .is_some_and(|step| step.step == TieStep::SecondRound && step.is_pending);
    let Some(tie) = question.tie.as_ref().filter(|_| !waits_for_round) else {
        return Ok(Vec::new());
    };
    let mut chosen = chosen.to_vec();
    chosen.sort_unstable();
    chosen.dedup();
    let fits =
        i32::try_from(chosen.len()) == Ok(tie.seats) && chosen.iter().all(|place| tie.among.contains(place));
    if fits {
        Ok(chosen)
    } else {
        Err(AppError::invalid(
            &format!("elected-{i}"),
            &format!("Hãy chọn đúng {} trong số bằng phiếu.", tie.seats),
        ))
    }
}
