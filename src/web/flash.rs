//! A sentence that survives one redirect: "Đã lưu." on the page that follows a form.

use axum::http::{
    HeaderMap, HeaderValue,
    header::{Entry, SET_COOKIE},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::shell::{Flash, FlashKind};
use crate::kit::values::is_hidden;

const NAME: &str = "loi-nhan";

/// The cookie that carries a sentence to the next page. It holds nothing secret and is escaped when shown.
#[must_use]
pub fn cookie(kind: FlashKind, text: &str) -> Cookie<'static> {
    let mark = match kind {
        FlashKind::Success => 's',
        FlashKind::Warning => 'w',
    };
    let value: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    Cookie::build((NAME, format!("{mark}{value}")))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
}

/// Keeps the sentence's cookie to HTTPS, in an answer of a site that is reached that way.
pub fn secure(headers: &mut HeaderMap) {
    let Entry::Occupied(mut cookies) = headers.entry(SET_COOKIE) else {
        return;
    };
    for cookie in cookies.iter_mut() {
        let text = cookie.to_str().unwrap_or_default();
        if text.starts_with(NAME)
            && let Ok(secured) = HeaderValue::from_str(&format!("{text}; Secure"))
        {
            *cookie = secured;
        }
    }
}

/// The sentence a request carries.
#[must_use]
pub fn of(headers: &HeaderMap) -> Option<Flash> {
    let jar = CookieJar::from_headers(headers);
    let value = jar.get(NAME)?.value().to_owned();
    let kind = if value.starts_with('w') {
        FlashKind::Warning
    } else {
        FlashKind::Success
    };
    // Whoever can set a cookie for this host must not be able to disguise a sentence.
    let text: String = url::form_urlencoded::parse(value.get(1..)?.as_bytes())
        .flat_map(|(k, _)| k.chars().collect::<Vec<_>>())
        .filter(|c| !c.is_control() && !is_hidden(*c))
        .collect();
    (!text.is_empty() && text.len() < 2000).then_some(Flash { kind, text })
}

/// The `Set-Cookie` value that forgets the sentence once it has been shown.
#[must_use]
pub fn forget() -> String {
    format!("{NAME}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
}
