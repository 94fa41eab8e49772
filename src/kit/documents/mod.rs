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
pub mod model;
pub mod pdf;
pub mod pictures;
pub mod placed;
pub mod plain;
pub mod profile;
pub mod wording;

use std::sync::{Arc, LazyLock};

use anyhow::Context;
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::error::{AppError, Result};
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

/// Writers at work at once: half of the processors, so that pages are answered meanwhile.
static WRITERS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    Arc::new(Semaphore::new((processors / 2).max(1)))
});

/// [`pdf()`] on a thread of its own; waits while others are at work.
pub async fn pdf_apart(document: Document, profile: Profile) -> Result<Vec<u8>> {
    apart(move || pdf(&document, &profile)).await
}

/// [`docx()`] on a thread of its own; waits while others are at work.
pub async fn docx_apart(document: Document, profile: Profile) -> Result<Vec<u8>> {
    apart(move || docx(&document, &profile)).await
}

/// [`placed::write()`] on a thread of its own; waits while others are at work.
pub async fn placed_apart(title: String, sheets: Vec<placed::Sheet>) -> Result<Vec<u8>> {
    apart(move || placed::write(&title, &sheets)).await
}

/// [`bound::write()`] on a thread of its own; waits while others are at work.
pub async fn bound_apart(volume: bound::Volume) -> Result<Vec<u8>> {
    apart(move || bound::write(&volume)).await
}

/// A fault in a writer costs the one document that showed it.
async fn apart(write: impl FnOnce() -> Result<Vec<u8>> + Send + 'static) -> Result<Vec<u8>> {
    let permit = Arc::clone(&WRITERS)
        .acquire_owned()
        .await
        .context("the writers are gone")?;
    let written = spawn_blocking(move || {
        let written = write();
        drop(permit);
        written
    });
    written
        .await
        .map_err(|error| AppError::Internal(anyhow::Error::new(error).context("a writer failed")))?
}
