//! The files of `static/`, built into the program. Each is served under a name that holds a piece of its hash, so that a browser
//! keeps it for a year and still sees every change at once.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::sync::{Mutex, OnceLock, PoisonError};

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

/// Where the files are served.
const PREFIX: &str = "/static/";
/// Hexadecimal digits of the hash in a name.
const FINGERPRINT: usize = 12;
/// A name holds its content's hash, so what it stands for never changes.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// The best saves 2 KB of 57, but takes seconds in a build for development.
const BROTLI_QUALITY: u32 = if cfg!(debug_assertions) { 10 } else { 11 };

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// One file, ready to be served.
struct Asset {
    fingerprinted: String,
    content_type: HeaderValue,
    plain: Bytes,
    compressible: bool,
}

/// The forms in which a file can travel.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

/// The address of a file of `static/`, named as it is there: `url("app.css")`, `url("vendor/htmx.min.js")`. A name that doesn't
/// exist gives the plain path, which answers 404; a test makes sure that no template has one.
#[must_use]
pub fn url(name: &str) -> String {
    match catalogue().get(name) {
        Some(asset) => format!("{PREFIX}{}", asset.fingerprinted),
        None => format!("{PREFIX}{name}"),
    }
}

/// Answers a file by its fingerprinted name, in the smallest form that the browser takes.
pub async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(&(name, asset)) = names().get(file.as_str()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let wanted = if asset.compressible {
        accepted(&headers)
    } else {
        Encoding::Plain
    };
    let (body, encoding) = match compressed(name, asset, wanted).await {
        Some(body) => (body, wanted),
        None => (asset.plain.clone(), Encoding::Plain),
    };
    let mut response = body.into_response();
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, asset.content_type.clone());
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(FOREVER));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(word) = encoding.word() {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(word));
    }
    response
}

/// Whether these are the headers of a file of `static/`: nothing else is kept for ever.
#[must_use]
pub fn is_asset(answer: &HeaderMap) -> bool {
    answer
        .get(header::CACHE_CONTROL)
        .is_some_and(|value| value == FOREVER)
}

/// Compresses every file beforehand, so that the first visitor after a start doesn't wait; takes a second or two on a thread of its own.
pub fn warm() {
    for (name, asset) in catalogue().iter().filter(|(_, asset)| asset.compressible) {
        for encoding in [Encoding::Brotli, Encoding::Gzip] {
            if let Ok(body) = compress(&asset.plain, encoding) {
                remember(name, encoding, body);
            }
        }
    }
}

impl Encoding {
    fn word(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Plain => None,
        }
    }
}

/// Every file by its name in `static/`, read once. Style sheets come last: they name other files by their fingerprints.
fn catalogue() -> &'static BTreeMap<String, Asset> {
    static CATALOGUE: OnceLock<BTreeMap<String, Asset>> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let (sheets, others): (Vec<_>, Vec<_>) = Files::iter().partition(|name| name.ends_with(".css"));
        let mut all = BTreeMap::new();
        for name in others.iter().chain(&sheets) {
            if let Some(file) = Files::get(name) {
                let content = if name.ends_with(".css") {
                    with_fingerprints(name, &file.data, &all)
                } else {
                    file.data.into_owned()
                };
                all.insert(name.to_string(), Asset::new(name, content));
            }
        }
        all
    })
}

/// The file behind each fingerprinted name, with its name in `static/`.
fn names() -> &'static HashMap<&'static str, (&'static str, &'static Asset)> {
    static NAMES: OnceLock<HashMap<&'static str, (&'static str, &'static Asset)>> = OnceLock::new();
    NAMES.get_or_init(|| {
        catalogue()
            .iter()
            .map(|(name, asset)| (asset.fingerprinted.as_str(), (name.as_str(), asset)))
            .collect()
    })
}

impl Asset {
    fn new(name: &str, content: Vec<u8>) -> Self {
        let mut hash = hex::encode(Sha256::digest(&content));
        hash.truncate(FINGERPRINT);
        let fingerprinted = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
            None => format!("{name}.{hash}"),
        };
        let mut kind = mime_guess::from_path(name).first_or_octet_stream().to_string();
        let text = kind.starts_with("text/") || kind.ends_with("javascript");
        if text {
            kind.push_str("; charset=utf-8");
        }
        Self {
            fingerprinted,
            compressible: text || kind == "image/svg+xml",
            content_type: HeaderValue::try_from(kind)
                .unwrap_or(HeaderValue::from_static("application/octet-stream")),
            plain: Bytes::from(content),
        }
    }
}

/// A style sheet whose `url("...")` lead to the fingerprinted names of the files beside it; data addresses stay as they are.
fn with_fingerprints(sheet: &str, content: &[u8], known: &BTreeMap<String, Asset>) -> Vec<u8> {
    let text: Cow<'_, str> = String::from_utf8_lossy(content);
    let folder = sheet
        .rsplit_once('/')
        .map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut parts = text.split("url(\"");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        result.push_str("url(\"");
        match part.split_once('"') {
            Some((target, rest)) if known.contains_key(&format!("{folder}{target}")) => {
                result.push_str(PREFIX);
                result.push_str(&known[&format!("{folder}{target}")].fingerprinted);
                result.push('"');
                result.push_str(rest);
            }
            _ => result.push_str(part),
        }
    }
    result.into_bytes()
}

/// The best form that the browser takes; `br;q=0` means that it doesn't.
fn accepted(headers: &HeaderMap) -> Encoding {
    let takes = |wanted: &str| {
        headers
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|choice| {
                let mut pieces = choice.split(';').map(str::trim);
                let named = pieces
                    .next()
                    .is_some_and(|name| name.eq_ignore_ascii_case(wanted));
                let refused = pieces.any(|piece| {
                    piece
                        .strip_prefix("q=")
                        .is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0))
                });
                named && !refused
            })
    };
    if takes("br") {
        Encoding::Brotli
    } else if takes("gzip") {
        Encoding::Gzip
    } else {
        Encoding::Plain
    }
}

type Memory = Mutex<HashMap<(&'static str, Encoding), Bytes>>;

/// What has been compressed already, once per file and form.
fn memory() -> &'static Memory {
    static MEMORY: OnceLock<Memory> = OnceLock::new();
    MEMORY.get_or_init(Memory::default)
}

fn remember(name: &'static str, encoding: Encoding, body: Bytes) {
    memory()
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert((name, encoding), body);
}

/// A file in a compressed form; compressed the first time, away from the threads that answer requests. None: send it plain.
async fn compressed(name: &'static str, asset: &'static Asset, encoding: Encoding) -> Option<Bytes> {
    if encoding == Encoding::Plain {
        return None;
    }
    let known = memory()
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&(name, encoding))
        .cloned();
    if known.is_some() {
        return known;
    }
    let body = tokio::task::spawn_blocking(move || compress(&asset.plain, encoding))
        .await
        .ok()?
        .ok()?;
    remember(name, encoding, body.clone());
    Some(body)
}

fn compress(content: &[u8], encoding: Encoding) -> std::io::Result<Bytes> {
    let mut result = Vec::new();
    match encoding {
        Encoding::Brotli => {
            let mut writer = brotli::CompressorWriter::new(&mut result, 1 << 16, BROTLI_QUALITY, 22);
            writer.write_all(content)?;
            writer.flush()?;
        }
        Encoding::Gzip => {
            let mut writer = flate2::write::GzEncoder::new(&mut result, flate2::Compression::best());
            writer.write_all(content)?;
            writer.finish()?;
        }
        Encoding::Plain => result.extend_from_slice(content),
    }
    Ok(Bytes::from(result))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path as FilePath, PathBuf};

    use super::*;

    fn templates_under(folder: &FilePath, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                templates_under(&path, found);
            } else {
                found.push(path);
            }
        }
    }

    #[test]
    fn every_asset_named_in_a_template_exists() {
        let mut templates = Vec::new();
        templates_under(
            &FilePath::new(env!("CARGO_MANIFEST_DIR")).join("templates"),
            &mut templates,
        );
        let mut named = 0;
        for template in templates {
            let text = fs::read_to_string(&template).unwrap_or_default();
            for part in text.split("assets::url(\"").skip(1) {
                let name = part.split('"').next().unwrap_or_default();
                assert!(
                    catalogue().contains_key(name),
                    "{}: no static/{name}",
                    template.display()
                );
                named += 1;
            }
        }
        assert!(named > 0, "no template names an asset");
    }

    #[test]
    fn style_sheets_name_their_fonts_by_fingerprint_and_nothing_outside() {
        let sheet = catalogue()
            .get("app.css")
            .map(|asset| String::from_utf8_lossy(&asset.plain).into_owned())
            .unwrap_or_default();
        let targets: Vec<&str> = sheet
            .split("url(\"")
            .skip(1)
            .filter_map(|part| part.split('"').next())
            // A picture within the sheet comes from nowhere.
            .filter(|target| !target.starts_with("data:"))
            .collect();
        assert_eq!(targets.len(), 4);
        for target in targets {
            assert!(
                target
                    .strip_prefix(PREFIX)
                    .is_some_and(|file| names().contains_key(file)),
                "{target}"
            );
        }
    }

    #[test]
    fn a_name_changes_with_its_content_and_an_unknown_one_stays() {
        assert_ne!(
            Asset::new("a.css", b"a".to_vec()).fingerprinted,
            Asset::new("a.css", b"b".to_vec()).fingerprinted
        );
        assert!(url("vendor/htmx.min.js").starts_with("/static/vendor/htmx.min."));
        assert_eq!(url("missing.css"), "/static/missing.css");
    }

    #[test]
    fn the_smallest_form_that_the_browser_takes_is_chosen() {
        for (offer, expected) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("br;q=0, gzip;q=0.5", Encoding::Gzip),
            ("GZIP", Encoding::Gzip),
            ("identity", Encoding::Plain),
            ("", Encoding::Plain),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(offer));
            assert_eq!(accepted(&headers), expected, "{offer}");
        }
        assert_eq!(accepted(&HeaderMap::new()), Encoding::Plain);
    }

    #[tokio::test]
    async fn a_file_is_served_compressed_for_a_year_and_an_old_name_is_not_found() {
        let file = url("app.css").trim_start_matches(PREFIX).to_owned();
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("br"));
        for _ in 0..2 {
            let answer = serve(Path(file.clone()), headers.clone()).await;
            assert_eq!(answer.status(), StatusCode::OK);
            assert_eq!(answer.headers()[header::CONTENT_ENCODING], "br");
            assert_eq!(answer.headers()[header::CACHE_CONTROL], FOREVER);
            assert_eq!(answer.headers().get_all(header::CONTENT_TYPE).iter().count(), 1);
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        }
        assert_eq!(
            serve(Path("app.css".to_owned()), headers).await.status(),
            StatusCode::NOT_FOUND
        );
    }
}
