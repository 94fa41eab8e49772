//! A layout as data: pages, sizes, styles, lines and words that don't belong to any single document.
//!
//! Values of Decree 30/2020/NĐ-CP, Appendix I, stand beside the margin the decree leaves: `// 12-13`.

use serde::{Deserialize, Serialize};

use super::model::{Power, Urgency};

/// A layout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// What people call it.
    pub name: String,
    /// The page.
    pub page: Page,
    /// The lines at the top right: what the state or the party calls itself.
    pub emblem: Vec<(String, Style)>,
    /// What closes them.
    pub emblem_mark: Mark,
    /// The body above the issuing one.
    pub parent: Style,
    /// The issuing body.
    pub issuer: Style,
    /// What closes its name.
    pub issuer_mark: Mark,
    /// Number and symbol.
    pub number: NumberRule,
    /// Place and date.
    pub place: Style,
    /// The type of the document.
    pub kind: Style,
    /// What it is about.
    pub subject: Style,
    /// What closes the title.
    pub title_mark: Mark,
    /// What a letter is about.
    pub letter_subject: Style,
    /// `Kính gửi`.
    pub addressee: Style,
    /// The legal bases.
    pub basis: Style,
    /// The text.
    pub body: BodyRule,
    /// Headings.
    pub headings: Headings,
    /// Tables and pictures.
    pub figures: Figures,
    /// Signatures.
    pub signing: SigningRule,
    /// Recipients.
    pub recipients: Recipients,
    /// Appendices.
    pub appendix: AppendixRule,
    /// Marks in boxes.
    pub boxes: Boxes,
    /// Address, telephone, e-mail at the foot of the first page.
    pub contact: Style,
    /// The code by which the paper can be checked.
    pub verification: Style,
}

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Style {
    /// In points.
    pub size: f64,
    /// Whether it is bold.
    #[serde(default)]
    pub bold: bool,
    /// Whether it is italic.
    #[serde(default)]
    pub italic: bool,
    /// Whether it is underlined.
    #[serde(default)]
    pub underline: bool,
    /// Whether it is set in capitals, whatever was typed.
    #[serde(default)]
    pub upper: bool,
}

impl Style {
    /// Upright, in this size.
    #[must_use]
    pub const fn upright(size: f64) -> Self {
        Self {
            size,
            bold: false,
            italic: false,
            underline: false,
            upper: false,
        }
    }

    /// The same in bold.
    #[must_use]
    pub const fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    /// The same in italics.
    #[must_use]
    pub const fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    /// The same with a line below.
    #[must_use]
    pub const fn underlined(mut self) -> Self {
        self.underline = true;
        self
    }

    /// The same in capitals.
    #[must_use]
    pub const fn upper(mut self) -> Self {
        self.upper = true;
        self
    }
}

/// What closes a name or title.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Mark {
    /// Nothing.
    None,
    /// A line, as long as this part of the text.
    Line(f64),
    /// Characters.
    Text(String, Style),
}

/// A4 and what stays empty on it, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The short side.
    pub width: f64,
    /// The long side.
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
}

/// How number and symbol are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberRule {
    /// `Số: `
    pub label: String,
    /// What parts the number from its symbol.
    pub joint: String,
    /// Their style.
    pub style: Style,
}

/// The text.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BodyRule {
    /// Its style.
    pub style: Style,
    /// How far the first line stands in, in millimetres.
    pub indent: f64,
    /// Between paragraphs, in points.
    pub gap: f64,
    /// Between lines.
    pub lines: Lines,
}

/// The distance of lines.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Lines {
    /// So many times the font's own.
    Times(f64),
    /// So many points.
    Exactly(f64),
}

/// Headings.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Headings {
    /// `Phần I`, `Chương I`, `Mục 1`
    pub label: Style,
    /// Their titles.
    pub title: Style,
    /// `I. `
    pub roman: Style,
    /// `Điều 1. `
    pub article: Style,
    /// `1. ` with a title.
    pub clause: Style,
}

/// Tables and pictures.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The text of a table.
    pub cell: Style,
    /// Its header.
    pub header: Style,
    /// The words above a table and below a picture.
    pub caption: Style,
}

/// Signatures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SigningRule {
    /// With what power.
    pub power: Style,
    /// The post.
    pub post: Style,
    /// What is asked of the signer.
    pub note: Style,
    /// The name.
    pub name: Style,
    /// The room for signature and seal, in millimetres.
    pub room: f64,
    /// `TM.`, `KT.`, `TL.`, `TUQ.`, `Q.`
    pub powers: [String; 5],
    /// Whether academic titles may stand before a name.
    pub academic_titles: bool,
}

impl SigningRule {
    /// How a power is written.
    #[must_use]
    pub fn power_label(&self, power: Power) -> &str {
        &self.powers[power as usize]
    }
}

/// Recipients.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipients {
    /// `Nơi nhận:`
    pub label: Style,
    /// The list.
    pub list: Style,
}

/// Appendices.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AppendixRule {
    /// `Phụ lục I`
    pub label: Style,
    /// What it is called.
    pub title: Style,
    /// What it belongs to.
    pub reference: Style,
}

/// Marks in boxes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boxes {
    /// `KHẨN`, red.
    pub urgency: Style,
    /// The widths for `KHẨN`, `THƯỢNG KHẨN`, `HỎA TỐC`, in millimetres.
    pub urgency_widths: [f64; 3],
    /// Their height, in millimetres.
    pub height: f64,
    /// `DỰ THẢO`
    pub draft: Style,
}

impl Boxes {
    /// The words of a mark and the width of its box.
    #[must_use]
    pub fn urgency(&self, urgency: Urgency) -> (&'static str, f64) {
        let words = ["KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"][urgency as usize];
        (words, self.urgency_widths[urgency as usize])
    }
}

impl Profile {
    /// The layout of Decree 30/2020/NĐ-CP: what everybody uses.
    #[must_use]
    pub fn decree_30() -> Self {
        let upright = Style::upright;
        Self {
            name: "Nghị định 30/2020/NĐ-CP".to_owned(),
            page: Page {
                width: 210.0,
                height: 297.0,
                top: 20.0,    // 20-25
                bottom: 20.0, // 20-25
                left: 30.0,   // 30-35
                right: 15.0,  // 15-20
                number_from_edge: 10.0,
                number: upright(13.0), // 13-14
            },
            emblem: vec![
                (
                    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(),
                    upright(12.0).bold(), // 12-13
                ),
                ("Độc lập - Tự do - Hạnh phúc".to_owned(), upright(13.0).bold()), // 13-14
            ],
            emblem_mark: Mark::Line(1.0),
            parent: upright(12.0).upper(),        // 12-13
            issuer: upright(12.0).bold().upper(), // 12-13
            issuer_mark: Mark::Line(0.4),         // 1/3-1/2
            number: NumberRule {
                label: "Số: ".to_owned(),
                joint: "/".to_owned(),
                style: upright(13.0),
            },
            place: upright(13.0).italic(),      // 13-14
            kind: upright(14.0).bold().upper(), // 13-14
            subject: upright(14.0).bold(),      // 13-14
            title_mark: Mark::Line(0.4),        // 1/3-1/2
            letter_subject: upright(12.0),      // 12-13
            addressee: upright(14.0),           // 13-14
            basis: upright(14.0).italic(),      // 13-14
            body: BodyRule {
                style: upright(14.0),      // 13-14
                indent: 12.7,              // 10 or 12.7
                gap: 6.0,                  // at least 6
                lines: Lines::Times(1.15), // 1-1.5
            },
            headings: Headings {
                label: upright(14.0).bold(),
                title: upright(14.0).bold().upper(),
                roman: upright(14.0).bold(),
                article: upright(14.0).bold(),
                clause: upright(14.0).bold(),
            },
            figures: Figures {
                cell: upright(12.0),
                header: upright(12.0).bold(),
                caption: upright(13.0).italic(),
            },
            signing: SigningRule {
                power: upright(14.0).bold().upper(), // 13-14
                post: upright(14.0).bold().upper(),  // 13-14
                note: upright(13.0).italic(),
                name: upright(14.0).bold(), // 13-14
                room: 25.0,
                powers: ["TM.", "KT.", "TL.", "TUQ.", "Q."].map(str::to_owned),
                academic_titles: false,
            },
            recipients: Recipients {
                label: upright(12.0).bold().italic(),
                list: upright(11.0),
            },
            appendix: AppendixRule {
                label: upright(14.0).bold(),
                title: upright(14.0).bold().upper(), // 13-14
                reference: upright(14.0).italic(),   // 13-14
            },
            boxes: Boxes {
                urgency: upright(13.0).bold().upper(), // 13-14
                urgency_widths: [20.0, 40.0, 30.0],
                height: 8.0,
                draft: upright(13.0).bold().upper(), // 13-14
            },
            contact: upright(11.0), // 11-12
            verification: upright(9.0),
        }
    }

    /// The layout of Party papers, Hướng dẫn 05-HD/VPTW of 27/05/2026: for those who ask for it.
    #[must_use]
    pub fn party_guide_05() -> Self {
        let upright = Style::upright;
        let decree = Self::decree_30();
        Self {
            name: "Hướng dẫn 05-HD/VPTW".to_owned(),
            page: Page {
                number: upright(14.0),
                ..decree.page
            },
            emblem: vec![("ĐẢNG CỘNG SẢN VIỆT NAM".to_owned(), upright(15.0).bold())],
            parent: upright(14.0).upper(),
            issuer: upright(14.0).bold().upper(),
            issuer_mark: Mark::Text("*".to_owned(), upright(14.0)),
            number: NumberRule {
                label: "Số ".to_owned(),
                joint: "-".to_owned(),
                style: upright(14.0),
            },
            place: upright(14.0).italic(),
            kind: upright(15.0).bold().upper(), // 15-16
            subject: upright(14.0).bold(),      // 14-15
            title_mark: Mark::Text("-----".to_owned(), upright(14.0)),
            letter_subject: upright(12.0).italic(),
            body: BodyRule {
                indent: 10.0,
                lines: Lines::Exactly(18.0), // 18-22
                ..decree.body
            },
            signing: SigningRule {
                post: upright(14.0).upper(),
                powers: ["T/M", "K/T", "T/L", "TUQ.", "Q."].map(str::to_owned),
                ..decree.signing
            },
            recipients: Recipients {
                label: upright(14.0).underlined(),
                list: upright(12.0),
            },
            ..decree
        }
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self::decree_30()
    }
}
