//! Pictures of points, drawn on the server: the same on the page, in print and in a document. Each has a title and a
//! description in words, and stands beside the table of its figures.

mod bars;
mod differences;
mod lines;
mod of_year;
mod radar;
mod svg;

use rust_decimal::{Decimal, prelude::ToPrimitive};

pub use bars::{BarOf, Bars};
pub use differences::{DifferenceOf, Differences};
pub use lines::Lines;
pub use of_year::{bars, course};
pub use radar::{CornerOf, Radar};

/// Colours of groups, as classes of the style sheet.
const TONES: usize = 10;

/// A coordinate as it stands in a picture. Pictures are drawn with floats; points never are.
fn coordinate(value: f64) -> String {
    format!("{value:.1}")
}

fn share(part: Decimal, whole: Decimal) -> f64 {
    part.checked_div(whole)
        .and_then(|share| share.to_f64())
        .unwrap_or(0.0)
        .clamp(0.0, 1.5)
}
