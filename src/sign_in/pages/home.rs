//! The first page: what this is. Who is signed in has no use for it.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};

use super::HomePath;
use crate::{
    kit::error::Result,
    web::{Visit, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "sign_in/home.html")]
struct HomePage {
    shell: Shell,
}

pub(super) async fn home(_: HomePath, visit: Visit) -> Result<Response> {
    if visit.visitor().is_some() {
        return Ok(Redirect::to("/viec-cua-toi").into_response());
    }
    page(&HomePage { shell: visit.shell() })
}
