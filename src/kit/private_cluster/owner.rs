//! The user that runs the server and owns its files.
//!
//! PostgreSQL refuses to run as root. A program that was started as root therefore hands the server, and only
//! the server, to an ordinary user: the one that owns the existing files, else Debian's `postgres`.

use std::{
    env,
    ffi::OsStr,
    fs, io,
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown},
    },
    path::{Path, PathBuf},
    process::Stdio,
};

use nix::unistd::{Uid, User, getegid, geteuid};
use tokio::process::Command;

use super::{ClusterError, error::at};

/// Who runs the server.
#[derive(Debug)]
pub struct Owner {
    name: String,
    uid: u32,
    gid: u32,
    /// Whether this is another user than the program's own.
    other: bool,
}

impl Owner {
    /// The user that runs the server for this cluster.
    pub fn of(cluster: &Path) -> Result<Self, ClusterError> {
        if !geteuid().is_root() {
            let name = "this user".to_owned();
            return Ok(Self {
                name,
                uid: geteuid().as_raw(),
                gid: getegid().as_raw(),
                other: false,
            });
        }
        let earlier = match cluster.join("PG_VERSION").metadata() {
            Ok(file) if file.uid() != 0 => User::from_uid(Uid::from_raw(file.uid())).ok().flatten(),
            _ => None,
        };
        let user = earlier.or_else(|| User::from_name("postgres").ok().flatten());
        let user = user.ok_or(ClusterError::NoServerUser)?;
        Ok(Self {
            name: user.name,
            uid: user.uid.as_raw(),
            gid: user.gid.as_raw(),
            other: true,
        })
    }

    /// Makes this a folder that only this user (and root) can enter, creating it when missing.
    ///
    /// Never follows a link: in a shared place like the temporary folder somebody else may have put one there.
    pub fn own_folder(&self, folder: &Path) -> Result<(), ClusterError> {
        match fs::DirBuilder::new().mode(0o700).create(folder) {
            Ok(()) if self.other => chown(folder, Some(self.uid), Some(self.gid)).map_err(at(folder))?,
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(at(folder)(error)),
        }
        let found = folder.symlink_metadata().map_err(at(folder))?;
        if !found.is_dir() || found.uid() != self.uid {
            return Err(ClusterError::NotOurs {
                folder: folder.to_owned(),
            });
        }
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(at(folder))
    }

    /// Makes sure the server's user can get to the cluster's folder: root's own rights say nothing about it.
    pub async fn check_reach(&self, cluster: &Path, postgres: &Path) -> Result<(), ClusterError> {
        let mut probe = self.command(postgres, cluster);
        probe
            .arg("--version")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        match probe.status().await {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && self.other => {
                let barrier = self.barrier(cluster);
                Err(ClusterError::OutOfReach {
                    user: self.name.clone(),
                    barrier,
                })
            }
            Err(error) => Err(at(postgres)(error)),
        }
    }

    /// A PostgreSQL program run by this user, in the cluster's folder (the program's own working folder may be
    /// closed to it) and without the settings for clients that the program's surroundings may hold.
    pub fn command(&self, program: &Path, cluster: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(cluster).env("LC_ALL", "C.UTF-8");
        for (name, _) in env::vars_os().filter(|(name, _)| is_postgres_setting(name)) {
            command.env_remove(name);
        }
        if self.other {
            // The standard library also drops root's supplementary groups here.
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// The first folder on the way that this user can't pass, judged by its mode. Only for the text of an
    /// error: the system has already refused.
    fn barrier(&self, cluster: &Path) -> PathBuf {
        let passable = |folder: &&Path| {
            folder.metadata().is_ok_and(|found| {
                let shift = match (found.uid() == self.uid, found.gid() == self.gid) {
                    (true, _) => 6,
                    (false, true) => 3,
                    (false, false) => 0,
                };
                (found.mode() >> shift) & 0o1 == 1
            })
        };
        let mut way: Vec<&Path> = cluster.ancestors().collect();
        way.reverse();
        way.into_iter()
            .find(|folder| !passable(folder))
            .unwrap_or(cluster)
            .to_owned()
    }
}

fn is_postgres_setting(name: &OsStr) -> bool {
    name.as_bytes().starts_with(b"PG")
}
