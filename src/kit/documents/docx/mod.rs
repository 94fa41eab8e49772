//! The DOCX: the layout as a package of WordprocessingML.
//!
//! Written by hand: the ready crate (docx-rs 0.4) can neither repeat the header of a table nor name the document, puts the parts of
//! a section in an order that isn't the schema's, and compresses nothing.

mod sections;
mod tables;
mod text;
mod xml;

use std::io::{Cursor, Write};

use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

use self::xml::Xml;
use super::{
    fonts::OFFICE_NAME,
    layout::{Item, Layout},
};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
const INLINE: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A package in the making.
struct Package<'a> {
    layout: &'a Layout,
    xml: Xml,
    pictures: Vec<Vec<u8>>,
    /// Headers and footers: name of the file, content.
    margins: Vec<(String, String)>,
}

/// Writes a layout.
pub fn write(layout: &Layout) -> anyhow::Result<Vec<u8>> {
    let mut package = Package {
        layout,
        xml: Xml::part(),
        pictures: Vec::new(),
        margins: Vec::new(),
    };
    package.document()?;
    package.pack()
}

impl Package<'_> {
    fn document(&mut self) -> anyhow::Result<()> {
        self.xml.open("w:document", &NAMES);
        self.xml.open("w:body", &[]);
        let count = self.layout.sections.len();
        for (at, section) in self.layout.sections.iter().enumerate() {
            self.items(&section.items)?;
            self.end_section(at, section, at + 1 == count);
        }
        self.xml.close("w:body");
        self.xml.close("w:document");
        Ok(())
    }

    /// Pieces below each other.
    fn items(&mut self, items: &[Item]) -> anyhow::Result<()> {
        let mut is_after_table = false;
        for item in items {
            let (room, with_next) = match item {
                Item::Columns(columns) => (columns.above, columns.whole),
                Item::Boxed(boxed) => (boxed.above, true),
                Item::Grid(grid) => (grid.above, true),
                Item::Para(_) | Item::Line(_) | Item::Picture(_) => (0.0, false),
            };
            let is_table = matches!(item, Item::Columns(_) | Item::Boxed(_) | Item::Grid(_));
            if is_table && (room > 0.0 || is_after_table) {
                self.room(room, with_next);
            }
            match item {
                Item::Para(para) => self.para(para),
                Item::Line(line) => self.line(line),
                Item::Boxed(boxed) => self.boxed(boxed),
                Item::Columns(columns) => self.columns(columns)?,
                Item::Grid(grid) => self.grid(grid),
                Item::Picture(picture) => self.picture(picture)?,
            }
            is_after_table = is_table;
        }
        Ok(())
    }

    fn pack(self) -> anyhow::Result<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        // The same document gives the same bytes: no time of day in them.
        let options = SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let mut add = |name: &str, bytes: &[u8]| -> anyhow::Result<()> {
            zip.start_file(name, options)?;
            Ok(zip.write_all(bytes)?)
        };
        add("[Content_Types].xml", self.content_types().as_bytes())?;
        add("_rels/.rels", package_relations().as_bytes())?;
        add("docProps/core.xml", self.properties().as_bytes())?;
        add("word/_rels/document.xml.rels", self.relations().as_bytes())?;
        add("word/styles.xml", styles().as_bytes())?;
        add("word/settings.xml", settings().as_bytes())?;
        for (name, content) in &self.margins {
            add(&format!("word/{name}.xml"), content.as_bytes())?;
        }
        for (at, picture) in self.pictures.iter().enumerate() {
            add(&format!("word/media/picture{}.png", at + 1), picture)?;
        }
        add("word/document.xml", self.xml.into_string().as_bytes())?;
        Ok(zip.finish()?.into_inner())
    }

    fn content_types(&self) -> String {
        let mut xml = Xml::part();
        let types = "http://schemas.openxmlformats.org/package/2006/content-types";
        xml.open("Types", &[("xmlns", types)]);
        let relations = "application/vnd.openxmlformats-package.relationships+xml";
        for (extension, kind) in [
            ("rels", relations),
            ("xml", "application/xml"),
            ("png", "image/png"),
        ] {
            xml.empty("Default", &[("Extension", extension), ("ContentType", kind)]);
        }
        let mut part = |name: &str, kind: &str| {
            xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
        };
        part("/word/document.xml", &format!("{CONTENT}.document.main+xml"));
        part("/word/styles.xml", &format!("{CONTENT}.styles+xml"));
        part("/word/settings.xml", &format!("{CONTENT}.settings+xml"));
        part(
            "/docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
        );
        for (name, _) in &self.margins {
            part(
                &format!("/word/{name}.xml"),
                &format!("{CONTENT}.{}+xml", kind_of(name)),
            );
        }
        xml.close("Types");
        xml.into_string()
    }

    fn properties(&self) -> String {
        let mut xml = Xml::part();
        let core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
        let names = [
            ("xmlns:cp", core),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ];
        xml.open("cp:coreProperties", &names);
        xml.words("dc:title", &[], &self.layout.title);
        xml.words("dc:creator", &[], &self.layout.author);
        xml.words("dc:language", &[], "vi-VN");
        xml.close("cp:coreProperties");
        xml.into_string()
    }

    fn relations(&self) -> String {
        let mut relations = vec![
            ("rIdStyles".to_owned(), "styles", "styles.xml".to_owned()),
            ("rIdSettings".to_owned(), "settings", "settings.xml".to_owned()),
        ];
        for (name, _) in &self.margins {
            relations.push((format!("rId_{name}"), kind_of(name), format!("{name}.xml")));
        }
        for number in 1..=self.pictures.len() {
            let file = format!("media/picture{number}.png");
            relations.push((format!("rIdPicture{number}"), "image", file));
        }
        let mut xml = Xml::part();
        xml.open("Relationships", &[("xmlns", RELATIONS)]);
        for (id, kind, target) in relations {
            let kind = format!("{OFFICE}/{kind}");
            xml.empty(
                "Relationship",
                &[("Id", &id), ("Type", &kind), ("Target", &target)],
            );
        }
        xml.close("Relationships");
        xml.into_string()
    }
}

/// The names that the parts with text use.
const NAMES: [(&str, &str); 5] = [
    ("xmlns:w", WORD),
    ("xmlns:r", OFFICE),
    ("xmlns:wp", INLINE),
    ("xmlns:a", DRAWING),
    ("xmlns:pic", PICTURE),
];

/// `header` or `footer`, from the name of the file.
fn kind_of(name: &str) -> &'static str {
    if name.starts_with("header") {
        "header"
    } else {
        "footer"
    }
}

fn package_relations() -> String {
    let mut xml = Xml::part();
    xml.open("Relationships", &[("xmlns", RELATIONS)]);
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let document = format!("{OFFICE}/officeDocument");
    for (id, kind, target) in [
        ("rId1", document.as_str(), "word/document.xml"),
        ("rId2", core, "docProps/core.xml"),
    ] {
        xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
    }
    xml.close("Relationships");
    xml.into_string()
}

/// What text is when nothing else is said: so that what an officer adds looks like the rest.
fn styles() -> String {
    let mut xml = Xml::part();
    xml.open("w:styles", &[("xmlns:w", WORD)]);
    xml.open("w:docDefaults", &[]);
    xml.open("w:rPrDefault", &[]);
    xml.open("w:rPr", &[]);
    let fonts = [
        ("w:ascii", OFFICE_NAME),
        ("w:hAnsi", OFFICE_NAME),
        ("w:eastAsia", OFFICE_NAME),
        ("w:cs", OFFICE_NAME),
    ];
    xml.empty("w:rFonts", &fonts);
    xml.val("w:sz", 28);
    xml.val("w:szCs", 28);
    xml.empty(
        "w:lang",
        &[("w:val", "vi-VN"), ("w:eastAsia", "vi-VN"), ("w:bidi", "ar-SA")],
    );
    xml.close("w:rPr");
    xml.close("w:rPrDefault");
    xml.open("w:pPrDefault", &[]);
    xml.close("w:pPrDefault");
    xml.close("w:docDefaults");
    let normal = [
        ("w:type", "paragraph"),
        ("w:default", "1"),
        ("w:styleId", "Normal"),
    ];
    xml.open("w:style", &normal);
    xml.val("w:name", "Normal");
    xml.empty("w:qFormat", &[]);
    xml.close("w:style");
    xml.close("w:styles");
    xml.into_string()
}

/// The behaviour of Word 2013 and later.
fn settings() -> String {
    let mut xml = Xml::part();
    xml.open("w:settings", &[("xmlns:w", WORD)]);
    xml.val("w:defaultTabStop", 720);
    xml.open("w:compat", &[]);
    xml.empty(
        "w:compatSetting",
        &[
            ("w:name", "compatibilityMode"),
            ("w:uri", "http://schemas.microsoft.com/office/word"),
            ("w:val", "15"),
        ],
    );
    xml.close("w:compat");
    xml.empty("w:themeFontLang", &[("w:val", "vi-VN")]);
    xml.close("w:settings");
    xml.into_string()
}
