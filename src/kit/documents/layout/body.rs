//! The text of a document.

use super::{Item, Para, Placed, Press, Section, Side, Span, pieces::paras};
use crate::kit::documents::{
    model::{Block, Level, Picture, Rich},
    pictures::Drawing,
    profile::{Lines, Style},
    wording::{clean_line, letter, roman},
};

/// A picture takes no more than this part of a page's height, so that words fit beside it.
const TALLEST: f64 = 0.6;
/// What closes the text of a document.
const END: &str = "./.";

/// What opens a list or a table doesn't stay behind alone at the end of a page.
fn keep_openings(items: &mut [Item]) {
    for at in 1..items.len() {
        let opens_table = matches!(items[at], Item::Grid(_));
        if let Item::Para(para) = &mut items[at - 1]
            && (opens_table || para.text().ends_with(':'))
        {
            para.with_next = true;
        }
    }
}

impl Press<'_> {
    /// The blocks of a text.
    pub fn body(&mut self, blocks: &[Block], section: &Section) -> Vec<Item> {
        let mut items = Vec::new();
        for block in blocks {
            let first = items.len();
            self.block(block, section, &mut items);
            // The text stands clear of the title above it.
            if first == 0
                && let Some(Item::Para(para)) = items.first_mut()
            {
                para.above = para.above.max(12.0);
            }
        }
        keep_openings(&mut items);
        items
    }

    fn block(&mut self, block: &Block, section: &Section, items: &mut Vec<Item>) {
        match block {
            Block::Heading { level, number, title } => {
                items.extend(self.heading(*level, *number, title).into_iter().map(Item::Para));
            }
            Block::Article { number, text } => self.labelled(&format!("Điều {number}. "), true, text, items),
            Block::Clause { number, text } => self.labelled(&format!("{number}. "), false, text, items),
            Block::Point { number, text } => {
                self.labelled(&format!("{}) ", letter(*number)), false, text, items);
            }
            Block::Dash(text) => self.labelled("- ", false, text, items),
            Block::Paragraph(text) => items.extend(self.text_paras(text).into_iter().map(Item::Para)),
            Block::Centred(text) => {
                for mut para in self.text_paras(text) {
                    (para.side, para.first) = (Side::Centre, 0.0);
                    items.push(Item::Para(para));
                }
            }
            Block::Table(table) => items.extend(self.table(table, section)),
            Block::Picture(picture) => items.extend(self.picture(picture, section)),
        }
    }

    fn text_paras(&self, text: &Rich) -> Vec<Para> {
        let body = self.profile.body;
        let mut paras = paras(text, body.style, Side::Both, body.lines);
        for para in &mut paras {
            (para.first, para.above) = (body.indent, body.gap);
        }
        paras
    }

    /// A text behind a label; it is there even when the text is empty.
    fn labelled(&self, label: &str, is_bold: bool, text: &Rich, items: &mut Vec<Item>) {
        let body = self.profile.body;
        let style = if is_bold {
            self.profile.headings.article
        } else {
            body.style
        };
        let mut paras = self.text_paras(text);
        if paras.is_empty() {
            let mut empty = Para::new("", body.style, Side::Both).above(body.gap);
            empty.spans.clear();
            (empty.first, empty.lines) = (body.indent, body.lines);
            paras.push(empty);
        }
        paras[0].spans.insert(0, Span::new(label, style));
        items.extend(paras.into_iter().map(Item::Para));
    }

    fn heading(&self, level: Level, number: usize, title: &str) -> Vec<Para> {
        let (rule, body) = (self.profile.headings, self.profile.body);
        let title = clean_line(title);
        let in_line = |label: String, style: Style, rank: u8| {
            let text = format!("{label}{title}");
            let mut para = Para::new(text.trim_end(), style, Side::Both).above(body.gap);
            (para.first, para.lines) = (body.indent, body.lines);
            vec![para.with_next().ranked(rank)]
        };
        let centred = |label: String, rank: u8| {
            let label = Para::new(label, rule.label, Side::Centre).above(12.0);
            let title = Para::new(title.clone(), rule.title, Side::Centre);
            let paras = [label.ranked(rank), title];
            let paras = paras.into_iter().filter(|para| !para.text().is_empty());
            paras.map(Para::with_next).collect()
        };
        match level {
            Level::Part => centred(format!("Phần {}", roman(number)), 2),
            Level::Chapter => centred(format!("Chương {}", roman(number)), 2),
            Level::Section => centred(format!("Mục {number}"), 3),
            Level::Subsection => centred(format!("Tiểu mục {number}"), 4),
            Level::Roman => in_line(format!("{}. ", roman(number)), rule.roman, 2),
            Level::Article => in_line(format!("Điều {number}. "), rule.article, 3),
            Level::Clause => in_line(format!("{number}. "), rule.clause, 4),
        }
    }

    fn picture(&mut self, picture: &Picture, section: &Section) -> Vec<Item> {
        let (figures, gap) = (self.profile.figures, self.profile.body.gap);
        let caption = clean_line(&picture.caption);
        let mut items = Vec::new();
        if let Ok(drawing) = Drawing::read(&picture.svg, &clean_line(&picture.description)) {
            let natural = (drawing.width, drawing.height);
            let wide = picture
                .width
                .unwrap_or(section.measure())
                .clamp(5.0, section.measure());
            let scale = (wide / natural.0).min(section.depth() * TALLEST / natural.1);
            items.push(Item::Picture(Placed {
                drawing: self.drawing(drawing),
                width: natural.0 * scale,
                height: natural.1 * scale,
                side: Side::Centre,
                above: gap,
                with_next: !caption.is_empty(),
            }));
        }
        if !caption.is_empty() {
            let para = Para::new(caption, figures.caption, Side::Centre);
            items.push(Item::Para(para.above(3.0)));
        }
        items
    }

    /// Keeps a drawing and answers its place.
    pub fn drawing(&mut self, drawing: Drawing) -> usize {
        self.drawings.push(drawing);
        self.drawings.len() - 1
    }

    /// `./.` behind the last words, which then don't leave the signature alone on the next page.
    pub fn close(&self, items: &mut Vec<Item>) {
        let body = self.profile.body;
        if !matches!(items.last(), Some(Item::Para(para)) if para.rank == 0 && para.side == Side::Both) {
            let mut para = Para::new("", body.style, Side::Both).above(body.gap);
            para.lines = Lines::Times(1.0);
            items.push(Item::Para(para));
        }
        if let Some(Item::Para(para)) = items.last_mut() {
            if let Some(last) = para.spans.last_mut() {
                last.text
                    .truncate(last.text.trim_end_matches(['.', ';', ',', ' ', '/']).len());
            }
            let style = para.spans.last().map_or(body.style, |last| Style {
                bold: false,
                ..last.style
            });
            para.spans.push(Span::new(END, style));
            para.with_next = true;
        }
    }
}
