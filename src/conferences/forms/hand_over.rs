//! The day of the hand-over as typed.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::kit::{clock::date_text, fields::FieldErrors, values};

/// The day on which the next lead takes over.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::conferences) struct HandOverForm {
    pub version: i32,
    pub on: String,
}

impl HandOverForm {
    /// The checked day.
    pub fn check(&self, held_on: NaiveDate) -> Result<NaiveDate, FieldErrors> {
        values::date(&self.on)
            .and_then(|day| {
                if day < held_on {
                    Err(format!(
                        "Ngày bàn giao không thể trước hội nghị ({}).",
                        date_text(held_on)
                    ))
                } else if day > held_on + chrono::Months::new(12) {
                    Err("Ngày bàn giao phải trong vòng một năm sau hội nghị.".to_owned())
                } else {
                    Ok(day)
                }
            })
            .map_err(|message| FieldErrors::one("on", message))
    }
}
