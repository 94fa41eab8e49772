//! Pictures: drawings of this program's own, and the square code of an address.

use std::sync::{Arc, LazyLock};

use anyhow::{Context, bail};
use qrcode::{EcLevel, QrCode, types::Color};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{ImageHrefResolver, Options, Tree, fontdb::Database},
};

use super::fonts::{FILES, NAME};

/// A drawing may be so many bytes.
pub const MOST_BYTES: usize = 1024 * 1024;
/// Dots in an inch of paper, where a writer has no use for lines.
const DOTS_PER_INCH: f64 = 200.0;
/// A picture of dots has at most so many on a side.
const MOST_DOTS: f64 = 3000.0;
/// Millimetres in the unit of an SVG.
const MM_PER_PIXEL: f64 = 25.4 / 96.0;

/// A drawing that was read and found good.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The SVG.
    pub svg: Arc<str>,
    /// Its own width, in millimetres.
    pub width: f64,
    /// Its own height, in millimetres.
    pub height: f64,
    /// What it shows.
    pub description: String,
}

/// A drawing may use our letters only, and nothing from outside itself.
static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for file in FILES {
        fonts.load_font_data(file.to_vec());
    }
    fonts.set_serif_family(NAME);
    fonts.set_sans_serif_family(NAME);
    fonts.set_monospace_family(NAME);
    Options {
        font_family: NAME.to_owned(),
        fontdb: Arc::new(fonts),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
});

impl Drawing {
    /// Reads an SVG.
    pub fn read(svg: &str, description: &str) -> anyhow::Result<Self> {
        if svg.len() > MOST_BYTES {
            bail!("the picture is too large: {} bytes", svg.len());
        }
        let size = tree(svg)?.size();
        Ok(Self {
            svg: svg.into(),
            width: f64::from(size.width()) * MM_PER_PIXEL,
            height: f64::from(size.height()) * MM_PER_PIXEL,
            description: description.to_owned(),
        })
    }

    /// The square code of an address; none of an empty one or one that is too long.
    #[must_use]
    pub fn square_code(address: &str) -> Option<Self> {
        if address.is_empty() {
            return None;
        }
        let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
        let side = code.width();
        let mut path = String::new();
        for (at, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                // A quiet edge of four squares is part of the code; the page around it gives two more.
                let (x, y) = (at % side + 2, at / side + 2);
                path.extend(["M", &x.to_string(), " ", &y.to_string(), "h1v1h-1z"]);
            }
        }
        let edge = side + 4;
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{edge}\" height=\"{edge}\" \
             shape-rendering=\"crispEdges\"><rect width=\"{edge}\" height=\"{edge}\" fill=\"#fff\"/>\
             <path d=\"{path}\"/></svg>"
        );
        Self::read(&svg, &format!("Mã QR: {address}")).ok()
    }

    /// The picture as a PNG for so wide a place, in millimetres, with its size in dots.
    pub fn to_png(&self, width: f64) -> anyhow::Result<(Vec<u8>, u32, u32)> {
        let tree = tree(&self.svg)?;
        let size = tree.size();
        let (natural_x, natural_y) = (f64::from(size.width()), f64::from(size.height()));
        let wanted = width / 25.4 * DOTS_PER_INCH / natural_x;
        let scale = wanted.min(MOST_DOTS / natural_x.max(natural_y));
        // Squares of a code stay sharp when each is a whole number of dots.
        let scale = if scale >= 1.0 { scale.ceil() } else { scale };
        let dots = |natural: f64| (natural * scale).round().clamp(1.0, MOST_DOTS);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 1 and MOST_DOTS"
        )]
        let (x, y) = (dots(natural_x) as u32, dots(natural_y) as u32);
        let mut dots = Pixmap::new(x, y).context("a picture without extent")?;
        dots.fill(resvg::tiny_skia::Color::WHITE);
        #[expect(clippy::cast_possible_truncation, reason = "a scale, not an amount")]
        let scale = scale as f32;
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut dots.as_mut());
        Ok((dots.encode_png()?, x, y))
    }
}

fn tree(svg: &str) -> anyhow::Result<Tree> {
    Tree::from_str(svg, &OPTIONS).context("the picture isn't SVG")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_measured_and_becomes_dots() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"48\">\
                   <text x=\"5\" y=\"30\" font-family=\"Be Vietnam Pro, sans-serif\">Điểm</text></svg>";
        let drawing = Drawing::read(svg, "Điểm").unwrap();
        assert!((drawing.width - 25.4).abs() < 0.01 && (drawing.height - 12.7).abs() < 0.01);
        let (png, x, y) = drawing.to_png(50.8).unwrap();
        assert_eq!((&png[1..4], x / y), (&b"PNG"[..], 2));
        assert!((380..=500).contains(&x), "{x}");
        let empty = Drawing::read(&svg.replace("Điểm", " "), "").unwrap();
        assert_ne!(
            png,
            empty.to_png(50.8).unwrap().0,
            "letters of a font we don't have are drawn with ours"
        );
    }

    #[test]
    fn what_is_no_drawing_is_refused_and_nothing_is_read_from_outside() {
        assert!(Drawing::read("<svg", "").is_err());
        assert!(Drawing::read("", "").is_err());
        assert!(Drawing::read(&" ".repeat(MOST_BYTES + 1), "").is_err());
        let foreign = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
                       <image href=\"/etc/hostname\" width=\"9\" height=\"9\"/></svg>";
        assert!(Drawing::read(foreign, "").unwrap().to_png(10.0).is_ok());
    }

    #[test]
    fn a_code_is_square_and_an_address_without_end_has_none() {
        let code = Drawing::square_code("https://thidua.example/xac-minh/ABCD-1234").unwrap();
        assert!((code.width - code.height).abs() < 1e-9);
        assert!(Drawing::square_code("").is_none());
        assert!(Drawing::square_code(&"x".repeat(10_000)).is_none());
    }
}
