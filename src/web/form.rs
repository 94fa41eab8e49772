//! What a form sends. A body that no form of ours sends is 400 or 413; wrong values are the form type's matter.

use axum::{
    extract::{FromRequest, Request, rejection::RawFormRejection},
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
        use axum_extra::extract::{Form as Fields, FormRejection};
        match Fields::<T>::from_request(request, app).await {
            Ok(Fields(form)) => Ok(Self(form)),
            Err(FormRejection::RawFormRejection(RawFormRejection::BytesRejection(e)))
                if e.status() == StatusCode::PAYLOAD_TOO_LARGE =>
            {
                Err(AppError::TooLarge(
                    "Biểu mẫu dài quá 600 KB. Xin rút gọn; tài liệu dài nên gửi thành tệp đính kèm."
                        .to_owned(),
                ))
            }
            Err(_) => Err(AppError::BadRequest(
                "Biểu mẫu gửi lên thiếu hoặc sai. Xin mở lại trang và gửi lại.".to_owned(),
            )),
        }
    }
}

/// Whether a choice of a list is the one that was typed: for templates.
pub fn is_chosen(choice: impl AsRef<str>, typed: &str) -> bool {
    choice.as_ref() == typed
}
