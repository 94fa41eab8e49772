//! What every handler can reach.

use std::{path::PathBuf, sync::Arc};

use sqlx::{PgPool, Postgres, pool::PoolConnection};

use crate::kit::{
    clock::Clock,
    config::Config,
    database::{Transaction, begin},
    error::Result,
    files::FileStore,
    vault::Vault,
};

/// The running program: cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of the running program.
pub struct Parts {
    /// Connections to the database.
    pub pool: PgPool,
    /// The clock.
    pub clock: Clock,
    /// The settings.
    pub config: Config,
    /// Attached files.
    pub files: FileStore,
    /// Secrets that must not lie in the database.
    pub vault: Vault,
    /// This program itself, for what it does in a process of its own.
    pub program: PathBuf,
    /// Whether the demonstration world is shown: a banner on every page says so.
    pub is_demo: bool,
}

impl App {
    /// The program out of its parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// A connection for reading.
    pub async fn db(&self) -> Result<PoolConnection<Postgres>> {
        Ok(self.0.pool.acquire().await?)
    }

    /// A transaction for an act.
    pub async fn begin(&self) -> Result<Transaction> {
        begin(&self.0.pool).await
    }
}

impl std::ops::Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
