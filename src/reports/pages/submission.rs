//! Handing in: the text that will be frozen, one button; and taking it back.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{access, actions, model::State, workflow::Action},
    Opened, SubmissionPath, WithdrawalPath, open,
    sheet::Sheet,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::{FieldError, FieldErrors},
    },
    papers::{self, File, Seen},
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "reports/submission.html")]
struct SubmissionPage {
    shell: Shell,
    opened: Opened,
    sheet: Sheet,
    errors: FieldErrors,
    files: Vec<File>,
    lateness: String,
    may_submit: bool,
}

impl SubmissionPage {
    /// A mistake with its place.
    fn line_of(&self, error: &FieldError) -> String {
        papers::line_of_error(&self.sheet.place_of(&error.field), &error.message)
    }
}

fn view(visit: &Visit, opened: Opened) -> Result<SubmissionPage> {
    let actor = visit.actor()?;
    let (report, history) = (&opened.report, &opened.history);
    access::require(actor, Action::Save, report)?;
    let deadline = opened.year.deadline(report.period.step(), report.unit_id);
    let lateness = match (
        history.last_return(report.state == State::Returned),
        report.late_days,
    ) {
        (Some(back), Some(days)) => papers::lateness_again(&back, days),
        _ => papers::lateness(deadline, visit.now),
    };
    Ok(SubmissionPage {
        shell: visit.shell_in(&opened.year.place()),
        sheet: Sheet::of_draft(&report.draft, report, history).with_evidence(history, &opened.path_to("tep")),
        files: opened.whole_files(false),
        lateness,
        may_submit: access::offers(actor, Action::Submit, report),
        errors: actions::preview(report, history).err().unwrap_or_default(),
        opened,
    })
}

pub(super) async fn preview(path: SubmissionPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, path).await?;
    page(&view(&visit, opened)?)
}

pub(super) async fn submit(path: SubmissionPath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path).await?;
    papers::require_files_seen(&opened.history, &seen.files, "Báo cáo")?;
    let (year, report) = (&opened.year, &opened.report);
    match actions::submit(
        &mut tx,
        visit.now,
        visit.actor()?,
        year,
        report,
        &opened.history,
        seen.version,
    )
    .await
    {
        Ok(submission) => {
            tx.commit().await?;
            let late = if submission.late_days > 0 {
                format!(" (chậm {} ngày)", submission.late_days)
            } else {
                String::new()
            };
            Ok(see_other(
                opened.path(),
                &format!("Đã nộp báo cáo{late}. Giấy biên nhận ở ngay dưới đây."),
            ))
        }
        Err(AppError::Invalid(_)) => page_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&visit, opened)?),
        Err(error) => Err(error),
    }
}

pub(super) async fn withdraw(path: WithdrawalPath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path).await?;
    actions::withdraw(&mut tx, visit.now, visit.actor()?, &opened.report, seen.version).await?;
    tx.commit().await?;
    Ok(see_other(
        opened.path(),
        "Đã rút báo cáo về bản nháp. Sửa xong xin nộp lại.",
    ))
}
