//! Reads a PDF: letters with their places, sizes and styles, and the lines between them. Lengths are millimetres from the top left
//! corner, sizes are points.

use std::sync::Arc;

use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, font::Glyph, hayro_cmap::BfString, hayro_syntax::Pdf, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect, Shape};

const MM: f64 = 25.4 / 72.0;

/// Words on one line, without a gap in between.
#[derive(Clone, Debug)]
pub struct Words {
    pub text: String,
    pub left: f64,
    /// The end of the last letter; a space behind it doesn't count.
    pub right: f64,
    end: f64,
    /// Where the letters stand.
    pub base: f64,
    pub size: f64,
    pub bold: bool,
    pub italic: bool,
}

impl Words {
    pub fn centre(&self) -> f64 {
        f64::midpoint(self.left, self.right)
    }
}

/// A page.
#[derive(Default)]
pub struct Page {
    pub width: f64,
    pub height: f64,
    pub words: Vec<Words>,
    /// Level lines: left, right, height on the page.
    pub lines: Vec<(f64, f64, f64)>,
    pub pictures: usize,
}

impl Page {
    /// All text, line by line.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut base = 0.0;
        for words in &self.words {
            if !text.is_empty() {
                text.push(if (words.base - base).abs() > 0.3 {
                    '\n'
                } else {
                    ' '
                });
            }
            text += &plain(&words.text);
            base = words.base;
        }
        text
    }

    /// The words that begin like this.
    #[track_caller]
    pub fn find(&self, start: &str) -> &Words {
        let found = self
            .words
            .iter()
            .find(|words| plain(&words.text).starts_with(start));
        found.unwrap_or_else(|| panic!("no “{start}” in\n{}", self.text()))
    }

    /// The first level line below these words.
    #[track_caller]
    pub fn line_below(&self, words: &Words) -> (f64, f64, f64) {
        let below = self.lines.iter().filter(|line| {
            (0.0..5.0).contains(&(line.2 - words.base)) && line.0 < words.right && line.1 > words.left
        });
        let nearest = below.min_by(|a, b| a.2.total_cmp(&b.2));
        *nearest.unwrap_or_else(|| panic!("no line below {words:?}"))
    }
}

/// With spaces at which a line may end, whichever kind they are.
pub fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// The pages of a PDF.
pub fn read(bytes: &[u8]) -> Vec<Page> {
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).unwrap_or_else(|error| panic!("no PDF: {error:?}"));
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let area = Rect::new(0.0, 0.0, width, height);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, area, &cache, pdf.xref(), settings);
        let mut reader = Reader {
            flip: Affine::translate((0.0, height)) * Affine::scale_non_uniform(1.0, -1.0),
            ..Reader::default()
        };
        interpret_page(page, &mut context, &mut reader);
        pages.push(Page {
            width: width * MM,
            height: height * MM,
            words: joined(reader.letters),
            lines: reader.lines,
            pictures: reader.pictures,
        });
    }
    pages
}

/// What is found on a page, as it comes.
#[derive(Default)]
struct Reader {
    flip: Affine,
    letters: Vec<Words>,
    lines: Vec<(f64, f64, f64)>,
    pictures: usize,
}

impl Device<'_> for Reader {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn draw_path(&mut self, path: &BezPath, transform: Affine, _: &Paint<'_>, _: &PathDrawMode) {
        let area = (self.flip * transform * path.clone()).bounding_box();
        if area.height() * MM < 0.5 && area.width() * MM > 3.0 {
            self.lines.push((area.x0 * MM, area.x1 * MM, area.y0 * MM));
        } else if area.height() > 1.0 {
            self.pictures += 1;
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}

    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'_>,
        transform: Affine,
        own: Affine,
        _: &Paint<'_>,
        _: &GlyphDrawMode,
    ) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(letter)) => letter.to_string(),
            Some(BfString::String(letters)) => letters,
            None => "\u{fffd}".to_owned(),
        };
        let Glyph::Outline(outline) = glyph else { return };
        let place = self.flip * transform * own;
        let advance = f64::from(outline.advance_width().unwrap_or_default());
        let (start, end) = (place * Point::ORIGIN, place * Point::new(advance, 0.0));
        let font = outline
            .font_data()
            .and_then(|font| font.postscript_name)
            .unwrap_or_default();
        self.letters.push(Words {
            text,
            left: start.x * MM,
            right: end.x * MM,
            end: end.x * MM,
            base: start.y * MM,
            size: place.determinant().abs().sqrt() * 1000.0,
            bold: font.contains("Bold"),
            italic: font.contains("Italic"),
        });
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {
        self.pictures += 1;
    }

    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Letters that stand beside each other, as words. A gap as wide as a letter is high parts two columns.
fn joined(mut letters: Vec<Words>) -> Vec<Words> {
    let line = |letter: &Words| (letter.base * 5.0).round();
    letters.sort_by(|a, b| line(a).total_cmp(&line(b)).then(a.left.total_cmp(&b.left)));
    let mut words: Vec<Words> = Vec::new();
    for letter in letters {
        match words.last_mut() {
            Some(last)
                if line(last).total_cmp(&line(&letter)).is_eq()
                    && letter.left - last.end < 1.1 * letter.size * MM
                    && (last.text.ends_with(' ')
                        || (last.bold, last.italic) == (letter.bold, letter.italic)) =>
            {
                last.text += &letter.text;
                last.end = letter.end;
                if !letter.text.trim().is_empty() {
                    last.right = letter.right;
                }
            }
            _ => words.push(letter),
        }
    }
    words.retain(|words| !words.text.trim().is_empty());
    words
}
