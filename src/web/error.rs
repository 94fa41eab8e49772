//! From an [`AppError`] to a page of ours: what happened, and a way on. Causes go to the log only.

use askama::Template;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use uuid::Uuid;

use super::{
    flash,
    shell::Shell,
    state::App,
    view::{self, Slot},
};
use crate::kit::{error::AppError, fields::FieldErrors};

/// An error on its way out, before the page around it is known.
#[derive(Clone)]
struct Trouble {
    title: &'static str,
    text: String,
    reference: Option<String>,
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let (status, title, text) = match &self {
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "Không có trang này",
                "Địa chỉ sai, hoặc nội dung không thuộc phạm vi anh/chị được xem.".to_owned(),
            ),
            Self::Forbidden(who) => (StatusCode::FORBIDDEN, "Anh/chị không có quyền làm việc này", who.clone()),
            Self::Conflict(what) => (StatusCode::CONFLICT, "Chưa làm được vì hồ sơ đã thay đổi", what.clone()),
            Self::Invalid(errors) => (StatusCode::UNPROCESSABLE_ENTITY, "Chưa lưu được", sentences(errors)),
            Self::BadRequest(what) => (StatusCode::BAD_REQUEST, "Yêu cầu chưa đọc được", what.clone()),
            Self::TooLarge(what) => (StatusCode::PAYLOAD_TOO_LARGE, "Nội dung gửi lên quá lớn", what.clone()),
            Self::Unavailable(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Máy chủ tạm thời chưa trả lời được",
                "Cơ sở dữ liệu đang khởi động lại. Xin chờ một phút rồi tải lại trang; nội dung đã lưu vẫn còn nguyên.".to_owned(),
            ),
            Self::Internal(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Hệ thống gặp lỗi",
                "Việc vừa rồi chưa được thực hiện; nội dung đã lưu trước đó vẫn còn nguyên. Xin thử lại sau ít phút.".to_owned(),
            ),
        };
        let reference = match &self {
            Self::Unavailable(_) | Self::Internal(_) => {
                let reference = Uuid::new_v4().simple().to_string()[..8].to_owned();
                tracing::error!(reference, error = %self, "request failed");
                Some(reference)
            }
            _ => None,
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Trouble {
            title,
            text,
            reference,
        });
        response
    }
}

fn sentences(errors: &FieldErrors) -> String {
    errors
        .iter()
        .map(|e| e.message.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

#[derive(Template)]
#[template(path = "errors/visitor.html")]
struct VisitorPage<'a> {
    shell: Shell,
    title: &'a str,
    text: &'a str,
    links: Vec<(&'a str, &'a str)>,
    reference: &'a str,
}

#[derive(Template)]
#[template(path = "errors/signed_in.html")]
struct SignedInPage<'a> {
    shell: Shell,
    title: &'a str,
    text: &'a str,
    links: Vec<(&'a str, &'a str)>,
    reference: &'a str,
}

/// The layer that draws error pages, and forgets the flash message once a page has shown it.
pub async fn draw(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let slot = Slot::default();
    request.extensions_mut().insert(slot.clone());
    let path = request.uri().path().to_owned();
    let flash = flash::of(request.headers());
    let mut response = next.run(request).await;
    if let Some(trouble) = trouble_of(&response) {
        let status = response.status();
        let actor = slot.actor();
        let now = app.clock.now();
        let place = actor.as_ref().and_then(|a| a.years.first().cloned());
        let shell = view::shell(&app, actor.as_ref(), now, &path, None, place.as_ref());
        response = drawn(status, &trouble, shell, actor.is_some());
    }
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    if flash.is_some()
        && is_page
        && let Ok(value) = HeaderValue::from_str(&flash::forget())
    {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    if app.config.is_https() {
        flash::secure(response.headers_mut());
    }
    response
}

/// Our own errors, and those that a library answered with a bare status.
fn trouble_of(response: &Response) -> Option<Trouble> {
    if let Some(trouble) = response.extensions().get::<Trouble>() {
        return Some(trouble.clone());
    }
    let status = response.status();
    let is_ours = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|t| !t.as_bytes().starts_with(b"text/plain"));
    if is_ours || !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    let (title, text) = match status {
        StatusCode::NOT_FOUND => (
            "Không có trang này",
            "Địa chỉ sai, hoặc trang đã chuyển đi nơi khác.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "Không mở trang này như thế được",
            "Xin quay lại trang trước và dùng nút trên trang.",
        ),
        StatusCode::FORBIDDEN => (
            "Yêu cầu đến từ một trang khác",
            "Để bảo vệ tài khoản, hệ thống chỉ nhận thao tác từ trang của chính mình. Xin mở lại trang và làm lại.",
        ),
        StatusCode::REQUEST_TIMEOUT => (
            "Đường truyền quá chậm",
            "Yêu cầu chưa đến trọn vẹn trong thời gian cho phép. Xin gửi lại.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "Nội dung gửi lên quá lớn",
            "Xin rút gọn nội dung hoặc chia nhỏ tệp.",
        ),
        s if s.is_server_error() => (
            "Hệ thống gặp lỗi",
            "Việc vừa rồi chưa được thực hiện. Xin thử lại sau ít phút.",
        ),
        _ => ("Yêu cầu chưa đọc được", "Xin quay lại trang trước và thử lại."),
    };
    Some(Trouble {
        title,
        text: text.to_owned(),
        reference: None,
    })
}

fn drawn(status: StatusCode, trouble: &Trouble, shell: Shell, is_signed_in: bool) -> Response {
    let reference = trouble.reference.as_deref().unwrap_or_default();
    let html = if is_signed_in {
        let links = vec![
            ("/viec-cua-toi", "Về việc của tôi"),
            ("/cum", "Các cụm thi đua"),
            ("/huong-dan", "Hướng dẫn"),
        ];
        SignedInPage {
            shell,
            title: trouble.title,
            text: &trouble.text,
            links,
            reference,
        }
        .render()
    } else {
        let links = vec![("/", "Về trang đầu"), ("/dang-nhap", "Đăng nhập")];
        VisitorPage {
            shell,
            title: trouble.title,
            text: &trouble.text,
            links,
            reference,
        }
        .render()
    };
    match html {
        Ok(html) => (status, Html(html)).into_response(),
        // Nothing to draw with: the bare status is still true.
        Err(_) => status.into_response(),
    }
}

/// A path whose parameters can't be read (a year that is no number) leads nowhere.
impl From<axum::extract::rejection::PathRejection> for AppError {
    fn from(_: axum::extract::rejection::PathRejection) -> Self {
        Self::NotFound
    }
}

/// The same for a query string that no page of ours makes.
impl From<axum_extra::extract::QueryRejection> for AppError {
    fn from(_: axum_extra::extract::QueryRejection) -> Self {
        Self::BadRequest("Địa chỉ trang chưa đọc được. Xin quay lại trang trước.".to_owned())
    }
}
