//! The database files of a new cluster.

use std::{fs, path::Path, process::Stdio};

use super::{ClusterError, NAME, error::at, owner::Owner, programs::Programs};

/// Creates the database files in `cluster`, an empty folder.
///
/// They are made next to it and moved when complete: a start that is cut short half-way must not leave files
/// that the next one takes for a cluster.
pub async fn create(programs: &Programs, owner: &Owner, cluster: &Path) -> Result<(), ClusterError> {
    tracing::info!(folder = %cluster.display(), "creating a private PostgreSQL");
    let workshop = cluster.with_extension("new");
    if workshop.exists() {
        fs::remove_dir_all(&workshop).map_err(at(&workshop))?;
    }
    owner.own_folder(&workshop)?;
    initialise(programs, owner, &workshop).await?;
    fs::rename(&workshop, cluster).map_err(at(cluster))
}

/// Vietnamese order and capitals come from ICU; a PostgreSQL built without it still works, with names in the
/// order of their code points.
async fn initialise(programs: &Programs, owner: &Owner, cluster: &Path) -> Result<(), ClusterError> {
    let icu = ["--locale-provider=icu", "--icu-locale=vi"];
    match initdb(programs, owner, cluster, &icu).await {
        Err(ClusterError::Program { output, .. }) if output.to_lowercase().contains("icu") => {
            tracing::warn!("this PostgreSQL has no ICU: lists will not be in Vietnamese order");
            initdb(programs, owner, cluster, &[]).await
        }
        outcome => outcome,
    }
}

async fn initdb(
    programs: &Programs,
    owner: &Owner,
    cluster: &Path,
    locale: &[&str],
) -> Result<(), ClusterError> {
    let mut command = owner.command(&programs.initdb, cluster);
    command.arg("--pgdata").arg(cluster).args(locale).args([
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--data-checksums",
        "--auth-local=trust",
        // Should someone ever let this server listen on the network, nobody gets in that way.
        "--auth-host=reject",
    ]);
    command
        .arg(format!("--username={NAME}"))
        .stdin(Stdio::null())
        // What is cut short is made again by the next start, which mustn't find somebody still writing.
        .kill_on_drop(true);
    let outcome = command.output().await.map_err(at(&programs.initdb))?;
    if outcome.status.success() {
        return Ok(());
    }
    let output = String::from_utf8_lossy(&outcome.stderr).trim().to_owned();
    Err(ClusterError::Program {
        program: programs.initdb.clone(),
        output,
    })
}
