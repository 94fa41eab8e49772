//! Rich text as paragraphs.

use super::{Para, Side, Span};
use crate::kit::documents::{
    model::Rich,
    profile::{Lines, Style},
    wording::clean,
};

/// The paragraphs of a text; what is bold or italic there is so in addition to the style. Empty lines are left out.
pub fn paras(text: &Rich, style: Style, side: Side, lines: Lines) -> Vec<Para> {
    let mut paras = Vec::new();
    let mut spans: Vec<Span> = Vec::new();
    let mut finish = |spans: &mut Vec<Span>| {
        let spans = trimmed(std::mem::take(spans));
        if !spans.is_empty() {
            let mut para = Para::new("", style, side);
            para.spans = spans;
            para.lines = lines;
            paras.push(para);
        }
    };
    for run in &text.0 {
        let style = Style {
            bold: style.bold || run.bold,
            italic: style.italic || run.italic,
            ..style
        };
        for (at, line) in clean(&run.text).split('\n').enumerate() {
            if at > 0 {
                finish(&mut spans);
            }
            if !line.is_empty() {
                spans.push(Span::new(line, style));
            }
        }
    }
    finish(&mut spans);
    paras
}

/// Without white space at both ends.
fn trimmed(mut spans: Vec<Span>) -> Vec<Span> {
    while let Some(last) = spans.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            break;
        }
        spans.pop();
    }
    while let Some(first) = spans.first_mut() {
        first.text = first.text.trim_start().to_owned();
        if !first.text.is_empty() {
            break;
        }
        spans.remove(0);
    }
    spans
}
