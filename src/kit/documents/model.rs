//! A document as data: what it says and who signs it. How it looks is the profile's business.
//!
//! An issued paper is kept in this form beside its files, so what is added here later has a default.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A whole document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// Who issues it, with number, place and date.
    pub head: Head,
    /// What it is called.
    pub title: Title,
    /// To whom it is addressed (`Kính gửi`), if to anybody.
    pub addressees: Vec<String>,
    /// The legal bases, each without its closing mark.
    pub bases: Vec<String>,
    /// What turns the text into an order (`QUYẾT ĐỊNH:`), after the bases.
    pub order: Option<Order>,
    /// The text.
    pub body: Vec<Block>,
    /// Whether `./.` closes the text; a ballot has none.
    pub is_closed: bool,
    /// Who signs.
    pub signing: Signing,
    /// The places that get it (`Nơi nhận`), each without its closing mark.
    pub recipients: Vec<String>,
    /// What is attached, each with page numbers of its own.
    pub appendices: Vec<Appendix>,
    /// Whether the text stands on landscape pages.
    pub is_landscape: bool,
    /// What marks it as unfinished, such as `DỰ THẢO` or `DỰ THẢO LẦN 2`: boxed on the first page, named on every other.
    pub draft: Option<String>,
    /// How fast it has to travel.
    pub urgency: Option<Urgency>,
    /// Where a reader can check that the paper is what was issued.
    pub verification: Option<Verification>,
    /// Who drafted it and how many copies there are, such as `PL.(300)`.
    pub drafter: String,
    /// Address, telephone, e-mail at the foot of the first page; a line each.
    pub contact: Vec<String>,
}

/// What stands at the top.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Head {
    /// The body above the issuing one; may be empty.
    pub parent: String,
    /// The issuing body.
    pub issuer: String,
    /// The issuing body as a sentence names it: `Cụm thi đua số 3`; as it stands at the top when empty.
    pub named: String,
    /// Number and symbol; a ballot has none.
    pub number: Option<Number>,
    /// Place and date; minutes have none, whatever is given here.
    pub place: Option<Place>,
}

impl Head {
    /// The issuing body as a sentence names it.
    #[must_use]
    pub fn issuer_in_text(&self) -> &str {
        if self.named.is_empty() {
            &self.issuer
        } else {
            &self.named
        }
    }
}

/// The number of a document in its series.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Number {
    /// Not given before the document is issued: a gap is left to write it in.
    pub value: Option<u32>,
    /// What follows the number, such as `BC-LHH`.
    pub symbol: String,
}

/// Where and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The name of the place.
    pub name: String,
    /// Not known before the document is issued: gaps are left.
    pub date: Option<NaiveDate>,
}

/// What the document is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Title {
    /// A letter (công văn) has no type, only a subject under its number: `V/v …`.
    Letter {
        /// What comes after `V/v`.
        subject: String,
    },
    /// A document with a type, such as `BÁO CÁO`.
    Named {
        /// The type.
        kind: String,
        /// What it is about; may be empty.
        subject: String,
    },
    /// Minutes: they carry no line of place and date.
    Minutes {
        /// The meeting or act, such as `Kiểm phiếu …`.
        subject: String,
    },
}

impl Default for Title {
    fn default() -> Self {
        Self::Letter {
            subject: String::new(),
        }
    }
}

/// The words that give an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Whose power it is, such as `CHỦ TỊCH LIÊN HIỆP HỘI`: above the bases.
    pub authority: String,
    /// The word itself, such as `QUYẾT ĐỊNH`: below the bases.
    pub verb: String,
}

/// A piece of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Whether they stand out.
    pub bold: bool,
    /// Whether they are set apart.
    pub italic: bool,
}

/// Text whose pieces have styles; a line break in it begins a new paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rich(pub Vec<Run>);

impl Rich {
    /// The same, with more words.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.with(text, false, false)
    }

    /// The same, with more words in bold.
    #[must_use]
    pub fn bold(self, text: impl Into<String>) -> Self {
        self.with(text, true, false)
    }

    /// The same, with more words in italics.
    #[must_use]
    pub fn italic(self, text: impl Into<String>) -> Self {
        self.with(text, false, true)
    }

    fn with(mut self, text: impl Into<String>, bold: bool, italic: bool) -> Self {
        self.0.push(Run {
            text: text.into(),
            bold,
            italic,
        });
        self
    }
}

impl<T: Into<String>> From<T> for Rich {
    fn from(text: T) -> Self {
        Self::default().plain(text)
    }
}

/// The rank of a heading. The label before its title comes from the rank and the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Level {
    /// `Phần I`, its title on a line below.
    Part,
    /// `Chương I`, its title on a line below.
    Chapter,
    /// `Mục 1`, its title on a line below.
    Section,
    /// `Tiểu mục 1`, its title on a line below.
    Subsection,
    /// `I. `, in documents without chapters.
    Roman,
    /// `Điều 1. `
    Article,
    /// `1. ` with a title.
    Clause,
}

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// A heading.
    Heading {
        /// Its rank.
        level: Level,
        /// Its number among its sisters.
        number: usize,
        /// Its words; may be empty.
        title: String,
    },
    /// An article whose text follows its label on the same line.
    Article {
        /// Its number.
        number: usize,
        /// Its text.
        text: Rich,
    },
    /// A clause without a title: `1. `
    Clause {
        /// Its number.
        number: usize,
        /// Its text.
        text: Rich,
    },
    /// A point: `a) `, in the order of the Vietnamese alphabet.
    Point {
        /// Its number: 1 for a, 5 for đ.
        number: usize,
        /// Its text.
        text: Rich,
    },
    /// A line that begins with a dash.
    Dash(Rich),
    /// A paragraph.
    Paragraph(Rich),
    /// A paragraph in the middle of the line.
    Centred(Rich),
    /// A table.
    Table(Table),
    /// A picture.
    Picture(Picture),
}

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right: figures.
    Right,
}

/// A table. Its header comes again on every page, and no row is cut unless it is taller than a page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    /// The words above it; may be empty.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The lines of the header; none makes a table without header.
    pub header: Vec<Vec<HeaderCell>>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its width, compared with the others.
    pub width: u16,
    /// Where its text stands.
    pub align: Align,
}

/// A cell of the header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeaderCell {
    /// Its words.
    pub text: String,
    /// Over how many columns it reaches.
    pub across: usize,
    /// Over how many lines of the header it reaches.
    pub down: usize,
}

impl<T: Into<String>> From<T> for HeaderCell {
    fn from(text: T) -> Self {
        Self {
            text: text.into(),
            across: 1,
            down: 1,
        }
    }
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    /// Its cells, the first column's first; missing ones are empty.
    pub cells: Vec<Cell>,
    /// Whether all of it is bold: a total, the heading of a group.
    pub is_strong: bool,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Its words.
    pub text: Rich,
    /// Over how many columns it reaches.
    pub across: usize,
}

impl<T: Into<Rich>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self {
            text: text.into(),
            across: 1,
        }
    }
}

/// A picture that this program drew.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Picture {
    /// The drawing, as SVG.
    pub svg: String,
    /// Its width in millimetres; as wide as the text allows when not given.
    pub width: Option<f64>,
    /// The words below it; may be empty.
    pub caption: String,
    /// What it shows, for those who can't see it.
    pub description: String,
}

/// Who signs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub enum Signing {
    /// Nobody.
    #[default]
    None,
    /// One: at the right, the recipients at the left.
    One(Signature),
    /// Several, in pairs from the left; the recipients below.
    Several(Vec<Signature>),
    /// Minutes: the secretary at the left, the chair at the right.
    Minutes {
        /// The name of the secretary.
        secretary: String,
        /// The name of the chair.
        chair: String,
    },
}

/// The block of one signer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Signature {
    /// With what power, the highest first: `TM. BAN THƯỜNG VỤ`, then `KT. CHỦ TỊCH`.
    pub powers: Vec<(Power, String)>,
    /// The post, a line each.
    pub posts: Vec<String>,
    /// What is asked of the signer, such as `(Ký, ghi rõ họ tên)`; may be empty.
    pub note: String,
    /// The name; academic titles before it are left out where the profile wants none. Empty while not known.
    pub name: String,
}

/// With what power somebody signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Power {
    /// `TM.`: on behalf of a body that decides together.
    OnBehalf,
    /// `KT.`: a deputy for the head.
    InPlace,
    /// `TL.`: by order of the head.
    ByOrder,
    /// `TUQ.`: by a power given in writing.
    ByAuthority,
    /// `Q.`: acting head.
    Acting,
}

impl Power {
    /// What a typed line begins with.
    const PREFIXES: [(&str, Self); 5] = [
        ("TM.", Self::OnBehalf),
        ("KT.", Self::InPlace),
        ("TL.", Self::ByOrder),
        ("TUQ.", Self::ByAuthority),
        ("Q.", Self::Acting),
    ];

    /// `TL. CHỦ TỊCH`: the power and whose it is; none where the line names no power.
    #[must_use]
    pub fn read(line: &str) -> Option<(Self, String)> {
        let mut known = Self::PREFIXES.iter();
        known.find_map(|(prefix, power)| Some((*power, line.trim().strip_prefix(prefix)?.trim().to_owned())))
    }
}

/// What is attached.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Appendix {
    /// What it is called.
    pub title: String,
    /// What it belongs to; made out of number, date and issuer when empty.
    pub reference: String,
    /// Its text.
    pub body: Vec<Block>,
    /// Whether it stands on landscape pages.
    pub is_landscape: bool,
}

/// How fast a document has to travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Urgency {
    /// `KHẨN`
    Urgent,
    /// `THƯỢNG KHẨN`
    VeryUrgent,
    /// `HỎA TỐC`
    Immediate,
}

/// Where a reader can check the paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Verification {
    /// The code, as it is read out.
    pub code: String,
    /// The address of the page, with the code in it: what the square picture holds.
    pub address: String,
}
