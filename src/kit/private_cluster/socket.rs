//! The door between program and server: a socket in the file system.

use std::{
    env,
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{ClusterError, NAME, owner::Owner};

/// The system keeps a socket's path in 108 bytes with a zero at the end.
const LONGEST: usize = 107;

/// What PostgreSQL calls its socket in the folder it is given.
const FILE: &str = "/.s.PGSQL.5432";

/// The folder for the socket: in the data folder, or where that can't be.
pub fn folder(data: &Path, owner: &Owner) -> Result<PathBuf, ClusterError> {
    let folder = place(data);
    owner.own_folder(&folder)?;
    Ok(folder)
}

/// Where the socket of this data folder is, or will be.
pub fn place(data: &Path) -> PathBuf {
    choose(data, &env::temp_dir())
}

/// A long data path leaves no room for the socket, and PostgreSQL reads a list of folders where commas and
/// quotes mean something. Then the socket goes to the temporary folder, under a name that is the same at every
/// start and differs from that of any other data folder.
fn choose(data: &Path, temporary: &Path) -> PathBuf {
    let usual = data.join("socket");
    let plain = usual
        .to_str()
        .is_some_and(|text| !text.contains([',', '"']) && text.trim() == text);
    if plain && usual.as_os_str().len() + FILE.len() <= LONGEST {
        return usual;
    }
    let hash = hex::encode(Sha256::digest(data.as_os_str().as_bytes()));
    temporary.join(format!("{NAME}-{}", &hash[..16]))
}

/// The address in the form that sqlx, `psql` and `pg_dump` all read. Every part is given, so that no `PG...`
/// variable in the surroundings fills a gap.
pub fn url(folder: &Path) -> String {
    let mut host = String::new();
    for byte in folder.as_os_str().as_bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                host.push(char::from(*byte));
            }
            _ => {
                host.push('%');
                host.push_str(&hex::encode_upper([*byte]));
            }
        }
    }
    format!("postgres:///{NAME}?host={host}&port=5432&user={NAME}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_leaves_no_room_for_the_socket_gets_a_short_one() {
        let temporary = Path::new("/tmp");
        let room = LONGEST - "/socket".len() - FILE.len();
        let fits = PathBuf::from(format!("/{}", "a".repeat(room - 1)));
        assert_eq!(choose(&fits, temporary), fits.join("socket"));

        let long = PathBuf::from(format!("/{}", "a".repeat(room)));
        let other = PathBuf::from(format!("/{}b", "a".repeat(room)));
        assert!(choose(&long, temporary).starts_with(temporary));
        assert_eq!(choose(&long, temporary), choose(&long, temporary));
        assert_ne!(choose(&long, temporary), choose(&other, temporary));
    }

    #[test]
    fn a_path_that_postgresql_would_read_as_a_list_is_avoided() {
        assert!(choose(Path::new("/srv/a,b"), Path::new("/tmp")).starts_with("/tmp"));
    }

    #[test]
    fn the_address_survives_spaces_and_vietnamese_letters() {
        let url = url(Path::new("/srv/Thi đua"));
        assert_eq!(
            url,
            "postgres:///cumthidua?host=/srv/Thi%20%C4%91ua&port=5432&user=cumthidua"
        );
    }
}
