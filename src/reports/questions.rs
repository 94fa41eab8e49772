//! When a figure is worth a gentle question: it differs much from what the unit itself reported in the years before.
//! Pure; nobody is stopped by it, the officer only says that it is so.

use rust_decimal::Decimal;

use super::model::Period;
use crate::{indicators::Kind, kit::values::figure_text};

/// Differences smaller than this are everyday life, whatever their share.
const LEAST_DIFFERENCE: Decimal = Decimal::from_parts(5, 0, 0, false, 0);
/// A share this many points away from all earlier ones is worth a question.
const LEAST_POINTS: Decimal = Decimal::from_parts(30, 0, 0, false, 0);

/// Whether a figure is asked about. `history` are the unit's own figures of up to three years before.
///
/// A number is: more than twice the largest, or less than half of the smallest, by five at least. With one earlier
/// year only the factor is three, since one year says little. After half a year nothing is too small. A yes or no and
/// words are never asked about.
#[must_use]
pub fn is_asked(kind: Kind, period: Period, value: Decimal, history: &[Decimal]) -> bool {
    let (Some(largest), Some(smallest)) = (history.iter().max(), history.iter().min()) else {
        return false;
    };
    let factor = if history.len() == 1 {
        Decimal::from(3)
    } else {
        Decimal::TWO
    };
    let (above, below) = (value - largest, smallest - value);
    match kind {
        Kind::YesNo | Kind::Text => false,
        Kind::Ratio => above >= LEAST_POINTS || (below >= LEAST_POINTS && period == Period::Annual),
        Kind::Count | Kind::Money => {
            let is_large = above >= LEAST_DIFFERENCE && value > largest.saturating_mul(factor);
            let is_small = below >= LEAST_DIFFERENCE && value.saturating_mul(factor) < *smallest;
            is_large || (is_small && period == Period::Annual)
        }
    }
}

/// `48 lớp; ba năm trước là 6, 7, 5. Đúng không?` with the nearest year first.
#[must_use]
pub fn words(value: Decimal, unit_of_measure: &str, history: &[Decimal]) -> String {
    let before: Vec<String> = history.iter().map(|v| figure_text(*v)).collect();
    let years = match history.len() {
        1 => "năm trước là",
        2 => "hai năm trước là",
        _ => "ba năm trước là",
    };
    format!(
        "{} {unit_of_measure}; {years} {}. Đúng không?",
        figure_text(value),
        before.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_question_is_asked_where_a_slip_of_the_hand_is_likely() {
        let (count, annual) = (Kind::Count, Period::Annual);
        let table: [(Kind, Period, i64, &[i64], bool); 16] = [
            (count, annual, 48, &[6, 7, 5], true),
            (count, annual, 14, &[6, 7, 5], false),
            (count, annual, 15, &[6, 7, 5], true),
            (count, annual, 4, &[1, 1, 0], false),
            (count, annual, 6, &[1, 1, 0], true),
            (count, annual, 3, &[20, 24], true),
            (count, annual, 10, &[20, 24], false),
            (count, Period::Midyear, 3, &[20, 24], false),
            (count, Period::Midyear, 100, &[20, 24], true),
            // Every other year there is no contest.
            (count, annual, 66, &[0, 70, 0], false),
            (count, annual, 0, &[66, 0, 70], false),
            // One year alone says less.
            (count, annual, 20, &[8], false),
            (count, annual, 25, &[8], true),
            (count, annual, 48, &[], false),
            (Kind::Ratio, annual, 20, &[80, 75], true),
            (Kind::YesNo, annual, 0, &[1, 1, 1], false),
        ];
        for (kind, period, value, history, asked) in table {
            let figures: Vec<Decimal> = history.iter().map(|v| Decimal::from(*v)).collect();
            assert_eq!(
                is_asked(kind, period, value.into(), &figures),
                asked,
                "{kind:?} {period:?} {value} after {history:?}"
            );
        }
    }

    #[test]
    fn the_question_names_the_figures_it_compares() {
        let history = [6, 7, 5].map(Decimal::from);
        assert_eq!(
            words(48.into(), "lớp", &history),
            "48 lớp; ba năm trước là 6, 7, 5. Đúng không?"
        );
        assert_eq!(
            words(48.into(), "lớp", &history[..1]),
            "48 lớp; năm trước là 6. Đúng không?"
        );
    }

    proptest! {
        #[test]
        fn a_figure_as_before_is_never_asked_about(value in 0_i64..=999_999_999_999, more in proptest::collection::vec(0_i64..=999_999_999_999, 0..2)) {
            let mut history: Vec<Decimal> = more.into_iter().map(Decimal::from).collect();
            history.push(value.into());
            for kind in Kind::ALL {
                prop_assert!(!is_asked(*kind, Period::Annual, value.into(), &history));
            }
        }
    }
}
