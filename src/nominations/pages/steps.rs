//! Handing a dossier in, taking it back, appraising it.

use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        actions::{Dossier, Finding},
        forms::{AppraisalForm, AppraisalInput, ReasonForm},
        workflow::Action,
    },
    AppraisalPath, SubmissionPath, WithdrawalPath, open,
    show::ShowPage,
};
use crate::{
    kit::{clock, error::Result, fields::FieldErrors, values},
    web::{Form, Visit, page_with, see_other},
};

pub(super) async fn submit(
    path: SubmissionPath,
    visit: Visit,
    Form(form): Form<ReasonForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path.nomination).await?;
    let nomination = &opened.nomination;
    let dossier = Dossier {
        year: &opened.year,
        nomination,
        history: &opened.history,
        facts: &opened.facts,
    };
    actions::submit(&mut tx, visit.now, visit.actor()?, dossier, form.version).await?;
    tx.commit().await?;
    Ok(see_other(
        nomination.path(),
        &format!("Đã trình LHHVN hồ sơ của {}.", nomination.nominee()),
    ))
}

pub(super) async fn withdraw(
    path: WithdrawalPath,
    visit: Visit,
    Form(form): Form<ReasonForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path.nomination).await?;
    access::require(visit.actor()?, Action::Withdraw, &opened.nomination)?;
    let reason = match values::required_paragraphs(&form.reason, 2000, "lý do rút hồ sơ") {
        Ok(reason) => reason,
        Err(message) => {
            let errors = FieldErrors::one("reason", message);
            let view = ShowPage::new(&mut tx, &visit, opened)
                .await?
                .with_errors(errors)
                .with_reason(form.reason);
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    actions::withdraw(
        &mut tx,
        visit.now,
        visit.actor()?,
        &opened.nomination,
        form.version,
        &reason,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(opened.nomination.path(), "Đã rút hồ sơ."))
}

pub(super) async fn appraise(
    path: AppraisalPath,
    visit: Visit,
    Form(form): Form<AppraisalForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path.nomination).await?;
    let (actor, nomination) = (visit.actor()?, &opened.nomination);
    access::require_appraisal(actor, nomination)?;
    let input = match form.check(nomination.state, clock::day(visit.now)) {
        Ok(input) => input,
        Err(errors) => {
            let view = ShowPage::new(&mut tx, &visit, opened)
                .await?
                .with_errors(errors)
                .with_appraisal(form);
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    let (now, seen) = (visit.now, form.version);
    let message = match &input {
        AppraisalInput::Eligible(reason) => {
            actions::appraise(&mut tx, now, actor, nomination, seen, Finding::Eligible(reason)).await?;
            "Đã ghi: đủ điều kiện, chờ Hội đồng."
        }
        AppraisalInput::Ineligible(reason) => {
            actions::appraise(&mut tx, now, actor, nomination, seen, Finding::Ineligible(reason)).await?;
            "Đã ghi: không đủ điều kiện."
        }
        AppraisalInput::Return(back) => {
            actions::send_back(&mut tx, now, actor, nomination, seen, back).await?;
            "Đã trả lại hồ sơ để bổ sung."
        }
    };
    tx.commit().await?;
    Ok(see_other(nomination.path(), message))
}
