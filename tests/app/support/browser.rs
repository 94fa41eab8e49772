//! A browser without a window: it keeps cookies, sends what browsers send, and follows nothing by itself.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    net::SocketAddr,
};

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request, header, request},
};
use http_body_util::BodyExt;
use tower::ServiceExt;
use url::form_urlencoded;

use super::{Page, TestApp};

/// The host of the site, as `TestApp` sets it.
pub const HOST: &str = "cumthidua.example";

/// A browser at one person's desk.
pub struct Browser<'a> {
    app: &'a TestApp,
    cookies: RefCell<BTreeMap<String, String>>,
    origin: Cell<&'static str>,
}

impl<'a> Browser<'a> {
    pub(super) fn new(app: &'a TestApp) -> Self {
        Self {
            app,
            cookies: RefCell::default(),
            origin: Cell::new("same-origin"),
        }
    }

    /// The program that it visits.
    pub fn app(&self) -> &TestApp {
        self.app
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies
            .borrow_mut()
            .insert(name.to_owned(), value.to_owned());
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// From now on every request comes from a page of another site.
    pub fn lured_by_another_site(self) -> Self {
        self.origin.set("cross-site");
        self
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        self.send(self.request(Method::GET, path), Body::empty()).await
    }

    /// Sends a form. A field can come several times.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body)).await
    }

    /// Sends a form with a file in its field `file`.
    pub async fn upload(&self, path: &str, name: &str, bytes: &[u8], fields: &[(&str, &str)]) -> Page {
        const BOUNDARY: &str = "a-line-that-no-file-holds";
        let mut body = Vec::new();
        for (field, value) in fields {
            let part = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, kind);
        self.send(request, Body::from(body)).await
    }

    /// Fills in a form that a page shows and sends it where it leads: hidden fields and what it holds already go
    /// along. A field of `changes` that is there several times is changed at its first place.
    pub async fn submit(&self, page: &Page, form: &str, changes: &[(&str, &str)]) -> Page {
        let (action, mut fields) = page.form(form);
        for (name, value) in changes {
            match fields.iter_mut().find(|(known, _)| known == name) {
                Some(field) => (*value).clone_into(&mut field.1),
                None => fields.push(((*name).to_owned(), (*value).to_owned())),
            }
        }
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.post(&action, &fields).await
    }

    /// Goes where the answer to a form leads.
    pub async fn follow(&self, page: &Page) -> Page {
        self.get(page.location.as_deref().expect("an answer that leads somewhere"))
            .await
    }

    /// A request as a browser begins it; for what the methods above don't send.
    pub fn request(&self, method: Method, path: &str) -> request::Builder {
        let cookies: Vec<String> = self
            .cookies
            .borrow()
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::USER_AGENT, "tests")
            .header("sec-fetch-site", self.origin.get())
            .extension(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 50_000))));
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        request
    }

    /// Sends a request that was begun by hand.
    pub async fn send(&self, request: request::Builder, body: Body) -> Page {
        let request = request.body(body).unwrap();
        let path = request.uri().to_string();
        let answer = self.app.router.clone().oneshot(request).await.unwrap();
        let (head, body) = answer.into_parts();
        // A stream of events never ends; who reads one does so for itself.
        let is_stream = head
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind == "text/event-stream");
        let bytes = if is_stream {
            bytes::Bytes::new()
        } else {
            body.collect().await.unwrap().to_bytes()
        };
        for cookie in head.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        Page::new(path, head.status, head.headers, bytes)
    }

    fn keep(&self, cookie: &str) {
        let mut parts = cookie.split(';').map(str::trim);
        let (name, value) = parts.next().unwrap_or_default().split_once('=').unwrap();
        if parts.any(|part| part.eq_ignore_ascii_case("max-age=0")) {
            self.cookies.borrow_mut().remove(name);
        } else {
            self.set_cookie(name, value);
        }
    }
}
