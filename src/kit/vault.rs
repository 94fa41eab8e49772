//! Secrets that must not lie in the database: a folder that nobody but the program's own account may read.
//!
//! A key for sealing is made when sealing begins and destroyed when everything sealed with it has been opened; from
//! then on what was sealed stays sealed, also in old copies of the database. So this folder belongs into no backup.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{ErrorKind, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow};
use rand::Rng;
use uuid::Uuid;

use super::{
    error::Result,
    sealed::{PublicKey, SecretKey},
};

/// How the files of sealing keys end.
const ENDING: &str = "sealing";

/// The file of the secret that codes of cards are made with.
const CARDS: &str = "cards";

/// The folder of secrets.
#[derive(Clone, Debug)]
pub struct Vault {
    folder: PathBuf,
}

impl Vault {
    /// Opens the folder, or makes it. One that others may read is closed to them.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let named = || format!("the folder of keys {}", folder.display());
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .with_context(named)?;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).with_context(named)?;
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    /// The secret that codes of cards are made with: made once, the same ever after.
    pub fn card_secret(&self) -> Result<[u8; 32]> {
        let path = self.folder.join(CARDS);
        if let Some(secret) = read(&path)? {
            return Ok(secret);
        }
        let mut secret = [0; 32];
        rand::rng().fill_bytes(&mut secret);
        let draft = self.draft(&secret)?;
        // Of two programs that make it at once one wins, and both go on with that one's.
        let linked = fs::hard_link(&draft, &path);
        fs::remove_file(&draft).context("a draft of a key")?;
        match linked {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(anyhow!(error).context("the secret of cards").into());
            }
            _ => self.settle()?,
        }
        Ok(read(&path)?.ok_or_else(|| anyhow!("the secret of cards has vanished"))?)
    }

    /// Makes the key with which something is sealed; the half that opens it stays here. It is on the disk when this
    /// returns: nothing may be sealed with a key that a power cut takes along.
    pub fn new_sealing_key(&self, of: Uuid) -> Result<PublicKey> {
        let key = SecretKey::new();
        let draft = self.draft(&key.to_bytes())?;
        fs::rename(&draft, self.path(of)).context("a key for sealing")?;
        self.settle()?;
        Ok(key.public())
    }

    /// The half that opens, unless it is destroyed.
    pub fn sealing_key(&self, of: Uuid) -> Result<Option<SecretKey>> {
        match read(&self.path(of))? {
            Some(bytes) => Ok(Some(SecretKey::from_bytes(&bytes)?)),
            None => Ok(None),
        }
    }

    /// Destroys a key for sealing, if it is still there. It is overwritten first; where a disk keeps old blocks, that is for
    /// the disk's own encryption to cover.
    pub fn destroy(&self, of: Uuid) -> Result<()> {
        let path = self.path(of);
        match OpenOptions::new().write(true).open(&path) {
            Ok(mut file) => {
                file.write_all(&[0; 32])
                    .and_then(|()| file.sync_all())
                    .context("a key can't be overwritten")?;
            }
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(anyhow!(error).context("a key can't be destroyed").into()),
        }
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(anyhow!(error).context("a key can't be destroyed").into())
            }
            _ => self.settle(),
        }
    }

    /// Whose keys for sealing are here.
    pub fn ballots(&self) -> Result<Vec<Uuid>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.folder).context("the folder of keys")? {
            let path = entry.context("the folder of keys")?.path();
            let is_key = path.extension().is_some_and(|ending| ending == ENDING);
            let name = path.file_stem().and_then(|name| name.to_str());
            if let Some(Ok(id)) = name.filter(|_| is_key).map(Uuid::try_parse) {
                found.push(id);
            }
        }
        found.sort();
        Ok(found)
    }

    fn path(&self, of: Uuid) -> PathBuf {
        self.folder.join(format!("{of}.{ENDING}"))
    }

    /// A new file with these bytes, on the disk, under a name of its own.
    fn draft(&self, bytes: &[u8; 32]) -> Result<PathBuf> {
        let path = self.folder.join(format!("{}.draft", Uuid::new_v4()));
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .context("a key can't be written")?;
        file.write_all(bytes)
            .and_then(|()| file.sync_all())
            .context("a key can't be written")?;
        Ok(path)
    }

    /// Names in the folder are as lasting as the files themselves.
    fn settle(&self) -> Result<()> {
        Ok(File::open(&self.folder)
            .and_then(|folder| folder.sync_all())
            .context("the folder of keys")?)
    }
}

fn read(path: &Path) -> Result<Option<[u8; 32]>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(anyhow!(error).context("a key can't be read").into()),
    };
    let mut bytes = Vec::with_capacity(32);
    file.read_to_end(&mut bytes).context("a key can't be read")?;
    let bytes = bytes
        .try_into()
        .map_err(|_| anyhow!("the key {} isn't 32 bytes long", path.display()))?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            Self(std::env::temp_dir().join(format!("cumthidua-vault-{}", Uuid::new_v4())))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_key_is_there_until_it_is_destroyed() {
        let folder = Folder::new();
        let vault = Vault::open(&folder.0).unwrap();
        let of = Uuid::new_v4();
        assert!(vault.sealing_key(of).unwrap().is_none());
        let public = vault.new_sealing_key(of).unwrap();
        let again = Vault::open(&folder.0).unwrap();
        assert_eq!(again.sealing_key(of).unwrap().unwrap().public(), public);
        assert_eq!(again.ballots().unwrap(), [of]);
        again.destroy(of).unwrap();
        again.destroy(of).unwrap();
        assert!(vault.sealing_key(of).unwrap().is_none() && vault.ballots().unwrap().is_empty());
        assert_eq!(
            fs::read_dir(&folder.0).unwrap().count(),
            0,
            "nothing is left over"
        );
    }

    #[test]
    fn nobody_else_reads_it_and_the_secret_of_cards_stays_the_same() {
        let folder = Folder::new();
        fs::create_dir(&folder.0).unwrap();
        fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o755)).unwrap();
        let vault = Vault::open(&folder.0).unwrap();
        let secret = vault.card_secret().unwrap();
        assert_eq!(Vault::open(&folder.0).unwrap().card_secret().unwrap(), secret);
        vault.new_sealing_key(Uuid::new_v4()).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder.0), 0o700);
        for entry in fs::read_dir(&folder.0).unwrap() {
            assert_eq!(mode(&entry.unwrap().path()), 0o600);
        }
        assert_eq!(
            vault.ballots().unwrap().len(),
            1,
            "the secret of cards is no key for sealing"
        );
    }
}
