//! Handing in: the text that will be frozen, one button; and taking it back.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{access, actions, forms::RegistrationForm, model::State, workflow::Action},
    Opened, SubmissionPath, WithdrawalPath, open, place,
};
use crate::{
    awards::Awards,
    kit::{
        error::{AppError, Result},
        fields::{FieldError, FieldErrors},
    },
    papers::{self, File, Seen},
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
    years::Step,
};

#[derive(Template)]
#[template(path = "registrations/submission.html")]
struct SubmissionPage {
    shell: Shell,
    opened: Opened,
    sheet: RegistrationForm,
    errors: FieldErrors,
    files: Vec<File>,
    lateness: String,
    may_submit: bool,
}

impl SubmissionPage {
    fn awards(&self) -> &Awards {
        &self.opened.awards
    }

    /// A mistake with its place.
    fn line_of(&self, error: &FieldError) -> String {
        papers::line_of_error(&place::of(&self.sheet, &error.field), &error.message)
    }
}

fn view(visit: &Visit, opened: Opened) -> Result<SubmissionPage> {
    let actor = visit.actor()?;
    access::require(actor, Action::Save, &opened.registration)?;
    let errors = actions::preview(&opened.registration, &opened.awards, opened.year.year)
        .err()
        .unwrap_or_default();
    let deadline = opened
        .year
        .deadline(Step::Registration, opened.registration.unit_id);
    let base = format!("{}/tep", opened.path());
    let is_returned = opened.registration.state == State::Returned;
    let lateness = match (
        opened.history.last_return(is_returned),
        opened.registration.late_days,
    ) {
        (Some(back), Some(days)) => papers::lateness_again(&back, days),
        _ => papers::lateness(deadline, visit.now),
    };
    Ok(SubmissionPage {
        shell: visit.shell_in(&opened.year.place()),
        sheet: opened.registration.draft.clone(),
        files: opened.history.files(&base, false),
        lateness,
        may_submit: access::offers(actor, Action::Submit, &opened.registration),
        errors,
        opened,
    })
}

pub(super) async fn preview(path: SubmissionPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year, &path.unit).await?;
    page(&view(&visit, opened)?)
}

pub(super) async fn submit(path: SubmissionPath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    papers::require_files_seen(&opened.history, &seen.files, "Đăng ký")?;
    let basis = actions::Basis {
        year: &opened.year,
        history: &opened.history,
        awards: &opened.awards,
    };
    let done = actions::submit(
        &mut tx,
        visit.now,
        visit.actor()?,
        &opened.registration,
        seen.version,
        basis,
    )
    .await;
    match done {
        Ok(submission) => {
            tx.commit().await?;
            let late = if submission.late_days > 0 {
                format!(" (chậm {} ngày)", submission.late_days)
            } else {
                String::new()
            };
            Ok(see_other(
                opened.path(),
                &format!("Đã nộp đăng ký{late}. Giấy biên nhận ở ngay dưới đây."),
            ))
        }
        Err(AppError::Invalid(_)) => page_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&visit, opened)?),
        Err(error) => Err(error),
    }
}

pub(super) async fn withdraw(path: WithdrawalPath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    actions::withdraw(
        &mut tx,
        visit.now,
        visit.actor()?,
        &opened.registration,
        seen.version,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(
        opened.path(),
        "Đã rút đăng ký về bản nháp. Sửa xong xin nộp lại.",
    ))
}
