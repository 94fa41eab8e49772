//! Totals over the years.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{TONES, coordinate};
use crate::kit::values::figure_text;

/// A unit's totals over the years.
pub struct Course {
    pub points: String,
    pub dots: Vec<(String, String, String)>,
    pub name: String,
    pub end: (String, String),
    pub tone: usize,
}

/// Totals over the years as lines.
pub struct Lines {
    pub title: String,
    pub description: String,
    pub years: Vec<(String, i32)>,
    pub grid: Vec<(String, String)>,
    pub courses: Vec<Course>,
    /// The figures: unit, and its total of each year.
    pub rows: Vec<(String, Vec<String>)>,
}

impl Lines {
    /// Lines of units over these years; a year without a total leaves a gap's place out. None where no unit has two.
    #[must_use]
    pub fn new(title: &str, years: &[i32], units: &[(String, Vec<Option<Decimal>>)]) -> Option<Self> {
        let all: Vec<f64> = units
            .iter()
            .flat_map(|(_, totals)| totals.iter().flatten().filter_map(ToPrimitive::to_f64))
            .collect();
        if years.len() < 2 || all.is_empty() {
            return None;
        }
        let low = (all.iter().copied().fold(f64::INFINITY, f64::min) / 10.0).floor() * 10.0;
        let high = ((all.iter().copied().fold(0.0, f64::max) / 10.0).ceil() * 10.0).max(low + 10.0);
        let x = |i: usize| {
            60.0 + 480.0 * f64::from(u32::try_from(i).unwrap_or(0))
                / f64::from(u32::try_from(years.len() - 1).unwrap_or(1))
        };
        let y = |total: f64| 250.0 - 220.0 * (total - low) / (high - low);
        let courses = units
            .iter()
            .enumerate()
            .filter_map(|(tone, (name, totals))| {
                let found: Vec<(f64, f64, String)> = totals
                    .iter()
                    .enumerate()
                    .filter_map(|(i, total)| {
                        let total = (*total)?;
                        let words = format!("{name}, {}: {}", years[i], figure_text(total));
                        Some((x(i), y(total.to_f64()?), words))
                    })
                    .collect();
                let end = found
                    .last()
                    .map(|(x, y, _)| (coordinate(x + 8.0), coordinate(y + 5.0)))?;
                Some(Course {
                    points: found
                        .iter()
                        .map(|(x, y, _)| format!("{x:.1},{y:.1}"))
                        .collect::<Vec<_>>()
                        .join(" "),
                    dots: found
                        .into_iter()
                        .map(|(x, y, words)| (coordinate(x), coordinate(y), words))
                        .collect(),
                    name: name.clone(),
                    end,
                    tone: tone % TONES,
                })
            })
            .collect();
        Some(Self {
            title: title.to_owned(),
            description: "Tổng điểm của từng đơn vị qua các năm; số liệu ở bảng bên dưới.".to_owned(),
            years: years
                .iter()
                .enumerate()
                .map(|(i, year)| (coordinate(x(i)), *year))
                .collect(),
            grid: [low, f64::midpoint(low, high), high]
                .iter()
                .map(|value| (coordinate(y(*value)), format!("{value:.0}")))
                .collect(),
            courses,
            rows: units
                .iter()
                .map(|(name, totals)| {
                    let words = totals
                        .iter()
                        .map(|total| total.map_or("–".to_owned(), figure_text));
                    (name.clone(), words.collect())
                })
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_need_two_years() {
        let unit = ("Sơn La".to_owned(), vec![Some(Decimal::from(90))]);
        assert!(Lines::new("Qua các năm", &[2025], std::slice::from_ref(&unit)).is_none());
        let unit = (unit.0, vec![Some(Decimal::from(90)), Some(Decimal::from(95))]);
        let lines = Lines::new("Qua các năm", &[2024, 2025], &[unit]).unwrap();
        assert_eq!(
            lines.rows,
            [("Sơn La".to_owned(), vec!["90".to_owned(), "95".to_owned()])]
        );
    }
}
