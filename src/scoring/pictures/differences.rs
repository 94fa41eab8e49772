//! How far each appraiser's points lie from those that the units gave themselves.

use rust_decimal::Decimal;

use super::{coordinate, share};
use crate::kit::values::figure_text;

/// Where nought stands.
const MIDDLE: f64 = 470.0;
/// The length of the largest difference.
const LONGEST: f64 = 190.0;

/// An appraiser's bar: to the left where it gave less than the units, to the right where it gave more.
pub struct Difference {
    pub y: usize,
    pub name: String,
    pub x: String,
    pub width: String,
    pub is_less: bool,
    pub mean: String,
    pub text_x: String,
    pub lines: usize,
}

/// The mean difference of each appraiser as bars around nought.
pub struct Differences {
    pub title: String,
    pub description: String,
    pub height: usize,
    pub bars: Vec<Difference>,
}

/// What a bar shows.
pub struct DifferenceOf {
    /// Who appraised.
    pub name: String,
    /// Points given less the unit's own, a line on average.
    pub mean: Decimal,
    /// How many lines.
    pub lines: usize,
}

impl Differences {
    /// Bars of these appraisers; none where nobody has appraised yet.
    #[must_use]
    pub fn new(title: &str, appraisers: &[DifferenceOf]) -> Option<Self> {
        let strictest = appraisers.iter().min_by_key(|a| a.mean)?;
        let largest = appraisers.iter().map(|a| a.mean.abs()).max()?;
        // A mean of many lines is small: a place more than points have.
        let signed = |mean: Decimal| match figure_text(mean.round_dp(3).normalize()) {
            text if mean > Decimal::ZERO => format!("+{text}"),
            text => text,
        };
        let bars = appraisers
            .iter()
            .enumerate()
            .map(|(i, a)| {
                let length = share(a.mean.abs(), largest) * LONGEST;
                let is_less = a.mean < Decimal::ZERO;
                let start = if is_less { MIDDLE - length } else { MIDDLE };
                Difference {
                    y: 8 + i * 34,
                    name: a.name.clone(),
                    x: coordinate(start),
                    width: coordinate(length),
                    is_less,
                    mean: signed(a.mean),
                    text_x: coordinate(if is_less {
                        start - 8.0
                    } else {
                        start + length + 8.0
                    }),
                    lines: a.lines,
                }
            })
            .collect();
        Some(Self {
            title: title.to_owned(),
            description: format!(
                "Chấm chặt nhất: {}, trung bình {} điểm mỗi dòng. Thanh sang trái là chấm thấp hơn điểm tự chấm; số liệu ở bảng bên dưới.",
                strictest.name,
                signed(strictest.mean)
            ),
            height: 16 + appraisers.len() * 34,
            bars,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_gives_less_points_to_the_left_and_the_strictest_is_named() {
        let of = |name: &str, mean: i64| DifferenceOf {
            name: name.to_owned(),
            mean: Decimal::new(mean, 2),
            lines: 40,
        };
        let picture = Differences::new("Chênh lệch", &[of("Yên Bái", -20), of("Lào Cai", 10)]).unwrap();
        let bars: Vec<_> = picture
            .bars
            .iter()
            .map(|b| (b.x.as_str(), b.width.as_str(), b.mean.as_str()))
            .collect();
        assert_eq!(bars, [("280.0", "190.0", "-0,2"), ("470.0", "95.0", "+0,1")]);
        assert!(
            picture
                .description
                .starts_with("Chấm chặt nhất: Yên Bái, trung bình -0,2 điểm")
        );
        assert!(Differences::new("Chênh lệch", &[]).is_none());
        let same = Differences::new("Chênh lệch", &[of("Yên Bái", 0)]).unwrap();
        assert_eq!(
            same.bars[0].width, "0.0",
            "nobody differs, nothing is divided by nought"
        );
    }
}
