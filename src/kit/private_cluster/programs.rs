//! Where PostgreSQL's programs are.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{ClusterError, error::at};

/// Debian keeps every major version in a folder of its own, outside PATH.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The server programs of one PostgreSQL installation.
#[derive(Debug)]
pub struct Programs {
    /// Creates the files of a cluster.
    pub initdb: PathBuf,
    /// The server itself.
    pub postgres: PathBuf,
    /// Major version; files written by one can't be used by another.
    pub major: u32,
}

impl Programs {
    /// The installation to use for this cluster: the version that wrote it, or for a new one the first in PATH
    /// and then the newest of Debian's.
    pub fn find(cluster: &Path) -> Result<Self, ClusterError> {
        let written_by = version_of_files(cluster)?;
        let mut found = Vec::new();
        for programs in folders().into_iter().filter_map(|folder| Self::inside(&folder)) {
            if written_by.is_none_or(|wanted| wanted == programs.major) {
                return Ok(programs);
            }
            found.push(programs.major.to_string());
        }
        match written_by {
            Some(wanted) if !found.is_empty() => Err(ClusterError::OtherVersion {
                folder: cluster.to_owned(),
                wanted,
                found: found.join(", "),
            }),
            _ => Err(ClusterError::NotInstalled),
        }
    }

    fn inside(folder: &Path) -> Option<Self> {
        let (initdb, postgres) = (folder.join("initdb"), folder.join("postgres"));
        if !initdb.is_file() {
            return None;
        }
        let answer = Command::new(&postgres).arg("--version").output().ok()?;
        let major = major_version(&String::from_utf8_lossy(&answer.stdout))?;
        Some(Self {
            initdb,
            postgres,
            major,
        })
    }
}

fn folders() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<(u32, PathBuf)> = fs::read_dir(DEBIAN)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse().ok()?,
                entry.path().join("bin"),
            ))
        })
        .collect();
    debian.sort_by_key(|(major, _)| std::cmp::Reverse(*major));
    // A relative entry in PATH would mean something else in the server's working folder.
    let absolute = env::split_paths(&path).filter(|folder| folder.is_absolute());
    absolute
        .chain(debian.into_iter().map(|(_, folder)| folder))
        .collect()
}

/// Reads `postgres (PostgreSQL) 17.2 (Debian 17.2-1)`, also `18beta1`.
fn major_version(answer: &str) -> Option<u32> {
    let version = answer.split_whitespace().nth(2)?;
    let end = version
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(version.len());
    version[..end].parse().ok()
}

fn version_of_files(cluster: &Path) -> Result<Option<u32>, ClusterError> {
    let path = cluster.join("PG_VERSION");
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text.trim().parse().ok()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(&path)(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_every_kind_of_release() {
        assert_eq!(
            major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major_version("postgres (PostgreSQL) 17\n"), Some(17));
        assert_eq!(major_version("postgres: command failed"), None);
    }

    #[test]
    fn files_of_a_version_that_is_not_installed_name_the_package_to_install() {
        let folder = super::super::tests::Folder::new();
        fs::write(folder.path().join("PG_VERSION"), "9\n").unwrap();
        let error = Programs::find(folder.path()).unwrap_err().to_string();
        assert!(error.contains("sudo apt-get install postgresql-9"), "{error}");
    }
}
