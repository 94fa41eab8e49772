//! Keeps a private cluster running.
//!
//! The program lives for months, and any day its server may be killed: memory ran out, a hand slipped. Requests
//! answer 503 meanwhile, and nobody should have to be called to start it again.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::{sync::oneshot, task::JoinHandle, time};

use super::{ClusterError, PrivateCluster};

/// Before each new attempt to start the server.
const BREATH: Duration = Duration::from_secs(1);

/// A private cluster that is started again whenever its server ends.
#[derive(Debug)]
pub struct Keeper {
    url: String,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), ClusterError>>,
}

impl Keeper {
    /// Starts the cluster in the folder `data`; see [`PrivateCluster::start`].
    pub async fn start(data: &Path) -> Result<Self, ClusterError> {
        let cluster = PrivateCluster::start(data).await?;
        let (stop, stopped) = oneshot::channel();
        Ok(Self {
            url: cluster.database_url(),
            stop,
            task: tokio::spawn(keep(cluster, data.to_owned(), stopped)),
        })
    }

    /// The address of the database; it stays the same whenever the server is started again.
    #[must_use]
    pub fn database_url(&self) -> &str {
        &self.url
    }

    /// Shuts the server down in order; see [`PrivateCluster::stop`].
    pub async fn stop(self) -> Result<(), ClusterError> {
        // Nobody receives it when the task has panicked; that shows in the next line.
        let _ = self.stop.send(());
        self.task.await.unwrap_or(Err(ClusterError::Stubborn))
    }
}

async fn keep(
    mut cluster: PrivateCluster,
    data: PathBuf,
    mut stopped: oneshot::Receiver<()>,
) -> Result<(), ClusterError> {
    loop {
        tokio::select! {
            _ = &mut stopped => return cluster.stop().await,
            ended = cluster.server.wait() => match ended {
                Ok(status) => tracing::error!(%status, "the private PostgreSQL has ended, starting it again"),
                Err(error) => tracing::error!(%error, "the private PostgreSQL is lost, starting it again"),
            },
        }
        // The folder must be free for the next one.
        drop(cluster);
        cluster = loop {
            tokio::select! {
                _ = &mut stopped => return Ok(()),
                () = time::sleep(BREATH) => {}
            }
            // Not to be broken off: a server half-way started would be left without a parent.
            match PrivateCluster::start(&data).await {
                Ok(cluster) => break cluster,
                Err(error) => tracing::error!(%error, "the private PostgreSQL doesn't start"),
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use clap::{Args, Command, FromArgMatches};
    use nix::sys::signal::Signal;

    use super::*;
    use crate::kit::{
        config::Config,
        database,
        error::{AppError, Result},
        private_cluster::{
            leftover,
            tests::{Folder, postmaster},
        },
    };

    fn settings() -> Config {
        let matches = Config::augment_args(Command::new("test")).get_matches_from(["test"]);
        Config::from_arg_matches(&matches).unwrap()
    }

    #[tokio::test]
    async fn a_server_that_is_killed_is_started_again_and_found_again() {
        let folder = Folder::new();
        let keeper = Keeper::start(folder.path()).await.unwrap();
        let pool = database::pool(keeper.database_url(), &settings()).unwrap();
        let asked = async || -> Result<i32> {
            Ok(sqlx::query_scalar::<_, i32>("select 1")
                .fetch_one(&mut *pool.acquire().await?)
                .await?)
        };
        asked().await.unwrap();

        let killed = postmaster(&folder).unwrap();
        leftover::signal(killed, Signal::SIGKILL);
        // A session lives on until it notices that its server is gone, so an answer alone proves nothing.
        let found = async {
            loop {
                match asked().await {
                    Ok(_) if postmaster(&folder).is_some_and(|now| now != killed) => break,
                    Ok(_) | Err(AppError::Unavailable(_)) => time::sleep(super::super::PAUSE).await,
                    Err(error) => panic!("{error}"),
                }
            }
        };
        time::timeout(Duration::from_mins(2), found).await.unwrap();
        pool.close().await;
        keeper.stop().await.unwrap();
        assert!(!folder.path().join("postgres/postmaster.pid").exists());
    }
}
