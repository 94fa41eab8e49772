//! Files of other people bound into one PDF: a cover, the contents with page numbers, and part by part what is in it.
//!
//! PDFs come in page by page, pictures each on a page of its own. What can't be bound (a Word file, a PDF with a password,
//! one that is broken or too long) isn't left out: it is listed in its place with its name and hash. The files are anybody's,
//! so each is looked at first, and bounds of size keep one volume from taking the machine.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use hayro_syntax::{Pdf, page::Page};
use serde::Serialize;

use super::pdf;
use crate::kit::error::Result;

/// So many bytes of files are bound at most.
pub const MOST_BYTES: u64 = 60 * 1024 * 1024;
/// So many pages of files.
pub const MOST_PAGES: usize = 400;
/// A picture has at most so many dots.
const MOST_DOTS: usize = 40_000_000;

/// What is bound.
#[derive(Clone, Debug, Default)]
pub struct Volume {
    /// Whose it is: the line above the title.
    pub owner: String,
    /// The title.
    pub title: String,
    /// The line below it.
    pub subtitle: String,
    /// What the cover says: names and values.
    pub facts: Vec<(String, String)>,
    /// The parts in their order.
    pub parts: Vec<Part>,
}

/// A part of the volume.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What is said of it before its files; may be empty.
    pub note: String,
    /// Its files.
    pub items: Vec<Item>,
}

/// A file.
#[derive(Clone, Debug)]
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

/// What is bound of a file.
#[derive(Clone, Debug)]
pub enum Content {
    /// The pages of a PDF.
    Pdf(Bytes),
    /// A picture: JPEG or PNG.
    Picture(Bytes),
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

/// Binds a volume. A file that the printer refuses after all is listed instead, and the rest printed again.
pub fn write(volume: &Volume) -> Result<Vec<u8>> {
    let mut looked = look(volume);
    if let Some(bound) = attempt(volume, &looked) {
        return Ok(bound?);
    }
    for found in looked.iter_mut().flatten() {
        if found.is_ok() && !is_printable(found) {
            *found = Err("Không ghép được tệp này; xem tệp gốc kèm theo.".to_owned());
        }
    }
    Ok(print(volume, &looked)?)
}

/// The volume, unless a file spoils it.
fn attempt(volume: &Volume, looked: &[Vec<Looked>]) -> Option<anyhow::Result<Vec<u8>>> {
    match catch_unwind(AssertUnwindSafe(|| print(volume, looked))) {
        Ok(Ok(bound)) => Some(Ok(bound)),
        Ok(Err(error)) if looked.iter().flatten().all(Result::is_err) => Some(Err(error)),
        _ => None,
    }
}

/// Whether a file can be printed by itself.
fn is_printable(found: &Looked) -> bool {
    let item = Item {
        name: String::new(),
        about: String::new(),
        sha256: String::new(),
        content: Content::Listed(String::new()),
    };
    let alone = Volume {
        parts: vec![Part {
            items: vec![item],
            ..Part::default()
        }],
        ..Volume::default()
    };
    let found = vec![vec![found.clone()]];
    matches!(
        catch_unwind(AssertUnwindSafe(|| print(&alone, &found))),
        Ok(Ok(_))
    )
}

/// Looks at every file of every part, until the volume is full.
fn look(volume: &Volume) -> Vec<Vec<Looked>> {
    let (mut pages, mut number) = (0, 0);
    let mut of = |item: &Item| -> Looked {
        number += 1;
        let found = match &item.content {
            Content::Pdf(bytes) => leaves_of_pdf(bytes, number).map(|leaves| (bytes.clone(), leaves)),
            Content::Picture(bytes) => leaf_of_picture(bytes, number).map(|leaf| (bytes.clone(), vec![leaf])),
            Content::Listed(why) => Err(why.clone()),
        }?;
        if pages + found.1.len() > MOST_PAGES {
            return Err(format!(
                "Không ghép: {} trang, vượt mức {MOST_PAGES} trang của một bản ghép; xem tệp gốc kèm theo.",
                found.1.len()
            ));
        }
        pages += found.1.len();
        Ok(found)
    };
    let parts = volume.parts.iter();
    parts
        .map(|part| part.items.iter().map(&mut of).collect())
        .collect()
}

fn leaves_of_pdf(bytes: &Bytes, number: usize) -> std::result::Result<Vec<Leaf>, String> {
    let broken = "Tệp PDF có mật khẩu hoặc bị hỏng, không ghép được; xem tệp gốc kèm theo.";
    let read = || {
        let pdf = Pdf::new(std::sync::Arc::new(bytes.clone())).ok()?;
        let sizes = pdf.pages().iter().map(Page::render_dimensions);
        Some(sizes.map(|(width, height)| width > height).collect::<Vec<bool>>())
    };
    let wide = catch_unwind(AssertUnwindSafe(read)).ok().flatten();
    let wide = wide.filter(|pages| !pages.is_empty()).ok_or(broken)?;
    let file = format!("/file-{number}.pdf");
    let pages = wide.into_iter().enumerate();
    Ok(pages
        .map(|(at, wide)| Leaf {
            file: file.clone(),
            page: at + 1,
            wide,
        })
        .collect())
}

fn leaf_of_picture(bytes: &Bytes, number: usize) -> std::result::Result<Leaf, String> {
    let size = imagesize::blob_size(bytes)
        .map_err(|_| "Ảnh bị hỏng, không ghép được; xem tệp gốc kèm theo.".to_owned())?;
    if size.width.saturating_mul(size.height) > MOST_DOTS {
        return Err("Ảnh quá lớn để ghép; xem tệp gốc kèm theo.".to_owned());
    }
    let ending = if bytes.starts_with(b"\x89PNG") {
        "png"
    } else {
        "jpg"
    };
    Ok(Leaf {
        file: format!("/file-{number}.{ending}"),
        page: 0,
        wide: size.width > size.height,
    })
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
    use crate::kit::documents::placed::{Sheet, write as write_sheets};

    fn sheets(number: usize, width: f64, height: f64) -> Bytes {
        let sheet = Sheet {
            width,
            height,
            ..Sheet::default()
        };
        write_sheets("Thử", &vec![sheet; number]).unwrap().into()
    }

    fn item(name: &str, content: Content) -> Item {
        Item {
            name: name.to_owned(),
            about: "PDF, 1 KB".to_owned(),
            sha256: "00".repeat(32),
            content,
        }
    }

    fn volume(items: Vec<Item>) -> Volume {
        Volume {
            title: "HỒ SƠ THỬ".to_owned(),
            facts: vec![("Đơn vị".to_owned(), "Đơn vị Mẫu".to_owned())],
            parts: vec![
                Part {
                    name: "Tờ trình".to_owned(),
                    items,
                    ..Part::default()
                },
                Part {
                    name: "Minh chứng".to_owned(),
                    ..Part::default()
                },
            ],
            ..Volume::default()
        }
    }

    fn pages(bound: Vec<u8>) -> Vec<bool> {
        let pdf = Pdf::new(bound).unwrap();
        let sizes = pdf.pages().iter().map(Page::render_dimensions);
        sizes.map(|(width, height)| width > height).collect()
    }

    #[test]
    fn pages_of_files_stand_behind_cover_contents_and_the_leaf_of_their_part() {
        let bound = write(&volume(vec![
            item("a.pdf", Content::Pdf(sheets(2, 210.0, 297.0))),
            item("b.pdf", Content::Pdf(sheets(1, 297.0, 210.0))),
        ]))
        .unwrap();
        assert_eq!(
            pages(bound),
            [false, false, false, false, false, true, false],
            "cover, contents, part, three pages, part"
        );
    }

    #[test]
    fn what_cannot_be_bound_costs_only_itself() {
        let bound = write(&volume(vec![
            item(
                "hỏng.pdf",
                Content::Pdf(Bytes::from_static(b"%PDF-1.7\nx\n%%EOF\n")),
            ),
            item(
                "hỏng.png",
                Content::Picture(Bytes::from_static(b"\x89PNG\r\n\x1a\nxx")),
            ),
            item("a.docx", Content::Listed("Tệp Word".to_owned())),
            item("a.pdf", Content::Pdf(sheets(1, 210.0, 297.0))),
        ]))
        .unwrap();
        assert_eq!(pages(bound).len(), 5);
    }

    #[test]
    fn a_volume_has_an_end() {
        let whole = sheets(250, 210.0, 297.0);
        let bound = write(&volume(vec![
            item("a.pdf", Content::Pdf(whole.clone())),
            item("b.pdf", Content::Pdf(whole)),
        ]))
        .unwrap();
        assert_eq!(pages(bound).len(), 254);
    }
}
