//! The letters that ship with the program, and how wide they are.

use std::sync::LazyLock;

use ttf_parser::Face;

use super::profile::Style;

/// The name under which a DOCX asks for them: letters of exactly these widths are in every office.
pub const OFFICE_NAME: &str = "Times New Roman";
/// The name they have themselves.
pub const NAME: &str = "Liberation Serif";
/// Lines of the font's own height are so many times as high as its size.
pub const LINE_HEIGHT: f64 = 1.149;
/// Millimetres in a point.
pub const MM_PER_POINT: f64 = 25.4 / 72.0;

/// The files: regular, bold, italic, bold italic.
pub const FILES: [&[u8]; 4] = [
    include_bytes!("../../../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../../../fonts/LiberationSerif-BoldItalic.ttf"),
];

static FACES: LazyLock<Vec<Face<'static>>> = LazyLock::new(|| {
    FILES
        .iter()
        .filter_map(|bytes| Face::parse(bytes, 0).ok())
        .collect()
});

/// The width of a text on one line, in millimetres.
#[must_use]
pub fn width(text: &str, style: Style) -> f64 {
    let index = usize::from(style.bold) + 2 * usize::from(style.italic);
    let Some(face) = FACES.get(index) else {
        return 0.0;
    };
    let units: u32 = text.chars().map(|letter| advance(face, letter)).sum();
    f64::from(units) / f64::from(face.units_per_em()) * style.size * MM_PER_POINT
}

fn advance(face: &Face<'_>, letter: char) -> u32 {
    let glyph = face.glyph_index(letter).unwrap_or_default();
    face.glyph_hor_advance(glyph).map_or(0, u32::from)
}

/// Whether the letter can be printed.
#[must_use]
pub fn has(letter: char) -> bool {
    FACES.iter().all(|face| face.glyph_index(letter).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_four_faces_are_read_and_bold_is_wider() {
        let text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
        let bold = width(text, Style::upright(12.0).bold());
        assert_eq!(FACES.len(), 4);
        assert!(bold > width(text, Style::upright(12.0)));
        assert!((75.0..95.0).contains(&bold), "{bold}");
        assert!((width(text, Style::upright(24.0)) / width(text, Style::upright(12.0)) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn the_signs_that_papers_need_are_there() {
        for letter in "□☐“”–—…≥≤×½•ĐđƯươ".chars() {
            assert_eq!(has(letter), letter != '☐', "{letter}");
        }
    }
}
