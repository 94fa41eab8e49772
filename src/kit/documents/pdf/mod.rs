//! The PDF: the layout is handed to Typst as data, in a world without files and without a network.

mod breaks;

use std::sync::LazyLock;

use anyhow::{Context, anyhow};
use serde::Serialize;
use typst::{
    Library, LibraryExt, World, comemo,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{
    fonts::FILES,
    layout::{INSET_X, INSET_Y, Layout},
    pictures::Drawing,
};

/// What Typst remembers of earlier documents is thrown away after so many others.
const REMEMBERED: usize = 2;

/// What never changes from document to document.
struct Shop {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    /// Of sheets on which words are placed.
    placed: Source,
    /// Of files bound together.
    bound: Source,
    data: FileId,
}

static SHOP: LazyLock<anyhow::Result<Shop>> = LazyLock::new(|| {
    let fonts: Vec<Font> = FILES
        .iter()
        .filter_map(|file| Font::new(Bytes::new(*file), 0))
        .collect();
    Ok(Shop {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        template: Source::new(file("document.typ")?, include_str!("document.typ").to_owned()),
        placed: Source::new(file("placed.typ")?, include_str!("placed.typ").to_owned()),
        bound: Source::new(file("bound.typ")?, include_str!("bound.typ").to_owned()),
        data: file("document.json")?,
    })
});

fn file(name: &str) -> anyhow::Result<FileId> {
    let path = VirtualPath::new(name).map_err(|error| anyhow!("{name}: {error}"))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// What Typst can see: the template, the data, the pictures.
struct Desk<'a> {
    shop: &'a Shop,
    template: &'a Source,
    data: Bytes,
    drawings: Vec<(FileId, Bytes)>,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shop.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shop.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() {
            Ok(self.template.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.shop.data {
            return Ok(self.data.clone());
        }
        let drawing = self.drawings.iter().find(|(known, _)| *known == id);
        drawing
            .map(|(_, bytes)| bytes.clone())
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shop.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// What the template reads.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Data<'a> {
    #[serde(flatten)]
    layout: &'a Layout,
    drawings: Vec<DrawingFile<'a>>,
    inset_x: f64,
    inset_y: f64,
}

#[derive(Serialize)]
struct DrawingFile<'a> {
    file: String,
    description: &'a str,
}

/// Prints a layout.
pub fn write(layout: &Layout) -> anyhow::Result<Vec<u8>> {
    let shop = SHOP.as_ref().map_err(|error| anyhow!("{error:#}"))?;
    let mut layout = layout.clone();
    breaks::make_breakable(&mut layout);
    let data = Data {
        layout: &layout,
        drawings: layout
            .drawings
            .iter()
            .enumerate()
            .map(|(at, drawing)| DrawingFile {
                file: picture_file(at),
                description: &drawing.description,
            })
            .collect(),
        inset_x: INSET_X,
        inset_y: INSET_Y,
    };
    let desk = Desk {
        shop,
        template: &shop.template,
        data: Bytes::new(serde_json::to_vec(&data)?),
        drawings: picture_files(&layout.drawings)?,
    };
    print(&desk)
}

/// By which name a template calls the drawing at this place.
pub(super) fn picture_file(at: usize) -> String {
    format!("/picture-{at}.svg")
}

fn picture_files<D: std::borrow::Borrow<Drawing>>(drawings: &[D]) -> anyhow::Result<Vec<(FileId, Bytes)>> {
    let files = drawings.iter().enumerate();
    files
        .map(|(at, drawing)| {
            let svg = drawing.borrow().svg.to_string();
            Ok((file(&picture_file(at))?, Bytes::from_string(svg)))
        })
        .collect()
}

/// Prints sheets of placed words, as `placed` hands them over, with the drawings on them.
pub fn write_placed(data: &[u8], drawings: &[&Drawing]) -> anyhow::Result<Vec<u8>> {
    let shop = SHOP.as_ref().map_err(|error| anyhow!("{error:#}"))?;
    print(&Desk {
        shop,
        template: &shop.placed,
        data: Bytes::new(data.to_vec()),
        drawings: picture_files(drawings)?,
    })
}

/// Prints a volume of other people's files, as `bound` hands it over: each file with the name by which `data` calls it.
/// Pages of others are no archival PDF, whatever surrounds them; a newer PDF can only be bound into one that is as new.
pub fn write_bound(data: &[u8], files: &[(String, bytes::Bytes)]) -> anyhow::Result<Vec<u8>> {
    let shop = SHOP.as_ref().map_err(|error| anyhow!("{error:#}"))?;
    let files = files.iter();
    let desk = Desk {
        shop,
        template: &shop.bound,
        data: Bytes::new(data.to_vec()),
        drawings: files
            .map(|(name, bytes)| Ok((file(name)?, Bytes::new(bytes.clone()))))
            .collect::<anyhow::Result<_>>()?,
    };
    let printed = typst::compile::<PagedDocument>(&desk)
        .output
        .map_err(|errors| failure(&errors))
        .and_then(|pages| {
            export_as(&pages, &[PdfStandard::V_1_7]).or_else(|_| export_as(&pages, &[PdfStandard::V_2_0]))
        });
    // These files are large and won't come again.
    comemo::evict(0);
    printed
}

fn export_as(pages: &PagedDocument, standards: &[PdfStandard]) -> anyhow::Result<Vec<u8>> {
    let options = PdfOptions {
        standards: PdfStandards::new(standards).ok().context("a standard is known")?,
        tagged: false,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(pages, &options).map_err(|errors| failure(&errors))
}

fn print(desk: &Desk<'_>) -> anyhow::Result<Vec<u8>> {
    let printed = typst::compile::<PagedDocument>(desk)
        .output
        .map_err(|errors| failure(&errors))
        .and_then(|pages| export(&pages));
    comemo::evict(REMEMBERED);
    printed
}

/// An archive wants PDF/A; letters that our font lacks have no place in it, so such a document becomes a plain PDF.
fn export(pages: &PagedDocument) -> anyhow::Result<Vec<u8>> {
    let options = |standards| PdfOptions {
        standards,
        ..PdfOptions::default()
    };
    let archival = PdfStandards::new(&[PdfStandard::A_2u])
        .ok()
        .context("PDF/A-2u is known")?;
    typst_pdf::pdf(pages, &options(archival))
        .or_else(|_| typst_pdf::pdf(pages, &options(PdfStandards::default())))
        .map_err(|errors| failure(&errors))
}

fn failure(errors: &[SourceDiagnostic]) -> anyhow::Error {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    anyhow!("the document couldn't be printed: {}", messages.join("; "))
}
