//! A ZIP written while it is sent: never more than a piece of one file is in memory, and a slow receiver holds up nobody else.

use std::{
    collections::VecDeque,
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use chrono::{Datelike, Timelike};
use futures::{Stream, StreamExt, stream, stream::BoxStream};
use zip::{
    CompressionMethod, DateTime, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use super::{
    clock::{Moment, local},
    files::FileStore,
    text::fold,
};

/// At most so many characters of a file's own name stay in its name inside.
const MOST_NAME: usize = 80;

/// A file inside.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name, with folders: see [`plain_name`].
    pub name: String,
    /// Its bytes.
    pub source: Source,
}

/// Where the bytes of a file come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// Made just now.
    Made(Vec<u8>),
    /// From the store, by their hash.
    Stored(Vec<u8>),
}

/// A name that every system unpacks and people can read: `Báo cáo (bản 2).PDF` becomes `bao-cao-ban-2.pdf`.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let is_ending =
        |ending: &str| (1..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && is_ending(ending) => (stem, ending.to_ascii_lowercase()),
        _ => (name, String::new()),
    };
    let ascii = |text: &str| -> String {
        let words = fold(text);
        let kept: String = words
            .chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() {
                    letter
                } else {
                    ' '
                }
            })
            .collect();
        kept.split_whitespace().collect::<Vec<_>>().join("-")
    };
    let stem: String = ascii(stem).chars().take(MOST_NAME).collect();
    let stem = stem.trim_matches('-');
    let stem = if stem.is_empty() { "tep" } else { stem };
    if ending.is_empty() {
        stem.to_owned()
    } else {
        format!("{stem}.{ending}")
    }
}

/// What has been written and not been sent yet.
#[derive(Clone, Default)]
struct Outbox(Arc<Mutex<Vec<u8>>>);

impl Outbox {
    fn take(&self) -> Bytes {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

impl Write for Outbox {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Packing {
    store: FileStore,
    zip: Option<ZipWriter<StreamWriter<Outbox>>>,
    outbox: Outbox,
    waiting: VecDeque<Entry>,
    current: Option<BoxStream<'static, anyhow::Result<Bytes>>>,
    options: SimpleFileOptions,
}

impl Packing {
    /// Goes on until there is something to send; none when all is sent.
    async fn next(&mut self) -> anyhow::Result<Option<Bytes>> {
        loop {
            if self.zip.is_none() {
                return Ok(None);
            }
            match &mut self.current {
                Some(current) => match current.next().await {
                    Some(piece) => self.write(&piece?)?,
                    None => self.current = None,
                },
                None => self.begin().await?,
            }
            let written = self.outbox.take();
            if !written.is_empty() {
                return Ok(Some(written));
            }
        }
    }

    fn write(&mut self, piece: &[u8]) -> anyhow::Result<()> {
        if let Some(zip) = &mut self.zip {
            zip.write_all(piece)?;
        }
        Ok(())
    }

    /// Begins the next file, or ends the whole.
    async fn begin(&mut self) -> anyhow::Result<()> {
        let Some(entry) = self.waiting.pop_front() else {
            if let Some(zip) = self.zip.take() {
                zip.finish()?;
            }
            return Ok(());
        };
        if let Some(zip) = &mut self.zip {
            zip.start_file(entry.name, self.options)?;
        }
        self.current = Some(match entry.source {
            Source::Made(bytes) => stream::once(async move { Ok(Bytes::from(bytes)) }).boxed(),
            Source::Stored(sha256) => {
                let stored = self.store.read(&sha256).await;
                let stored = stored.map_err(|error| anyhow::anyhow!("{error:?}"))?;
                stored.map(|piece| piece.map_err(anyhow::Error::from)).boxed()
            }
        });
        Ok(())
    }
}

/// The archive as a stream. It breaks off where a stored file can't be read.
pub fn stream_of(
    store: &FileStore,
    now: Moment,
    entries: Vec<Entry>,
) -> impl Stream<Item = anyhow::Result<Bytes>> + Send + use<> {
    let outbox = Outbox::default();
    let packing = Packing {
        store: store.clone(),
        zip: Some(ZipWriter::new_stream(outbox.clone())),
        outbox,
        waiting: entries.into(),
        current: None,
        options: SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1))
            .last_modified_time(time_of(now)),
    };
    stream::try_unfold(packing, |mut packing| async move {
        Ok(packing.next().await?.map(|piece| (piece, packing)))
    })
}

fn time_of(now: Moment) -> DateTime {
    let at = local(now);
    let part = |number: u32| u8::try_from(number).unwrap_or(0);
    DateTime::from_date_and_time(
        u16::try_from(at.year()).unwrap_or(1980),
        part(at.month()),
        part(at.day()),
        part(at.hour()),
        part(at.minute()),
        part(at.second()),
    )
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_inside_can_be_unpacked_anywhere_and_read() {
        for (name, plain) in [
            ("Báo cáo thành tích (bản 2).PDF", "bao-cao-thanh-tich-ban-2.pdf"),
            ("../../etc/passwd", "etc-passwd"),
            ("..\\x:y?.docx", "x-y.docx"),
            ("表.pdf", "tep.pdf"),
            (".pdf", "pdf"),
            ("", "tep"),
            ("Phụ lục 1", "phu-luc-1"),
        ] {
            assert_eq!(plain_name(name), plain, "{name}");
        }
        assert!(plain_name(&"đ".repeat(300)).len() <= MOST_NAME);
    }

    #[tokio::test]
    async fn an_archive_is_sent_in_pieces_and_can_be_read() {
        let folder = std::env::temp_dir().join(format!("cumthidua-archive-{}", uuid::Uuid::new_v4()));
        let store = FileStore::open(&folder).unwrap();
        let entries = [("a/mot.txt", "một"), ("b/hai.txt", "hai")].map(|(name, text)| Entry {
            name: name.to_owned(),
            source: Source::Made(text.as_bytes().to_vec()),
        });
        let now = "2023-12-01T02:00:00Z".parse().unwrap();
        let pieces: Vec<_> = Box::pin(stream_of(&store, now, entries.to_vec()).collect()).await;
        let whole: Vec<u8> = pieces.into_iter().flat_map(Result::unwrap).collect();
        let mut zip = zip::ZipArchive::new(io::Cursor::new(whole)).unwrap();
        let text = io::read_to_string(zip.by_name("b/hai.txt").unwrap()).unwrap();
        assert_eq!((zip.len(), text.as_str()), (2, "hai"));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
