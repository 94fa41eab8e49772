//! What came back: status, headers, and the page as its reader finds things in it.

use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use scraper::{ElementRef, Html, Selector};

/// An answer.
pub struct Page {
    /// The path that was asked for.
    pub path: String,
    pub status: StatusCode,
    /// Where it leads.
    pub location: Option<String>,
    pub headers: HeaderMap,
    pub bytes: Bytes,
    /// The bytes as text.
    pub body: String,
    pub dom: Html,
}

impl Page {
    pub(super) fn new(path: String, status: StatusCode, headers: HeaderMap, bytes: Bytes) -> Self {
        let body = String::from_utf8_lossy(&bytes).into_owned();
        let is_page = headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        Self {
            path,
            status,
            location: headers
                .get(header::LOCATION)
                .map(|to| to.to_str().unwrap().to_owned()),
            dom: Html::parse_document(if is_page { &body } else { "" }),
            headers,
            bytes,
            body,
        }
    }

    /// The answer, if its status is this one; else the test ends with what the page said.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.gist());
        self
    }

    /// The same, naming what was asked.
    #[track_caller]
    pub fn expect_because(self, status: u16, what: &str) -> Self {
        assert_eq!(self.status, status, "{what}. {}", self.gist());
        self
    }

    /// The answer to a form that went well, if it leads there.
    #[track_caller]
    pub fn expect_to(self, location: &str) -> Self {
        let page = self.expect(303);
        assert_eq!(page.location.as_deref(), Some(location));
        page
    }

    /// The words of the first element that fits, with single spaces.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        words(self.first(selector))
    }

    /// The words of all elements that fit.
    #[track_caller]
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(words).collect()
    }

    #[track_caller]
    pub fn count(&self, selector: &str) -> usize {
        self.all(selector).len()
    }

    #[track_caller]
    pub fn has(&self, selector: &str) -> bool {
        self.count(selector) > 0
    }

    /// An attribute of the first element that fits.
    #[track_caller]
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.first(selector).attr(name).map(str::to_owned)
    }

    /// Every address of this site that it leads to or shows, without the place in the page.
    pub fn links(&self) -> Vec<String> {
        let places = self.all("[href], [src]").into_iter();
        places
            .filter_map(|element| element.attr("href").or_else(|| element.attr("src")))
            .filter(|place| place.starts_with('/'))
            .map(|place| place.split('#').next().unwrap_or_default().to_owned())
            .collect()
    }

    /// What stands in a field: `page.value("#contact_name")`.
    #[track_caller]
    pub fn value(&self, selector: &str) -> String {
        value_of(self.first(selector)).unwrap_or_default()
    }

    /// The error at a field, without the word for screen readers before it: `page.error_at("target_target-0")`.
    #[track_caller]
    pub fn error_at(&self, field: &str) -> String {
        let text = self.text(&format!("[id='{field}-error']"));
        text.strip_prefix("Lỗi: ").map(str::to_owned).unwrap_or(text)
    }

    /// The fields that the summary of a wrong form leads to, in its order.
    pub fn wrong_fields(&self) -> Vec<String> {
        let links = self.all(".error-summary a");
        links
            .into_iter()
            .filter_map(|link| link.attr("href"))
            .map(|to| to.trim_start_matches('#').to_owned())
            .collect()
    }

    /// The sentence about what was done last.
    #[track_caller]
    pub fn message(&self) -> String {
        self.text(".notice[role=status]")
    }

    /// Where a form leads, and the fields it would send as the page shows it.
    #[track_caller]
    pub fn form(&self, selector: &str) -> (String, Vec<(String, String)>) {
        let form = self.first(selector);
        let action = form.attr("action").unwrap_or(&self.path).to_owned();
        let fields = Selector::parse("input[name], textarea[name], select[name]").unwrap();
        let fields = form
            .select(&fields)
            .filter(|field| field.attr("disabled").is_none())
            .filter_map(|field| Some((field.attr("name")?.to_owned(), value_of(field)?)))
            .collect();
        (action, fields)
    }

    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        let value = self
            .headers
            .get(name)
            .unwrap_or_else(|| panic!("no header {name}"));
        value.to_str().unwrap()
    }

    #[track_caller]
    fn first(&self, selector: &str) -> ElementRef<'_> {
        let found = self.all(selector);
        *found
            .first()
            .unwrap_or_else(|| panic!("nothing fits {selector}. {}", self.gist()))
    }

    #[track_caller]
    fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let parsed = Selector::parse(selector).unwrap_or_else(|_| panic!("{selector} is no selector"));
        self.dom.select(&parsed).collect()
    }

    /// What a failed test shows of the page.
    fn gist(&self) -> String {
        let told = self
            .texts("h1, .trouble-text, .error-summary li, .notice")
            .join(" | ");
        let told = if told.is_empty() {
            self.body.chars().take(300).collect()
        } else {
            told
        };
        let to = self
            .location
            .as_deref()
            .map(|to| format!(" to {to}"))
            .unwrap_or_default();
        format!("The answer was {}{to}: {told}", self.status)
    }
}

fn words(element: ElementRef<'_>) -> String {
    element
        .text()
        .flat_map(str::split_whitespace)
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a field would send; nothing for a box that isn't ticked, a button or a file.
fn value_of(field: ElementRef<'_>) -> Option<String> {
    let own = field.attr("value").map(str::to_owned);
    match (field.value().name(), field.attr("type")) {
        ("textarea", _) => {
            let text: String = field.text().collect();
            Some(text.strip_prefix('\n').unwrap_or(&text).to_owned())
        }
        ("select", _) => {
            let options = Selector::parse("option").unwrap();
            let mut options = field.select(&options);
            let first = options.clone().next();
            let chosen = options
                .find(|option| option.attr("selected").is_some())
                .or(first)?;
            Some(chosen.attr("value").map_or_else(|| words(chosen), str::to_owned))
        }
        (_, Some("checkbox" | "radio")) => field
            .attr("checked")
            .map(|_| own.unwrap_or_else(|| "on".to_owned())),
        (_, Some("submit" | "button" | "file")) => None,
        _ => Some(own.unwrap_or_default()),
    }
}
