//! The end of a document: who signs, who gets it, how it can be checked.

use super::{Columns, Item, Para, Placed, Press, Section, Side};
use crate::kit::documents::{
    fonts::{LINE_HEIGHT, MM_PER_POINT, width},
    model::{Signature, Signing},
    pictures::Drawing,
    wording::{clean_line, closed_list, without_titles},
};

/// The side of the square that holds the address for checking, in millimetres.
const SQUARE: f64 = 20.0;
/// A list of so many recipients stays on one page.
const SHORT_LIST: usize = 12;
/// What may take at most this part of a page to stay on one.
const TALLEST: f64 = 0.6;

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

/// The height of cells side by side, roughly and in millimetres.
fn height(cells: &[Vec<Item>], within: f64) -> f64 {
    let of_item = |item: &Item| match item {
        Item::Para(para) => para.height(within),
        Item::Columns(_) => SQUARE,
        _ => 0.0,
    };
    let heights = cells.iter().map(|cell| cell.iter().map(of_item).sum());
    heights.fold(0.0, f64::max)
}

/// The block keeps company with the next one.
fn keep_with_next(columns: &mut Columns) {
    columns.with_next = true;
    for item in columns.cells.iter_mut().flatten() {
        if let Item::Para(para) = item {
            para.with_next = true;
        }
    }
}

/// Puts pieces below what stands in a cell.
fn below(cell: &mut Vec<Item>, pieces: &mut Vec<Item>) {
    if !cell.is_empty() {
        match pieces.first_mut() {
            Some(Item::Para(first)) => first.above = 14.0,
            Some(Item::Columns(first)) => first.above = 14.0,
            _ => {}
        }
    }
    cell.append(pieces);
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
        let most = section.depth() * TALLEST;
        let mut blocks = self.signatures();
        if blocks.len() == 1 {
            blocks.insert(0, Vec::new());
        }
        let mut pairs: Vec<Vec<Vec<Item>>> = blocks.chunks(2).map(<[_]>::to_vec).collect();
        if pairs.is_empty() {
            pairs.push(Vec::new());
        }
        left.extend(self.verification(half));
        for cells in &mut pairs {
            level_names(cells, half);
            cells.resize(2, Vec::new());
        }
        // Who gets the paper stands in one block with the last who sign: neither is alone on a page.
        if let Some([first, _]) = pairs.last_mut().map(Vec::as_mut_slice) {
            below(first, &mut left);
        }
        pairs.retain(|cells| !cells.iter().all(Vec::is_empty));
        let heights: Vec<f64> = pairs.iter().map(|cells| height(cells, half)).collect();
        // A few who sign stay together too.
        let is_low = heights.iter().sum::<f64>() < most;
        let last = pairs.len().saturating_sub(1);
        let blocks = pairs.into_iter().zip(heights).enumerate();
        blocks
            .map(|(at, (cells, height))| {
                let mut columns = Columns {
                    widths: vec![half, half],
                    cells,
                    above: 14.0,
                    whole: height < most,
                    with_next: false,
                };
                if is_low && at < last {
                    keep_with_next(&mut columns);
                }
                Item::Columns(columns)
            })
            .collect()
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
        let left = SQUARE + 2.0;
        let beside = within - left - 2.0;
        // The code at the end of the address stays whole.
        let address = match address.rsplit_once('/') {
            Some((start, end)) if width(&address, style) > beside => format!("{start}/\n{end}"),
            _ => address,
        };
        let words = [code, "Kiểm tra tại:".to_owned(), address];
        let words = words
            .into_iter()
            .map(|line| Item::Para(Para::new(line, style, Side::Left)));
        Some(Item::Columns(Columns {
            widths: vec![left, beside],
            cells: vec![vec![picture], words.collect()],
            above: 10.0,
            whole: true,
            with_next: false,
        }))
    }
}
