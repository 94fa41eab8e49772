//! What is typed into a table of criteria, and the way to checked values.

mod head;
mod line;
mod new;
mod points;

use rust_decimal::Decimal;

pub use head::{HeadForm, HeadInput};
pub use line::LineForm;
pub use new::{NewForm, NewInput, Source};
pub use points::PointsForm;

use crate::kit::values::{self, figure_text};

/// No table has more points.
const MOST_POINTS: i64 = 10_000;

/// Points as typed: 0 to 10 000, with at most so many places after the comma.
pub(super) fn points(typed: &str, decimals: u32) -> Result<Decimal, String> {
    let text = typed.trim();
    if text.is_empty() {
        return Err("Hãy nhập số điểm, ví dụ 8 hoặc 8,5.".to_owned());
    }
    if text.starts_with(['-', '−', '–']) {
        return Err(
            "Điểm không được âm: hãy nhập số từ 0 trở lên. Điểm trừ cũng ghi bằng số dương.".to_owned(),
        );
    }
    if !text.chars().any(|c| c.is_ascii_digit()) {
        return Err("Điểm phải là số, ví dụ 8 hoặc 8,5.".to_owned());
    }
    let points = values::figure(text)?;
    if points > Decimal::from(MOST_POINTS) {
        return Err(format!(
            "Điểm quá lớn: tối đa {}.",
            figure_text(Decimal::from(MOST_POINTS))
        ));
    }
    if points.scale() > decimals {
        return Err(if decimals == 0 {
            "Bảng này chấm điểm tròn: không ghi số lẻ sau dấu phẩy.".to_owned()
        } else {
            format!("Chỉ ghi tối đa {decimals} chữ số sau dấu phẩy.")
        });
    }
    Ok(points)
}

/// The same, and more than 0.
pub(super) fn some_points(typed: &str, decimals: u32) -> Result<Decimal, String> {
    points(typed, decimals).and_then(|points| {
        if points.is_zero() {
            Err("Điểm phải lớn hơn 0.".to_owned())
        } else {
            Ok(points)
        }
    })
}

#[cfg(test)]
mod tests;
