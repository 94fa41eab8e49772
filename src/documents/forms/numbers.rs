//! The form that cancels a number.

use serde::Deserialize;

use super::super::model::Series;
use crate::kit::{fields::FieldErrors, values};

/// The form that cancels a number, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CancelForm {
    pub series: String,
    pub number: String,
    pub reason: String,
}

/// What is cancelled.
#[derive(Clone, Debug)]
pub struct CancelInput {
    /// In which series.
    pub series: Series,
    /// In which year.
    pub year: i32,
    /// The number; none takes the next one.
    pub number: Option<i32>,
    /// Why.
    pub reason: String,
}

impl CancelForm {
    /// What is cancelled in the register of a year that has begun.
    pub fn check(&self, year: i32, this_year: i32) -> Result<CancelInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let series = Series::from_key(&self.series).ok_or("Hãy chọn dãy số.".to_owned());
        let series = errors.read("series", series);
        let number = if self.number.trim().is_empty() {
            Ok(None)
        } else {
            values::whole(&self.number, 1, 99_999, "Số văn bản").map(Some)
        };
        let number = if year > this_year {
            Err(format!("Năm {year} chưa đến nên chưa có số nào để hủy."))
        } else {
            number
        };
        let number = errors.read("number", number);
        let reason = errors.read(
            "reason",
            values::required_line(&self.reason, 1000, "lý do hủy số"),
        );
        match (series, number, reason) {
            (Some(series), Some(number), Some(reason)) => Ok(CancelInput {
                series,
                year,
                number,
                reason,
            }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        let wrong = |series: &str, number: &str, reason: &str, year| {
            let form = CancelForm {
                series: series.to_owned(),
                number: number.to_owned(),
                reason: reason.to_owned(),
            };
            let errors = form.check(year, 2026).err().unwrap_or_default();
            errors.iter().map(|e| e.field.clone()).collect::<Vec<_>>()
        };
        assert!(wrong("office", "", "Ghi nhầm trên giấy", 2026).is_empty());
        assert!(wrong("office.QĐ", "7", "Ghi nhầm trên giấy", 2025).is_empty());
        assert_eq!(wrong("", "0", " ", 2026), ["series", "number", "reason"]);
        assert_eq!(wrong("office", "x", "Nhầm", 2026), ["number"]);
        assert_eq!(wrong("office", "100000", "Nhầm", 2026), ["number"]);
        assert_eq!(wrong("office", "7", "Nhầm", 2027), ["number"]);
    }
}
