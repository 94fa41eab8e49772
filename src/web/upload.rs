//! A form that brings one file: read as a stream, whatever its size, into the file store.

use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::StreamExt;

use super::state::App;
use crate::kit::{
    error::{AppError, Result},
    files::Arrived,
    text::nfc,
};

/// The file of the field `file`, stored or refused; the text field `part` says what it is for.
pub struct Upload(pub Arrived);

impl FromRequest<App> for Upload {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let mut form = Multipart::from_request(request, app)
            .await
            .map_err(|_| broken())?;
        let mut upload = None;
        let mut part = String::new();
        while let Some(mut field) = form.next_field().await.map_err(|e| failed(&e))? {
            match field.name() {
                Some("part") => {
                    let text = field.bytes().await.map_err(|e| failed(&e))?;
                    part = String::from_utf8_lossy(&text).chars().take(40).collect();
                }
                Some("file") if upload.is_none() => {
                    let name = clean_name(field.file_name().unwrap_or_default());
                    let file = app
                        .files
                        .take(Box::pin((&mut field).map(|c| c.map_err(anyhow::Error::from))))
                        .await;
                    // The rest of a file that is too large is read and forgotten, up to the body's limit, so
                    // that the browser gets to see the answer.
                    while let Some(chunk) = field.next().await {
                        chunk.map_err(|e| failed(&e))?;
                    }
                    upload = Some((name, file));
                }
                _ => {}
            }
        }
        let (name, file) = upload.ok_or_else(broken)?;
        Ok(Self(Arrived { name, file, part }))
    }
}

/// The media type of a spreadsheet.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A stored file as a download: never shown inside the site, whatever it holds.
pub async fn download(app: &App, name: &str, media_type: &str, sha256: &[u8]) -> Result<Response> {
    let bytes = app.files.read(sha256).await?;
    Ok(as_download(name, media_type, Body::from_stream(bytes)))
}

/// A file made just now as a download.
#[must_use]
pub fn bytes_as_download(name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    as_download(name, media_type, Body::from(bytes))
}

fn as_download(name: &str, media_type: &str, body: Body) -> Response {
    // RFC 8187: names may hold any letter, percent-encoded.
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    let encoded: String = name
        .bytes()
        .map(|b| {
            if plain(b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename*=UTF-8''{encoded}"),
        ),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, body).into_response()
}

fn broken() -> AppError {
    AppError::BadRequest("Tệp gửi lên chưa đọc được. Xin chọn lại tệp và gửi lại.".to_owned())
}

fn failed(error: &MultipartError) -> AppError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        AppError::TooLarge("Tệp lớn hơn mức hệ thống nhận được (20 MB).".to_owned())
    } else {
        broken()
    }
}

/// A name that is safe to show and to offer for download: no folders, no control or direction characters.
fn clean_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = nfc(last)
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '"' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
    let shown = shown.trim().trim_start_matches('.');
    let length = shown.chars().count();
    // The end is kept when the name is too long: it carries the kind of file.
    let kept: String = shown.chars().skip(length.saturating_sub(150)).collect();
    if kept.is_empty() { "tep".to_owned() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_lose_folders_and_tricks() {
        assert_eq!(clean_name("C:\\Users\\a\\Báo cáo.pdf"), "Báo cáo.pdf");
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("a\u{202e}fdp.exe"), "afdp.exe");
        assert_eq!(clean_name(""), "tep");
        assert_eq!(clean_name(&"đ".repeat(5000)).chars().count(), 150);
    }
}
