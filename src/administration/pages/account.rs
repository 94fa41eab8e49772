//! The way into an account: one-time links, locks.

use axum::{http::HeaderMap, response::Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::{super::actions, LinkPath, PersonPath, UnlockPath, person::other};
use crate::{
    kit::error::Result,
    people,
    web::{Visit, see_other, view::set_cookie},
};

/// The cookie that carries a new token from the act to the next page, which shows it and makes the browser forget it.
/// It is the administrator's browser that typed the act, so it learns nothing it wouldn't be shown.
const LINK: &str = "duong-dan";

fn link_cookie(login: &str, token: &str) -> Cookie<'static> {
    Cookie::build((LINK, token.to_owned()))
        .path(
            PersonPath {
                person: login.to_owned(),
            }
            .to_string(),
        )
        .http_only(true)
        .same_site(SameSite::Strict)
        .build()
}

/// Sends the token along to the person's page.
pub(super) fn with_link(mut response: Response, visit: &Visit, login: &str, token: &str) -> Response {
    let mut cookie = link_cookie(login, token);
    cookie.set_secure(visit.app.config.is_https());
    set_cookie(&mut response, &cookie);
    response
}

/// The address that a request's cookie carries the token of.
pub(super) fn link_of(visit: &Visit, headers: &HeaderMap) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    let token = jar.get(LINK)?.value();
    let is_token = token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit());
    is_token.then(|| actions::link_to(&visit.app.config, token))
}

/// Makes the browser forget the token.
pub(super) fn forget_link(login: &str) -> Cookie<'static> {
    let mut cookie = link_cookie(login, "");
    cookie.make_removal();
    cookie
}

pub(super) async fn issue_link(path: LinkPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let person = other(&mut tx, &visit, &path.person).await?;
    let hand = visit.actor()?.hand();
    let token = actions::issue_link(&mut tx, visit.now, &visit.app.config, &hand, person.id).await?;
    tx.commit().await?;
    let response = see_other(
        PersonPath {
            person: person.login.clone(),
        },
        "Đã cấp đường dẫn mới; đường dẫn cũ chưa dùng không còn hiệu lực.",
    );
    Ok(with_link(response, &visit, &person.login, &token))
}

pub(super) async fn unlock(path: UnlockPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let person = other(&mut tx, &visit, &path.person).await?;
    people::unlock(&mut tx, visit.now, &visit.actor()?.hand(), person.id).await?;
    tx.commit().await?;
    Ok(see_other(
        PersonPath { person: person.login },
        "Đã mở khóa tài khoản.",
    ))
}
