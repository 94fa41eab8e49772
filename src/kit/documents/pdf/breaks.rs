//! Words that are wider than their place: an address, a name that somebody typed without spaces. Word breaks them anywhere; here
//! invisible places to break are put in, and only into these.

use super::super::layout::{INSET_X, Item, Layout, Para};

/// The invisible place to break.
const BREAK: char = '\u{200b}';

/// Makes everything fit its place.
pub fn make_breakable(layout: &mut Layout) {
    for section in &mut layout.sections {
        let measure = section.measure();
        section.items.iter_mut().for_each(|item| in_item(item, measure));
        section.foot.iter_mut().for_each(|para| in_para(para, measure));
    }
}

fn in_item(item: &mut Item, measure: f64) {
    match item {
        Item::Para(para) => in_para(para, measure),
        Item::Columns(columns) => {
            for (cell, width) in columns.cells.iter_mut().zip(&columns.widths) {
                for item in cell {
                    in_item(item, *width);
                }
            }
        }
        Item::Grid(grid) => {
            let rows = grid.rows.iter_mut().map(|row| &mut row.cells);
            for cell in grid.header.iter_mut().chain(rows).flatten() {
                let width: f64 = grid.widths[cell.column..cell.column + cell.across].iter().sum();
                let width = width - 2.0 * INSET_X;
                cell.paras.iter_mut().for_each(|para| in_para(para, width));
            }
        }
        Item::Line(_) | Item::Boxed(_) | Item::Picture(_) => {}
    }
}

fn in_para(para: &mut Para, measure: f64) {
    let available = measure - para.left - para.first.abs();
    for span in &mut para.spans {
        let is_wide = |word: &str| crate::kit::documents::fonts::width(word, span.style) > available;
        if !span.text.split(' ').any(is_wide) {
            continue;
        }
        let words = span.text.split(' ').map(|word| {
            if is_wide(word) {
                word.chars().flat_map(|letter| [letter, BREAK]).collect()
            } else {
                word.to_owned()
            }
        });
        span.text = words.collect::<Vec<String>>().join(" ");
    }
}
