//! Words placed in millimetres on a sheet of paper: certificates, the sheet by which a printer is adjusted.
//!
//! Each piece of text has a box. It is printed in its size or, where it doesn't fit, in a smaller one; a long text is parted
//! into lines first. All of that is worked out here, so the printer of PDF only puts lines where they belong.

use serde::Serialize;

use super::{
    fonts::{LINE_HEIGHT, MM_PER_POINT, has, width},
    model::Align,
    pdf,
    pictures::Drawing,
    profile::Style,
    wording::clean,
};
use crate::kit::error::{AppError, Result};

/// Nothing is printed smaller, whatever it holds.
const SMALLEST: f64 = 6.0;
/// By how much the size goes down each time.
const STEP: f64 = 0.5;
/// From the top of a line to where its letters stand, in sizes.
const ASCENT: f64 = 0.891;
/// More sheets than this are another batch.
const MOST_SHEETS: usize = 2000;

/// A sheet of paper.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// What is written on it.
    pub words: Vec<Words>,
    /// The lines drawn on it.
    pub strokes: Vec<Stroke>,
    /// The pictures on it.
    pub pictures: Vec<Picture>,
}

/// A picture as wide as this, as high as its own proportions make it.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What it shows.
    pub drawing: Drawing,
    /// From the left edge of the paper.
    pub left: f64,
    /// From the top edge.
    pub top: f64,
    /// Its width.
    pub width: f64,
}

/// A piece of text in its box.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// The words; a line break begins a new line.
    pub text: String,
    /// From the left edge of the paper to the box.
    pub left: f64,
    /// From the top edge.
    pub top: f64,
    /// The width of the box.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The style, with the size in which it is printed when it fits.
    pub style: Style,
    /// Whether it is red.
    pub red: bool,
    /// On which side of the box it stands; it is always in the middle of its height.
    pub side: Align,
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Stroke {
    /// Where it begins: from the left and from the top.
    pub from: (f64, f64),
    /// Where it ends.
    pub to: (f64, f64),
    /// How thick it is, in points.
    pub weight: f64,
    /// Whether it is red.
    pub red: bool,
}

/// How a piece of text is printed: its size and its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The size in points.
    pub size: f64,
    /// The lines.
    pub lines: Vec<String>,
    /// Whether even the smallest size is too large for the box.
    pub overflows: bool,
}

impl Words {
    /// The largest size, not above its own, in which it fits into its box.
    #[must_use]
    pub fn fitted(&self) -> Fitted {
        let mut text = clean(&self.text);
        if self.style.upper {
            text = text.to_uppercase();
        }
        let text: String = text
            .chars()
            .filter(|letter| *letter == '\n' || has(*letter))
            .collect();
        let mut size = self.style.size.max(SMALLEST);
        loop {
            let style = Style { size, ..self.style };
            let lines = broken(&text, style, self.width);
            let fits_across = lines.iter().all(|line| width(line, style) <= self.width + 1e-6);
            let high = line_height(size) * count(lines.len());
            let fits = fits_across && high <= self.height.max(line_height(SMALLEST)) + 1e-6;
            if fits || size <= SMALLEST {
                return Fitted {
                    size,
                    overflows: !fits,
                    lines,
                };
            }
            size = (size - STEP).max(SMALLEST);
        }
    }

    fn moved(&mut self, across: f64, down: f64) {
        self.left += across;
        self.top += down;
    }
}

impl Sheet {
    /// The same with everything on it moved, as a printer that is off needs it.
    #[must_use]
    pub fn moved(mut self, across: f64, down: f64) -> Self {
        for words in &mut self.words {
            words.moved(across, down);
        }
        for stroke in &mut self.strokes {
            for end in [&mut stroke.from, &mut stroke.to] {
                *end = (end.0 + across, end.1 + down);
            }
        }
        for picture in &mut self.pictures {
            picture.left += across;
            picture.top += down;
        }
        self
    }
}

/// The height of a line of letters of this size, in millimetres.
fn line_height(size: f64) -> f64 {
    size * LINE_HEIGHT * MM_PER_POINT
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

/// The text on lines no wider than this, as even as their number allows. A word that is wider stays whole.
fn broken(text: &str, style: Style, within: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        let greedy = greedy(paragraph, style, within);
        // As many lines as needed, but none much shorter than the others.
        let mut narrow = within;
        let mut best = greedy.clone();
        while greedy.len() > 1 && narrow > within * 0.5 {
            narrow -= within * 0.02;
            let tried = self::greedy(paragraph, style, narrow);
            if tried.len() > greedy.len() {
                break;
            }
            best = tried;
        }
        lines.extend(best);
    }
    lines
}

fn greedy(paragraph: &str, style: Style, within: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), style) <= within => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// What the template reads.
#[derive(Serialize)]
struct Data<'a> {
    title: &'a str,
    sheets: Vec<PrintedSheet<'a>>,
}

#[derive(Serialize)]
struct PrintedSheet<'a> {
    width: f64,
    height: f64,
    lines: Vec<PrintedLine>,
    strokes: &'a [Stroke],
    pictures: Vec<PrintedPicture<'a>>,
}

/// A picture by its place among the drawings.
#[derive(Serialize)]
struct PrintedPicture<'a> {
    file: String,
    description: &'a str,
    x: f64,
    y: f64,
    width: f64,
}

/// A line of letters: where its first one stands.
#[derive(Serialize)]
struct PrintedLine {
    text: String,
    x: f64,
    y: f64,
    size: f64,
    bold: bool,
    italic: bool,
    red: bool,
}

fn printed(words: &Words) -> Vec<PrintedLine> {
    let fitted = words.fitted();
    let style = Style {
        size: fitted.size,
        ..words.style
    };
    let line = line_height(fitted.size);
    let high = line * count(fitted.lines.len());
    let first = words.top + (words.height - high) / 2.0 + fitted.size * ASCENT * MM_PER_POINT;
    let lines = fitted.lines.into_iter().enumerate();
    lines
        .map(|(at, text)| {
            let free = words.width - width(&text, style);
            let x = match words.side {
                Align::Left => words.left,
                Align::Centre => words.left + free / 2.0,
                Align::Right => words.left + free,
            };
            PrintedLine {
                text,
                x,
                y: first + line * count(at),
                size: style.size,
                bold: style.bold,
                italic: style.italic,
                red: words.red,
            }
        })
        .collect()
}

/// The sheets as one PDF.
pub fn write(title: &str, sheets: &[Sheet]) -> Result<Vec<u8>> {
    if sheets.len() > MOST_SHEETS {
        return Err(AppError::TooLarge(format!(
            "Một lần in tối đa {MOST_SHEETS} tờ, đang có {}. Hãy in từng phần.",
            sheets.len()
        )));
    }
    // A batch has the same picture on every sheet: the file carries it once.
    let mut drawings: Vec<&Drawing> = Vec::new();
    let data = Data {
        title,
        sheets: sheets
            .iter()
            .map(|sheet| PrintedSheet {
                width: sheet.width,
                height: sheet.height,
                lines: sheet.words.iter().flat_map(printed).collect(),
                strokes: &sheet.strokes,
                pictures: sheet
                    .pictures
                    .iter()
                    .map(|picture| hung(picture, &mut drawings))
                    .collect(),
            })
            .collect(),
    };
    Ok(pdf::write_placed(&serde_json::to_vec(&data)?, &drawings)?)
}

/// A picture at its place; its drawing joins the others unless it is among them.
fn hung<'a>(picture: &'a Picture, drawings: &mut Vec<&'a Drawing>) -> PrintedPicture<'a> {
    let known = drawings
        .iter()
        .position(|drawing| drawing.svg == picture.drawing.svg);
    let at = known.unwrap_or_else(|| {
        drawings.push(&picture.drawing);
        drawings.len() - 1
    });
    PrintedPicture {
        file: pdf::picture_file(at),
        description: &picture.drawing.description,
        x: picture.left,
        y: picture.top,
        width: picture.width,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str, within: f64, height: f64, size: f64) -> Words {
        Words {
            text: text.to_owned(),
            left: 20.0,
            top: 10.0,
            width: within,
            height,
            style: Style::upright(size).bold(),
            red: false,
            side: Align::Centre,
        }
    }

    #[test]
    fn what_fits_keeps_its_size_and_a_long_name_gets_lines_then_a_smaller_one() {
        let short = words("Liên hiệp Hội tỉnh Sơn La", 200.0, 24.0, 26.0).fitted();
        assert_eq!((short.size, short.lines.len(), short.overflows), (26.0, 1, false));
        let name = "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Sơn La";
        let two = words(name, 160.0, 24.0, 26.0).fitted();
        assert_eq!((two.size, two.lines.len()), (26.0, 2));
        assert!(two.lines.iter().all(|line| line.chars().count() > 15), "{two:?}");
        let small = words(&format!("{name}, {name}"), 160.0, 24.0, 26.0).fitted();
        assert!(small.size < 26.0 && !small.overflows, "{small:?}");
    }

    #[test]
    fn a_box_that_is_too_small_for_anything_is_told() {
        assert!(words(&"chữ ".repeat(400), 20.0, 5.0, 12.0).fitted().overflows);
    }

    #[test]
    fn lines_stand_in_the_middle_of_their_box() {
        let line = &printed(&words("Sơn La", 100.0, 20.0, 20.0))[0];
        let wide = width("Sơn La", Style::upright(20.0).bold());
        assert!((line.x + wide / 2.0 - 70.0).abs() < 1e-6);
        assert!((10.0..30.0).contains(&line.y));
    }

    fn picture(address: &str) -> Picture {
        Picture {
            drawing: Drawing::square_code(address).unwrap(),
            left: 5.0,
            top: 6.0,
            width: 20.0,
        }
    }

    #[test]
    fn a_picture_on_many_sheets_is_in_the_file_once() {
        let (one, other) = (
            picture("https://thidua.example/1"),
            picture("https://thidua.example/2"),
        );
        let mut drawings = Vec::new();
        let files: Vec<String> = [&one, &other, &one]
            .map(|picture| hung(picture, &mut drawings).file)
            .to_vec();
        assert_eq!(drawings.len(), 2);
        assert!(files[0] == files[2] && files[0] != files[1]);
    }

    #[test]
    fn a_sheet_moves_with_all_that_is_on_it() {
        let sheet = Sheet {
            words: vec![words("a", 10.0, 10.0, 10.0)],
            strokes: vec![Stroke {
                from: (0.0, 0.0),
                to: (1.0, 1.0),
                weight: 1.0,
                red: false,
            }],
            pictures: vec![picture("https://thidua.example")],
            ..Sheet::default()
        };
        let moved = sheet.moved(-1.5, 2.0);
        assert_eq!((moved.pictures[0].left, moved.pictures[0].top), (3.5, 8.0));
        assert_eq!((moved.words[0].left, moved.words[0].top), (18.5, 12.0));
        assert_eq!(
            (moved.strokes[0].from, moved.strokes[0].to),
            ((-1.5, 2.0), (-0.5, 3.0))
        );
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_nothing_that_fits_leaves_its_box(text in "[a-zđêấ ]{0,200}", within in 60.0..300.0_f64) {
            let fitted = words(&text, within, 30.0, 26.0).fitted();
            let style = Style { size: fitted.size, ..Style::upright(26.0).bold() };
            let kept: Vec<&str> = fitted.lines.iter().flat_map(|line| line.split(' ')).collect();
            let all: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(kept, all);
            prop_assert!(fitted.overflows || fitted.lines.iter().all(|line| width(line, style) <= within + 0.01));
        }
    }
}
