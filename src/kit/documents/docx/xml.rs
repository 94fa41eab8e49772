//! XML as text. Every attribute and word passes through [`escaped`], so nothing typed ever becomes a tag.

use std::fmt::Write;

/// XML in the making.
#[derive(Default)]
pub struct Xml(String);

impl Xml {
    /// A part of the package, begun.
    pub fn part() -> Self {
        Self("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>".to_owned())
    }

    /// `<name a="1">`
    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, ">");
    }

    /// `</name>`
    pub fn close(&mut self, name: &str) {
        self.0 += "</";
        self.0 += name;
        self.0.push('>');
    }

    /// `<name a="1"/>`
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, "/>");
    }

    /// `<name w:val="value"/>`
    pub fn val(&mut self, name: &str, value: impl std::fmt::Display) {
        self.empty(name, &[("w:val", &value.to_string())]);
    }

    /// `<name>words</name>`
    pub fn words(&mut self, name: &str, attributes: &[(&str, &str)], words: &str) {
        self.open(name, attributes);
        self.0 += &escaped(words);
        self.close(name);
    }

    /// What was written.
    pub fn into_string(self) -> String {
        self.0
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        self.0.push('<');
        self.0 += name;
        for (key, value) in attributes {
            // Writing to a string doesn't fail.
            let _ = write!(self.0, " {key}=\"{}\"", escaped(value));
        }
        self.0 += end;
    }
}

/// Words as XML holds them. Characters that XML can't hold were left out when the document was laid out; a stray one becomes a
/// sign that something is missing.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => text += "&amp;",
            '<' => text += "&lt;",
            '>' => text += "&gt;",
            '"' => text += "&quot;",
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                text.push('\u{fffd}');
            }
            letter => text.push(letter),
        }
    }
    text
}

/// Twentieths of a point, in which Word measures.
pub fn twips(mm: f64) -> String {
    whole(mm / 25.4 * 1440.0)
}

/// Points in the same measure.
pub fn points(points: f64) -> String {
    whole(points * 20.0)
}

/// The nearest whole number.
pub fn whole(value: f64) -> String {
    format!("{:.0}", value.round() + 0.0)
}
