//! The standing as stacked bars.

use rust_decimal::Decimal;

use super::{TONES, coordinate, share};
use crate::kit::values::figure_text;

/// Width of a bar's full length, in the picture's units.
const BAR: f64 = 520.0;

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
    /// Which colour is which group.
    pub legend: Vec<(usize, String)>,
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
                            words: format!("{}: {name} {} điểm", unit.name, figure_text(*points)),
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
            legend: units.first().map_or_else(Vec::new, |unit| {
                let names = unit.parts.iter().map(|(name, _)| name.clone());
                names
                    .enumerate()
                    .map(|(tone, name)| (tone % TONES, name))
                    .collect()
            }),
        }
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
}
