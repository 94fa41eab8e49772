//! What the secretariat does with a report: takes it in, or sends it back item by item.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{access, actions, forms::returnables, workflow::Action},
    AcceptancePath, Opened, ReturnPath, open,
};
use crate::{
    kit::{clock, error::Result, fields::FieldErrors},
    papers::{ReturnForm, Returnable, Seen},
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

pub(super) async fn accept(path: AcceptancePath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path).await?;
    actions::accept(&mut tx, visit.now, visit.actor()?, &opened.report, seen.version).await?;
    tx.commit().await?;
    Ok(see_other(
        opened.path(),
        &format!("Đã tiếp nhận báo cáo của {}.", opened.member.short_name),
    ))
}

#[derive(Template)]
#[template(path = "reports/return.html")]
struct ReturnPage {
    shell: Shell,
    opened: Opened,
    form: ReturnForm,
    errors: FieldErrors,
    things: Vec<Returnable>,
}

impl ReturnPage {
    fn new(visit: &Visit, opened: Opened, form: ReturnForm, errors: FieldErrors) -> Self {
        let things = returnables(&opened.report);
        Self {
            shell: visit.shell_in(&opened.year.place()),
            opened,
            form,
            errors,
            things,
        }
    }
}

pub(super) async fn return_form(path: ReturnPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, path).await?;
    access::require(visit.actor()?, Action::Return, &opened.report)?;
    let form = ReturnForm {
        version: opened.report.version,
        ..ReturnForm::default()
    };
    page(&ReturnPage::new(&visit, opened, form, FieldErrors::default()))
}

pub(super) async fn send_back(
    path: ReturnPath,
    visit: Visit,
    Form(form): Form<ReturnForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path).await?;
    access::require(visit.actor()?, Action::Return, &opened.report)?;
    let input = match form.check(&returnables(&opened.report), clock::day(visit.now)) {
        Ok(input) => input,
        Err(errors) => {
            return page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &ReturnPage::new(&visit, opened, form, errors),
            );
        }
    };
    actions::return_for_work(
        &mut tx,
        visit.now,
        visit.actor()?,
        &opened.report,
        form.version,
        &input,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(
        opened.path(),
        &format!(
            "Đã trả lại báo cáo cho {}: {} mục mở lại.",
            opened.member.short_name,
            input.items.len()
        ),
    ))
}
