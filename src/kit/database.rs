//! The pool of connections, the migrations, and what kind of installation this is.

use std::{str::FromStr, time::Duration};

use anyhow::anyhow;
use sqlx::{
    Connection, PgConnection, PgPool,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::time;

use super::{clock::Moment, config::Config, error::Result};

/// All migrations, in the program itself.
pub static MIGRATIONS: Migrator = sqlx::migrate!();

/// A transaction that ends undone unless it is committed.
pub type Transaction = sqlx::Transaction<'static, sqlx::Postgres>;

/// A connection that has lain idle this long is asked whether it still works before a request gets it.
const STALE: Duration = Duration::from_secs(3);

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
        // A ping per request would be a statement more on every page of a busy site. After a restart of the
        // database the connections have lain idle for a while, and only these are asked.
        .test_before_acquire(false)
        .before_acquire(|db, meta| {
            Box::pin(async move {
                if meta.idle_for > STALE {
                    db.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(options))
}

/// Waits until the database answers, at most `patience`; what it said last is the error. What waiting can't mend
/// (a wrong password, a database that doesn't exist) is an error at once.
pub async fn wait(pool: &PgPool, patience: Duration) -> anyhow::Result<()> {
    let options = pool.connect_options();
    let start = time::Instant::now();
    loop {
        let error = match PgConnection::connect_with(&options).await {
            Ok(db) => return Ok(db.close().await?),
            Err(error) => error,
        };
        // Class 57P: the server starts or stops; 53300: too many connections. Any other answer is final.
        let is_final = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .is_some_and(|code| !code.starts_with("57P") && code != "53300");
        if is_final || start.elapsed() > patience {
            return Err(anyhow!(error).context("the database can't be used"));
        }
        tracing::info!(%error, "waiting for the database");
        time::sleep(Duration::from_secs(1)).await;
    }
}

/// Applies pending migrations; answers how many there were.
pub async fn migrate(pool: &PgPool) -> anyhow::Result<usize> {
    // A connection of its own: a migration of a large table, or waiting for another program that migrates, may
    // take longer than a request.
    let options = (*pool.connect_options())
        .clone()
        .options([("statement_timeout", "0"), ("lock_timeout", "0")]);
    let mut db = PgConnection::connect_with(&options).await?;
    let before = applied(&mut db).await?;
    MIGRATIONS.run(&mut db).await.map_err(|error| match error {
        MigrateError::VersionMissing(version) => anyhow!(
            "this database was used by a newer version of the program: it has the migration {version}, which this version \
             doesn't know. Start the newer version, or restore a backup from before the update"
        ),
        MigrateError::VersionMismatch(version) => anyhow!(
            "the migration {version} differs from the one that was applied to this database: it was made by another \
             program, or by a version that was never released"
        ),
        other => anyhow!(other).context("the database can't be brought up to date"),
    })?;
    let after = applied(&mut db).await?;
    db.close().await?;
    Ok(after - before)
}

/// How many migrations have been applied.
async fn applied(db: &mut PgConnection) -> Result<usize, MigrateError> {
    use sqlx::migrate::Migrate;
    let table = &MIGRATIONS.table_name;
    db.ensure_migrations_table(table).await?;
    Ok(db.list_applied_migrations(table).await?.len())
}

/// Whether the database answers and has all migrations.
pub async fn is_ready(pool: &PgPool) -> bool {
    use sqlx::migrate::Migrate;
    let Ok(mut db) = pool.acquire().await else {
        return false;
    };
    let list = db.list_applied_migrations(&MIGRATIONS.table_name).await;
    list.is_ok_and(|list| list.len() == MIGRATIONS.iter().count())
}

/// Begins a transaction.
pub async fn begin(pool: &PgPool) -> Result<Transaction> {
    Ok(pool.begin().await?)
}

/// Lets one transaction after another do what `key` names: the next one waits here until this one has ended.
pub async fn take_turns(db: &mut PgConnection, key: &str) -> Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", key)
        .execute(db)
        .await?;
    Ok(())
}

/// Whether this installation shows the demonstration world.
pub async fn is_demo(db: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar!("select is_demo from installation")
        .fetch_optional(db)
        .await?
        .unwrap_or(false))
}

/// Notes, once, what kind of installation this is.
pub async fn found(db: &mut PgConnection, now: Moment, is_demo: bool) -> Result<()> {
    sqlx::query!(
        "insert into installation (is_demo, since) values ($1, $2)",
        is_demo,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
