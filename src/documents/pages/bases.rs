//! The legal bases that papers cite: dated, added and ended by VUSTA, never deleted.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{actions, forms::BasisForm, model::Kind},
    BasesPath,
};
use crate::{
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    legal_bases::{self, LegalBasis},
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "documents/bases.html")]
struct BasesPage {
    shell: Shell,
    bases: Vec<LegalBasis>,
    today: chrono::NaiveDate,
    form: BasisForm,
    errors: FieldErrors,
}

impl BasesPage {
    async fn new(visit: &Visit, form: BasisForm, errors: FieldErrors) -> Result<Self> {
        Ok(Self {
            shell: visit.shell(),
            bases: legal_bases::all(&mut *visit.db().await?).await?,
            today: clock::day(visit.now),
            form,
            errors,
        })
    }

    /// The tone and words of the badge that says whether it is in force.
    fn state(&self, basis: &LegalBasis) -> (&'static str, &'static str) {
        if basis.holds_on(self.today) {
            ("done", "đang có hiệu lực")
        } else if basis.starts_on > self.today {
            ("waiting", "chưa có hiệu lực")
        } else {
            ("neutral", "hết hiệu lực")
        }
    }

    /// Which papers cite it.
    fn cited_by(basis: &LegalBasis) -> String {
        if basis.kinds.is_empty() {
            return "mọi văn bản có căn cứ".to_owned();
        }
        let kinds = Kind::ALL.into_iter().filter(|kind| basis.concerns(&kind.code()));
        kinds.map(Kind::label).collect::<Vec<_>>().join("; ")
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn has_kind(&self, kind: &Kind) -> bool {
        self.form.kind.contains(&kind.code())
    }
}

pub(super) async fn show(_: BasesPath, visit: Visit) -> Result<Response> {
    page(&BasesPage::new(&visit, BasisForm::default(), FieldErrors::default()).await?)
}

/// Adds a basis, or sets the last day of one.
pub(super) async fn put(_: BasesPath, visit: Visit, Form(form): Form<BasisForm>) -> Result<Response> {
    let done = async {
        let input = form.check().map_err(AppError::Invalid)?;
        let mut tx = visit.begin().await?;
        actions::put_basis(&mut tx, visit.now, visit.actor()?, &input).await?;
        tx.commit().await?;
        Ok(())
    };
    match done.await {
        Ok(()) => Ok(see_other("/can-cu-phap-ly", "Đã ghi căn cứ.")),
        Err(AppError::Invalid(errors)) => {
            let view = BasesPage::new(&visit, form, errors).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}
