//! What is known of a unit, and which figures can be reckoned with.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::kit::values::figure_text;

/// What is known of a unit for one line. What isn't known is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Basis {
    /// The indicator's figure in the unit's report.
    pub actual: Option<Decimal>,
    /// The unit's own target.
    pub target: Option<Decimal>,
    /// The best actual/target of the cluster (150 % is 1.5); see [`Best::of`].
    pub best_ratio: Option<Decimal>,
    /// The best figure among the units without a target; see [`Best::of`].
    pub best_actual: Option<Decimal>,
    /// How many there were, where people count; without it `actual` is the count.
    pub count: Option<Decimal>,
    /// Whether the line's fact holds, or what people answered where the line is bound to none.
    pub fact_holds: Option<bool>,
    /// How often it held; without it once if it holds.
    pub fact_times: Option<u32>,
    /// What is counted, for the working: `nhiệm vụ`; may be empty.
    pub measure: String,
}

/// The cluster's best, for lines that relate a unit to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Best {
    /// The best actual/target among the units with a target.
    pub ratio: Option<Decimal>,
    /// The best figure among the units without one.
    pub actual: Option<Decimal>,
}

impl Best {
    /// The best of the cluster's units, each as (actual, target). Figures that can't be used are left out.
    pub fn of(units: impl IntoIterator<Item = (Option<Decimal>, Option<Decimal>)>) -> Self {
        let mut best = Self::default();
        for (actual, target) in units {
            let Some(actual) = actual.filter(|a| is_usable(*a)) else {
                continue;
            };
            match target {
                None => best.actual = best.actual.max(Some(actual)),
                Some(target) if is_usable(target) && !target.is_zero() => {
                    best.ratio = best.ratio.max(Some(actual / target));
                }
                Some(_) => {}
            }
        }
        best
    }
}

/// Figures beyond this aren't anybody's result; arithmetic on them could overflow.
pub(super) fn is_usable(figure: Decimal) -> bool {
    figure >= Decimal::ZERO && figure <= Decimal::from(999_999_999_999_i64)
}

/// A figure that can be reckoned with, or why it can't.
pub(super) fn usable(figure: Decimal, what: &str) -> Result<Decimal, String> {
    if figure < Decimal::ZERO {
        Err(format!(
            "{what} là số âm ({}), cần kiểm tra lại.",
            figure_text(figure)
        ))
    } else if is_usable(figure) {
        Ok(figure)
    } else {
        Err(format!("{what} lớn quá mức có thể, cần kiểm tra lại."))
    }
}
