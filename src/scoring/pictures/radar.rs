//! A unit against its cluster's average.

use rust_decimal::Decimal;

use super::{coordinate, share};

/// The radar's radius.
const RADIUS: f64 = 120.0;

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
    /// The figures: group, the unit's points, the average, the maximum.
    pub rows: Vec<[String; 4]>,
}

/// A corner's figures.
pub struct CornerOf {
    /// The group, in short: its number.
    pub label: String,
    /// The group's name.
    pub name: String,
    /// The unit's points.
    pub own: Decimal,
    /// The cluster's average.
    pub average: Decimal,
    /// The maximum.
    pub maximum: Decimal,
}

impl Radar {
    /// The radar of a unit; each corner's full length is its group's maximum. `words` writes points.
    #[must_use]
    pub fn new(title: &str, corners: &[CornerOf], words: impl Fn(Decimal) -> String) -> Self {
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
            rows: corners
                .iter()
                .map(|c| {
                    let group = format!("{} {}", c.label, c.name);
                    [group, words(c.own), words(c.average), words(c.maximum)]
                })
                .collect(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_radar_says_in_words_where_the_unit_is_below_the_average() {
        let corner = |label: &str, own, average| CornerOf {
            label: label.to_owned(),
            name: "Nhóm".to_owned(),
            own: Decimal::from(own),
            average: Decimal::from(average),
            maximum: Decimal::from(10),
        };
        let radar = Radar::new(
            "Sơn La",
            &[corner("I", 9, 8), corner("II", 5, 7), corner("III", 10, 10)],
            |points| points.to_string(),
        );
        assert_eq!(radar.rows[1], ["II Nhóm", "5", "7", "10"]);
        assert_eq!(radar.description, "Thấp hơn trung bình của cụm ở nhóm II.");
        assert!(radar.own.starts_with("200.0,52.0 "), "{}", radar.own);
    }
}
