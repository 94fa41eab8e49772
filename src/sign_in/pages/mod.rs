//! The paths of signing in, of the own account and of the first page.

mod account;
mod home;
mod password_link;
mod sign_in;
mod sign_out;

use std::sync::Arc;

use axum_extra::routing::TypedPath;
use serde::Deserialize;

use super::forms::SignInForm;
use crate::{
    ids::SessionId,
    kit::error::AppError,
    web::{Form, Origin, Pages, Visit, Who, limit::Limit},
};

/// The first page.
#[derive(TypedPath, Deserialize)]
#[typed_path("/")]
pub(super) struct HomePath;

/// Signing in.
#[derive(TypedPath, Deserialize)]
#[typed_path("/dang-nhap")]
pub(super) struct SignInPath;

/// Signing out.
#[derive(TypedPath, Deserialize)]
#[typed_path("/dang-xuat")]
pub(super) struct SignOutPath;

/// The own account.
#[derive(TypedPath, Deserialize)]
#[typed_path("/tai-khoan")]
pub(super) struct AccountPath;

/// Changing the own password.
#[derive(TypedPath, Deserialize)]
#[typed_path("/tai-khoan/mat-khau")]
pub(super) struct PasswordPath;

/// Ending all own sessions but this one.
#[derive(TypedPath, Deserialize)]
#[typed_path("/tai-khoan/phien/ket-thuc")]
pub(super) struct OtherSessionsPath;

/// Ending one of the own sessions.
#[derive(TypedPath, Deserialize)]
#[typed_path("/tai-khoan/phien/{session}/ket-thuc", rejection(AppError))]
pub(super) struct SessionPath {
    session: SessionId,
}

/// Setting a password through a one-time link.
#[derive(TypedPath, Deserialize)]
#[typed_path("/mat-khau/{token}", rejection(AppError))]
pub(super) struct PasswordLinkPath {
    token: String,
}

/// The path under which a person sets a password with a one-time token.
#[must_use]
pub fn password_link(token: &str) -> String {
    PasswordLinkPath {
        token: token.to_owned(),
    }
    .to_string()
}

/// An address may fail this often before it waits.
const MOST_FAILURES: usize = 20;

/// The pages of signing in. The limit by address lives as long as they do.
#[must_use]
pub fn pages() -> Pages {
    let limit = Arc::new(Limit::new(MOST_FAILURES));
    let enter = move |path: SignInPath, visit: Visit, from: Origin, form: Form<SignInForm>| {
        sign_in::enter(path, visit, from, limit, form)
    };
    Pages::new()
        .get(Who::Anyone, home::home)
        .get(Who::Anyone, sign_in::form)
        .post(Who::Anyone, enter)
        .post(Who::Anyone, sign_out::sign_out)
        .get(Who::SignedIn, account::show)
        .post(Who::SignedIn, account::change_password)
        .post(Who::SignedIn, account::end_other_sessions)
        .post(Who::SignedIn, account::end_session)
        .get(Who::Anyone, password_link::form)
        .post(Who::Anyone, password_link::set)
}
