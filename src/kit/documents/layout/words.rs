//! Words on paper: spans of one style, and the paragraphs they make.

use serde::Serialize;

use crate::kit::documents::{
    fonts::{LINE_HEIGHT, MM_PER_POINT, width},
    profile::{Lines, Style},
};

/// Where the text of a paragraph stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// At the left.
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
    /// At both sides.
    Both,
}

/// A paragraph.
#[derive(Clone, Debug, Serialize)]
pub struct Para {
    /// Its words.
    pub spans: Vec<Span>,
    /// Where they stand.
    pub side: Side,
    /// How far the first line stands in from the others; less than nothing for a hanging mark.
    pub first: f64,
    /// How far all lines stand in from the left.
    pub left: f64,
    /// The room above, in points.
    pub above: f64,
    /// The distance of its lines.
    pub lines: Lines,
    /// Whether it mustn't be the last on its page.
    pub with_next: bool,
    /// Its rank in the outline of the document, 1 the highest; 0 for text.
    pub rank: u8,
}

impl Para {
    /// A paragraph of one style, without any room above.
    #[must_use]
    pub fn new(text: impl Into<String>, style: Style, side: Side) -> Self {
        Self {
            spans: vec![Span::new(text, style)],
            side,
            first: 0.0,
            left: 0.0,
            above: 0.0,
            lines: Lines::Times(1.0),
            with_next: false,
            rank: 0,
        }
    }

    /// A paragraph of these words alone.
    #[must_use]
    pub fn of(span: Span, side: Side) -> Self {
        let mut para = Self::new("", span.style, side);
        para.spans = vec![span];
        para
    }

    /// The same with room above, in points.
    #[must_use]
    pub fn above(mut self, points: f64) -> Self {
        self.above = points;
        self
    }

    /// The same, never the last on its page.
    #[must_use]
    pub fn with_next(mut self) -> Self {
        self.with_next = true;
        self
    }

    /// The same with a rank in the outline.
    #[must_use]
    pub fn ranked(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    /// The same; the first line starts `hang` to the left of the others.
    #[must_use]
    pub fn hanging(mut self, hang: f64) -> Self {
        self.left = hang;
        self.first = -hang;
        self
    }

    /// Its words without their styles.
    #[must_use]
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// The width of its longest word, in millimetres. Words are parted by spaces; a word in two styles counts as two.
    #[must_use]
    pub fn longest_word(&self) -> f64 {
        let of_span = |span: &Span| {
            let words = span.text.split([' ', '\n']);
            words.map(|word| width(word, span.style)).fold(0.0, f64::max)
        };
        self.spans.iter().map(of_span).fold(0.0, f64::max)
    }

    /// On how many lines it stands in so wide a place, where it is of one style.
    #[must_use]
    pub fn lines_within(&self, available: f64) -> usize {
        let Some(style) = self.spans.first().map(|span| span.style) else {
            return 1;
        };
        let text: String = self.spans.iter().map(|span| span.text.as_str()).collect();
        let mut lines = 0;
        for line in text.split('\n') {
            let mut begun = String::new();
            lines += 1;
            for word in line.split(' ') {
                let longer = if begun.is_empty() {
                    word.to_owned()
                } else {
                    format!("{begun} {word}")
                };
                if begun.is_empty() || width(&longer, style) <= available - self.left {
                    begun = longer;
                } else {
                    lines += 1;
                    word.clone_into(&mut begun);
                }
            }
        }
        lines
    }

    /// How high it becomes in so wide a place, in millimetres and roughly: words never fill their lines.
    #[must_use]
    pub fn height(&self, available: f64) -> f64 {
        let length: f64 = self.spans.iter().map(Span::width).sum();
        let size = self.spans.iter().map(|span| span.style.size).fold(0.0, f64::max);
        let lines = (length * 1.1 / (available - self.left).max(5.0)).ceil().max(1.0);
        let line = match self.lines {
            Lines::Times(times) => size * LINE_HEIGHT * times,
            Lines::Exactly(points) => points,
        };
        (lines * line + self.above) * MM_PER_POINT
    }
}

/// The same words; no line begins with the dash inside a name, and no number leaves its `Điều` behind.
fn together(text: &str) -> String {
    const ARTICLE: &str = "Điều ";
    let text = text.replace(" - ", "\u{a0}- ");
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(ARTICLE) {
        let (before, after) = rest.split_at(at + ARTICLE.len());
        let is_numbered = after.starts_with(|letter: char| letter.is_ascii_digit());
        kept.push_str(if is_numbered { before.trim_end() } else { before });
        if is_numbered {
            kept.push('\u{a0}');
        }
        rest = after;
    }
    kept + rest
}

/// Words in one style.
#[derive(Clone, Debug, Serialize)]
pub struct Span {
    /// The words; a line break is one on paper.
    pub text: String,
    /// Their style; capitals are already capitals.
    #[serde(flatten)]
    pub style: Style,
    /// Whether they are red.
    pub red: bool,
}

impl Span {
    /// Words in this style.
    #[must_use]
    pub fn new(text: impl Into<String>, style: Style) -> Self {
        let text = together(&text.into());
        let text = if style.upper { text.to_uppercase() } else { text };
        Self {
            text,
            style,
            red: false,
        }
    }

    /// The width of its longest line.
    #[must_use]
    pub fn width(&self) -> f64 {
        let lines = self.text.split('\n').map(|line| width(line, self.style));
        lines.fold(0.0, f64::max)
    }

    /// The same words on lines of about the same length, as few as fit so wide a place: a name in the middle of a column
    /// doesn't leave its last word alone.
    #[must_use]
    pub fn balanced(mut self, within: f64) -> Self {
        let words: Vec<&str> = self.text.split(' ').collect();
        let greedy = |limit: f64| {
            let mut lines = vec![String::new()];
            for word in &words {
                let last = lines.len() - 1;
                let longer = if lines[last].is_empty() {
                    (*word).to_owned()
                } else {
                    format!("{} {word}", lines[last])
                };
                if lines[last].is_empty() || width(&longer, self.style) <= limit {
                    lines[last] = longer;
                } else {
                    lines.push((*word).to_owned());
                }
            }
            lines
        };
        let fewest = greedy(within);
        if fewest.len() > 1 {
            let (mut least, mut enough) = (within / 3.0, within);
            for _ in 0..12 {
                let middle = f64::midpoint(least, enough);
                if greedy(middle).len() > fewest.len() {
                    least = middle;
                } else {
                    enough = middle;
                }
            }
            self.text = greedy(enough).join("\n");
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_dash_and_an_article_its_number() {
        let span = Span::new(
            "Hội đồng Thi đua - Khen thưởng, theo Điều 12 và các Điều khác",
            Style::upright(14.0),
        );
        assert_eq!(
            span.text,
            "Hội đồng Thi đua\u{a0}- Khen thưởng, theo Điều\u{a0}12 và các Điều khác"
        );
    }
}
