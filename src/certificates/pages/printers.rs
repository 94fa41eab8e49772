//! The printers: each is measured once by a printed sheet.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::PrinterForm,
        model::{Printer, Stationery},
        queries,
    },
    OffsetPath, PrintersPath, printer,
};
use crate::{
    ids::PrinterId,
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "certificates/printers.html")]
struct PrintersPage {
    shell: Shell,
    printers: Vec<Printer>,
    form: PrinterForm,
    /// The printer whose measures were typed.
    measured: Option<PrinterId>,
    errors: FieldErrors,
}

impl PrintersPage {
    async fn new(visit: &Visit) -> Result<Self> {
        Ok(Self {
            shell: visit.shell(),
            printers: queries::printers(&mut *visit.db().await?).await?,
            form: PrinterForm::default(),
            measured: None,
            errors: FieldErrors::default(),
        })
    }

    fn papers() -> [Stationery; 2] {
        Stationery::ALL
    }

    /// The errors of one printer's form.
    fn errors_of(&self, printer: &Printer) -> FieldErrors {
        if self.measured == Some(printer.id) {
            self.errors.clone()
        } else {
            FieldErrors::default()
        }
    }

    /// What was typed into one printer's form.
    fn typed<'a>(&'a self, printer: &Printer, text: &'a str) -> &'a str {
        if self.measured == Some(printer.id) {
            text
        } else {
            ""
        }
    }
}

pub(super) async fn list(_: PrintersPath, visit: Visit) -> Result<Response> {
    page(&PrintersPage::new(&visit).await?)
}

async fn again(
    visit: &Visit,
    form: PrinterForm,
    measured: Option<PrinterId>,
    errors: FieldErrors,
) -> Result<Response> {
    let mut view = PrintersPage::new(visit).await?;
    view.form = form;
    view.measured = measured;
    view.errors = errors;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

pub(super) async fn add(_: PrintersPath, visit: Visit, Form(form): Form<PrinterForm>) -> Result<Response> {
    access::require(visit.actor()?)?;
    let added = match form.new_name() {
        Ok(name) => {
            let mut tx = visit.begin().await?;
            let added = actions::add_printer(&mut tx, visit.now, visit.actor()?, &name).await;
            if added.is_ok() {
                tx.commit().await?;
            }
            added
        }
        Err(errors) => Err(AppError::Invalid(errors)),
    };
    match added {
        Ok(_) => Ok(see_other("/bang-khen/may-in".to_owned(), "Đã thêm máy in.")),
        Err(AppError::Invalid(errors)) => again(&visit, form, None, errors).await,
        Err(error) => Err(error),
    }
}

pub(super) async fn measure(
    path: OffsetPath,
    visit: Visit,
    Form(form): Form<PrinterForm>,
) -> Result<Response> {
    access::require(visit.actor()?)?;
    let mut tx = visit.begin().await?;
    let found = printer(&mut tx, path.printer).await?;
    match form.offset() {
        Ok(offset) => {
            actions::set_offset(&mut tx, visit.now, visit.actor()?, &found, offset).await?;
            tx.commit().await?;
            let message = format!("Đã lưu độ lệch của máy in {}.", found.name);
            Ok(see_other("/bang-khen/may-in".to_owned(), &message))
        }
        Err(errors) => again(&visit, form, Some(found.id), errors).await,
    }
}
