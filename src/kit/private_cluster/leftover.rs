//! What a program that was killed leaves behind: a server without a parent, or the note of a dead one.
//!
//! Everything here happens while the data folder is locked, so no other program owns the server that is found.

use std::{fs, io, os::unix::ffi::OsStrExt, path::Path};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tokio::time;

use super::{ClusterError, PAUSE, STOP, error::at};

/// Stops an orphaned server, and removes a note that would keep a new one from starting. Answers whether the
/// last run ended without a shutdown.
pub async fn clear(cluster: &Path) -> Result<bool, ClusterError> {
    let note = cluster.join("postmaster.pid");
    let Some(process) = process_in(&note)? else {
        return Ok(false);
    };
    match what_runs(process, cluster) {
        Found::Nothing => {}
        Found::OurServer => {
            tracing::warn!(process, "stopping the PostgreSQL of a program that was killed");
            stop(process, cluster).await?;
        }
        // After a restart of the machine, and always in a container, process numbers come round again. PostgreSQL
        // itself can't tell and would refuse to start; its command line shows that this isn't a server of ours.
        Found::Stranger => {
            tracing::warn!(
                process,
                "removing the note of a dead PostgreSQL, its number is taken by another"
            );
            fs::remove_file(&note).map_err(at(&note))?;
        }
    }
    Ok(true)
}

/// Sends a signal to a server. One that has gone in the meantime needs none.
pub fn signal(process: u32, signal: Signal) {
    let Ok(number) = i32::try_from(process) else {
        return;
    };
    if let Err(error) = kill(Pid::from_raw(number), signal) {
        tracing::debug!(process, %signal, %error, "signal not delivered");
    }
}

/// The server writes its process number into the first line. No file: it was shut down in order.
fn process_in(note: &Path) -> Result<Option<u32>, ClusterError> {
    match fs::read_to_string(note) {
        Ok(text) => Ok(text.lines().next().and_then(|line| line.trim().parse().ok())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(note)(error)),
    }
}

enum Found {
    Nothing,
    OurServer,
    Stranger,
}

/// Looks at the command line, which everybody may read, and not at `/proc/<process>/cwd`, which in a container
/// even root may not read of another user's process.
fn what_runs(process: u32, cluster: &Path) -> Found {
    match fs::read(format!("/proc/{process}/cmdline")) {
        // An empty line is that of a process which has ended and whose parent hasn't looked yet.
        Ok(line) if line.is_empty() => Found::Nothing,
        Ok(line) => {
            let ours = line
                .split(|byte| *byte == 0)
                .any(|word| word == cluster.as_os_str().as_bytes());
            if ours { Found::OurServer } else { Found::Stranger }
        }
        Err(_) => Found::Nothing,
    }
}

/// Fast, and if that doesn't help, immediate. The process isn't our child, so all we can do is look.
async fn stop(process: u32, cluster: &Path) -> Result<(), ClusterError> {
    for order in [Signal::SIGINT, Signal::SIGQUIT] {
        signal(process, order);
        let gone = async {
            while matches!(what_runs(process, cluster), Found::OurServer) {
                time::sleep(PAUSE).await;
            }
        };
        if time::timeout(STOP, gone).await.is_ok() {
            return Ok(());
        }
    }
    Err(ClusterError::Stubborn)
}
