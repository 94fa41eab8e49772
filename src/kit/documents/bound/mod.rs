//! Files of other people bound into one PDF: a cover, the contents with page numbers, and part by part what is in it.
//!
//! PDFs come in page by page, pictures each on a page of its own. What can't be bound (a Word file, a PDF with a password,
//! one that is broken or too long) isn't left out: it is listed in its place with its name and hash. The files are anybody's,
//! so each is looked at first, and bounds of size keep one volume from taking the machine. Readers of such files may overflow
//! their stack or ask for more memory than there is, which no error catches: so all of this runs in a process of its own (see
//! [`apart`]).

pub mod apart;

use std::{fs, path::Path};

use anyhow::Context;
use bytes::Bytes;
use hayro_syntax::{Pdf, page::Page};
use serde::{Deserialize, Serialize};

use super::pdf;

/// So many bytes of files are bound at most.
pub const MOST_BYTES: u64 = 60 * 1024 * 1024;
/// So many pages of files.
pub const MOST_PAGES: usize = 400;
/// The pictures of a volume take at most so many bytes when they are unpacked.
const MOST_UNPACKED: usize = 1 << 30;

/// What is bound.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Volume {
    /// Whose it is: the line above the title.
    pub owner: String,
    /// The title.
    pub title: String,
    /// The line below it.
    pub subtitle: String,
    /// What the cover says: names and values.
    pub facts: Vec<(String, String)>,
    /// Tables behind the contents.
    #[serde(default)]
    pub tables: Vec<Table>,
    /// The parts in their order.
    pub parts: Vec<Part>,
}

/// A table that says something of the volume.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// What is said of it before its rows; may be empty.
    pub note: String,
    /// The heads of its columns, each with its share of the width.
    pub columns: Vec<(String, u16)>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// A part of the volume.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What is said of it before its files; may be empty.
    pub note: String,
    /// Its files.
    pub items: Vec<Item>,
}

/// A file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// What it is, how large.
    pub about: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// What is bound of it.
    pub content: Content,
}

/// What is bound of a file; the name is that of its bytes in the folder of the volume.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Content {
    /// The pages of a PDF.
    Pdf(String),
    /// A picture: JPEG or PNG.
    Picture(String),
    /// Only listed, because.
    Listed(String),
}

/// What the template reads.
#[derive(Serialize)]
struct Data<'a> {
    owner: &'a str,
    title: &'a str,
    subtitle: &'a str,
    facts: &'a [(String, String)],
    tables: &'a [Table],
    parts: Vec<PartData<'a>>,
}

#[derive(Serialize)]
struct PartData<'a> {
    name: &'a str,
    note: &'a str,
    items: Vec<ItemData<'a>>,
}

#[derive(Serialize)]
struct ItemData<'a> {
    name: &'a str,
    about: &'a str,
    sha256: &'a str,
    why: &'a str,
    leaves: Vec<Leaf>,
}

/// A page of a file.
#[derive(Clone, Serialize)]
struct Leaf {
    file: String,
    /// Which page of a PDF, from 1; 0 for a picture.
    page: usize,
    wide: bool,
}

/// A file that can be bound, or why not.
type Looked = std::result::Result<(Bytes, Vec<Leaf>), String>;

/// Binds a volume whose files are in this folder.
pub fn write(volume: &Volume, folder: &Path) -> anyhow::Result<Vec<u8>> {
    print(volume, &look(volume, folder)?)
}

/// Looks at every file of every part, until the volume is full.
fn look(volume: &Volume, folder: &Path) -> anyhow::Result<Vec<Vec<Looked>>> {
    let mut shelf = Shelf::default();
    let parts = volume.parts.iter();
    parts
        .map(|part| part.items.iter().map(|item| shelf.take(item, folder)).collect())
        .collect()
}

/// What has been taken so far.
#[derive(Default)]
struct Shelf {
    files: usize,
    pages: usize,
    unpacked: usize,
}

impl Shelf {
    /// The file, if there is room for it.
    fn take(&mut self, item: &Item, folder: &Path) -> anyhow::Result<Looked> {
        let (name, is_pdf) = match &item.content {
            Content::Pdf(name) => (name, true),
            Content::Picture(name) => (name, false),
            Content::Listed(why) => return Ok(Err(why.clone())),
        };
        let bytes = fs::read(folder.join(name)).with_context(|| format!("{name} can't be read"))?;
        let bytes = Bytes::from(bytes);
        self.files += 1;
        let leaves = if is_pdf {
            self.leaves_of_pdf(&bytes)
        } else {
            self.leaf_of_picture(&bytes)
        };
        Ok(leaves.map(|leaves| (bytes, leaves)))
    }

    fn leaves_of_pdf(&mut self, bytes: &Bytes) -> std::result::Result<Vec<Leaf>, String> {
        let broken = "Tệp PDF có mật khẩu hoặc bị hỏng, không ghép được; xem tệp gốc kèm theo.";
        let pdf = Pdf::new(std::sync::Arc::new(bytes.clone())).map_err(|_| broken)?;
        let sizes = pdf.pages().iter().map(Page::render_dimensions);
        let wide: Vec<bool> = sizes.map(|(width, height)| width > height).collect();
        if wide.is_empty() {
            return Err(broken.to_owned());
        }
        if self.pages + wide.len() > MOST_PAGES {
            return Err(format!(
                "Không ghép: {} trang, vượt mức {MOST_PAGES} trang của một bản ghép; xem tệp gốc kèm theo.",
                wide.len()
            ));
        }
        self.pages += wide.len();
        let file = format!("/file-{}.pdf", self.files);
        let pages = wide.into_iter().enumerate();
        Ok(pages
            .map(|(at, wide)| Leaf {
                file: file.clone(),
                page: at + 1,
                wide,
            })
            .collect())
    }

    fn leaf_of_picture(&mut self, bytes: &Bytes) -> std::result::Result<Vec<Leaf>, String> {
        let size = imagesize::blob_size(bytes)
            .map_err(|_| "Ảnh bị hỏng, không ghép được; xem tệp gốc kèm theo.".to_owned())?;
        let is_png = bytes.starts_with(b"\x89PNG");
        // A dot of a PNG takes up to eight bytes, one of a JPEG three or four.
        let per_dot = if is_png { 8 } else { 4 };
        let unpacked = size.width.saturating_mul(size.height).saturating_mul(per_dot);
        let taken = self.unpacked.saturating_add(unpacked);
        if taken > MOST_UNPACKED || self.pages >= MOST_PAGES {
            return Err("Không ghép: ảnh quá lớn cho một bản ghép; xem tệp gốc kèm theo.".to_owned());
        }
        self.unpacked = taken;
        self.pages += 1;
        let ending = if is_png { "png" } else { "jpg" };
        Ok(vec![Leaf {
            file: format!("/file-{}.{ending}", self.files),
            page: 0,
            wide: size.width > size.height,
        }])
    }
}

fn print(volume: &Volume, looked: &[Vec<Looked>]) -> anyhow::Result<Vec<u8>> {
    let mut files = Vec::new();
    for (bytes, leaves) in looked.iter().flatten().flatten() {
        if let Some(first) = leaves.first() {
            files.push((first.file.trim_start_matches('/').to_owned(), bytes.clone()));
        }
    }
    let parts = volume.parts.iter().zip(looked);
    let data = Data {
        owner: &volume.owner,
        title: &volume.title,
        subtitle: &volume.subtitle,
        facts: &volume.facts,
        tables: &volume.tables,
        parts: parts
            .map(|(part, looked)| PartData {
                name: &part.name,
                note: &part.note,
                items: part
                    .items
                    .iter()
                    .zip(looked)
                    .map(|(item, found)| item_data(item, found))
                    .collect(),
            })
            .collect(),
    };
    pdf::write_bound(&serde_json::to_vec(&data)?, &files)
}

fn item_data<'a>(item: &'a Item, found: &'a Looked) -> ItemData<'a> {
    let (why, leaves) = match found {
        Ok((_, leaves)) => ("", leaves.clone()),
        Err(why) => (why.as_str(), Vec::new()),
    };
    ItemData {
        name: &item.name,
        about: &item.about,
        sha256: &item.sha256,
        why,
        leaves,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::{
        confined::Scratch,
        documents::placed::{Sheet, write as write_sheets},
    };

    fn sheets(number: usize, width: f64, height: f64) -> Vec<u8> {
        let sheet = Sheet {
            width,
            height,
            ..Sheet::default()
        };
        write_sheets("Thử", &vec![sheet; number]).unwrap()
    }

    /// A volume with these files in its first part, and an empty second one; the answer tells which of its pages are wide.
    fn bound(files: &[(&str, Vec<u8>)]) -> Vec<bool> {
        let folder = Scratch::new().unwrap();
        let item = |(name, bytes): &(&str, Vec<u8>)| {
            fs::write(folder.path().join(name), bytes).unwrap();
            let content = match name.rsplit_once('.').unwrap().1 {
                "pdf" => Content::Pdf((*name).to_owned()),
                "png" => Content::Picture((*name).to_owned()),
                other => Content::Listed(other.to_owned()),
            };
            Item {
                name: (*name).to_owned(),
                about: "PDF, 1 KB".to_owned(),
                sha256: "00".repeat(32),
                content,
            }
        };
        let part = |name: &str, items| Part {
            name: name.to_owned(),
            items,
            ..Part::default()
        };
        let volume = Volume {
            title: "HỒ SƠ THỬ".to_owned(),
            facts: vec![("Đơn vị".to_owned(), "Đơn vị Mẫu".to_owned())],
            tables: vec![Table {
                name: "Kiểm tra".to_owned(),
                columns: vec![("Nội dung".to_owned(), 3), ("Kết quả".to_owned(), 1)],
                rows: vec![vec!["Tờ trình".to_owned(), "đủ".to_owned()]],
                ..Table::default()
            }],
            parts: vec![
                part("Tờ trình", files.iter().map(item).collect()),
                part("Minh chứng", Vec::new()),
            ],
            ..Volume::default()
        };
        let pdf = Pdf::new(write(&volume, folder.path()).unwrap()).unwrap();
        let sizes = pdf.pages().iter().map(Page::render_dimensions);
        sizes.map(|(width, height)| width > height).collect()
    }

    #[test]
    fn pages_of_files_stand_behind_cover_contents_and_the_leaf_of_their_part() {
        assert_eq!(
            bound(&[
                ("a.pdf", sheets(2, 210.0, 297.0)),
                ("b.pdf", sheets(1, 297.0, 210.0))
            ]),
            [false, false, false, false, false, false, true, false],
            "cover, contents, tables, part, three pages, part"
        );
    }

    #[test]
    fn what_is_seen_to_be_broken_is_listed() {
        let pages = bound(&[
            ("broken.pdf", b"%PDF-1.7\nx\n%%EOF\n".to_vec()),
            ("broken.png", b"\x89PNG\r\n\x1a\nxx".to_vec()),
            ("a.docx", Vec::new()),
            ("a.pdf", sheets(1, 210.0, 297.0)),
        ]);
        assert_eq!(pages.len(), 6);
    }

    #[test]
    fn a_volume_has_an_end() {
        let whole = sheets(250, 210.0, 297.0);
        assert_eq!(bound(&[("a.pdf", whole.clone()), ("b.pdf", whole)]).len(), 255);
    }

    #[test]
    fn pictures_that_would_fill_the_memory_are_listed() {
        // 40 million dots in a header without dots.
        let mut header = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        header.extend([8000_u32.to_be_bytes(), 5000_u32.to_be_bytes()].concat());
        header.extend([16, 6, 0, 0, 0]);
        let mut shelf = Shelf::default();
        let bytes = Bytes::from(header);
        let taken = (0..10).filter(|_| shelf.leaf_of_picture(&bytes).is_ok());
        assert_eq!(taken.count(), 3);
    }
}
