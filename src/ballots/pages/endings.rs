//! Closing a ballot, and calling it off.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::ReasonForm,
        model::{Attendance, Part, Voter},
        queries,
        workflow::Action,
    },
    AtBallot, Opened, Seen, open,
};
use crate::{
    kit::{error::Result, fields::FieldErrors},
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "ballots/closing.html")]
struct ClosingPage {
    shell: Shell,
    opened: Opened,
    cast: i32,
    papers: usize,
    /// Names of those who could vote and have not.
    awaited: Vec<String>,
}

pub(super) async fn close_form<P: AtBallot>(path: P, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path).await?;
    access::require(visit.actor()?, Action::Close, &opened.ballot)?;
    let voters = queries::voters(&mut db, opened.ballot.id).await?;
    let is_awaited = |v: &&Voter| v.attendance != Attendance::Absent && v.took_part.is_none();
    page(&ClosingPage {
        shell: opened.shell(&visit),
        cast: queries::papers_cast(&mut db, opened.ballot.id).await?,
        papers: voters.iter().filter(|v| v.took_part == Some(Part::Paper)).count(),
        awaited: voters.iter().filter(is_awaited).map(|v| v.name.clone()).collect(),
        opened,
    })
}

pub(super) async fn close<P: AtBallot>(path: P, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let opened = {
        let mut db = visit.db().await?;
        open(&mut db, &visit, &path).await?
    };
    let (app, actor) = (&visit.app, visit.actor()?);
    actions::close(
        &app.pool,
        &app.vault,
        visit.now,
        actor,
        &opened.ballot,
        seen.version,
    )
    .await?;
    Ok(see_other(
        opened.path(),
        "Đã đóng bỏ phiếu. Các phiếu đã được mở và xáo trộn: không còn gì cho biết ai đã bỏ phiếu nào.",
    ))
}

#[derive(Template)]
#[template(path = "ballots/cancellation.html")]
struct CancellationPage {
    shell: Shell,
    opened: Opened,
    form: ReasonForm,
    errors: FieldErrors,
}

pub(super) async fn cancel_form<P: AtBallot>(path: P, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path).await?;
    access::require(visit.actor()?, Action::Cancel, &opened.ballot)?;
    page(&CancellationPage {
        shell: opened.shell(&visit),
        form: ReasonForm {
            version: opened.ballot.version,
            ..ReasonForm::default()
        },
        errors: FieldErrors::default(),
        opened,
    })
}

pub(super) async fn cancel<P: AtBallot>(
    path: P,
    visit: Visit,
    Form(form): Form<ReasonForm>,
) -> Result<Response> {
    let opened = {
        let mut db = visit.db().await?;
        open(&mut db, &visit, &path).await?
    };
    let (app, actor) = (&visit.app, visit.actor()?);
    access::require(actor, Action::Cancel, &opened.ballot)?;
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(errors) => {
            let view = CancellationPage {
                shell: opened.shell(&visit),
                opened,
                form,
                errors,
            };
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    let ballot = &opened.ballot;
    actions::cancel(
        &app.pool,
        &app.vault,
        visit.now,
        actor,
        ballot,
        form.version,
        &reason,
    )
    .await?;
    Ok(see_other(
        opened.path(),
        "Đã hủy lần bỏ phiếu. Các phiếu đã bỏ được hủy mà không mở.",
    ))
}
