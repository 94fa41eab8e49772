//! Pictures that stand by themselves, without the style sheet of the pages: for documents.

use std::fmt::Write;

use super::{Bars, Lines};
use crate::kit::documents::markup::escaped;

/// The colours of groups, as the style sheet has them.
const COLOURS: [&str; super::TONES] = [
    "#8f1d18", "#c05a2b", "#d99a26", "#7b8f2a", "#2f8f4e", "#2a7f8f", "#3566a8", "#6a4fa0", "#a2457f",
    "#5b6472",
];
/// The height of a line of the legend.
const LEGEND_LINE: usize = 22;
/// Letters of a legend's line that fit into the picture.
const LEGEND_LETTERS: usize = 95;

fn colour(tone: usize) -> &'static str {
    COLOURS[tone % COLOURS.len()]
}

fn opened(width: usize, height: usize) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"serif\" font-size=\"15\">"
    )
}

fn text(svg: &mut String, x: &str, y: &str, anchor: &str, style: &str, words: &str) {
    let shown: String = words.chars().filter(|letter| !letter.is_control()).collect();
    let words = escaped(&shown);
    let _ = write!(
        svg,
        "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\"{style}>{words}</text>"
    );
}

fn shortened(words: &str) -> String {
    if words.chars().count() <= LEGEND_LETTERS {
        return words.to_owned();
    }
    let kept: String = words.chars().take(LEGEND_LETTERS - 1).collect();
    format!("{}…", kept.trim_end())
}

impl Bars {
    /// The picture with its legend.
    #[must_use]
    pub fn svg(&self) -> String {
        let mut svg = opened(760, self.height + 8 + self.legend.len() * LEGEND_LINE);
        for bar in &self.units {
            let base = (bar.y + 18).to_string();
            text(&mut svg, "142", &base, "end", "", &bar.name);
            for piece in &bar.pieces {
                let (x, y, width, fill) = (&piece.x, bar.y, &piece.width, colour(piece.tone));
                let _ = write!(
                    svg,
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"26\" fill=\"{fill}\"/>"
                );
            }
            text(
                &mut svg,
                &bar.end,
                &base,
                "start",
                " font-weight=\"bold\"",
                &bar.total,
            );
        }
        for (at, (tone, name)) in self.legend.iter().enumerate() {
            let top = self.height + 4 + at * LEGEND_LINE;
            let fill = colour(*tone);
            let _ = write!(
                svg,
                "<rect x=\"20\" y=\"{top}\" width=\"12\" height=\"12\" fill=\"{fill}\"/>"
            );
            text(
                &mut svg,
                "40",
                &(top + 12).to_string(),
                "start",
                "",
                &shortened(name),
            );
        }
        svg.push_str("</svg>");
        svg
    }
}

impl Lines {
    /// The picture.
    #[must_use]
    pub fn svg(&self) -> String {
        let mut svg = opened(700, 290);
        for (y, value) in &self.grid {
            let _ = write!(
                svg,
                "<line x1=\"60\" y1=\"{y}\" x2=\"540\" y2=\"{y}\" stroke=\"#c9c9c9\" stroke-width=\"1\"/>"
            );
            text(&mut svg, "52", y, "end", "", value);
        }
        for (x, year) in &self.years {
            text(&mut svg, x, "278", "middle", "", &year.to_string());
        }
        for course in &self.courses {
            let (points, stroke) = (&course.points, colour(course.tone));
            let _ = write!(
                svg,
                "<polyline points=\"{points}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"2.5\"/>"
            );
            for (x, y, _) in &course.dots {
                let _ = write!(svg, "<circle cx=\"{x}\" cy=\"{y}\" r=\"4\" fill=\"{stroke}\"/>");
            }
            text(&mut svg, &course.end.0, &course.end.1, "start", "", &course.name);
        }
        svg.push_str("</svg>");
        svg
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::{kit::documents::pictures::Drawing, scoring::pictures::BarOf};

    #[test]
    fn a_picture_for_paper_is_drawn_without_a_style_sheet() {
        let unit = BarOf {
            name: "Sơn La & <bạn>".to_owned(),
            total: "92,5".to_owned(),
            parts: vec![
                ("I Tổ chức".to_owned(), Decimal::from(40)),
                ("x".repeat(200), Decimal::from(52)),
            ],
        };
        let svg = Bars::new("Xếp hạng", Decimal::ONE_HUNDRED, &[unit]).svg();
        assert!(!svg.contains("class=") && svg.contains("fill=\"#8f1d18\""));
        assert!(svg.contains("Sơn La &amp; &lt;bạn&gt;") && svg.contains('…'));
        assert!(Drawing::read(&svg, "").unwrap().width > 150.0);
        let units = [(
            "Sơn La".to_owned(),
            vec![Some(Decimal::from(90)), Some(Decimal::from(95))],
        )];
        let lines = Lines::new("Qua các năm", &[2022, 2023], &units).unwrap().svg();
        assert!(lines.contains(">2022<") && Drawing::read(&lines, "").is_ok());
    }

    #[test]
    fn the_colours_are_those_of_the_pages() {
        let css = include_str!("../../../static/app.css");
        for (tone, colour) in COLOURS.iter().enumerate() {
            assert!(
                css.contains(&format!(".tone-{tone} {{ fill: {colour}; }}")),
                "{tone}"
            );
        }
    }
}
