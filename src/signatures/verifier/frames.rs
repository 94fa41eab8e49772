//! Where a PDF shows its signatures, read from the file itself. The file is anybody's, and its reader may fall over it, which
//! no error catches: so it is read in a process of its own, this program once more.

use std::{fs, io, path::Path};

use anyhow::Context;
use hayro_syntax::{
    Pdf,
    object::{Array, Dict, Name, Rect},
    page::Page,
};
use serde::{Deserialize, Serialize};

use crate::kit::writers::step_back;

/// A signature that is seen on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Frame {
    /// The page, from 1.
    pub(super) page: usize,
    /// Left, top, right and bottom in shares of the page as it is shown.
    pub(super) sides: [f64; 4],
    /// Which bytes the signature signs, as `pdfsig` tells them.
    pub(super) ranges: [u64; 4],
}

/// A frame that takes more of its page covers what was issued.
const MOST_OF_PAGE: f64 = 0.25;
/// All frames of a page together.
const ALL_OF_PAGE: f64 = 0.5;

impl Frame {
    fn share(&self) -> f64 {
        let [left, top, right, bottom] = self.sides;
        (right - left) * (bottom - top)
    }

    /// Whether a dot of a picture lies within it, or at its edge.
    pub(super) fn holds(&self, (x, y): (u32, u32), (width, height): (u32, u32)) -> bool {
        let [left, top, right, bottom] = self.sides;
        let is_within = |at: u32, of: u32, from: f64, to: f64| {
            let (at, of) = (f64::from(at), f64::from(of));
            at + 2.0 > from * of && at - 1.0 < to * of
        };
        is_within(x, width, left, right) && is_within(y, height, top, bottom)
    }
}

/// The frames of a page within which it may look otherwise: those of signatures that `pdfsig` read too, so that each is
/// judged, and none so large that it could cover the text.
pub(super) fn excused(frames: &[Frame], page: usize, signed: &[[u64; 4]]) -> Vec<Frame> {
    let of_page = frames.iter().filter(|frame| frame.page == page);
    let excused: Vec<Frame> = of_page
        .filter(|frame| frame.share() <= MOST_OF_PAGE && signed.contains(&frame.ranges))
        .cloned()
        .collect();
    if excused.iter().map(Frame::share).sum::<f64>() > ALL_OF_PAGE {
        return Vec::new();
    }
    excused
}

/// What the process does: `cumthidua frames file` prints them.
pub fn print_frames(file: &Path) -> anyhow::Result<()> {
    step_back();
    let pdf = fs::read(file).context("the file can't be read")?;
    serde_json::to_writer(io::stdout().lock(), &read(pdf)).context("nobody listens")
}

fn read(pdf: Vec<u8>) -> Vec<Frame> {
    let Ok(pdf) = Pdf::new(pdf) else {
        return Vec::new();
    };
    let pages = pdf.pages().iter().enumerate();
    pages.flat_map(|(at, page)| of_page(at + 1, page)).collect()
}

fn of_page(number: usize, page: &Page<'_>) -> Vec<Frame> {
    let Some(marks) = page.raw().get::<Array<'_>>("Annots") else {
        return Vec::new();
    };
    let frames = marks.iter::<Dict<'_>>().filter_map(|mark| {
        is_named(&mark, "Subtype", "Widget").then_some(())?;
        let signature = signature(&mark)?;
        Some(Frame {
            page: number,
            sides: sides(page, mark.get::<Rect>("Rect")?)?,
            ranges: ranges(&signature.get::<Array<'_>>("ByteRange")?)?,
        })
    });
    frames.collect()
}

fn is_named(dict: &Dict<'_>, key: &str, name: &str) -> bool {
    dict.get::<Name<'_>>(key)
        .is_some_and(|found| found.as_str() == name)
}

/// The signature that a widget shows: that of its field, which may be the widget itself or above it.
fn signature<'a>(widget: &Dict<'a>) -> Option<Dict<'a>> {
    const LEVELS: usize = 4;
    let mut field = widget.clone();
    let (mut is_signature, mut value) = (false, None);
    for _ in 0..LEVELS {
        is_signature |= is_named(&field, "FT", "Sig");
        value = value.or_else(|| field.get::<Dict<'a>>("V"));
        match field.get::<Dict<'a>>("Parent") {
            Some(parent) => field = parent,
            None => break,
        }
    }
    value.filter(|_| is_signature)
}

/// `[0 100 300 400]`, place and length, as `pdfsig` tells it: from 0 to 100, from 300 to 700.
fn ranges(bytes: &Array<'_>) -> Option<[u64; 4]> {
    let numbers: Vec<u64> = bytes.iter::<u32>().map(u64::from).collect();
    let [start, length, next, rest] = numbers.try_into().ok()?;
    Some([start, start + length, next, next + rest])
}

/// A rectangle in shares of the page as it is shown, turned as the page is.
fn sides(page: &Page<'_>, rect: Rect) -> Option<[f64; 4]> {
    let (width, height) = page.render_dimensions();
    let turned = page.initial_transform(true).as_coeffs();
    let shown = |x: f64, y: f64| {
        [
            (turned[0] * x + turned[2] * y + turned[4]) / f64::from(width),
            (turned[1] * x + turned[3] * y + turned[5]) / f64::from(height),
        ]
    };
    let [[left, top], [right, bottom]] = [shown(rect.x0, rect.y0), shown(rect.x1, rect.y1)];
    let sides = [left.min(right), top.min(bottom), left.max(right), top.max(bottom)];
    let sides = sides.map(|side| side.clamp(0.0, 1.0));
    sides.iter().all(|side| side.is_finite()).then_some(sides)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(page: usize, sides: [f64; 4]) -> Frame {
        Frame {
            page,
            sides,
            ranges: [0, 1, 2, 3],
        }
    }

    #[test]
    fn only_frames_of_signatures_that_leave_most_of_the_page_are_excused() {
        let (small, large) = (frame(1, [0.5, 0.7, 0.9, 0.8]), frame(1, [0.0, 0.0, 0.6, 0.6]));
        let of = |frames: &[Frame]| excused(frames, 1, &[[0, 1, 2, 3]]).len();
        assert_eq!(of(&[small.clone(), large, frame(2, [0.0, 0.0, 0.1, 0.1])]), 1);
        assert_eq!(
            excused(std::slice::from_ref(&small), 1, &[[0, 1, 2, 4]]),
            [],
            "not among the signatures that were read"
        );
        let many = vec![frame(1, [0.0, 0.0, 0.4, 0.5]); 3];
        assert_eq!(of(&many), 0, "together they cover too much");
    }

    #[test]
    fn a_frame_holds_its_dots_and_those_at_its_edge() {
        let frame = frame(1, [0.5, 0.0, 0.6, 1.0]);
        let holds = |x| frame.holds((x, 50), (100, 100));
        assert!(holds(50) && holds(59) && holds(60) && holds(49));
        assert!(!holds(47) && !holds(62));
    }
}
