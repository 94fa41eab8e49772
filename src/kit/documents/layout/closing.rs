//! The end of a document: who signs, who gets it, how it can be checked.

use super::{Columns, Item, Para, Placed, Press, Section, Side};
use crate::kit::documents::{
    fonts::{LINE_HEIGHT, MM_PER_POINT},
    model::{Signature, Signing},
    pictures::Drawing,
    wording::{clean_line, closed_list, without_titles},
};

/// The side of the square that holds the address for checking, in millimetres.
const SQUARE: f64 = 20.0;
/// A list of so many recipients stays on one page.
const SHORT_LIST: usize = 12;
/// What may take at most this part of a page to stay on one.
const TALLEST: f64 = 0.5;

/// Gives a block with fewer lines above its name more room, so that the names of a pair stand on one line.
fn level_names(pair: &mut [Vec<Item>], within: f64) {
    let lines: Vec<usize> = pair
        .iter()
        .map(|block| {
            let above = block.iter().rev().skip(1).filter_map(|item| match item {
                Item::Para(para) => Some(para.lines_within(within)),
                _ => None,
            });
            above.sum()
        })
        .collect();
    let most = lines.iter().copied().max().unwrap_or_default();
    for (block, lines) in pair.iter_mut().zip(lines) {
        if let Some(Item::Para(name)) = block.last_mut() {
            let size = name.spans.first().map_or(0.0, |span| span.style.size);
            for _ in lines..most {
                name.above += size * LINE_HEIGHT;
            }
        }
    }
}

/// The last signers keep company with the list of recipients, which never stands alone on a page.
fn keep_with_next(columns: &mut Columns) {
    columns.with_next = true;
    for item in columns.cells.iter_mut().flatten() {
        if let Item::Para(para) = item {
            para.with_next = true;
        }
    }
}

impl Press<'_> {
    /// Everything below the text.
    pub fn closing(&mut self, section: &Section) -> Vec<Item> {
        let measure = section.measure();
        let half = measure / 2.0;
        let mut recipients: Vec<Para> = self.recipients();
        recipients.extend(self.drafter());
        let mut left: Vec<Item> = recipients.into_iter().map(Item::Para).collect();
        // What takes much of a page may go on on the next one: it might not fit on any.
        let is_low = |items: &[Item]| {
            let heights = items.iter().map(|item| match item {
                Item::Para(para) => para.height(half),
                _ => 0.0,
            });
            heights.sum::<f64>() < section.depth() * TALLEST
        };
        let blocks = self.signatures();
        if blocks.len() == 1 {
            left.extend(self.verification(half));
            let right = blocks.into_iter().next().unwrap_or_default();
            let whole = is_low(&left) && is_low(&right);
            let widths = vec![half, half];
            return vec![Item::Columns(Columns {
                widths,
                cells: vec![left, right],
                above: 14.0,
                whole,
                with_next: false,
            })];
        }
        let mut items = Vec::new();
        for pair in blocks.chunks(2) {
            let whole = pair.iter().all(|block| is_low(block));
            let mut cells = pair.to_vec();
            level_names(&mut cells, half);
            cells.resize(2, Vec::new());
            items.push(Item::Columns(Columns {
                widths: vec![half, half],
                cells,
                above: 14.0,
                whole,
                with_next: false,
            }));
        }
        left.extend(self.verification(measure));
        if let (Some(Item::Columns(last)), false) = (items.last_mut(), left.is_empty()) {
            keep_with_next(last);
        }
        if let Some(Item::Para(first)) = left.first_mut() {
            first.above = 14.0;
        }
        items.extend(left);
        items
    }

    fn signatures(&self) -> Vec<Vec<Item>> {
        let minutes;
        let signatures: &[Signature] = match &self.document.signing {
            Signing::None => &[],
            Signing::One(signature) => std::slice::from_ref(signature),
            Signing::Several(signatures) => signatures,
            Signing::Minutes { secretary, chair } => {
                let block = |post: &str, name: &String| Signature {
                    posts: vec![post.to_owned()],
                    name: name.clone(),
                    ..Signature::default()
                };
                minutes = [block("THƯ KÝ", secretary), block("CHỦ TỌA", chair)];
                &minutes
            }
        };
        signatures
            .iter()
            .map(|signature| self.signature(signature))
            .collect()
    }

    fn signature(&self, signature: &Signature) -> Vec<Item> {
        let rule = &self.profile.signing;
        let mut paras = Vec::new();
        for (power, of) in &signature.powers {
            let text = format!("{} {}", rule.power_label(*power), clean_line(of));
            paras.push(Para::new(text.trim(), rule.power, Side::Centre));
        }
        for post in &signature.posts {
            paras.push(Para::new(clean_line(post), rule.post, Side::Centre));
        }
        let note = clean_line(&signature.note);
        if !note.is_empty() {
            paras.push(Para::new(note, rule.note, Side::Centre));
        }
        // The room for the hand stays when the name isn't known yet.
        let name = if rule.academic_titles {
            clean_line(&signature.name)
        } else {
            without_titles(&signature.name)
        };
        let name = if name.is_empty() {
            "\u{a0}".to_owned()
        } else {
            name
        };
        paras.push(Para::new(name, rule.name, Side::Centre).above(rule.room / MM_PER_POINT));
        paras.into_iter().map(Item::Para).collect()
    }

    fn recipients(&self) -> Vec<Para> {
        let rule = self.profile.recipients;
        let lines = closed_list(&self.document.recipients);
        if lines.is_empty() {
            return Vec::new();
        }
        let mut paras = vec![Para::new("Nơi nhận:", rule.label, Side::Left).with_next()];
        let is_short = lines.len() <= SHORT_LIST;
        for line in lines {
            let line = line.trim_start_matches(['-', ' ']);
            let mut para = Para::new(format!("- {line}"), rule.list, Side::Left).hanging(2.0);
            para.with_next = is_short;
            paras.push(para);
        }
        if let Some(last) = paras.last_mut() {
            last.with_next = false;
        }
        paras
    }

    fn drafter(&self) -> Option<Para> {
        let drafter = clean_line(&self.document.drafter);
        let style = self.profile.recipients.list;
        (!drafter.is_empty()).then(|| Para::new(drafter, style, Side::Left).above(6.0))
    }

    /// The square picture and the code beside it.
    fn verification(&mut self, within: f64) -> Option<Item> {
        let verification = self.document.verification.as_ref()?;
        let style = self.profile.verification;
        let address = clean_line(&verification.address);
        let drawing = Drawing::square_code(&address)?;
        let picture = Item::Picture(Placed {
            drawing: self.drawing(drawing),
            width: SQUARE,
            height: SQUARE,
            side: Side::Left,
            above: 0.0,
            with_next: false,
        });
        let code = format!("Mã xác minh: {}", clean_line(&verification.code));
        let words = [code, "Kiểm tra tại:".to_owned(), address];
        let words = words
            .into_iter()
            .map(|line| Item::Para(Para::new(line, style, Side::Left)));
        let left = SQUARE + 2.0;
        Some(Item::Columns(Columns {
            widths: vec![left, within - left - 2.0],
            cells: vec![vec![picture], words.collect()],
            above: 10.0,
            whole: true,
            with_next: false,
        }))
    }
}
