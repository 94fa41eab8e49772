//! Handing the self-score in: the points that will be frozen, one button; and taking it back.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{access, actions, model::Line, workflow::Action},
    Opened, SubmissionPath, WithdrawalPath, edit, open,
};
use crate::{
    criteria::Tally,
    kit::{
        error::{AppError, Result},
        fields::{FieldError, FieldErrors},
    },
    papers::{self, Seen},
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
    years::Step,
};

#[derive(Template)]
#[template(path = "scoring/submission.html")]
struct SubmissionPage {
    shell: Shell,
    opened: Opened,
    lines: Vec<Line>,
    tally: Tally,
    errors: FieldErrors,
    lateness: String,
    may_submit: bool,
}

impl SubmissionPage {
    /// A mistake with its line.
    fn line_of(&self, error: &FieldError) -> String {
        papers::line_of_error(&edit::place(&self.opened, &error.field), &error.message)
    }

    /// `III.1 Nhiệm vụ hoàn thành`
    fn name_of(&self, line: &Line) -> String {
        self.opened
            .asked
            .iter()
            .find(|a| a.criterion.id == line.criterion_id)
            .map(|a| format!("{} {}", a.criterion.code, a.criterion.name))
            .unwrap_or_default()
    }
}

fn view(visit: &Visit, opened: Opened) -> Result<SubmissionPage> {
    let actor = visit.actor()?;
    access::require(actor, Action::Save, &opened.scoring, &opened.sheet)?;
    let (lines, errors) = match actions::preview(&opened.scoring, &opened.facts.draft, &opened.asked) {
        Ok(lines) => (lines, FieldErrors::default()),
        Err(errors) => (Vec::new(), errors),
    };
    let deadline = opened.year.deadline(Step::AnnualReport, opened.sheet.unit_id);
    Ok(SubmissionPage {
        shell: visit.shell_in(&opened.year.place()),
        tally: opened.scoring.tally(opened.sheet.unit_id, &lines, Line::points),
        lateness: papers::lateness(deadline, visit.now),
        may_submit: access::offers(actor, Action::Submit, &opened.scoring, &opened.sheet),
        lines,
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
    papers::require_files_seen(&opened.history, &seen.files, "Bảng điểm")?;
    let done = actions::submit(
        &mut tx,
        visit.now,
        visit.actor()?,
        &opened.year,
        &opened.scoring,
        &opened.sheet,
        &opened.facts.draft,
        &opened.asked,
        &opened.history,
        seen.version,
    )
    .await;
    match done {
        Ok(receipt) => {
            tx.commit().await?;
            Ok(see_other(
                opened.path(),
                &format!("Đã nộp bảng tự chấm, giấy biên nhận số {receipt}."),
            ))
        }
        Err(AppError::Invalid(_)) => {
            tx.rollback().await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&visit, opened)?)
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn withdraw(path: WithdrawalPath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    let actor = visit.actor()?;
    actions::withdraw(
        &mut tx,
        visit.now,
        actor,
        &opened.scoring,
        &opened.sheet,
        seen.version,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(opened.path(), "Đã rút bảng tự chấm về bản nháp."))
}
