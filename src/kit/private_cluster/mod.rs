//! The program's own PostgreSQL, for a first start without a database server.
//!
//! Whoever tries the program, or runs it in a small office, shouldn't have to set up a database server first.
//! Without `DATABASE_URL` the program keeps its data in a PostgreSQL of its own: it creates one in the data
//! folder, starts it, talks to it over a socket in the file system (nothing listens on the network) and stops
//! it in order at the end. The folder is an ordinary PostgreSQL one, so every tool for backup or upgrade fits.
//!
//! ```text
//! <data>/lock           held while a program uses this folder
//! <data>/postgres/      the database files
//! <data>/socket/        the door, closed to other users (elsewhere when this path is too long)
//! <data>/postgres.log   what the server says
//! ```
//!
//! **Why the server is a direct child** and not started by `pg_ctl`: `pg_ctl start` hands its options to a
//! shell, where a space or quote in a path changes their meaning, and leaves a daemon nobody waits for. As a
//! child the server's death is seen at once, and its settings are plain arguments.
//!
//! **Who may connect.** The cluster trusts whoever reaches its socket; the socket is 0700 in a folder that is
//! 0700, both owned by the server's user. So only that user and root get in, and these two can read the
//! database files anyway. A password file would guard the same people with the same file rights and add a
//! secret to lose; a peer map would tie the data to user names, and fail after a move to another machine.

use std::{
    fs::{self, File, TryLockError},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use nix::{sys::signal::Signal, unistd::geteuid};
use sqlx::{Postgres, migrate::MigrateDatabase};
use tokio::{process::Child, time};

mod error;
mod initdb;
mod keeper;
mod leftover;
mod owner;
mod programs;
mod socket;
#[cfg(test)]
mod tests;

pub use error::ClusterError;
use error::at;
pub use keeper::Keeper;
use owner::Owner;
use programs::Programs;

/// The database inside the cluster, and its only user.
const NAME: &str = "cumthidua";

/// How long a start may take. Long, since after a power cut the server first replays its log.
const START: Duration = Duration::from_mins(3);

/// How long a shutdown may take: it writes everything in memory to the disk.
const STOP: Duration = Duration::from_mins(1);

/// Between two looks at something that another process will change.
const PAUSE: Duration = Duration::from_millis(100);

/// Given on the command line and not in `postgresql.conf`, so that a new version of the program brings its
/// settings along and no file in the data folder needs editing.
const SETTINGS: [&str; 11] = [
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "cluster_name=cumthidua",
    "shared_buffers=64MB",
    "max_connections=50",
    "timezone=UTC",
    "log_timezone=Asia/Ho_Chi_Minh",
    "lc_messages=C",
    "log_line_prefix=%m [%p] ",
    "log_checkpoints=off",
    "logging_collector=off",
];

/// A running PostgreSQL that belongs to this program alone.
///
/// Dropped without [`stop`](Self::stop), as in a panic, it asks the server to shut down but can't wait for it;
/// the next start does.
#[derive(Debug)]
pub struct PrivateCluster {
    url: String,
    server: Child,
    /// Released by the system when the program ends, however it ends. Not inherited by the server, since Rust
    /// opens files close-on-exec: an orphaned server must not keep the folder locked.
    _lock: File,
}

impl PrivateCluster {
    /// Starts the cluster in the folder `data`, creating both as needed, and waits until it answers.
    ///
    /// A server left behind by a program that was killed is stopped first, so that every server runs with
    /// today's settings and has a parent.
    pub async fn start(data: &Path) -> Result<Self, ClusterError> {
        let data = &prepare_data_folder(data)?;
        let lock = lock(data)?;

        let cluster = data.join("postgres");
        let owner = Owner::of(&cluster)?;
        let programs = Programs::find(&cluster)?;
        owner.own_folder(&cluster)?;
        owner.check_reach(&cluster, &programs.postgres).await?;

        let unclean = leftover::clear(&cluster).await?;
        if !cluster.join("PG_VERSION").exists() {
            initdb::create(&programs, &owner, &cluster).await?;
        }

        let socket = socket::folder(data, &owner)?;
        let url = socket::url(&socket);
        let log = data.join("postgres.log");

        // After a crash, orphans of a dead server may still be on their way out, and PostgreSQL rightly
        // refuses to start beside them. They leave within moments.
        let mut patience = if unclean { 5 } else { 0 };
        // Dropped from here on, as by Ctrl-C during the start, it takes its server along.
        let mut private = Self {
            url,
            server: launch(&programs, &owner, &cluster, &socket, &log)?,
            _lock: lock,
        };
        loop {
            match ready(&mut private.server, &private.url, &log).await {
                Ok(()) => break,
                Err(ClusterError::Ended { .. }) if patience > 0 => {
                    patience -= 1;
                    time::sleep(Duration::from_secs(1)).await;
                    private.server = launch(&programs, &owner, &cluster, &socket, &log)?;
                }
                Err(error) => {
                    let _ = shut_down(&mut private.server).await;
                    return Err(error);
                }
            }
        }
        tracing::info!(folder = %cluster.display(), version = programs.major, "private PostgreSQL is running");
        Ok(private)
    }

    /// The address of the database that another program runs on the folder `data`: a command can work beside a
    /// server. Whether it answers yet is another question.
    pub fn beside(data: &Path) -> Result<String, ClusterError> {
        let data = data.canonicalize().map_err(at(data))?;
        Ok(socket::url(&socket::place(&data)))
    }

    /// The address of the program's database, for sqlx and for `psql` alike.
    #[must_use]
    pub fn database_url(&self) -> String {
        self.url.clone()
    }

    /// Shuts the server down in order: open transactions are rolled back, everything is written to the disk.
    ///
    /// Close the connection pool first, so that nobody loses a statement half-way.
    pub async fn stop(mut self) -> Result<(), ClusterError> {
        shut_down(&mut self.server).await?;
        tracing::info!("private PostgreSQL has stopped");
        Ok(())
    }
}

impl Drop for PrivateCluster {
    fn drop(&mut self) {
        // No process id is left once the server has been waited for, so this does nothing after `stop`.
        if let Some(process) = self.server.id() {
            leftover::signal(process, Signal::SIGINT);
        }
    }
}

/// Creates the data folder and answers its full path, which stays right when the working folder changes.
fn prepare_data_folder(data: &Path) -> Result<PathBuf, ClusterError> {
    if !data.exists() {
        fs::create_dir_all(data).map_err(at(data))?;
        // Under a strict umask the server's user couldn't pass through a folder created by root.
        if geteuid().is_root() {
            fs::set_permissions(data, fs::Permissions::from_mode(0o711)).map_err(at(data))?;
        }
    }
    data.canonicalize().map_err(at(data))
}

/// Two programs on one folder would fight over the server, and each would stop the other's.
fn lock(data: &Path) -> Result<File, ClusterError> {
    let path = data.join("lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ClusterError::InUse {
            data: data.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(at(&path)(source)),
    }
}

fn launch(
    programs: &Programs,
    owner: &Owner,
    cluster: &Path,
    socket: &Path,
    log: &Path,
) -> Result<Child, ClusterError> {
    let output = File::options()
        .create(true)
        .append(true)
        .open(log)
        .map_err(at(log))?;
    let errors = output.try_clone().map_err(at(log))?;
    let mut command = owner.command(&programs.postgres, cluster);
    // The full path after `-D` is also how `leftover` recognises the server after a crash.
    command.arg("-D").arg(cluster).arg("-k").arg(socket);
    for setting in SETTINGS {
        command.arg("-c").arg(setting);
    }
    // A process group of its own: the terminal sends Ctrl-C to the whole group of the program, and the server
    // must outlive the requests that are being finished.
    command
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors);
    command.spawn().map_err(at(&programs.postgres))
}

/// Waits until the server answers and the database exists.
async fn ready(server: &mut Child, url: &str, log: &Path) -> Result<(), ClusterError> {
    let answers = async {
        loop {
            match Postgres::database_exists(url).await {
                Ok(exists) => break exists,
                // Not listening yet, or replaying its log; `wait` below notices when it gave up.
                Err(_) => time::sleep(PAUSE).await,
            }
        }
    };
    let exists = tokio::select! {
        exists = time::timeout(START, answers) => {
            exists.map_err(|_| ClusterError::Silent { log: log.to_owned() })?
        }
        status = server.wait() => {
            let status = status.map_err(at(log))?;
            return Err(ClusterError::Ended { status, log: log.to_owned(), last_words: last_words(log) });
        }
    };
    if !exists {
        Postgres::create_database(url).await?;
    }
    Ok(())
}

/// PostgreSQL's "fast" shutdown, and after a minute its "immediate" one, which loses nothing committed.
async fn shut_down(server: &mut Child) -> Result<(), ClusterError> {
    for signal in [Signal::SIGINT, Signal::SIGQUIT] {
        let Some(process) = server.id() else { return Ok(()) };
        leftover::signal(process, signal);
        if time::timeout(STOP, server.wait()).await.is_ok() {
            return Ok(());
        }
        tracing::warn!(process, %signal, "PostgreSQL doesn't stop");
    }
    Err(ClusterError::Stubborn)
}

/// The end of the log, for an error that should explain itself.
fn last_words(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(5)..].join("\n")
}
