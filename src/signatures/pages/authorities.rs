//! The authorities whose certificates signatures are checked against.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        actions,
        forms::{CertificateForm, RemovalForm},
        model::CaCertificate,
        queries,
    },
    AuthoritiesPath, ListsPath, RemovalPath,
};
use crate::{
    ids::CaCertificateId,
    kit::{
        clock::Moment,
        error::{AppError, Result},
        fields::FieldErrors,
        files::Refused,
    },
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell, upload::Upload},
};

#[derive(Template)]
#[template(path = "signatures/authorities.html")]
struct AuthoritiesPage {
    shell: Shell,
    authorities: Vec<CaCertificate>,
    now: Moment,
    form: CertificateForm,
    removal: RemovalForm,
    /// The certificate that was to be removed without a reason.
    removed: Option<CaCertificateId>,
    errors: FieldErrors,
}

impl AuthoritiesPage {
    async fn new(visit: &Visit) -> Result<Self> {
        Ok(Self {
            shell: visit.shell(),
            authorities: queries::authorities(&mut *visit.db().await?).await?,
            now: visit.now,
            form: CertificateForm::default(),
            removal: RemovalForm::default(),
            removed: None,
            errors: FieldErrors::default(),
        })
    }

    /// The tone and words of the badge that says whether it is in force.
    fn state(&self, authority: &CaCertificate) -> (&'static str, &'static str) {
        if authority.ends_at < self.now {
            ("late", "đã hết hạn")
        } else if authority.starts_at > self.now {
            ("waiting", "chưa có hiệu lực")
        } else {
            ("done", "đang có hiệu lực")
        }
    }

    fn is_list_old(&self, next_at: Option<&Moment>) -> bool {
        next_at.is_some_and(|next| *next < self.now)
    }

    fn is_removed(&self, authority: &CaCertificate) -> bool {
        self.removed == Some(authority.id)
    }

    /// The errors of one certificate's form.
    fn errors_of(&self, authority: &CaCertificate) -> FieldErrors {
        if self.is_removed(authority) {
            self.errors.clone()
        } else {
            FieldErrors::default()
        }
    }

    /// What was typed into one certificate's form.
    fn reason_of(&self, authority: &CaCertificate) -> &str {
        if self.is_removed(authority) {
            &self.removal.reason
        } else {
            ""
        }
    }
}

const HERE: &str = "/quan-tri/chung-thu-ca";

/// Bytes that a certificate and a list of revoked ones may have; the database takes no more either.
const MOST_CERTIFICATE: usize = 60_000;
const MOST_LIST: usize = 8_000_000;

fn refused(field: &str, refused: &Refused, most: &str) -> AppError {
    let message = match refused {
        Refused::TooLarge => format!("Tệp lớn hơn {most}: không phải tệp cần nạp ở đây."),
        other => other.message().to_owned(),
    };
    AppError::invalid(field, &message)
}

pub(super) async fn index(_: AuthoritiesPath, visit: Visit) -> Result<Response> {
    page(&AuthoritiesPage::new(&visit).await?)
}

pub(super) async fn add(_: AuthoritiesPath, visit: Visit, upload: Upload) -> Result<Response> {
    let small = upload.receive_small(MOST_CERTIFICATE).await?;
    let form = CertificateForm { name: small.name };
    let done = async {
        let name = form.check().map_err(AppError::Invalid)?;
        let bytes = small.bytes.map_err(|why| refused("file", &why, "60 KB"))?;
        let mut tx = visit.begin().await?;
        actions::add_certificate(&mut tx, visit.now, visit.actor()?, &name, &bytes).await?;
        tx.commit().await?;
        Ok(())
    };
    match done.await {
        Ok(()) => Ok(see_other(HERE, "Đã thêm chứng thư CA.")),
        Err(AppError::Invalid(errors)) => {
            let mut view = AuthoritiesPage::new(&visit).await?;
            (view.form, view.errors) = (form, errors);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn add_list(_: ListsPath, visit: Visit, upload: Upload) -> Result<Response> {
    let small = upload.receive_small(MOST_LIST).await?;
    let done = async {
        let bytes = small.bytes.map_err(|why| refused("list", &why, "8 MB"))?;
        let mut tx = visit.begin().await?;
        actions::add_list(&mut tx, visit.now, visit.actor()?, &bytes).await?;
        tx.commit().await?;
        Ok(())
    };
    match done.await {
        Ok(()) => Ok(see_other(HERE, "Đã nạp danh sách thu hồi.")),
        Err(AppError::Invalid(errors)) => {
            let mut view = AuthoritiesPage::new(&visit).await?;
            view.errors = errors;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn remove(
    path: RemovalPath,
    visit: Visit,
    Form(form): Form<RemovalForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let known = queries::authorities(&mut tx).await?;
    if !known.iter().any(|authority| authority.id == path.certificate) {
        return Err(AppError::NotFound);
    }
    match form.check() {
        Ok(reason) => {
            actions::remove_certificate(&mut tx, visit.now, visit.actor()?, path.certificate, &reason)
                .await?;
            tx.commit().await?;
            Ok(see_other(HERE, "Đã gỡ chứng thư CA; nhật ký giữ lại việc này."))
        }
        Err(errors) => {
            drop(tx);
            let mut view = AuthoritiesPage::new(&visit).await?;
            (view.removal, view.errors, view.removed) = (form, errors, Some(path.certificate));
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}
