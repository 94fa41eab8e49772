//! A paper as pages show it.

use std::fmt;

use crate::kit::documents::{Document, html};

/// The HTML of a paper: every word in it was escaped when it was written, so templates print it as it is.
pub(super) struct Paper(String);

impl Paper {
    pub(super) fn of(document: &Document) -> Self {
        Self(html::on_screen(document))
    }
}

impl fmt::Display for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Paper {}
