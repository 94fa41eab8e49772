//! The form of a legal basis.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::{
    documents::model,
    kit::{fields::FieldErrors, values},
};

/// The form of a legal basis.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BasisForm {
    /// How it is cited.
    pub words: String,
    /// The first day.
    pub starts_on: String,
    /// The last day; may be empty.
    pub ends_on: String,
    /// The codes of the kinds that cite it; none for all.
    pub kind: Vec<String>,
}

/// A legal basis, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasisInput {
    /// How it is cited.
    pub words: String,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
    /// The codes of the kinds that cite it; none for all.
    pub kinds: Vec<String>,
}

impl BasisForm {
    /// The basis, or what is wrong with it.
    pub fn check(&self) -> Result<BasisInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let words = values::required_line(&self.words, 500, "cách dẫn căn cứ").and_then(|words| {
            let words = words.trim_end_matches([';', '.']).to_owned();
            match words.strip_prefix("Căn cứ ") {
                Some(rest) => Err(format!("Không ghi chữ “Căn cứ”: chỉ gõ “{rest}”.")),
                None if words.chars().count() < 10 => Err("Ghi đủ tên, số, ngày của căn cứ.".to_owned()),
                None => Ok(words),
            }
        });
        let words = errors.read("words", words);
        let starts_on = errors.read("starts_on", values::date(&self.starts_on));
        let ends_on = if self.ends_on.trim().is_empty() {
            None
        } else {
            errors.read("ends_on", values::date(&self.ends_on))
        };
        if let (Some(start), Some(end)) = (starts_on, ends_on)
            && end < start
        {
            errors.add("ends_on", "Ngày hết hiệu lực không thể trước ngày có hiệu lực.");
        }
        let known = model::Kind::ALL.map(model::Kind::code);
        match (words, starts_on) {
            (Some(words), Some(starts_on)) if errors.is_empty() => Ok(BasisInput {
                words,
                starts_on,
                ends_on,
                kinds: self
                    .kind
                    .iter()
                    .filter(|kind| known.contains(kind))
                    .cloned()
                    .collect(),
            }),
            _ => Err(errors),
        }
    }
}
