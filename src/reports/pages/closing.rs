//! Closing a report: the final figure for each estimate, or one button where nothing is estimated.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        content::{Content, Figure},
        forms::FinalForm,
        workflow::Action,
    },
    ClosingPath, Opened, open,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "reports/closing.html")]
struct ClosingPage {
    shell: Shell,
    opened: Opened,
    form: FinalForm,
    errors: FieldErrors,
}

impl ClosingPage {
    fn new(visit: &Visit, opened: Opened, form: FinalForm, errors: FieldErrors) -> Self {
        Self {
            shell: visit.shell_in(&opened.year.place()),
            opened,
            form,
            errors,
        }
    }

    /// The figures that wait for their final ones, in the order in which errors count them.
    fn estimates(&self) -> Vec<&Figure> {
        self.opened
            .report
            .content
            .iter()
            .flat_map(Content::all_figures)
            .filter(|f| f.is_open_estimate())
            .collect()
    }
}

pub(super) async fn form(path: ClosingPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, path).await?;
    access::require(visit.actor()?, Action::Finalise, &opened.report)?;
    let form = FinalForm::of(&opened.report);
    page(&ClosingPage::new(&visit, opened, form, FieldErrors::default()))
}

pub(super) async fn close(path: ClosingPath, visit: Visit, Form(form): Form<FinalForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path).await?;
    match actions::finalise(&mut tx, visit.now, visit.actor()?, &opened.report, &form).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(
                opened.path(),
                &format!("Đã chốt số liệu báo cáo của {}.", opened.member.short_name),
            ))
        }
        Err(AppError::Invalid(errors)) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &ClosingPage::new(&visit, opened, form, errors),
        ),
        Err(error) => Err(error),
    }
}
