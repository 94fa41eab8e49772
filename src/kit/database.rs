//! The pool of connections and the migrations.

use std::{str::FromStr, time::Duration};

use sqlx::{
    PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{config::Config, error::Result};

/// All migrations, in the program itself.
pub static MIGRATIONS: Migrator = sqlx::migrate!();

/// A transaction that ends undone unless it is committed.
pub type Transaction = sqlx::Transaction<'static, sqlx::Postgres>;

/// Opens a pool on `url`; connections are made when they are needed, so a database that is down for a
/// while doesn't stop the program.
pub fn pool(url: &str, config: &Config) -> anyhow::Result<PgPool> {
    let options = PgConnectOptions::from_str(url)?
        .application_name("cumthidua")
        .options([
            ("timezone", "UTC"),
            ("statement_timeout", "20s"),
            ("lock_timeout", "10s"),
            ("idle_in_transaction_session_timeout", "30s"),
        ]);
    Ok(PgPoolOptions::new()
        .max_connections(config.db_connections)
        .min_connections(1)
        // A request waits this long for a connection before it answers 503.
        .acquire_timeout(Duration::from_secs(5))
        // A ping per request would be a statement more on every page; a broken connection shows on first use.
        .test_before_acquire(false)
        .connect_lazy_with(options))
}

/// Applies pending migrations; answers how many there were.
pub async fn migrate(pool: &PgPool) -> anyhow::Result<usize> {
    let mut db = pool.acquire().await?;
    let before = applied(&mut db).await;
    MIGRATIONS.run(&mut *db).await?;
    Ok(applied(&mut db).await - before)
}

async fn applied(db: &mut sqlx::PgConnection) -> usize {
    use sqlx::migrate::Migrate;
    db.list_applied_migrations("_sqlx_migrations")
        .await
        .map_or(0, |list| list.len())
}

/// Whether the database answers and has all migrations.
pub async fn is_ready(pool: &PgPool) -> bool {
    match pool.acquire().await {
        Ok(mut db) => applied(&mut db).await == MIGRATIONS.iter().count(),
        Err(_) => false,
    }
}

/// Begins a transaction.
pub async fn begin(pool: &PgPool) -> Result<Transaction> {
    Ok(pool.begin().await?)
}
