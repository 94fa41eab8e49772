//! Reads a DOCX: paragraphs with their styles, tables, sections, headers. Lengths are millimetres, sizes are points.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use roxmltree::{Document, Node};

/// The parts of a package, those in XML as text.
pub struct Package(pub BTreeMap<String, Vec<u8>>);

/// A paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Para {
    pub text: String,
    pub side: String,
    pub first: f64,
    pub left: f64,
    pub before: f64,
    /// In lines, when not exact.
    pub lines: f64,
    pub size: f64,
    pub bold: bool,
    pub italic: bool,
    pub with_next: bool,
}

impl Package {
    /// Opens it. Every part in XML has to be well formed.
    pub fn open(bytes: &[u8]) -> Self {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            parts.insert(file.name().unwrap().into_owned(), content);
        }
        let package = Self(parts);
        for name in package.0.keys().filter(|name| !name.starts_with("word/media/")) {
            Document::parse(package.part(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        package
    }

    #[track_caller]
    pub fn part(&self, name: &str) -> &str {
        let bytes = self.0.get(name).unwrap_or_else(|| panic!("{name} is missing"));
        std::str::from_utf8(bytes).unwrap()
    }

    /// The document itself.
    pub fn document(&self) -> Document<'_> {
        Document::parse(self.part("word/document.xml")).unwrap()
    }

    /// All paragraphs with words, also those in tables.
    pub fn paras(&self) -> Vec<Para> {
        let document = self.document();
        let paras = named(document.root(), "p").map(para);
        paras.filter(|para| !para.text.is_empty()).collect()
    }

    #[track_caller]
    pub fn find(&self, start: &str) -> Para {
        let paras = self.paras();
        let found = paras.iter().find(|para| para.text.starts_with(start));
        found
            .unwrap_or_else(|| panic!("no “{start}” in {paras:#?}"))
            .clone()
    }

    /// All words, a line for each paragraph.
    pub fn text(&self) -> String {
        self.paras().into_iter().map(|para| para.text + "\n").collect()
    }
}

/// The elements of this name below a node.
pub fn named<'a, 'd: 'a>(node: Node<'a, 'd>, name: &'a str) -> impl Iterator<Item = Node<'a, 'd>> {
    node.descendants()
        .filter(move |node| node.has_tag_name(name_of(name)))
}

fn name_of(name: &str) -> (&str, &str) {
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        name,
    )
}

/// The child of this name.
pub fn child<'a, 'd>(node: Node<'a, 'd>, name: &str) -> Option<Node<'a, 'd>> {
    node.children().find(|node| node.has_tag_name(name_of(name)))
}

/// The paragraphs with words below a node.
pub fn paras_in(node: Node<'_, '_>) -> Vec<Para> {
    let paras = named(node, "p").map(para);
    paras.filter(|para| !para.text.is_empty()).collect()
}

/// The lengths of the lines drawn below a node, where the room for each is so wide.
pub fn lines_in(node: Node<'_, '_>, within: f64) -> Vec<f64> {
    let rules = named(node, "pPr").filter(|rule| child(*rule, "pBdr").is_some());
    rules
        .map(|rule| {
            let indent = child(rule, "ind");
            within - indent.map_or(0.0, |indent| mm(indent, "left") + mm(indent, "right"))
        })
        .collect()
}

/// An attribute of a node.
pub fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attribute(name_of(name))
}

/// A length, given in twentieths of a point.
pub fn mm(node: Node<'_, '_>, name: &str) -> f64 {
    value(node, name).map_or(0.0, |text| text.parse::<f64>().unwrap() / 1440.0 * 25.4)
}

fn para(node: Node<'_, '_>) -> Para {
    let property = |name: &str| child(node, "pPr").and_then(|all| child(all, name));
    let words: Vec<Node<'_, '_>> = named(node, "r")
        .filter(|run| named(*run, "t").next().is_some())
        .collect();
    let all = |name: &str| {
        let has = |run: &Node<'_, '_>| child(*run, "rPr").is_some_and(|style| child(style, name).is_some());
        !words.is_empty() && words.iter().all(has)
    };
    let number = |node: Option<Node<'_, '_>>, name: &str| {
        node.and_then(|node| value(node, name))
            .map_or(0.0, |text| text.parse().unwrap())
    };
    let size = words
        .first()
        .and_then(|run| child(*run, "rPr"))
        .and_then(|style| child(style, "sz"));
    let (spacing, indent) = (property("spacing"), property("ind"));
    Para {
        text: node
            .descendants()
            .filter_map(|piece| match piece.tag_name().name() {
                "t" => piece.text(),
                "br" => Some(" "),
                _ => None,
            })
            .map(super::printed::plain)
            .collect(),
        side: property("jc")
            .and_then(|side| value(side, "val"))
            .unwrap_or("left")
            .to_owned(),
        first: indent.map_or(0.0, |indent| mm(indent, "firstLine")),
        left: indent.map_or(0.0, |indent| mm(indent, "left")),
        before: number(spacing, "before") / 20.0,
        lines: number(spacing, "line") / 240.0,
        size: number(size, "val") / 2.0,
        bold: all("b"),
        italic: all("i"),
        with_next: property("keepNext").is_some(),
    }
}
