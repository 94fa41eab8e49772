//! Setting a password through a one-time link: the first one, or a new one in place of a forgotten one.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{actions, forms::NewPasswordForm},
    PasswordLinkPath,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    people::{self, Person, hash_of_token},
    web::{Form, Visit, page, page_with, see_other, session, shell::Shell, view::set_cookie},
};

#[derive(Template)]
#[template(path = "sign_in/password_link.html")]
struct LinkPage {
    shell: Shell,
    person: Person,
    token: String,
    errors: FieldErrors,
}

/// An unknown, used or expired link: which of them isn't said, and isn't known for a link that was replaced.
#[derive(Template)]
#[template(path = "sign_in/dead_link.html")]
struct DeadLinkPage {
    shell: Shell,
}

fn dead_link(visit: &Visit) -> Result<Response> {
    page_with(StatusCode::NOT_FOUND, &DeadLinkPage { shell: visit.shell() })
}

/// Whose link it is; none if it is of no use any more.
async fn owner(visit: &Visit, token: &str) -> Result<Option<Person>> {
    match people::find_link(&mut *visit.db().await?, &hash_of_token(token), visit.now).await {
        Ok(person) => Ok(Some(person)),
        Err(AppError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) async fn form(path: PasswordLinkPath, visit: Visit) -> Result<Response> {
    match owner(&visit, &path.token).await? {
        Some(person) => page(&LinkPage {
            shell: visit.shell(),
            person,
            token: path.token,
            errors: FieldErrors::default(),
        }),
        None => dead_link(&visit),
    }
}

pub(super) async fn set(
    path: PasswordLinkPath,
    visit: Visit,
    Form(form): Form<NewPasswordForm>,
) -> Result<Response> {
    let Some(person) = owner(&visit, &path.token).await? else {
        return dead_link(&visit);
    };
    let new = match form.check(&person.login) {
        Ok(new) => new,
        Err(errors) => {
            let view = LinkPage {
                shell: visit.shell(),
                person,
                token: path.token,
                errors,
            };
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    let mut tx = visit.begin().await?;
    match actions::set_password_by_link(&mut tx, visit.now, &path.token, &person, new).await {
        Ok(()) => tx.commit().await?,
        // Used in another window meanwhile.
        Err(AppError::NotFound) => return dead_link(&visit),
        Err(error) => return Err(error),
    }
    let mut response = see_other(
        "/dang-nhap",
        "Đã đặt mật khẩu. Xin đăng nhập bằng mật khẩu vừa đặt.",
    );
    // Whoever is still signed in here, as somebody else, is to sign in anew as well.
    set_cookie(&mut response, &session::forget(&visit.app.config));
    Ok(response)
}
