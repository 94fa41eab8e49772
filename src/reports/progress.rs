//! Reached against registered: in words, in percent, as a bar.

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};

use super::{
    content::{Content, Figure},
    model::Period,
};
use crate::kit::values::figure_text;

/// How a figure stands to what was registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// More than registered.
    Exceeded,
    /// Exactly as registered.
    Met,
    /// Half of the year: at least half of it.
    OnTrack,
    /// Half of the year: less than half of it.
    Behind,
    /// Less than registered.
    Missed,
}

impl Verdict {
    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Exceeded => "vượt",
            Self::Met => "đạt",
            Self::OnTrack => "đúng tiến độ",
            Self::Behind => "chậm tiến độ",
            Self::Missed => "chưa đạt",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Exceeded | Self::Met => "done",
            Self::OnTrack => "info",
            Self::Behind => "waiting",
            Self::Missed => "late",
        }
    }

    /// Whether all is well so far.
    #[must_use]
    pub fn is_good(self) -> bool {
        matches!(self, Self::Exceeded | Self::Met | Self::OnTrack)
    }
}

/// A registered figure and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    registered: Decimal,
    reached: Decimal,
    period: Period,
}

impl Progress {
    /// Of two figures.
    #[must_use]
    pub fn new(registered: Decimal, reached: Decimal, period: Period) -> Self {
        Self {
            registered,
            reached,
            period,
        }
    }

    /// Of a figure of a report; none for one that wasn't registered.
    #[must_use]
    pub fn of(figure: &Figure, period: Period) -> Option<Self> {
        figure
            .registered
            .map(|registered| Self::new(registered, figure.value(), period))
    }

    /// Exceeded, met or missed; after half a year half is enough.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        let is_half = || self.reached >= self.registered / Decimal::TWO;
        match self.reached.cmp(&self.registered) {
            std::cmp::Ordering::Greater => Verdict::Exceeded,
            std::cmp::Ordering::Equal => Verdict::Met,
            std::cmp::Ordering::Less if self.period == Period::Annual => Verdict::Missed,
            std::cmp::Ordering::Less if is_half() => Verdict::OnTrack,
            std::cmp::Ordering::Less => Verdict::Behind,
        }
    }

    /// Reached in percent of registered, cut (not rounded) to one decimal, so that what fell short never reads
    /// 100. None where nothing was registered: there is no share of zero.
    #[must_use]
    pub fn percent(self) -> Option<Decimal> {
        let share = self
            .reached
            .checked_mul(Decimal::ONE_HUNDRED)?
            .checked_div(self.registered)?;
        Some(
            share
                .round_dp_with_strategy(1, RoundingStrategy::ToZero)
                .normalize(),
        )
    }

    /// `vượt, 125%`; `vượt` where nothing was registered.
    #[must_use]
    pub fn words(self) -> String {
        match self.percent() {
            Some(percent) => format!("{}, {}%", self.verdict().label(), figure_text(percent)),
            None => self.verdict().label().to_owned(),
        }
    }

    /// The length of the bar: 0 to 100.
    #[must_use]
    pub fn bar(self) -> u32 {
        match self.verdict() {
            Verdict::Exceeded | Verdict::Met => 100,
            Verdict::OnTrack | Verdict::Behind | Verdict::Missed => {
                self.percent().and_then(|p| p.to_u32()).unwrap_or(0).min(100)
            }
        }
    }

    /// The tone of the bar.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self.verdict() {
            Verdict::Exceeded | Verdict::Met | Verdict::OnTrack => "done",
            Verdict::Behind | Verdict::Missed => "waiting",
        }
    }
}

/// How many of the registered targets were met or exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// Met or exceeded.
    pub met: usize,
    /// Registered.
    pub registered: usize,
    /// On what the report is: after half a year half is enough.
    pub period: Period,
}

impl Score {
    /// Of a report.
    #[must_use]
    pub fn of(content: &Content, period: Period) -> Self {
        let promised = || content.figures.iter().filter_map(|f| Progress::of(f, period));
        Self {
            met: promised().filter(|p| p.verdict().is_good()).count(),
            registered: promised().count(),
            period,
        }
    }

    /// `đạt 5/7`, `đúng tiến độ 5/7`
    #[must_use]
    pub fn words(self) -> String {
        let word = match self.period {
            Period::Annual => Verdict::Met,
            Period::Midyear => Verdict::OnTrack,
        };
        format!("{} {}/{}", word.label(), self.met, self.registered)
    }

    /// The length of the bar: 0 to 100.
    #[must_use]
    pub fn bar(self) -> usize {
        (self.met * 100).checked_div(self.registered).unwrap_or(0)
    }

    /// The tone of the bar.
    #[must_use]
    pub fn tone(self) -> &'static str {
        if self.met == self.registered {
            "done"
        } else {
            "waiting"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(registered: &str, reached: &str) -> String {
        Progress::new(
            registered.parse().unwrap(),
            reached.parse().unwrap(),
            Period::Annual,
        )
        .words()
    }

    #[test]
    fn progress_is_told_in_words_and_percent() {
        assert_eq!(words("8", "8"), "đạt, 100%");
        assert_eq!(words("8", "10"), "vượt, 125%");
        assert_eq!(words("8", "7"), "chưa đạt, 87,5%");
        assert_eq!(
            words("3000", "2999.9"),
            "chưa đạt, 99,9%",
            "what fell short never reads 100"
        );
    }

    #[test]
    fn half_a_year_is_measured_by_half_of_the_target() {
        let words = |registered: i64, reached: i64| {
            Progress::new(registered.into(), reached.into(), Period::Midyear).words()
        };
        assert_eq!(words(8, 4), "đúng tiến độ, 50%");
        assert_eq!(words(8, 3), "chậm tiến độ, 37,5%");
        assert_eq!(words(8, 8), "đạt, 100%");
        assert_eq!(words(0, 0), "đạt");
    }

    #[test]
    fn a_target_of_zero_has_no_percentage() {
        assert_eq!(words("0", "0"), "đạt");
        assert_eq!(words("0", "3"), "vượt");
        assert_eq!(
            Progress::new(Decimal::ZERO, Decimal::ONE, Period::Annual).bar(),
            100
        );
        assert_eq!(
            Score {
                met: 0,
                registered: 0,
                period: Period::Annual
            }
            .bar(),
            0
        );
    }

    proptest! {
        #[test]
        fn no_figures_make_it_panic_and_the_bar_stays_in_its_frame(
            registered in 0_i64..=9_999_999_999_999_999, reached in 0_i64..=9_999_999_999_999_999, scale in 0_u32..=4
        ) {
            for period in [Period::Annual, Period::Midyear] {
                let progress = Progress::new(Decimal::new(registered, scale), Decimal::new(reached, scale), period);
                prop_assert!(progress.bar() <= 100);
                let is_reached = matches!(progress.verdict(), Verdict::Exceeded | Verdict::Met);
                prop_assert_eq!(is_reached, progress.bar() == 100);
                drop(progress.words());
            }
        }
    }
}
