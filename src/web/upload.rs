//! A form that brings one file: read as a stream, whatever its size, into the file store.

use axum::{
    body::Body,
    extract::{
        FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::StreamExt;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::state::App;
use crate::kit::{
    error::{AppError, Result},
    files::{Arrived, Incoming, Refused},
    sheet::{self, Sheet},
    text::nfc,
    values::is_hidden,
};

/// A form with a file whose bytes have not been received yet: first the page finds out whether they are wanted.
pub struct Upload(Multipart);

/// At most this many bytes of the field `part`.
const MOST_PART_BYTES: usize = 200;

impl FromRequest<App> for Upload {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        Multipart::from_request(request, app)
            .await
            .map(Self)
            .map_err(|_| broken())
    }
}

impl Upload {
    /// Receives the file of the field `file`, stored or refused; the text field `part` says what it is for. When the
    /// act isn't `allowed`, nothing is stored: the form is read to its end and forgotten, so that the browser gets
    /// to see the answer.
    pub async fn receive(self, app: &App, allowed: Result<()>) -> Result<Arrived> {
        let mut form = self.0;
        if let Err(error) = allowed {
            while let Some(mut field) = form.next_field().await.map_err(|e| failed(&e))? {
                drain(&mut field).await?;
            }
            return Err(error);
        }
        let mut parts = Parts::default();
        let read = parts.read(app, &mut form).await;
        match (read, parts.file) {
            (Ok(()), Some((name, Ok(incoming)))) => {
                let file = app.files.keep(incoming).await;
                let name = file
                    .as_ref()
                    .map_or(name.clone(), |f| with_extension(&name, f.media_type));
                Ok(Arrived {
                    name,
                    file,
                    part: parts.part,
                })
            }
            (Ok(()), Some((name, Err(refused)))) => Ok(Arrived {
                name,
                file: Err(refused),
                part: parts.part,
            }),
            (read, file) => {
                if let Some((_, Ok(incoming))) = file {
                    app.files.drop(incoming).await;
                }
                Err(read.err().unwrap_or_else(broken))
            }
        }
    }
}

/// A small file that is read into memory, with the text field `name` that came along.
pub struct Small {
    /// The bytes of the field `file`; none where it is empty or has more than allowed.
    pub bytes: Result<Vec<u8>, Refused>,
    /// The text field `name`, as typed.
    pub name: String,
}

impl Upload {
    /// Receives a small file, at most so many bytes. The form is read to its end in any case, so that the browser gets to see
    /// the answer.
    pub async fn receive_small(self, most: usize) -> Result<Small> {
        let mut form = self.0;
        let (mut bytes, mut name) = (Vec::new(), String::new());
        while let Some(mut field) = form.next_field().await.map_err(|e| failed(&e))? {
            match field.name() {
                Some("name") => name = text_of(&mut field, MOST_NAME_BYTES).await?,
                Some("file") => {
                    while let Some(chunk) = field.next().await {
                        let chunk = chunk.map_err(|e| failed(&e))?;
                        let room = (most + 1).saturating_sub(bytes.len());
                        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
                    }
                }
                _ => drain(&mut field).await?,
            }
        }
        let bytes = match bytes.len() {
            0 => Err(Refused::Empty),
            length if length > most => Err(Refused::TooLarge),
            _ => Ok(bytes),
        };
        Ok(Small { bytes, name })
    }
}

/// At most this many bytes of the field `name`.
const MOST_NAME_BYTES: usize = 4000;

/// What has been read of the form.
#[derive(Default)]
struct Parts {
    file: Option<(String, Result<Incoming, Refused>)>,
    part: String,
}

impl Parts {
    async fn read(&mut self, app: &App, form: &mut Multipart) -> Result<()> {
        while let Some(mut field) = form.next_field().await.map_err(|e| failed(&e))? {
            match field.name() {
                Some("part") => self.part = text_of(&mut field, MOST_PART_BYTES).await?,
                Some("file") if self.file.is_some() => return Err(broken()),
                Some("file") => {
                    let name = clean_name(field.file_name().unwrap_or_default());
                    let bytes = (&mut field).map(|c| c.map_err(anyhow::Error::from));
                    self.file = Some((name, app.files.receive(Box::pin(bytes)).await));
                    // The rest of a file that is too large is read and forgotten, up to the body's limit, so that
                    // the browser gets to see the answer.
                    drain(&mut field).await?;
                }
                _ => drain(&mut field).await?,
            }
        }
        Ok(())
    }
}

async fn drain(field: &mut Field<'_>) -> Result<()> {
    while let Some(chunk) = field.next().await {
        chunk.map_err(|e| failed(&e))?;
    }
    Ok(())
}

async fn text_of(field: &mut Field<'_>, most: usize) -> Result<String> {
    let mut text = Vec::new();
    while let Some(chunk) = field.next().await {
        text.extend_from_slice(&chunk.map_err(|e| failed(&e))?);
        if text.len() > most {
            return Err(broken());
        }
    }
    Ok(String::from_utf8_lossy(&text).replace('\0', ""))
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

/// A table as a spreadsheet to download. It is written apart from the threads that answer requests, so that a page lets its
/// connection to the database go before.
pub async fn sheet_as_download(name: &str, sheet: Sheet) -> Result<Response> {
    let bytes = sheet::book_apart(vec![sheet]).await?;
    Ok(bytes_as_download(name, XLSX, bytes))
}

/// The media type of a text document.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A PDF that this program made, to be looked at in the browser: its reader needs its own styles, and nothing else.
#[must_use]
pub fn pdf_to_look_at(name: &str, bytes: Vec<u8>) -> Response {
    let mut answer = as_download(name, "application/pdf", Body::from(bytes));
    let headers = answer.headers_mut();
    if let Some(value) = headers.get_mut(header::CONTENT_DISPOSITION)
        && let Ok(shown) = value.to_str()
        && let Ok(inline) = shown.replacen("attachment", "inline", 1).parse()
    {
        *value = inline;
    }
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        ),
    );
    answer
}

/// A body made while it is sent, as a download.
#[must_use]
pub fn as_download(name: &str, media_type: &str, body: Body) -> Response {
    // RFC 8187: names may hold any letter, percent-encoded.
    const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');
    let encoded = utf8_percent_encode(name, PLAIN);
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

/// At most this many characters in a file's name.
const MOST_NAME: usize = 150;

/// A name that is safe to show and to offer for download: no folders, no control, hidden or direction characters.
fn clean_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = nfc(last)
        .chars()
        .filter(|c| !c.is_control() && *c != '"' && !is_hidden(*c))
        .collect();
    let shown = shown.trim().trim_start_matches('.');
    let length = shown.chars().count();
    // The end is kept when the name is too long: it carries the kind of file.
    let kept: String = shown.chars().skip(length.saturating_sub(MOST_NAME)).collect();
    if kept.is_empty() { "tep".to_owned() } else { kept }
}

/// The name with the ending that belongs to its content: another one is replaced, whatever the sender called it.
fn with_extension(name: &str, media_type: &str) -> String {
    let endings: &[&str] = match media_type {
        "application/pdf" => &["pdf"],
        DOCX => &["docx"],
        XLSX => &["xlsx"],
        "application/msword" => &["doc"],
        "application/vnd.ms-excel" => &["xls"],
        "image/jpeg" => &["jpg", "jpeg"],
        "image/png" => &["png"],
        _ => return name.to_owned(),
    };
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    if !stem.is_empty() && endings.contains(&ending.to_lowercase().as_str()) {
        return name.to_owned();
    }
    // `Phụ lục 2.2023` has no ending, `Bao cao.hta` has.
    let is_ending = (1..=8).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        && ending.bytes().any(|b| b.is_ascii_alphabetic());
    let stem = if is_ending && !stem.is_empty() { stem } else { name };
    if stem
        .rsplit_once('.')
        .is_some_and(|(_, e)| endings.contains(&e.to_lowercase().as_str()))
    {
        return stem.to_owned();
    }
    let room = MOST_NAME - endings[0].len() - 1;
    let stem: String = stem.chars().take(room).collect();
    format!("{}.{}", stem.trim_end_matches(['.', ' ']), endings[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_lose_folders_and_tricks() {
        assert_eq!(clean_name("C:\\Users\\a\\Báo cáo.pdf"), "Báo cáo.pdf");
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("a\u{202e}fdp.exe"), "afdp.exe");
        assert_eq!(clean_name("a\u{200b}b\u{feff}.pdf"), "ab.pdf");
        assert_eq!(clean_name(""), "tep");
        assert_eq!(clean_name(&"đ".repeat(5000)).chars().count(), 150);
    }

    #[test]
    fn names_of_files_end_as_their_content_says() {
        for (sent, kept) in [
            ("Bao cao.pdf", "Bao cao.pdf"),
            ("Bao cao.PDF", "Bao cao.PDF"),
            ("Bao cao.hta", "Bao cao.pdf"),
            ("Bao cao.pdf.exe", "Bao cao.pdf"),
            ("Phụ lục 2.2023", "Phụ lục 2.2023.pdf"),
            ("tep", "tep.pdf"),
            ("pdf", "pdf.pdf"),
        ] {
            assert_eq!(with_extension(sent, "application/pdf"), kept);
        }
        assert_eq!(with_extension("a.jpeg", "image/jpeg"), "a.jpeg");
        let long = with_extension(&"đ".repeat(150), "image/png");
        assert_eq!(
            (long.chars().count(), long.strip_suffix(".png").is_some()),
            (150, true)
        );
    }
}
