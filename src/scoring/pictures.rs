//! Pictures of points, drawn on the server: the same on the page, in print and in a document. Each has a title and a
//! description in words, and stands beside the table of its figures.

use rust_decimal::{Decimal, prelude::ToPrimitive};

/// Colours of groups, as classes of the style sheet.
const TONES: usize = 9;
/// Width of a bar's full length, in the picture's units.
const BAR: f64 = 520.0;
/// The radar's radius.
const RADIUS: f64 = 120.0;

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

/// A piece of a stacked bar.
pub struct Piece {
    pub x: String,
    pub width: String,
    pub tone: usize,
    pub words: String,
}

/// A unit's bar.
pub struct Bar {
    pub y: usize,
    pub name: String,
    pub total: String,
    pub end: String,
    pub pieces: Vec<Piece>,
}

/// The standing as stacked bars: a unit a bar, a group a piece.
pub struct Bars {
    pub title: String,
    pub description: String,
    pub height: usize,
    pub units: Vec<Bar>,
}

/// What a bar shows: name, total in words, and its pieces as (group's name, points).
pub struct BarOf {
    /// The unit's name.
    pub name: String,
    /// Its total as people write it.
    pub total: String,
    /// The groups in order.
    pub parts: Vec<(String, Decimal)>,
}

impl Bars {
    /// Bars whose full length is `whole` points.
    #[must_use]
    pub fn new(title: &str, whole: Decimal, units: &[BarOf]) -> Self {
        let leader = units.first().map_or(String::new(), |u| {
            format!("Cao nhất: {}, {} điểm. ", u.name, u.total)
        });
        let bars = units
            .iter()
            .enumerate()
            .map(|(i, unit)| {
                let mut x = 0.0;
                let pieces = unit
                    .parts
                    .iter()
                    .enumerate()
                    .map(|(tone, (name, points))| {
                        let width = share(*points, whole) * BAR;
                        let piece = Piece {
                            x: coordinate(150.0 + x),
                            width: coordinate(width),
                            tone: tone % TONES,
                            words: format!(
                                "{}: {name} {} điểm",
                                unit.name,
                                crate::kit::values::figure_text(*points)
                            ),
                        };
                        x += width;
                        piece
                    })
                    .collect();
                Bar {
                    y: 8 + i * 34,
                    name: unit.name.clone(),
                    total: unit.total.clone(),
                    end: coordinate(150.0 + x + 8.0),
                    pieces,
                }
            })
            .collect();
        Self {
            title: title.to_owned(),
            description: format!(
                "{leader}Mỗi thanh là một đơn vị, mỗi màu là một nhóm tiêu chí; số liệu ở bảng bên dưới."
            ),
            height: 16 + units.len() * 34,
            units: bars,
        }
    }
}

/// A corner of the radar: its label and where it stands.
pub struct Corner {
    pub label: String,
    pub x: String,
    pub y: String,
    pub text_x: String,
    pub text_y: String,
    pub anchor: &'static str,
}

/// A unit against its cluster's average, a corner a group.
pub struct Radar {
    pub title: String,
    pub description: String,
    pub corners: Vec<Corner>,
    pub rings: Vec<String>,
    pub own: String,
    pub average: String,
}

/// A corner's figures.
pub struct CornerOf {
    /// The group, in short: its number.
    pub label: String,
    /// The unit's points.
    pub own: Decimal,
    /// The cluster's average.
    pub average: Decimal,
    /// The maximum.
    pub maximum: Decimal,
}

impl Radar {
    /// The radar of a unit; each corner's full length is its group's maximum.
    #[must_use]
    pub fn new(title: &str, corners: &[CornerOf]) -> Self {
        let count = corners.len().max(3);
        let at = |i: usize, length: f64| {
            let turn = std::f64::consts::TAU * (f64::from(u32::try_from(i).unwrap_or(0)))
                / f64::from(u32::try_from(count).unwrap_or(3));
            (200.0 + length * turn.sin(), 160.0 - length * turn.cos())
        };
        let line = |length: &dyn Fn(&CornerOf) -> f64| {
            corners
                .iter()
                .enumerate()
                .map(|(i, corner)| {
                    let (x, y) = at(i, RADIUS * length(corner));
                    format!("{x:.1},{y:.1}")
                })
                .collect::<Vec<_>>()
                .join(" ")
        };
        let below: Vec<&str> = corners
            .iter()
            .filter(|c| c.own < c.average)
            .map(|c| c.label.as_str())
            .collect();
        let description = if below.is_empty() {
            "Không nhóm nào thấp hơn trung bình của cụm.".to_owned()
        } else {
            format!("Thấp hơn trung bình của cụm ở nhóm {}.", below.join(", "))
        };
        Self {
            title: title.to_owned(),
            description,
            rings: [0.25, 0.5, 0.75, 1.0]
                .iter()
                .map(|part| line(&|_| *part))
                .collect(),
            own: line(&|c| share(c.own, c.maximum).min(1.0)),
            average: line(&|c| share(c.average, c.maximum).min(1.0)),
            corners: corners
                .iter()
                .enumerate()
                .map(|(i, corner)| {
                    let ((x, y), (text_x, text_y)) = (at(i, RADIUS), at(i, RADIUS + 16.0));
                    Corner {
                        label: corner.label.clone(),
                        x: coordinate(x),
                        y: coordinate(y),
                        text_x: coordinate(text_x),
                        text_y: coordinate(text_y + 5.0),
                        anchor: if (text_x - 200.0).abs() < 8.0 {
                            "middle"
                        } else if text_x > 200.0 {
                            "start"
                        } else {
                            "end"
                        },
                    }
                })
                .collect(),
        }
    }
}

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
                        let words =
                            format!("{name}, {}: {}", years[i], crate::kit::values::figure_text(total));
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
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_of_all_points_has_the_full_length() {
        let whole = Decimal::ONE_HUNDRED;
        let unit = BarOf {
            name: "Sơn La".to_owned(),
            total: "100".to_owned(),
            parts: vec![
                ("I".to_owned(), Decimal::from(40)),
                ("II".to_owned(), Decimal::from(60)),
            ],
        };
        let bars = Bars::new("Xếp hạng", whole, &[unit]);
        let lengths: Vec<&str> = bars.units[0].pieces.iter().map(|p| p.width.as_str()).collect();
        assert_eq!(lengths, ["208.0", "312.0"]);
        assert!(bars.description.starts_with("Cao nhất: Sơn La, 100 điểm."));
    }

    #[test]
    fn a_radar_says_in_words_where_the_unit_is_below_the_average() {
        let corner = |label: &str, own, average| CornerOf {
            label: label.to_owned(),
            own: Decimal::from(own),
            average: Decimal::from(average),
            maximum: Decimal::from(10),
        };
        let radar = Radar::new(
            "Sơn La",
            &[corner("I", 9, 8), corner("II", 5, 7), corner("III", 10, 10)],
        );
        assert_eq!(radar.description, "Thấp hơn trung bình của cụm ở nhóm II.");
        assert!(radar.own.starts_with("200.0,52.0 "), "{}", radar.own);
    }

    #[test]
    fn lines_need_two_years() {
        let unit = ("Sơn La".to_owned(), vec![Some(Decimal::from(90))]);
        assert!(Lines::new("Qua các năm", &[2025], std::slice::from_ref(&unit)).is_none());
        let unit = (unit.0, vec![Some(Decimal::from(90)), Some(Decimal::from(95))]);
        assert!(Lines::new("Qua các năm", &[2024, 2025], &[unit]).is_some());
    }
}
