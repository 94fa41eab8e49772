//! The points of one line out of a unit's figures and the facts that the program knows.

use rust_decimal::Decimal;

use super::{
    basis::{Basis, is_usable, usable},
    curve::{Straight, step},
};
use crate::{
    criteria::model::{Criterion, Kind, Measured, Rules, Side},
    criteria::wording::capital,
    kit::values::figure_text,
};

/// A line's points and how they came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computed {
    /// The points, rounded, between 0 and the line's maximum; for a deduction what is taken off, as a positive
    /// number. None where people must judge or something is missing.
    pub points: Option<Decimal>,
    /// In words: `8/10 nhiệm vụ = 80% → 8,00 điểm`.
    pub working: String,
}

/// The points of a line for one unit, as far as they follow from what is known.
#[must_use]
pub fn compute(criterion: &Criterion, rules: &Rules, basis: &Basis) -> Computed {
    let line = LineOf { criterion, basis };
    match line.points() {
        Ok((points, how)) => {
            let points = rules
                .round(points)
                .clamp(Decimal::ZERO, criterion.maximum.max(Decimal::ZERO));
            let sign = if criterion.kind.side() == Side::Deduction && !points.is_zero() {
                "trừ "
            } else {
                ""
            };
            Computed {
                points: Some(points),
                working: format!("{how} → {sign}{} điểm", rules.points_text(points)),
            }
        }
        Err(working) => Computed {
            points: None,
            working,
        },
    }
}

/// Exact points with how they came about, or why there are none.
type Found = Result<(Decimal, String), String>;

struct LineOf<'a> {
    criterion: &'a Criterion,
    basis: &'a Basis,
}

impl LineOf<'_> {
    fn points(&self) -> Found {
        let maximum = self.criterion.maximum;
        match &self.criterion.kind {
            Kind::Group => Err("Cộng từ các tiêu chí trong nhóm.".to_owned()),
            Kind::Judged => Err("Chấm theo đánh giá.".to_owned()),
            Kind::TargetRatio {
                points_at_target,
                full_at_percent,
                nothing_below_percent,
            } => {
                let (percent, how) = self.percent_of_target()?;
                let straight = Straight {
                    maximum,
                    at_target: *points_at_target,
                    full_at: *full_at_percent,
                    nothing_below: *nothing_below_percent,
                };
                Ok((straight.at(percent), how))
            }
            Kind::Steps { of, bands } => {
                let (value, how) = match of {
                    Measured::Value => {
                        let actual = self.actual()?;
                        (actual, self.with_measure(&figure_text(actual)))
                    }
                    Measured::RatioToTarget => self.percent_of_target()?,
                };
                Ok((step(bands, value), how))
            }
            Kind::Count { each } => Ok(self.times(*each, self.count()?)),
            Kind::YesNo => match self.basis.fact_holds {
                Some(holds) => Ok((if holds { maximum } else { Decimal::ZERO }, self.fact_text(holds))),
                None => Err(self.fact_awaited("Chấm theo minh chứng.")),
            },
            Kind::Bonus { each } | Kind::Deduction { each } => self.extra(*each),
            Kind::LeaderRelative => self.relative(),
        }
    }

    /// Bonus and deduction: by the fact, or by count, or as people judge.
    fn extra(&self, each: Option<Decimal>) -> Found {
        match (each, self.criterion.fact) {
            (Some(each), Some(_)) => match self.fact_times() {
                Some(times) => Ok(self.times(each, times)),
                None => Err(self.fact_awaited("Chưa xác định.")),
            },
            (None, Some(_)) => match self.basis.fact_holds {
                Some(holds) => Ok((
                    if holds {
                        self.criterion.maximum
                    } else {
                        Decimal::ZERO
                    },
                    self.fact_text(holds),
                )),
                None => Err(self.fact_awaited("Chưa xác định.")),
            },
            (Some(each), None) => Ok(self.times(each, self.count()?)),
            (None, None) => Err("Chấm theo đánh giá.".to_owned()),
        }
    }

    fn fact_times(&self) -> Option<Decimal> {
        let once = self.basis.fact_holds.map(u32::from);
        self.basis.fact_times.or(once).map(Decimal::from)
    }

    fn fact_text(&self, holds: bool) -> String {
        match self.criterion.fact {
            Some(fact) if holds => capital(fact.label()),
            Some(fact) => format!("Không {}", fact.label()),
            None if holds => "Có".to_owned(),
            None => "Không".to_owned(),
        }
    }

    fn fact_awaited(&self, otherwise: &str) -> String {
        match self.criterion.fact {
            Some(fact) => format!("Chưa xác định: {}.", fact.label()),
            None => otherwise.to_owned(),
        }
    }

    fn times(&self, each: Decimal, count: Decimal) -> (Decimal, String) {
        let counted = match self.criterion.fact {
            Some(fact) => format!("{} lần {}", figure_text(count), fact.label()),
            None => self.with_measure(&figure_text(count)),
        };
        let exact = each * count;
        let how = format!("{counted} × {} điểm", figure_text(each));
        if exact > self.criterion.maximum {
            let most = figure_text(self.criterion.maximum);
            return (self.criterion.maximum, format!("{how}, tối đa {most}"));
        }
        (exact, how)
    }

    fn count(&self) -> Result<Decimal, String> {
        if self.criterion.fact.is_some() {
            return self.fact_times().ok_or_else(|| self.fact_awaited(""));
        }
        match (self.basis.count, self.basis.actual) {
            (Some(count), _) => usable(count, "Số lượng"),
            (None, Some(actual)) => usable(actual, "Kết quả"),
            (None, None) => Err("Báo cáo không có số lượng này; chấm theo số đơn vị nêu.".to_owned()),
        }
    }

    fn actual(&self) -> Result<Decimal, String> {
        match self.basis.actual {
            Some(actual) => usable(actual, "Kết quả"),
            None if self.criterion.indicator.is_none() => {
                Err("Tiêu chí chưa gắn với chỉ tiêu báo cáo; cần chấm theo số liệu đơn vị nêu.".to_owned())
            }
            None => Err("Báo cáo chưa có kết quả này; chấm theo số liệu đơn vị nêu.".to_owned()),
        }
    }

    fn target(&self) -> Result<Decimal, String> {
        let target = self
            .basis
            .target
            .ok_or("Đơn vị không đăng ký chỉ tiêu này; chấm theo đánh giá.")?;
        let target = usable(target, "Chỉ tiêu đăng ký")?;
        if target.is_zero() {
            return Err(
                "Chỉ tiêu đăng ký bằng 0 nên không tính được tỷ lệ; cần chấm theo đánh giá.".to_owned(),
            );
        }
        Ok(target)
    }

    fn percent_of_target(&self) -> Result<(Decimal, String), String> {
        let (actual, target) = (self.actual()?, self.target()?);
        let percent = actual * Decimal::ONE_HUNDRED / target;
        Ok((percent, self.ratio_text(actual, target, percent)))
    }

    fn ratio_text(&self, actual: Decimal, target: Decimal, percent: Decimal) -> String {
        let ratio = self.with_measure(&format!("{}/{}", figure_text(actual), figure_text(target)));
        format!("{ratio} = {}%", figure_text(short(percent)))
    }

    fn with_measure(&self, figures: &str) -> String {
        match self.basis.measure.as_str() {
            "" => figures.to_owned(),
            "%" => format!("{figures}%"),
            measure => format!("{figures} {measure}"),
        }
    }

    /// The four formulas of the leader-relative kind (`domain.md` 4.3).
    fn relative(&self) -> Found {
        let (maximum, half) = (self.criterion.maximum, self.criterion.maximum / Decimal::TWO);
        let actual = self.actual()?;
        if self.basis.target.is_none() {
            let best = self
                .basis
                .best_actual
                .filter(|best| is_usable(*best))
                .ok_or("Chưa có số liệu của các đơn vị cùng không đăng ký chỉ tiêu.")?
                .max(actual);
            let points = if best.is_zero() {
                Decimal::ZERO
            } else {
                maximum * (actual / best)
            };
            let how = format!(
                "{}, không đăng ký chỉ tiêu; cao nhất trong số đó {}",
                self.with_measure(&figure_text(actual)),
                figure_text(best)
            );
            return Ok((points, how));
        }
        let target = self.target()?;
        let ratio = actual / target;
        let how = self.ratio_text(actual, target, ratio * Decimal::ONE_HUNDRED);
        if ratio <= Decimal::ONE {
            return Ok((half * ratio, format!("{how}, nửa điểm tối đa cho 100%")));
        }
        let best = self
            .basis
            .best_ratio
            .filter(|best| is_usable(*best))
            .ok_or("Chưa có số liệu của đơn vị dẫn đầu cụm.")?
            .max(ratio);
        let points = half + half * ((ratio - Decimal::ONE) / (best - Decimal::ONE));
        let led = figure_text(short(best * Decimal::ONE_HUNDRED));
        Ok((points, format!("{how}, đơn vị dẫn đầu đạt {led}%")))
    }
}

/// At most two places, for words.
fn short(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}
