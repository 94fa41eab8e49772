//! What the operator does at the terminal: starts the program, creates the first administrator, fills in units and
//! clusters, checks the journal.
//!
//! Each command opens the database of the settings, or the private one, does its work, and leaves everything in order
//! whatever comes of it.

use std::{fmt::Display, io::Write, time::Duration};

use crate::{
    demo,
    ids::PostId,
    kit::{
        clock::{self, Clock},
        config::Config,
        database,
        files::FileStore,
        journal::{self, Hand, Verdict},
        private_cluster::{ClusterError, Keeper, PrivateCluster},
        values::PersonName,
        vault::Vault,
    },
    people::{self, NewPerson, Post, Role},
    sign_in,
};
use anyhow::{Context, anyhow, bail};
use sqlx::PgPool;
use tokio::time;

pub mod ballot;
pub mod serve;

/// How long a database may take to start.
const PATIENCE: Duration = Duration::from_mins(2);

/// How long connections may take to end.
const FAREWELL: Duration = Duration::from_secs(5);

/// A line for the person at the terminal. That nobody reads it any more is no reason to end.
fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// The database of the settings, answering.
struct Database {
    pool: PgPool,
    /// The private server, if this program runs it.
    keeper: Option<Keeper>,
}

impl Database {
    /// Opens the database that the settings name, or starts the private one.
    async fn open(config: &Config) -> anyhow::Result<Self> {
        if let Some(url) = &config.database_url {
            return Self::on(url, None, config).await;
        }
        let keeper = Keeper::start(&config.data).await?;
        let url = keeper.database_url().to_owned();
        Self::on(&url, Some(keeper), config).await
    }

    /// The same, beside a server that may be running on the private one.
    async fn open_beside(config: &Config) -> anyhow::Result<Self> {
        match Self::open(config).await {
            Err(error) if matches!(error.downcast_ref(), Some(ClusterError::InUse { .. })) => {
                Self::on(&PrivateCluster::beside(&config.data)?, None, config).await
            }
            outcome => outcome,
        }
    }

    async fn on(url: &str, keeper: Option<Keeper>, config: &Config) -> anyhow::Result<Self> {
        let opened = match database::pool(url, config).context("DATABASE_URL can't be read") {
            Ok(pool) => database::wait(&pool, PATIENCE).await.map(|()| pool),
            Err(error) => Err(error),
        };
        match (opened, keeper) {
            (Ok(pool), keeper) => Ok(Self { pool, keeper }),
            (Err(error), None) => Err(error),
            (Err(error), Some(keeper)) => {
                keeper.stop().await?;
                Err(error)
            }
        }
    }

    /// Ends the connections, and the private server if it is this program's.
    async fn close(self) -> anyhow::Result<()> {
        if time::timeout(FAREWELL, self.pool.close()).await.is_err() {
            tracing::warn!("some connections to the database are still busy");
        }
        match self.keeper {
            Some(keeper) => Ok(keeper.stop().await?),
            None => Ok(()),
        }
    }
}

/// Does something with the database, and leaves it in order whatever comes of it.
async fn with_database<T>(
    config: &Config,
    work: impl AsyncFnOnce(&PgPool) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let database = Database::open_beside(config).await?;
    let outcome = work(&database.pool).await;
    database.close().await?;
    outcome
}

/// Where attached files are kept.
fn open_files(config: &Config) -> anyhow::Result<FileStore> {
    FileStore::open(&config.data.join("files")).context("attached files can't be kept")
}

/// Where secrets are kept that must not lie in the database.
fn open_vault(config: &Config) -> anyhow::Result<Vault> {
    Vault::open(&config.data.join("keys")).context("keys can't be kept")
}

async fn bring_up_to_date(pool: &PgPool) -> anyhow::Result<()> {
    match database::migrate(pool).await? {
        0 => say("the database is up to date"),
        number => say(format_args!(
            "the database is up to date after {number} migrations"
        )),
    }
    Ok(())
}

/// `migrate`
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    with_database(config, bring_up_to_date).await
}

/// `demo`
pub async fn demo(config: &Config) -> anyhow::Result<()> {
    with_database(config, async |pool| {
        bring_up_to_date(pool).await?;
        let files = FileStore::open(&config.data.join("files")).context("attached files can't be kept")?;
        if !demo::load(
            pool,
            &files,
            &open_vault(config)?,
            &config.address(),
            Clock::System.now(),
        )
        .await?
        {
            bail!("the database isn't empty: the demonstration world is never mixed with other data");
        }
        say("the demonstration world is there; a server that is running shows so after its next start");
        Ok(())
    })
    .await
}

/// `reference`
pub async fn reference(config: &Config) -> anyhow::Result<()> {
    with_database(config, async |pool| {
        bring_up_to_date(pool).await?;
        if !demo::load_reference(pool, Clock::System.now()).await? {
            bail!("there are units and clusters already");
        }
        say("units with their succession, and clusters, are there");
        Ok(())
    })
    .await
}

/// `user create`
pub async fn create_user(config: &Config, login: String, name: &str, role: Role) -> anyhow::Result<()> {
    let full_name = PersonName::parse(name).map_err(|error| anyhow!("--name: {error}"))?;
    with_database(config, async |pool| {
        bring_up_to_date(pool).await?;
        let (now, hand) = (Clock::System.now(), Hand::program());
        let new = NewPerson {
            login,
            full_name,
            gender: None,
            email: String::new(),
        };
        let post = Post {
            id: PostId::new(),
            role,
            unit_id: None,
            cluster_id: None,
            starts_on: clock::day(now),
            ends_on: None,
        };
        let address = config.address();
        let link_to = |token: &str| format!("{address}{}", sign_in::pages::password_link(token));
        let mut tx = database::begin(pool).await?;
        let person = people::create_person(&mut tx, now, &hand, new).await?;
        people::add_post(&mut tx, now, &hand, person, &post).await?;
        let link =
            people::issue_password_link(&mut tx, now, &hand, person, config.link_hours, link_to).await?;
        tx.commit().await?;
        say(format_args!(
            "to set the password, open once within {} hours:\n{link}",
            config.link_hours
        ));
        Ok(())
    })
    .await
}

/// `journal verify`: whether every line fits.
pub async fn verify_journal(config: &Config) -> anyhow::Result<bool> {
    with_database(config, async |pool| {
        match journal::verify(&mut *pool.acquire().await?).await? {
            Verdict::Whole { lines, head } => {
                say(format_args!("the journal is whole: {lines} lines, head {head}"));
                Ok(true)
            }
            Verdict::Broken { number } => {
                say(format_args!("the journal is broken: line {number} doesn't fit"));
                Ok(false)
            }
        }
    })
    .await
}

/// A login as the database takes it.
pub fn login(typed: &str) -> Result<String, String> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let fits = (3..=40).contains(&typed.len())
        && typed.starts_with(is_plain)
        && typed.chars().all(|c| is_plain(c) || ".-_".contains(c));
    if fits {
        Ok(typed.to_owned())
    } else {
        Err("3 to 40 small letters, digits, `.`, `_`, `-`, the first a letter or digit".to_owned())
    }
}

/// A role that belongs to no unit and no cluster.
pub fn role(typed: &str) -> Result<Role, String> {
    match Role::from_code(typed) {
        Some(role @ (Role::Administrator | Role::StandingOffice | Role::CouncilMember)) => Ok(role),
        _ => Err("administrator, standing_office or council_member".to_owned()),
    }
}
