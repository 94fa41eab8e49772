//! Letters that couldn't be sent.

use askama::Template;
use axum::response::Response;

use super::LettersPath;
use crate::{
    kit::{
        error::Result,
        mail::{self, Failure},
    },
    web::{Visit, filters, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "administration/letters.html")]
struct LettersPage {
    shell: Shell,
    failures: Vec<Failure>,
}

pub(super) async fn index(_: LettersPath, visit: Visit) -> Result<Response> {
    let failures = mail::failures(&mut *visit.db().await?).await?;
    page(&LettersPage {
        shell: visit.shell(),
        failures,
    })
}
