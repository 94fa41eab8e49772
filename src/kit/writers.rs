//! Writers of files (papers, certificates, spreadsheets): they work apart from the threads that answer requests, few at once,
//! and let pages go first.

use std::{
    sync::{Arc, LazyLock},
    thread,
};

use anyhow::Context;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::error::Result;

/// Writers at work at once: half of the processors, so that pages are answered meanwhile.
static WRITERS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    Arc::new(Semaphore::new((processors / 2).max(1)))
});

/// A writer's turn, which ends when this is dropped.
pub async fn turn() -> Result<OwnedSemaphorePermit> {
    let turn = Arc::clone(&WRITERS).acquire_owned().await;
    Ok(turn.context("the writers are gone")?)
}

/// Writes on a thread of its own that stands back behind those that answer requests; waits while others are at work. A fault
/// costs the one file that showed it.
pub async fn apart(write: impl FnOnce() -> Result<Vec<u8>> + Send + 'static) -> Result<Vec<u8>> {
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
pub fn step_back() {
    let _ = rustix::process::setpriority_process(None, NICENESS);
}
