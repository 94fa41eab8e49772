//! While votes are cast.

use serde_json::json;
use sqlx::{PgConnection, PgPool};
use subtle::ConstantTimeEq;

use super::{
    super::{
        access,
        model::{AbsentRule, Attendance, Ballot, Choices, Part, Plan, State, Voter},
        queries,
        sealing::{self, Token},
        workflow::Action,
    },
    note,
};
use crate::{
    ids::{BallotId, VoterId},
    kit::{
        clock::{Moment, moment_text},
        database,
        error::{AppError, Result},
    },
    people::Actor,
};

/// A vote that is in the box for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cast {
    /// The code by which the voter finds the own paper.
    pub receipt: String,
    /// Whether it was there already: the form came a second time.
    pub is_again: bool,
}

/// Casts a vote by card. It is in the box when this answers, and not before: the transaction is this act's own, so that
/// nobody can be told of a vote that isn't kept.
///
/// The same form sent again gets the same answer, also after the close. A second form of the same card is refused, on
/// whatever device. No line of the journal, no time and no log tells of it.
pub async fn cast(
    pool: &PgPool,
    now: Moment,
    ballot: BallotId,
    card_hash: &[u8],
    token: &Token,
    choices: &Choices,
) -> Result<Cast> {
    let mut db = database::begin(pool).await?;
    let cast = cast_only(&mut db, now, ballot, card_hash, token, choices).await?;
    // The voter is told only what will still be there after a power cut.
    db.commit().await?;
    Ok(cast)
}

/// The part of casting that is one transaction, for who commits it.
pub async fn cast_only(
    db: &mut PgConnection,
    now: Moment,
    ballot: BallotId,
    card_hash: &[u8],
    token: &Token,
    choices: &Choices,
) -> Result<Cast> {
    let (state, plan, key) = queries::box_key(db, ballot).await?;
    let voter = queries::lock_voter_of_card(db, ballot, card_hash)
        .await?
        .ok_or(AppError::NotFound)?;
    let receipt = token.receipt();
    let answer_key = token.answer_key();
    if let Some(part) = voter.took_part {
        let known = voter.answer_key.as_deref().unwrap_or_default();
        let is_same: bool = known.ct_eq(&answer_key).into();
        return match part {
            Part::Electronic if is_same => Ok(Cast {
                receipt,
                is_again: true,
            }),
            Part::Electronic => Err(AppError::conflict(
                "Thẻ này đã bỏ phiếu rồi. Mỗi thẻ bỏ phiếu một lần; phiếu đã bỏ được giữ nguyên.",
            )),
            Part::Paper => Err(AppError::conflict(
                "Đại biểu mang thẻ này đã nhận phiếu giấy, nên không bỏ phiếu điện tử được.",
            )),
        };
    }
    if let Err(why) = admits(state, &plan, voter.attendance, now) {
        return Err(AppError::Conflict(format!(
            "{why} Phiếu vừa gửi không được nhận."
        )));
    }
    let errors = choices.check(&plan, &voter.barred);
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let key = key.ok_or_else(|| AppError::Internal(anyhow::anyhow!("an open ballot has no key")))?;
    let paper = sealing::seal(&key, ballot, &plan, receipt.clone(), choices)?;
    queries::put_into_box(db, ballot, &paper).await?;
    queries::set_answered(db, voter.id, &answer_key).await?;
    Ok(Cast {
        receipt,
        is_again: false,
    })
}

/// Whether this voter, who hasn't voted, may vote at this moment; else the sentence that says why not.
pub fn may_cast(ballot: &Ballot, voter: &Voter, now: Moment) -> std::result::Result<(), String> {
    admits(ballot.state, &ballot.plan, voter.attendance, now)
}

/// The same, from the rows as locked.
fn admits(state: State, plan: &Plan, attendance: Attendance, now: Moment) -> std::result::Result<(), String> {
    let refused = match (state, attendance) {
        (State::Draft, _) => "Lần bỏ phiếu này chưa mở.".to_owned(),
        (State::Closed | State::Counted | State::Signed, _) => "Lần bỏ phiếu này đã đóng.".to_owned(),
        (State::Cancelled, _) => "Lần bỏ phiếu này đã hủy.".to_owned(),
        (State::Open, Attendance::Present) => return Ok(()),
        // Who is there is only known when the hall opens.
        (State::Advance, Attendance::Present | Attendance::Absent) => {
            "Hội trường chưa mở bỏ phiếu; lúc này chỉ nhận phiếu của đơn vị vắng mặt.".to_owned()
        }
        (State::Advance | State::Open, Attendance::Advance) => match plan.rule.absent {
            AbsentRule::MayVoteBefore { until } if now < until => return Ok(()),
            AbsentRule::MayVoteBefore { until } => {
                format!("Hạn gửi phiếu trước là {}, đã qua.", moment_text(until))
            }
            AbsentRule::CountsAsAbsent => "Lần bỏ phiếu này không nhận phiếu của đơn vị vắng mặt.".to_owned(),
        },
        (State::Open, Attendance::Absent) => {
            "Đại biểu chưa được ghi có mặt. Hãy báo thư ký hội nghị điểm danh rồi bỏ phiếu.".to_owned()
        }
    };
    Err(refused)
}

/// Locks a ballot for an act on one of its voters while others vote: it must still be where it was.
async fn lock_open(db: &mut PgConnection, ballot: &Ballot) -> Result<()> {
    let (state, ..) = queries::box_key(db, ballot.id).await?;
    if state == ballot.state {
        Ok(())
    } else {
        Err(AppError::conflict(
            "Lần bỏ phiếu này vừa đổi trạng thái. Chưa có gì được ghi; xin mở lại để xem.",
        ))
    }
}

/// Notes that a voter has come, won't come, or votes with another card from now on; who has voted has voted.
pub async fn admit(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    voter: VoterId,
    attendance: Attendance,
    card_hash: Option<&[u8]>,
) -> Result<()> {
    access::require(actor, Action::Admit, ballot)?;
    lock_open(db, ballot).await?;
    if !queries::set_attendance(db, ballot.id, voter, attendance, card_hash).await? {
        return Err(AppError::conflict(
            "Không sửa được: người này không có trong danh sách bỏ phiếu hoặc đã bỏ phiếu.",
        ));
    }
    let facts = json!({"voter": voter, "attendance": attendance, "new_card": card_hash.is_some()});
    note(db, now, actor, "ballot.admit", Action::Admit, ballot, facts).await
}

/// Notes that a voter got a paper on paper, or gave it back unused. The journal tells how many, not who.
pub async fn mark_paper(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    ballot: &Ballot,
    voter: VoterId,
    is_given: bool,
) -> Result<()> {
    access::require(actor, Action::Paper, ballot)?;
    lock_open(db, ballot).await?;
    if !queries::set_paper(db, ballot.id, voter, is_given).await? {
        return Err(AppError::conflict(if is_given {
            "Không phát phiếu giấy được: người này vắng mặt, đã bỏ phiếu hoặc đã nhận phiếu giấy."
        } else {
            "Người này không giữ phiếu giấy nào."
        }));
    }
    let facts = json!({"given": is_given});
    note(db, now, actor, "ballot.paper", Action::Paper, ballot, facts).await
}
