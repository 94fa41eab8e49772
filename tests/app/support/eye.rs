//! Reads printed paper as somebody with a telephone does: the words and the square code on a page.

use std::{fs, process::Command};

use cumthidua::kit::confined::Scratch;

/// The words of a PDF, page after page.
pub fn words_on(pdf: &[u8]) -> String {
    let folder = Scratch::new().unwrap();
    let file = folder.path().join("paper.pdf");
    fs::write(&file, pdf).unwrap();
    let done = Command::new("pdftotext").arg(&file).arg("-").output().unwrap();
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).unwrap()
}

/// What the square codes on the first page of a PDF say. Like a telephone that is held nearer, it looks closer until it
/// sees one.
pub fn codes_on(pdf: &[u8]) -> Vec<String> {
    let folder = Scratch::new().unwrap();
    let file = folder.path().join("paper.pdf");
    fs::write(&file, pdf).unwrap();
    let mut looks = [200, 300, 450].into_iter().map(|dots_per_inch| {
        let picture = folder.path().join("paper");
        let done = Command::new("pdftoppm")
            .args(["-gray", "-singlefile", "-r", &dots_per_inch.to_string()])
            .args([&file, &picture])
            .status()
            .unwrap();
        assert!(done.success());
        let bytes = fs::read(picture.with_extension("pgm")).unwrap();
        let (width, height, dots) = greys(&bytes);
        let mut picture =
            rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| dots[y * width + x]);
        let grids = picture.detect_grids();
        grids
            .iter()
            .filter_map(|grid| Some(grid.decode().ok()?.1))
            .collect::<Vec<_>>()
    });
    looks.find(|said| !said.is_empty()).unwrap_or_default()
}

/// Width, height and greys of a binary PGM: `P5`, three numbers, the dots.
fn greys(bytes: &[u8]) -> (usize, usize, &[u8]) {
    let mut fields = bytes.splitn(4, u8::is_ascii_whitespace);
    let number = |field: &[u8]| std::str::from_utf8(field).unwrap().parse::<usize>().unwrap();
    assert_eq!(fields.next(), Some(&b"P5"[..]));
    let (width, height) = (number(fields.next().unwrap()), number(fields.next().unwrap()));
    let rest = fields.next().unwrap();
    let end = rest.iter().position(u8::is_ascii_whitespace).unwrap();
    (width, height, &rest[end + 1..])
}
