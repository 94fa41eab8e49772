//! What follows a result: a second round, a new ballot in its place, VUSTA's answer, the signature.

use axum::response::Response;
use serde::Deserialize;

use super::{
    super::{
        access, actions,
        forms::{ReasonForm, SettlementForm},
        queries,
        workflow::Action,
    },
    AtBallot, Opened, Seen, open,
    result::ResultPage,
};
use crate::{
    ids::BallotId,
    kit::error::{AppError, Result},
    web::{Form, Visit, see_other},
};

/// Leads to the form of a ballot that was just made.
async fn to_form(db: &mut sqlx::PgConnection, opened: &Opened, id: BallotId, told: &str) -> Result<Response> {
    let ballot = queries::find(db, id).await?;
    Ok(see_other(opened.path_of(&ballot), told))
}

pub(super) async fn second_round<P: AtBallot>(
    path: P,
    visit: Visit,
    Form(seen): Form<Seen>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path).await?;
    let actor = visit.actor()?;
    opened.house.require_session(false)?;
    let reason = if opened
        .ballot
        .result
        .as_ref()
        .is_some_and(crate::ballots::Outcome::has_tie)
    {
        "Bằng phiếu ở suất cuối cùng: bỏ phiếu lại giữa các ứng viên bằng phiếu."
    } else {
        "Chưa ứng viên nào đủ phiếu: bỏ phiếu lại giữa các ứng viên nhiều phiếu nhất."
    };
    let ballot = &opened.ballot;
    let id = actions::second_round(&mut tx, visit.now, actor, ballot, seen.version, reason).await?;
    let answer = to_form(
        &mut tx,
        &opened,
        id,
        "Đã lập phiếu vòng 2. Xin xem lại rồi mở bỏ phiếu.",
    )
    .await?;
    tx.commit().await?;
    Ok(answer)
}

pub(super) async fn again<P: AtBallot>(
    path: P,
    visit: Visit,
    Form(form): Form<ReasonForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path).await?;
    let actor = visit.actor()?;
    opened.house.require_session(false)?;
    let made = match form.check() {
        Ok(reason) => actions::again(&mut tx, visit.now, actor, &opened.ballot, form.version, &reason).await,
        Err(errors) => Err(AppError::Invalid(errors)),
    };
    match made {
        Ok(id) => {
            let answer = to_form(
                &mut tx,
                &opened,
                id,
                "Đã lập phiếu mới thay cho lần bỏ phiếu này.",
            )
            .await?;
            tx.commit().await?;
            Ok(answer)
        }
        Err(AppError::Invalid(errors)) if opened.ballot.state.has_result() => {
            let mut view = ResultPage::new(&mut tx, &visit, opened).await?;
            (view.reason, view.errors) = (form, errors);
            view.wrong()
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn settle<P: AtBallot>(
    path: P,
    visit: Visit,
    Form(form): Form<SettlementForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path).await?;
    let actor = visit.actor()?;
    access::require(actor, Action::Settle, &opened.ballot)?;
    let outcome = opened.ballot.result.as_ref().ok_or(AppError::NotFound)?;
    let settled = match form.check(outcome) {
        Ok(settlement) => {
            actions::settle(
                &mut tx,
                visit.now,
                actor,
                &opened.ballot,
                form.version,
                &settlement,
            )
            .await
        }
        Err(error) => Err(error),
    };
    match settled {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(opened.path_to("ket-qua"), "Đã ghi ý kiến của LHHVN."))
        }
        Err(AppError::Invalid(errors)) => {
            let mut view = ResultPage::new(&mut tx, &visit, opened).await?;
            (view.settlement, view.errors) = (form, errors);
            view.wrong()
        }
        Err(error) => Err(error),
    }
}

/// What a person saw who says that the minutes are signed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Signed {
    version: i32,
    scans: String,
}

pub(super) async fn sign<P: AtBallot>(path: P, visit: Visit, Form(seen): Form<Signed>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path).await?;
    let (actor, ballot) = (visit.actor()?, &opened.ballot);
    actions::sign(&mut tx, visit.now, actor, ballot, seen.version, &seen.scans).await?;
    tx.commit().await?;
    Ok(see_other(
        opened.path_to("ket-qua"),
        "Đã ghi: biên bản kiểm phiếu được ký.",
    ))
}
