//! The guide: for visitors and for people who are signed in, the same words in either layout.

use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::{
    kit::error::Result,
    web::{Pages, Visit, Who, page, shell::Shell},
};

/// The guide.
#[derive(TypedPath, Deserialize)]
#[typed_path("/huong-dan")]
pub(super) struct HelpPath;

/// The pages of this feature.
#[must_use]
pub fn pages() -> Pages {
    Pages::new().get(Who::Anyone, show)
}

#[derive(Template)]
#[template(path = "help/visitor.html")]
struct VisitorPage {
    shell: Shell,
}

#[derive(Template)]
#[template(path = "help/signed_in.html")]
struct SignedInPage {
    shell: Shell,
}

async fn show(_: HelpPath, visit: Visit) -> Result<Response> {
    let shell = visit.shell();
    if visit.visitor().is_some() {
        page(&SignedInPage { shell })
    } else {
        page(&VisitorPage { shell })
    }
}
