//! From a percentage or a figure to points.

use rust_decimal::Decimal;

use crate::criteria::model::Band;

/// Points that rise straight to the target, and straight on from there to the maximum.
pub(super) struct Straight {
    pub(super) maximum: Decimal,
    pub(super) at_target: Decimal,
    pub(super) full_at: Decimal,
    pub(super) nothing_below: Decimal,
}

impl Straight {
    pub(super) fn at(&self, percent: Decimal) -> Decimal {
        let hundred = Decimal::ONE_HUNDRED;
        if percent < self.nothing_below {
            Decimal::ZERO
        } else if percent >= self.full_at.max(hundred) {
            self.maximum
        } else if percent <= hundred {
            self.at_target * percent / hundred
        } else {
            self.at_target + (self.maximum - self.at_target) * (percent - hundred) / (self.full_at - hundred)
        }
    }
}

/// The points of the highest step that was reached; nothing below the first.
pub(super) fn step(bands: &[Band], value: Decimal) -> Decimal {
    bands
        .iter()
        .filter(|band| band.from <= value)
        .max_by_key(|band| band.from)
        .map_or(Decimal::ZERO, |band| band.points)
}
