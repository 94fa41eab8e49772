//! The form that adds a day.

use serde::Deserialize;

use super::model::Holiday;
use crate::kit::{fields::FieldErrors, values};

/// A day as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described above")]
pub struct HolidayForm {
    pub day: String,
    pub name: String,
    /// `off` or `works`.
    pub kind: String,
}

impl HolidayForm {
    /// The checked day.
    pub fn check(&self) -> Result<Holiday, FieldErrors> {
        let mut errors = FieldErrors::default();
        let day = errors.read("day", values::date(&self.day));
        let name = errors.read("name", values::required_line(&self.name, 200, "tên ngày nghỉ"));
        if !["off", "works"].contains(&self.kind.as_str()) {
            errors.add("kind", "Hãy chọn ngày nghỉ hay ngày làm bù.");
        }
        match (day, name) {
            (Some(day), Some(name)) if errors.is_empty() => Ok(Holiday {
                day,
                name,
                works: self.kind == "works",
            }),
            _ => Err(errors),
        }
    }
}
