//! How the pages of two PDFs look, compared dot by dot: what is drawn over a page leaves its words as they were.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    str,
};

use tokio::time;

use super::{
    complaint,
    desk::{Desk, ISSUED, SIGNED},
    fate,
    frames::{self, Frame},
};
use crate::kit::confined::Ended;

/// How the pages of a copy look beside those of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The same, but for the frames of signatures.
    Same,
    /// This page looks otherwise.
    Other(usize),
    /// There are more or fewer pages: of the paper, of the copy.
    Pages(usize, usize),
}

/// The longer side of a page in dots: 60 to the inch of an A4 page, enough to see a letter that is painted over.
const SIDE: usize = 700;
/// Bytes of a picture beside its dots.
const HEAD: usize = 64;
/// By how much of 255 a dot may differ: nothing that anybody sees.
const TOLERANCE: u8 = 12;

/// A dot is ink when it is darker than this, and paper when it is lighter than that.
const INK: u8 = 160;
const PAPER: u8 = 220;
/// So many dots of ink may be gone or stained under the frames of a page: the name of who signs, not a line of the text.
const MOST_HIDDEN: usize = 300;

/// Why pages could not be compared.
enum Stop {
    System(io::Error),
    Why(String),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// What compares the pages of two files that lie on a desk.
pub(super) struct Comparison<'a> {
    pub(super) desk: &'a Desk,
    pub(super) pdftoppm: PathBuf,
    /// This program, which reads the frames.
    pub(super) program: &'a Path,
    /// The bytes of each signature that was read.
    pub(super) signed: Vec<[u64; 4]>,
}

impl Comparison<'_> {
    /// Compares page by page, all of it within the time that one program may take. The numbers of pages are those of the
    /// paper and of the copy.
    pub(super) async fn look(&self, [issued, copy]: [usize; 2]) -> io::Result<Result<Look, String>> {
        if issued != copy {
            return Ok(Ok(Look::Pages(issued, copy)));
        }
        match time::timeout(self.desk.limits.time, self.first_other(issued)).await {
            Ok(Ok(look)) => Ok(Ok(look)),
            Ok(Err(Stop::Why(why))) => Ok(Err(why)),
            Ok(Err(Stop::System(error))) => Err(error),
            Err(_) => Ok(Err(fate(&Ended::TimeOver))),
        }
    }

    /// So many pages at once as may be printed.
    async fn first_other(&self, pages: usize) -> Result<Look, Stop> {
        let at_once = (self.desk.limits.printed / (SIDE * SIDE + HEAD)).max(1);
        let mut frames: Option<Vec<Frame>> = None;
        for first in (1..=pages).step_by(at_once) {
            let last = (first + at_once - 1).min(pages);
            let issued = self.draw(ISSUED, (first, last), &[]).await?;
            let copy = self.draw(SIGNED, (first, last), &[]).await?;
            for (at, page) in (first..=last).enumerate() {
                let (Some(was), Some(is)) = (issued.get(at), copy.get(at)) else {
                    return Ok(Look::Other(page));
                };
                if was.is_like(is, &[]) {
                    continue;
                }
                let known = match frames.take() {
                    Some(known) => known,
                    None => self.frames().await?,
                };
                let excused = frames::excused(&known, page, &self.signed);
                frames = Some(known);
                let is_excused = was.is_like(is, &excused) && was.hidden_in(is) <= MOST_HIDDEN;
                if !is_excused || !self.is_like_below(page).await? {
                    return Ok(Look::Other(page));
                }
            }
        }
        Ok(Look::Same)
    }

    /// Whether a page looks the same without what lies on it: under the frame of a signature too nothing has changed.
    async fn is_like_below(&self, page: usize) -> Result<bool, Stop> {
        let bare = ["-hide-annotations"];
        let issued = self.draw(ISSUED, (page, page), &bare).await?;
        let copy = self.draw(SIGNED, (page, page), &bare).await?;
        Ok(matches!((&issued[..], &copy[..]), ([was], [is]) if was.is_like(is, &[])))
    }

    /// Pictures of pages, in grey, of what a reader shows of them.
    async fn draw(
        &self,
        file: &str,
        (first, last): (usize, usize),
        more: &[&str],
    ) -> Result<Vec<Picture>, Stop> {
        let (side, first, last) = (SIDE.to_string(), first.to_string(), last.to_string());
        let mut arguments = vec!["-q", "-gray", "-cropbox", "-scale-to", &side];
        arguments.extend(["-f", &first, "-l", &last]);
        arguments.extend(more);
        arguments.push(file);
        match self.desk.run(&self.pdftoppm, &arguments).await? {
            Ended::Done(printed) if printed.is_success => pictures(&printed.answer)
                .ok_or_else(|| Stop::Why("Không vẽ được trang để so với bản ban hành.".to_owned())),
            Ended::Done(printed) => Err(Stop::Why(complaint(&printed))),
            other => Err(Stop::Why(fate(&other))),
        }
    }

    /// The frames of the copy; none where the file can't be read, and then nothing is excused.
    async fn frames(&self) -> Result<Vec<Frame>, Stop> {
        let arguments = ["frames", SIGNED].map(OsString::from);
        let folder = self.desk.scratch.path();
        let ended = self
            .desk
            .confinement
            .run(self.program, &arguments, folder)
            .await?;
        let answer = match &ended {
            Ended::Done(printed) if printed.is_success => &printed.answer[..],
            _ => &[],
        };
        if answer.is_empty() {
            tracing::warn!(?ended, "the frames of signatures can't be read");
        }
        Ok(serde_json::from_slice(answer).unwrap_or_default())
    }
}

/// A page in shades of grey.
struct Picture {
    width: u32,
    height: u32,
    dots: Vec<u8>,
}

impl Picture {
    /// Whether another one looks the same outside of these frames.
    fn is_like(&self, other: &Self, excused: &[Frame]) -> bool {
        let size = (self.width, self.height);
        if size != (other.width, other.height) {
            return false;
        }
        let places = (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x, y)));
        let dots = places.zip(self.dots.iter().zip(&other.dots));
        dots.into_iter().all(|(place, (was, is))| {
            was.abs_diff(*is) <= TOLERANCE || excused.iter().any(|frame| frame.holds(place, size))
        })
    }

    /// How much of its ink another one of its size doesn't show as it was: it has another shade there, or the paper beside it
    /// went dark, so that it isn't told from what lies over it.
    fn hidden_in(&self, other: &Self) -> usize {
        let places = (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x, y)));
        places
            .zip(self.dots.iter().zip(&other.dots))
            .filter(|(place, (was, is))| {
                **was < INK && (was.abs_diff(**is) > TOLERANCE || self.is_stained_at(other, *place))
            })
            .count()
    }

    /// Whether a dot beside this one was lighter than ink and is dark in the other picture.
    fn is_stained_at(&self, other: &Self, (x, y): (u32, u32)) -> bool {
        let beside = |at: u32, end: u32| at.saturating_sub(1)..=(at + 1).min(end - 1);
        let mut places = beside(y, self.height).flat_map(|y| beside(x, self.width).map(move |x| (x, y)));
        places.any(|place| {
            let (was, is) = (self.at(place), other.at(place));
            was >= INK && is <= PAPER && was.saturating_sub(is) > TOLERANCE
        })
    }

    /// The shade of a dot.
    fn at(&self, (x, y): (u32, u32)) -> u8 {
        let place = u64::from(y) * u64::from(self.width) + u64::from(x);
        let dot = usize::try_from(place).ok().and_then(|place| self.dots.get(place));
        dot.copied().unwrap_or_default()
    }
}

/// Reads pictures that were printed one behind the other: `P5`, width and height, `255`, a line each, then the dots.
fn pictures(mut printed: &[u8]) -> Option<Vec<Picture>> {
    let mut pictures = Vec::new();
    while !printed.is_empty() {
        let mut line = || {
            let end = printed.iter().take(HEAD).position(|byte| *byte == b'\n')?;
            let line = str::from_utf8(&printed[..end]).ok()?;
            printed = &printed[end + 1..];
            Some(line)
        };
        let (kind, size, most) = (line()?, line()?, line()?);
        let (width, height) = size.split_once(' ')?;
        let (width, height): (u32, u32) = (width.parse().ok()?, height.parse().ok()?);
        let length = usize::try_from(width.checked_mul(height)?).ok()?;
        if kind != "P5" || most != "255" || length == 0 {
            return None;
        }
        let (dots, rest) = printed.split_at_checked(length)?;
        printed = rest;
        pictures.push(Picture {
            width,
            height,
            dots: dots.to_vec(),
        });
    }
    Some(pictures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_read_one_behind_the_other_and_nothing_else_is() {
        let read = pictures(b"P5\n2 1\n255\n\n\xffP5\n1 1\n255\n\x07").unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(
            (read[0].width, read[0].height, &read[0].dots[..]),
            (2, 1, &b"\n\xff"[..])
        );
        for wrong in [
            &b"P6\n1 1\n255\nabc"[..],
            b"P5\n2 2\n255\nab",
            b"P5\n0 1\n255\n",
            b"P5\n99999 99999\n255\n",
            b"hello",
        ] {
            assert!(pictures(wrong).is_none());
        }
    }

    #[test]
    fn a_dot_outside_of_the_frames_makes_the_page_another() {
        let grey = |dots: [u8; 100]| Picture {
            width: 10,
            height: 10,
            dots: dots.to_vec(),
        };
        let (white, mut marked) = (grey([255; 100]), [255; 100]);
        marked[99] = 0;
        let frame = Frame {
            page: 1,
            sides: [0.8, 0.8, 1.0, 1.0],
            ranges: [0; 4],
        };
        let excused = std::slice::from_ref(&frame);
        assert!(!white.is_like(&grey(marked), &[]) && white.is_like(&grey(marked), excused));
        marked[0] = 0;
        assert!(!white.is_like(&grey(marked), excused));
        assert!(white.is_like(&grey([250; 100]), &[]), "a shade that nobody sees");
        assert_eq!(
            (grey(marked).hidden_in(&white), white.hidden_in(&grey(marked))),
            (2, 0)
        );
    }

    #[test]
    fn ink_is_hidden_by_whatever_shade_lies_over_it() {
        let side = 30;
        let picture = |shade: &dyn Fn(usize, usize) -> u8| Picture {
            width: 30,
            height: 30,
            dots: (0..side * side).map(|at| shade(at % side, at / side)).collect(),
        };
        let is_ink = |x: usize, y: usize| (5..25).contains(&x) && [10, 12].contains(&y);
        let was = picture(&|x, y| if is_ink(x, y) { 20 } else { 255 });
        for shade in [255, 230, 204, 150, 60, 20, 0] {
            let covered = picture(&|_, _| shade);
            assert_eq!(was.hidden_in(&covered), 40, "filled with {shade}");
        }
        let inked = picture(&|x, y| match (x + y) % 2 {
            0 if !is_ink(x, y) => 0,
            _ => was.at((u32::try_from(x).unwrap(), u32::try_from(y).unwrap())),
        });
        assert_eq!(was.hidden_in(&inked), 40, "dots all around");
        let signed = picture(&|x, y| match y {
            16..20 => 0,
            _ if is_ink(x, y) => 20,
            _ => 255,
        });
        assert_eq!(was.hidden_in(&signed), 0, "drawn over blank paper");
        assert_eq!(was.hidden_in(&was), 0);
    }
}
