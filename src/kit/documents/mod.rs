//! Official papers: a document as data becomes a DOCX to edit and sign, and a PDF to print and keep.
//!
//! ```text
//! Document (what it says) + Profile (how papers look) -> Layout (all measures worked out) -> DOCX
//!                                                                                         -> PDF
//!                                                                                         -> HTML
//! ```
//!
//! The same document always gives the same bytes. Both writers work on their thread until they are done, so a page asks for a
//! document through [`pdf_apart`] and [`docx_apart`], which keep the threads that answer requests free.

pub mod bound;
pub mod docx;
pub mod fonts;
pub mod html;
pub mod layout;
mod limits;
pub mod markup;
pub mod model;
pub mod pdf;
pub mod pictures;
pub mod placed;
pub mod plain;
pub mod profile;
pub mod wording;

use super::{error::Result, writers::apart};
pub use model::Document;
pub use profile::Profile;

/// The document as a PDF.
pub fn pdf(document: &Document, profile: &Profile) -> Result<Vec<u8>> {
    limits::check(document)?;
    Ok(pdf::write(&layout::lay_out(document, profile))?)
}

/// The document as a DOCX.
pub fn docx(document: &Document, profile: &Profile) -> Result<Vec<u8>> {
    limits::check(document)?;
    Ok(docx::write(&layout::lay_out(document, profile))?)
}

/// [`pdf()`] [apart](super::writers) from the threads that answer requests.
pub async fn pdf_apart(document: Document, profile: Profile) -> Result<Vec<u8>> {
    apart(move || pdf(&document, &profile)).await
}

/// [`docx()`] [apart](super::writers) from the threads that answer requests.
pub async fn docx_apart(document: Document, profile: Profile) -> Result<Vec<u8>> {
    apart(move || docx(&document, &profile)).await
}

/// [`placed::write()`] [apart](super::writers) from the threads that answer requests.
pub async fn placed_apart(title: String, sheets: Vec<placed::Sheet>) -> Result<Vec<u8>> {
    apart(move || placed::write(&title, &sheets)).await
}
