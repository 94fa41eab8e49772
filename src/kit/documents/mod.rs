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

use std::{
    sync::{Arc, LazyLock},
    thread,
};

use anyhow::Context;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::error::Result;
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

/// [`pdf()`] on a thread of its own, which stands back behind those that answer requests; waits while others are at work.
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

/// A writer's turn, which ends when this is dropped.
async fn turn() -> Result<OwnedSemaphorePermit> {
    let turn = Arc::clone(&WRITERS).acquire_owned().await;
    Ok(turn.context("the writers are gone")?)
}

/// A fault in a writer costs the one document that showed it.
async fn apart(write: impl FnOnce() -> Result<Vec<u8>> + Send + 'static) -> Result<Vec<u8>> {
    let permit = turn().await?;
    let (hand_over, written) = oneshot::channel();
    let writer = thread::Builder::new().name("writer".to_owned());
    let work = move || {
        step_back();
        // Who asked may have gone.
        let _ = hand_over.send(write());
        drop(permit);
    };
    writer.spawn(work).context("a writer can't begin")?;
    written.await.context("a writer failed")?
}

/// How far papers stand back behind pages, from 0 to 19.
const NICENESS: i32 = 10;

/// Lets everybody else go first from here on, on this thread: Linux keeps the priority of each thread by itself, whatever POSIX
/// says of processes. Where the system won't have it, papers are written all the same.
fn step_back() {
    let _ = rustix::process::setpriority_process(None, NICENESS);
}
