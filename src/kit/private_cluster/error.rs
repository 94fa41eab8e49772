//! What can keep the private PostgreSQL from running.

use std::{
    io,
    path::{Path, PathBuf},
    process::ExitStatus,
};

/// Why the private PostgreSQL can't be used; each text says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No server programs on this machine.
    #[error(
        "PostgreSQL is not installed: its server programs are neither in PATH nor under /usr/lib/postgresql. \
         On Debian: sudo apt-get install postgresql. Or set DATABASE_URL to an existing server"
    )]
    NotInstalled,
    /// Server programs, but not of the version that wrote the files.
    #[error(
        "the files in {} were written by PostgreSQL {wanted}, and only {found} is installed. \
         On Debian: sudo apt-get install postgresql-{wanted}", folder.display()
    )]
    OtherVersion {
        /// The database files.
        folder: PathBuf,
        /// The major version that wrote them.
        wanted: u32,
        /// What is installed instead.
        found: String,
    },
    /// Another program works with this data folder.
    #[error("another cumthidua is already running on the data folder {}", data.display())]
    InUse {
        /// The data folder.
        data: PathBuf,
    },
    /// Started as root where there is no user to hand the server to.
    #[error(
        "PostgreSQL refuses to run as root, and there is no user `postgres` to run it instead. \
         Start as an ordinary user, or: sudo adduser --system --group --no-create-home postgres"
    )]
    NoServerUser,
    /// The database files belong to somebody else.
    #[error("{} belongs to another user; start as that user or as root", folder.display())]
    NotOurs {
        /// What belongs to somebody else.
        folder: PathBuf,
    },
    /// The server's user can't get to the files.
    #[error(
        "PostgreSQL refuses to run as root, so it runs as `{user}`, who may not pass through {}. \
         Choose a data folder outside of it, for example --data /var/lib/cumthidua, or start as an ordinary user",
        barrier.display()
    )]
    OutOfReach {
        /// The user that would run the server.
        user: String,
        /// The first folder on the way that is closed.
        barrier: PathBuf,
    },
    /// A PostgreSQL program failed.
    #[error("{} failed: {output}", program.display())]
    Program {
        /// The program.
        program: PathBuf,
        /// What it said.
        output: String,
    },
    /// The server ended by itself.
    #[error("PostgreSQL ended ({status}); the last words in {}:\n{last_words}", log.display())]
    Ended {
        /// Its exit status.
        status: ExitStatus,
        /// Its log.
        log: PathBuf,
        /// The last lines of the log.
        last_words: String,
    },
    /// The server runs and doesn't answer.
    #[error("PostgreSQL has not answered in {} seconds, see {}", super::START.as_secs(), log.display())]
    Silent {
        /// Its log.
        log: PathBuf,
    },
    /// The server doesn't stop.
    #[error("PostgreSQL does not stop; the next start will try again")]
    Stubborn,
    /// A file or folder can't be used.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The server answers, but not as it should.
    #[error("the private database can't be created: {0}")]
    Database(#[from] sqlx::Error),
}

/// Names the file in an error of the file system, which never does so itself.
pub fn at(path: &Path) -> impl FnOnce(io::Error) -> ClusterError {
    move |source| ClusterError::File {
        path: path.to_owned(),
        source,
    }
}
