//! What a form sends. A body that no form of ours sends is 400 or 413; wrong values are the form type's matter.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
    http::StatusCode,
};
use serde::de::DeserializeOwned;

use super::state::App;
use crate::kit::error::{AppError, Result};

pub use crate::kit::fields::{FieldError, FieldErrors};

/// The fields of a posted form; repeated fields become lists.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Form<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        use axum_extra::extract::Form as Fields;
        let (parts, body) = request.into_parts();
        let bytes = Bytes::from_request(Request::from_parts(parts.clone(), body), app)
            .await
            .map_err(|e| match e.status() {
                StatusCode::PAYLOAD_TOO_LARGE => AppError::TooLarge(
                    "Biểu mẫu dài quá 600 KB. Xin rút gọn; tài liệu dài nên gửi thành tệp đính kèm."
                        .to_owned(),
                ),
                _ => broken(),
            })?;
        let request = Request::from_parts(parts, Body::from(without_nul(bytes)));
        let Fields(form) = Fields::<T>::from_request(request, app)
            .await
            .map_err(|_| broken())?;
        Ok(Self(form))
    }
}

fn broken() -> AppError {
    AppError::BadRequest("Biểu mẫu gửi lên thiếu hoặc sai. Xin mở lại trang và gửi lại.".to_owned())
}

/// The urlencoded body without U+0000, which no keyboard types and the database doesn't take: the rest of what was
/// typed is kept.
fn without_nul(body: Bytes) -> Bytes {
    if !body.contains(&0) && !body.windows(3).any(|w| w == b"%00") {
        return body;
    }
    let mut kept = Vec::with_capacity(body.len());
    let mut rest = &body[..];
    while let Some((first, more)) = rest.split_first() {
        if let Some(more) = rest.strip_prefix(b"%00") {
            rest = more;
            continue;
        }
        if *first != 0 {
            kept.push(*first);
        }
        rest = more;
    }
    kept.into()
}

/// Whether a choice of a list is the one that was typed: for templates.
pub fn is_chosen(choice: impl AsRef<str>, typed: &str) -> bool {
    choice.as_ref() == typed
}
