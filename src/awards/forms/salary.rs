//! A new base salary as typed.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::first_day;
use crate::{
    awards::model::BaseSalary,
    kit::{fields::FieldErrors, values},
};

/// A new base salary as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like the fields of a base salary")]
pub struct SalaryForm {
    pub from: String,
    pub amount: String,
    pub source: String,
}

impl SalaryForm {
    /// The checked base salary; it begins after the day until which bonuses have been counted.
    pub fn check(&self, settled: Option<NaiveDate>) -> Result<BaseSalary, FieldErrors> {
        let mut e = FieldErrors::default();
        let from = e.read("from", first_day(&self.from, settled));
        let amount = amount(&self.amount);
        let amount = e.read("amount", amount);
        let source = e.read(
            "source",
            values::required_line(&self.source, 500, "văn bản quy định"),
        );
        match (from, amount, source) {
            (Some(from), Some(amount), Some(source)) => Ok(BaseSalary {
                from,
                amount,
                source,
                to_check: false,
            }),
            _ => Err(e),
        }
    }
}

fn amount(typed: &str) -> Result<Decimal, String> {
    let value = values::money(typed)?;
    if value >= Decimal::from(100_000) && value <= Decimal::from(1_000_000_000) {
        Ok(value)
    } else {
        Err("Hãy nhập số đồng tròn, từ 100.000 trở lên, ví dụ 2.340.000.".to_owned())
    }
}
