//! The bytes of attached files: streamed in with a limit, known by their SHA-256, checked by content.

use std::{path::Path, sync::Arc};

use bytes::Bytes;
use futures::{Stream, StreamExt, stream::BoxStream};
use object_store::{
    ObjectStore, ObjectStoreExt, buffered::BufWriter, local::LocalFileSystem, path::Path as Key,
};
use sha2::{Digest, Sha256};
use tokio::{io::AsyncWriteExt, sync::Semaphore};
use uuid::Uuid;

use super::error::AppError;

/// At most this many bytes in one file: 20 MB.
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;

/// Where files are kept: a folder, outside of what the web serves.
#[derive(Clone, Debug)]
pub struct FileStore {
    store: Arc<dyn ObjectStore>,
    doors: Arc<Semaphore>,
}

/// At most this many files come in at the same time; the next ones wait.
const DOORS: usize = 16;

/// A file that has arrived whole and is one of the kinds allowed.
#[derive(Clone, Debug)]
pub struct Stored {
    /// SHA-256 of its bytes, also its place in the store.
    pub sha256: [u8; 32],
    /// Its size in bytes.
    pub size: i64,
    /// Its media type, found from the content.
    pub media_type: &'static str,
}

/// Bytes that were received whole and are of a kind allowed, not kept yet.
#[derive(Debug)]
pub struct Incoming {
    place: Key,
    stored: Stored,
}

/// A file that somebody sent: its name, what became of it, and which part of a record it is for.
#[derive(Debug)]
pub struct Arrived {
    /// Its own name, without folders, NFC, at most 150 characters.
    pub name: String,
    /// Stored, or refused.
    pub file: Result<Stored, Refused>,
    /// Which part of the record it belongs to; empty for the whole.
    pub part: String,
}

/// Why a file wasn't taken.
#[derive(Debug)]
pub enum Refused {
    /// No bytes at all.
    Empty,
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// Not one of the kinds allowed, judged by its content.
    WrongKind,
    /// It broke off on the way, or the store failed.
    Failed(anyhow::Error),
}

impl Arrived {
    /// The hash of the bytes, when they were stored.
    #[must_use]
    pub fn sha256(&self) -> Option<[u8; 32]> {
        self.file.as_ref().ok().map(|stored| stored.sha256)
    }
}

impl Refused {
    /// The sentence for the field.
    #[must_use]
    pub fn message(&self) -> &'static str {
        match self {
            Self::Empty => "Tệp rỗng. Hãy chọn lại tệp.",
            Self::TooLarge => "Tệp lớn hơn 20 MB. Hãy nén bớt ảnh trong tệp hoặc chia thành nhiều tệp.",
            Self::WrongKind => {
                "Nội dung tệp không phải PDF, Word, Excel, JPG hay PNG. Hãy lưu lại theo một trong các loại đó."
            }
            Self::Failed(_) => "Tệp chưa đến nơi trọn vẹn. Hãy gửi lại.",
        }
    }
}

impl FileStore {
    /// Opens the store in `folder`, which is made when missing.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self {
            store: Arc::new(LocalFileSystem::new_with_prefix(folder)?),
            doors: Arc::new(Semaphore::new(DOORS)),
        })
    }

    /// Takes in a stream of bytes and keeps them.
    pub async fn take<S, E>(&self, stream: S) -> Result<Stored, Refused>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
        E: Into<anyhow::Error>,
    {
        let incoming = self.receive(stream).await?;
        self.keep(incoming).await
    }

    /// Receives a stream of bytes, to be kept or dropped. Memory stays bounded: one chunk and the writer's buffer.
    pub async fn receive<S, E>(&self, mut stream: S) -> Result<Incoming, Refused>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
        E: Into<anyhow::Error>,
    {
        let _door = self
            .doors
            .acquire()
            .await
            .map_err(|e| Refused::Failed(e.into()))?;
        let incoming = Key::from(format!("incoming/{}", Uuid::new_v4()));
        let mut writer = BufWriter::with_capacity(Arc::clone(&self.store), incoming.clone(), 256 * 1024);
        let mut hasher = Sha256::new();
        let mut head = Vec::with_capacity(HEAD);
        let mut size = 0_u64;
        while let Some(chunk) = stream.next().await {
            let refused = match chunk {
                Ok(chunk) => {
                    size += chunk.len() as u64;
                    head.extend_from_slice(&chunk[..chunk.len().min(HEAD - head.len())]);
                    hasher.update(&chunk);
                    if size > MAX_BYTES {
                        Some(Refused::TooLarge)
                    } else {
                        writer
                            .write_all(&chunk)
                            .await
                            .err()
                            .map(|e| Refused::Failed(e.into()))
                    }
                }
                Err(e) => Some(Refused::Failed(e.into())),
            };
            if let Some(refused) = refused {
                self.give_up(&mut writer, &incoming).await;
                return Err(refused);
            }
        }
        let kind = if size == 0 {
            Err(Refused::Empty)
        } else {
            media_type(&head).ok_or(Refused::WrongKind)
        };
        let media_type = match kind {
            Ok(kind) => kind,
            Err(refused) => {
                self.give_up(&mut writer, &incoming).await;
                return Err(refused);
            }
        };
        writer.shutdown().await.map_err(|e| Refused::Failed(e.into()))?;
        let sha256: [u8; 32] = hasher.finalize().into();
        let stored = Stored {
            sha256,
            size: i64::try_from(size).unwrap_or(i64::MAX),
            media_type,
        };
        Ok(Incoming {
            place: incoming,
            stored,
        })
    }

    /// Keeps bytes that were received.
    pub async fn keep(&self, incoming: Incoming) -> Result<Stored, Refused> {
        self.store
            .rename(&incoming.place, &key(&incoming.stored.sha256))
            .await
            .map_err(|e| Refused::Failed(e.into()))?;
        Ok(incoming.stored)
    }

    /// Drops bytes that were received.
    pub async fn drop(&self, incoming: Incoming) {
        let _ = self.store.delete(&incoming.place).await;
    }

    async fn give_up(&self, writer: &mut BufWriter, incoming: &Key) {
        // Best effort: what can't be removed now is only a stray file under `incoming/`.
        let _ = writer.abort().await;
        let _ = self.store.delete(incoming).await;
    }

    /// Whether the store holds these bytes.
    pub async fn has(&self, sha256: &[u8]) -> bool {
        self.store.head(&key(sha256)).await.is_ok()
    }

    /// Deletes the bytes that no record names. Best effort: what stays is only a stray file.
    pub async fn forget(&self, sha256: &[u8]) {
        if let Err(error) = self.store.delete(&key(sha256)).await {
            tracing::warn!(%error, "a stored file could not be deleted");
        }
    }

    /// The bytes of a stored file, as a stream.
    pub async fn read(
        &self,
        sha256: &[u8],
    ) -> Result<BoxStream<'static, object_store::Result<Bytes>>, AppError> {
        match self.store.get(&key(sha256)).await {
            Ok(found) => Ok(found.into_stream()),
            Err(object_store::Error::NotFound { .. }) => Err(AppError::NotFound),
            Err(e) => Err(AppError::Internal(e.into())),
        }
    }

    /// The bytes of a stored file at once: none of them has more than [`MAX_BYTES`].
    pub async fn bytes(&self, sha256: &[u8]) -> Result<Vec<u8>, AppError> {
        let mut stream = self.read(sha256).await?;
        let mut bytes = Vec::new();
        while let Some(chunk) = stream.next().await {
            bytes.extend_from_slice(&chunk.map_err(|e| AppError::Internal(e.into()))?);
        }
        Ok(bytes)
    }
}

/// How many first bytes decide the kind; a ZIP's first entries (docx, xlsx) lie within.
const HEAD: usize = 8192;

fn key(sha256: &[u8]) -> Key {
    let name = hex::encode(sha256);
    Key::from(format!("sha256/{}/{name}", &name[..2]))
}

/// The media type by content, for the kinds allowed.
fn media_type(head: &[u8]) -> Option<&'static str> {
    let kind = infer::get(head)?.mime_type();
    [
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/msword",
        "application/vnd.ms-excel",
        "image/jpeg",
        "image/png",
    ]
    .into_iter()
    .find(|allowed| *allowed == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (FileStore, std::path::PathBuf) {
        let folder = std::env::temp_dir().join(format!("cumthidua-files-{}", Uuid::new_v4()));
        (FileStore::open(&folder).unwrap(), folder)
    }

    fn bytes(parts: Vec<Vec<u8>>) -> impl Stream<Item = Result<Bytes, std::io::Error>> + Unpin {
        futures::stream::iter(parts.into_iter().map(|p| Ok(Bytes::from(p))))
    }

    #[tokio::test]
    async fn a_pdf_is_taken_and_read_back() {
        let (store, folder) = store();
        let stored = store
            .take(bytes(vec![b"%PDF-1.7\n".to_vec(), b"hello".to_vec()]))
            .await
            .unwrap();
        assert_eq!((stored.size, stored.media_type), (14, "application/pdf"));
        let mut read = store.read(&stored.sha256).await.unwrap();
        assert!(read.next().await.unwrap().unwrap().starts_with(b"%PDF"));
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn what_is_empty_too_large_or_of_another_kind_is_refused_and_leaves_nothing() {
        let (store, folder) = store();
        assert!(matches!(store.take(bytes(vec![])).await, Err(Refused::Empty)));
        assert!(matches!(
            store.take(bytes(vec![b"<html>".to_vec()])).await,
            Err(Refused::WrongKind)
        ));
        let mut parts = vec![b"%PDF-1.7\n".to_vec()];
        parts.extend((0..21).map(|_| vec![0; 1024 * 1024]));
        assert!(matches!(store.take(bytes(parts)).await, Err(Refused::TooLarge)));
        let left = std::fs::read_dir(folder.join("incoming")).map_or(0, Iterator::count);
        assert_eq!(left, 0);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
