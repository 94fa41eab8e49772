//! How values are written on pages: `{{ day|date }}`, `{{ value|figure }}`.
//! A page's module says `use crate::web::filters;` to have them.

#![allow(
    clippy::unnecessary_wraps,
    clippy::inline_always,
    reason = "askama fixes the shape of filters"
)]
#![allow(missing_docs, reason = "the macro makes types that take no documentation")]

use askama::Values;
use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::kit::{
    clock::{self, Moment},
    text, values,
};

/// `05/11/2023`
#[askama::filter_fn]
pub fn date(day: &NaiveDate, _: &dyn Values) -> askama::Result<String> {
    Ok(clock::date_text(*day))
}

/// `05/11`
#[askama::filter_fn]
pub fn short_date(day: &NaiveDate, _: &dyn Values) -> askama::Result<String> {
    Ok(clock::short_date_text(*day))
}

/// `08:42 ngày 05/11/2023`
#[askama::filter_fn]
pub fn moment(at: &Moment, _: &dyn Values) -> askama::Result<String> {
    Ok(clock::moment_text(*at))
}

/// `1.234,5`
#[askama::filter_fn]
pub fn figure(value: &Decimal, _: &dyn Values) -> askama::Result<String> {
    Ok(values::figure_text(*value))
}

/// `1.234,5` for typed text that is a figure; other text as it is.
#[askama::filter_fn]
pub fn typed(text: &str, _: &dyn Values) -> askama::Result<String> {
    Ok(values::typed_text(text))
}

/// `3,4 MB`
#[askama::filter_fn]
pub fn size(bytes: &i64, _: &dyn Values) -> askama::Result<String> {
    Ok(text::size_text(*bytes))
}
