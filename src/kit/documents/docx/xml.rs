//! XML as text. Every attribute and word passes through [`escaped`], so nothing typed ever becomes a tag.

use std::fmt::Write;

use super::super::markup::escaped;

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
