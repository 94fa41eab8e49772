//! A layout for the screen: the third spelling, beside DOCX and PDF. What is centred, bold or in a table on paper is so on the
//! screen; how wide and how far apart is the style sheet's business, so a paper fits a phone too.

use std::fmt::Write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    layout::{self, Boxed, Columns, Grid, GridCell, Item, Layout, Line, Para, Placed, Section, Side, Span},
    markup::escaped,
    model::Document,
    pictures::Drawing,
    profile::Profile,
};

/// A table with more rows than this is folded.
const LONG: usize = 20;
/// Letters below this size, in points, are small ones.
const SMALL: f64 = 12.0;
/// A column narrower than this part of the whole holds a picture beside words.
const NARROW: f64 = 0.25;
/// Room above a paragraph, in points: from here on it stands clear, and from the last on a hand signs there.
const CLEAR: f64 = 10.0;
const HAND: f64 = 40.0;

/// The document as HTML, to be put into a page below a heading of the second rank.
#[must_use]
pub fn on_screen(document: &Document) -> String {
    write(&layout::lay_out(document, &Profile::decree_30()))
}

fn write(layout: &Layout) -> String {
    let mut page = Page {
        html: String::new(),
        drawings: &layout.drawings,
        rank: 2,
    };
    for section in &layout.sections {
        page.section(section);
    }
    page.html
}

/// A page in the making. Every word passes through [`escaped`], so nothing typed ever becomes a tag.
struct Page<'a> {
    html: String,
    drawings: &'a [Drawing],
    /// The rank of the heading above.
    rank: u8,
}

impl Page<'_> {
    fn section(&mut self, section: &Section) {
        let class = if section.width > section.height {
            "paper-page paper-page-wide"
        } else {
            "paper-page"
        };
        self.tag("div", class);
        self.items(&section.items);
        if !section.foot.is_empty() {
            self.tag("div", "paper-foot");
            for para in &section.foot {
                self.para(para);
            }
            self.html += "</div>";
        }
        self.html += "</div>";
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Para(para) => self.para(para),
                Item::Line(line) => self.line(line),
                Item::Boxed(boxed) => self.boxed(boxed),
                Item::Columns(columns) => self.columns(columns),
                Item::Grid(grid) => self.grid(grid),
                Item::Picture(picture) => self.picture(picture),
            }
        }
    }

    fn tag(&mut self, name: &str, class: &str) {
        self.html += "<";
        self.html += name;
        if !class.is_empty() {
            self.html += " class=\"";
            self.html += class;
            self.html += "\"";
        }
        self.html += ">";
    }

    fn para(&mut self, para: &Para) {
        let name = self.name_of(para);
        self.tag(&name, &classes(para));
        self.spans(&para.spans);
        self.html += "</";
        self.html += &name;
        self.html += ">";
    }

    /// A heading stands at most one rank below the one before it.
    fn name_of(&mut self, para: &Para) -> String {
        if para.rank == 0 {
            return "p".to_owned();
        }
        self.rank = (para.rank + 2).min(self.rank + 1).min(6);
        format!("h{}", self.rank)
    }

    fn spans(&mut self, spans: &[Span]) {
        for span in spans {
            let style = span.style;
            let red = span.red.then_some(("<span class=\"paper-red\">", "</span>"));
            let bold = style.bold.then_some(("<b>", "</b>"));
            let italic = style.italic.then_some(("<i>", "</i>"));
            let underline = style.underline.then_some(("<u>", "</u>"));
            let small = (style.size < SMALL).then_some(("<small>", "</small>"));
            let around: Vec<(&str, &str)> = [red, small, bold, italic, underline]
                .into_iter()
                .flatten()
                .collect();
            for (open, _) in &around {
                self.html += open;
            }
            // Where paper breaks a line to balance it, the style sheet does.
            self.html += &escaped(&span.text.replace('\n', " "));
            for (_, close) in around.iter().rev() {
                self.html += close;
            }
        }
    }

    fn line(&mut self, line: &Line) {
        let is_long = line.length > line.within * 0.5;
        self.tag(
            "div",
            if is_long {
                "paper-line paper-line-long"
            } else {
                "paper-line"
            },
        );
        self.html += "</div>";
    }

    fn boxed(&mut self, boxed: &Boxed) {
        self.tag("p", "paper-boxed");
        self.tag("span", "");
        self.spans(std::slice::from_ref(&boxed.span));
        self.html += "</span></p>";
    }

    fn columns(&mut self, columns: &Columns) {
        let whole: f64 = columns.widths.iter().sum();
        let class = match columns.widths.as_slice() {
            [left, _] if *left < whole * NARROW => "paper-code",
            [left, right] if left < right => "paper-columns paper-columns-head",
            _ => "paper-columns",
        };
        self.tag("div", class);
        for cell in &columns.cells {
            self.html += "<div>";
            self.items(cell);
            self.html += "</div>";
        }
        self.html += "</div>";
    }

    fn grid(&mut self, grid: &Grid) {
        let is_long = grid.rows.len() > LONG;
        if is_long {
            let _ = write!(
                self.html,
                "<details><summary>Xem bảng ({} dòng)</summary>",
                grid.rows.len()
            );
        }
        self.html += "<div class=\"frame\" tabindex=\"0\" role=\"region\" aria-label=\"Bảng trong văn bản\"><table class=\"paper-grid\">";
        if !grid.header.is_empty() {
            self.html += "<thead>";
            for cells in &grid.header {
                self.row(cells, true);
            }
            self.html += "</thead>";
        }
        self.html += "<tbody>";
        for row in &grid.rows {
            self.row(&row.cells, false);
        }
        self.html += "</tbody></table></div>";
        if is_long {
            self.html += "</details>";
        }
    }

    fn row(&mut self, cells: &[GridCell], is_head: bool) {
        self.html += "<tr>";
        for cell in cells {
            // A heading without words would announce nothing.
            let is_head = is_head && cell.paras.iter().any(|para| !para.text().is_empty());
            let name = if is_head { "th" } else { "td" };
            let side = cell.paras.first().map_or("", |para| side(para.side));
            let _ = write!(self.html, "<{name}");
            if is_head {
                self.html += if cell.across > 1 {
                    " scope=\"colgroup\""
                } else {
                    " scope=\"col\""
                };
            }
            if !side.is_empty() {
                let _ = write!(self.html, " class=\"{side}\"");
            }
            for (attribute, over) in [("colspan", cell.across), ("rowspan", cell.down)] {
                if over > 1 {
                    let _ = write!(self.html, " {attribute}=\"{over}\"");
                }
            }
            self.html += ">";
            for (at, para) in cell.paras.iter().enumerate() {
                if at > 0 {
                    self.html += "<br>";
                }
                self.spans(&para.spans);
            }
            let _ = write!(self.html, "</{name}>");
        }
        self.html += "</tr>";
    }

    fn picture(&mut self, placed: &Placed) {
        let Some(drawing) = self.drawings.get(placed.drawing) else {
            return;
        };
        let _ = write!(
            self.html,
            "<p class=\"paper-picture\"><img src=\"{}\" alt=\"{}\"></p>",
            data_address(&drawing.svg),
            escaped(&drawing.description)
        );
    }
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Left => "",
        Side::Centre => "paper-centre",
        Side::Right => "paper-right",
        Side::Both => "paper-both",
    }
}

fn classes(para: &Para) -> String {
    let indent = if para.first > 0.0 {
        "paper-indent"
    } else if para.first < 0.0 {
        "paper-hanging"
    } else {
        ""
    };
    let above = if para.above >= HAND {
        "paper-hand"
    } else if para.above >= CLEAR {
        "paper-clear"
    } else {
        ""
    };
    let classes = [side(para.side), indent, above];
    let given = classes.into_iter().filter(|class| !class.is_empty());
    given.collect::<Vec<_>>().join(" ")
}

/// What the address of a drawing holds as it is; other bytes are written by their number.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b' ')
    .remove(b'=')
    .remove(b'/')
    .remove(b':')
    .remove(b'.')
    .remove(b',')
    .remove(b'-')
    .remove(b';')
    .remove(b'(')
    .remove(b')');

/// A drawing as an address that no attribute ends.
fn data_address(svg: &str) -> String {
    format!("data:image/svg+xml,{}", utf8_percent_encode(svg, PLAIN))
}

#[cfg(test)]
mod tests {
    use super::super::model::{
        Align, Block, Column, Head, Level, Number, Place, Power, Row, Signature, Signing, Table, Title,
    };
    use super::*;

    fn document() -> Document {
        let column = |align| Column { width: 1, align };
        Document {
            head: Head {
                issuer: "CỤM THI ĐUA SỐ 3".to_owned(),
                number: Some(Number {
                    value: Some(1),
                    symbol: "KH-CTĐ3".to_owned(),
                }),
                place: Some(Place {
                    name: "Sơn La".to_owned(),
                    date: None,
                }),
                ..Head::default()
            },
            title: Title::Named {
                kind: "KẾ HOẠCH".to_owned(),
                subject: "Công tác <năm> 2026".to_owned(),
            },
            addressees: vec!["Một".to_owned(), "Hai".to_owned()],
            body: vec![
                Block::Heading {
                    level: Level::Clause,
                    number: 1,
                    title: "Mục đích".to_owned(),
                },
                Block::Table(Table {
                    columns: vec![column(Align::Left), column(Align::Right)],
                    header: vec![vec!["Tên".into(), "".into()]],
                    rows: vec![Row {
                        cells: vec!["Sơn La".into(), "2".into()],
                        is_strong: false,
                    }],
                    ..Table::default()
                }),
            ],
            signing: Signing::One(Signature {
                powers: vec![(Power::OnBehalf, "CỤM THI ĐUA SỐ 3".to_owned())],
                posts: vec!["CỤM TRƯỞNG".to_owned(), "Chủ tịch Liên hiệp Hội".to_owned()],
                name: "Nguyễn Văn Mẫu".to_owned(),
                ..Signature::default()
            }),
            recipients: vec!["Như trên".to_owned()],
            ..Document::default()
        }
    }

    #[test]
    fn a_paper_on_screen_has_its_head_a_real_table_the_signer_and_the_recipients() {
        let html = on_screen(&document());
        for piece in [
            "<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>",
            "01/KH-CTĐ3",
            "<h3 class=\"paper-centre paper-clear\"><b>KẾ HOẠCH</b></h3>",
            "Công tác &lt;năm&gt; 2026",
            "<th scope=\"col\" class=\"paper-centre\">",
            "<td class=\"paper-right\">",
            "TM. CỤM THI ĐUA SỐ 3",
            "Nơi nhận:",
            "<div class=\"paper-columns paper-columns-head\">",
        ] {
            assert!(html.contains(piece), "no {piece} in\n{html}");
        }
        assert_eq!(html.matches("Kính gửi").count(), 1);
        assert!(!html.contains('|'));
        let posts = html.find("CỤM TRƯỞNG").unwrap();
        assert!(
            html[posts..].starts_with("CỤM TRƯỞNG</b></p>"),
            "each post on a line of its own"
        );
    }

    #[test]
    fn a_heading_is_never_two_ranks_below_the_one_before_it() {
        let html = on_screen(&document());
        assert!(html.contains("<h4 ") && !html.contains("<h5") && !html.contains("<h6"));
    }

    #[test]
    fn a_long_table_is_folded() {
        let mut long = document();
        if let Some(Block::Table(table)) = long.body.last_mut() {
            table.rows = vec![table.rows[0].clone(); LONG + 1];
        }
        assert!(on_screen(&long).contains("<summary>Xem bảng (21 dòng)</summary>"));
        assert!(!on_screen(&document()).contains("<details"));
    }

    #[test]
    fn a_drawing_becomes_an_address_that_no_attribute_ends() {
        assert_eq!(
            data_address("<a b=\"#é\"/>"),
            "data:image/svg+xml,%3Ca b=%22%23%C3%A9%22/%3E"
        );
    }

    #[test]
    fn a_document_is_kept_and_read_again_as_it_was() {
        let kept = serde_json::to_value(document()).unwrap();
        let read: Document = serde_json::from_value(kept).unwrap();
        assert_eq!(on_screen(&read), on_screen(&document()));
        let older: Document = serde_json::from_str("{\"title\":{\"Letter\":{\"subject\":\"\"}}}").unwrap();
        assert!(older.body.is_empty());
    }
}
