//! What both writers print: paragraphs, lines, columns, grids and pictures with all their measures worked out.
//! A DOCX and a PDF look the same because they are two spellings of this.
//!
//! Lengths are millimetres, sizes of letters and the room above a paragraph are points.

mod body;
mod closing;
mod grids;
mod head;
mod pieces;
mod words;

pub use grids::{INSET_X, INSET_Y};
pub use words::{Para, Side, Span};

use serde::Serialize;

use super::{
    model::{Appendix, Document},
    pictures::Drawing,
    profile::{Mark, Page, Profile, Style},
    wording::clean_line,
};

/// A whole document, laid out.
#[derive(Clone, Debug, Serialize)]
pub struct Layout {
    /// Its name among the properties of the file.
    pub title: String,
    /// Who issues it, among the properties of the file.
    pub author: String,
    /// The text, then the appendices.
    pub sections: Vec<Section>,
    /// The pictures; [`Placed`] names them by their place here.
    #[serde(skip)]
    pub drawings: Vec<Drawing>,
}

/// Pages of one format, numbered from 1; the first shows no number.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// The width of the paper.
    pub width: f64,
    /// The height of the paper.
    pub height: f64,
    /// Empty at the top.
    pub top: f64,
    /// Empty at the bottom.
    pub bottom: f64,
    /// Empty at the left.
    pub left: f64,
    /// Empty at the right.
    pub right: f64,
    /// From the edge of the paper to the page number.
    pub number_from_edge: f64,
    /// The page number.
    pub number: Style,
    /// What stands at the right of the page number.
    pub mark: Option<Span>,
    /// The foot of the first page, under a line as wide as the text.
    pub foot: Vec<Para>,
    /// What is on the pages.
    pub items: Vec<Item>,
}

impl Section {
    /// The width that text can take.
    #[must_use]
    pub fn measure(&self) -> f64 {
        self.width - self.left - self.right
    }

    /// The height that text can take.
    #[must_use]
    pub fn depth(&self) -> f64 {
        self.height - self.top - self.bottom
    }
}

/// A piece of a page.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Item {
    /// A paragraph.
    Para(Para),
    /// A line in the middle of what it stands in.
    Line(Line),
    /// Words in a box, in the middle of what it stands in.
    Boxed(Boxed),
    /// Pieces side by side.
    Columns(Columns),
    /// A table with lines.
    Grid(Grid),
    /// A picture.
    Picture(Placed),
}

/// A line.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Line {
    /// How long it is.
    pub length: f64,
    /// How wide the place is in whose middle it stands.
    pub within: f64,
    /// The room above, in points.
    pub above: f64,
}

/// Words in a box.
#[derive(Clone, Debug, Serialize)]
pub struct Boxed {
    /// The words.
    pub span: Span,
    /// The width of the box.
    pub width: f64,
    /// The height of the box.
    pub height: f64,
    /// How wide the place is in whose middle it stands.
    pub within: f64,
    /// The room above, in points.
    pub above: f64,
}

/// Pieces side by side.
#[derive(Clone, Debug, Serialize)]
pub struct Columns {
    /// The widths.
    pub widths: Vec<f64>,
    /// What stands in each.
    pub cells: Vec<Vec<Item>>,
    /// The room above, in points.
    pub above: f64,
    /// Whether all of it stays on one page.
    pub whole: bool,
}

/// A table with lines.
#[derive(Clone, Debug, Serialize)]
pub struct Grid {
    /// The widths of its columns.
    pub widths: Vec<f64>,
    /// The lines of its header, repeated on every page.
    pub header: Vec<Vec<GridCell>>,
    /// The rows.
    pub rows: Vec<GridRow>,
    /// The room above, in points.
    pub above: f64,
}

/// A row of a table.
#[derive(Clone, Debug, Serialize)]
pub struct GridRow {
    /// Its cells.
    pub cells: Vec<GridCell>,
    /// Whether all of it stays on one page.
    pub whole: bool,
    /// Whether it is the heading of the rows below: it isn't left alone at the end of a page.
    pub with_next: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, Serialize)]
pub struct GridCell {
    /// Its text.
    pub paras: Vec<Para>,
    /// Where it begins.
    pub column: usize,
    /// Over how many columns it reaches.
    pub across: usize,
    /// Over how many lines it reaches.
    pub down: usize,
}

/// A picture in its place.
#[derive(Clone, Debug, Serialize)]
pub struct Placed {
    /// Which one.
    pub drawing: usize,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Where it stands.
    pub side: Side,
    /// The room above, in points.
    pub above: f64,
    /// Whether it mustn't be the last on its page.
    pub with_next: bool,
}

/// What the parts of a layout are made with.
struct Press<'a> {
    document: &'a Document,
    profile: &'a Profile,
    drawings: Vec<Drawing>,
}

/// Lays a document out.
#[must_use]
pub fn lay_out(document: &Document, profile: &Profile) -> Layout {
    let mut press = Press {
        document,
        profile,
        drawings: Vec::new(),
    };
    let mut sections = vec![press.text()];
    for (index, appendix) in document.appendices.iter().enumerate() {
        sections.push(press.appendix(index + 1, appendix));
    }
    Layout {
        title: head::name_of(document),
        author: clean_line(&document.head.issuer),
        sections,
        drawings: press.drawings,
    }
}

impl Press<'_> {
    /// The document without its appendices.
    fn text(&mut self) -> Section {
        let mut section = self.section(self.document.is_landscape);
        let measure = section.measure();
        section.items = self.head(measure);
        section.items.extend(self.body(&self.document.body, &section));
        if self.document.is_closed && !self.document.body.is_empty() {
            self.close(&mut section.items);
        }
        section.items.extend(self.closing(&section));
        // What stands in the bottom margin has to fit there.
        let foot = self.document.contact.iter().map(|line| clean_line(line));
        section.foot = foot
            .filter(|line| !line.is_empty())
            .take(3)
            .map(|line| Para::new(line, self.profile.contact, Side::Centre))
            .collect();
        section
    }

    fn appendix(&mut self, number: usize, appendix: &Appendix) -> Section {
        let mut section = self.section(appendix.is_landscape);
        section.items = self.appendix_head(number, appendix, section.measure());
        section.items.extend(self.body(&appendix.body, &section));
        section
    }

    /// An empty section.
    fn section(&self, is_landscape: bool) -> Section {
        let Page {
            width,
            height,
            top,
            bottom,
            left,
            right,
            number_from_edge,
            number,
        } = self.profile.page;
        let (width, height) = if is_landscape {
            (height, width)
        } else {
            (width, height)
        };
        let mark = self.document.draft.as_deref().map(clean_line);
        Section {
            width,
            height,
            top,
            bottom,
            left,
            right,
            number_from_edge,
            number,
            mark: mark.filter(|words| !words.is_empty()).map(|words| {
                Span::new(
                    words,
                    Style {
                        size: 11.0,
                        ..self.profile.boxes.draft
                    },
                )
            }),
            foot: Vec::new(),
            items: Vec::new(),
        }
    }
}

/// What closes a name or title of this width.
fn closing_mark(mark: &Mark, text: f64, within: f64, above: f64) -> Option<Item> {
    match mark {
        Mark::None => None,
        Mark::Line(part) => Some(Item::Line(Line {
            length: text.min(within) * part,
            within,
            above,
        })),
        Mark::Text(words, style) => Some(Item::Para(Para::new(words, *style, Side::Centre))),
    }
}
