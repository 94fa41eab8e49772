//! The bytes of a copy: whether they are a whole PDF, whether they begin with what was issued, what each signature covers.

use sha2::{Digest, Sha256};

/// How far from its ends the marks of a PDF may stand.
const NEAR: usize = 2048;

/// What is wrong with a file that should be a PDF, in words for the field; none where it looks whole.
pub(in crate::signatures) fn flaw(pdf: &[u8]) -> Option<&'static str> {
    let head = &pdf[..pdf.len().min(1024)];
    let tail = &pdf[pdf.len().saturating_sub(NEAR)..];
    if !has(head, b"%PDF-") {
        return Some("Tệp không phải PDF. Hãy đưa lên bản PDF đã ký hoặc bản quét lưu thành PDF.");
    }
    if !has(tail, b"startxref") || !has(tail, b"%%EOF") {
        return Some("Tệp PDF chưa trọn vẹn (thiếu phần cuối). Hãy tải lại bản đã ký rồi gửi lại.");
    }
    None
}

fn has(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}

/// Whether a file begins with exactly the issued bytes: a signature that was added leaves them as they are. Compared by
/// their SHA-256, which is what was kept and published of them.
pub(super) fn begins_with(signed: &[u8], issued: &[u8]) -> bool {
    let Some(beginning) = signed.get(..issued.len()) else {
        return false;
    };
    !issued.is_empty() && Sha256::digest(beginning) == Sha256::digest(issued)
}

/// What lies between the two signed parts, if that is nothing but the signature itself, in hexadecimal.
pub(super) fn container(pdf: &[u8], [start, gap, behind, end]: [u64; 4]) -> Option<Vec<u8>> {
    let at = |place: u64| usize::try_from(place).ok();
    if start != 0 || end > pdf.len() as u64 {
        return None;
    }
    let between = pdf.get(at(gap)?..at(behind)?)?;
    let digits = between.strip_prefix(b"<")?.strip_suffix(b">")?;
    let digits: Vec<u8> = digits
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    hex::decode(digits).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_pdf_or_breaks_off_is_told() {
        assert!(flaw(b"<html>").unwrap().contains("không phải PDF"));
        assert!(flaw(b"%PDF-1.7\nhello").unwrap().contains("chưa trọn vẹn"));
        assert_eq!(flaw(b"%PDF-1.7\nhello\nstartxref\n0\n%%EOF\n"), None);
    }

    #[test]
    fn between_the_signed_parts_stands_the_signature_and_nothing_else() {
        let pdf = b"%PDF<30 00>rest";
        assert_eq!(container(pdf, [0, 4, 11, 15]), Some(vec![0x30, 0]));
        assert_eq!(container(pdf, [0, 4, 12, 15]), None);
        assert_eq!(container(pdf, [1, 4, 11, 15]), None);
        assert_eq!(container(pdf, [0, 4, 11, 16]), None, "beyond the end");
    }

    #[test]
    fn only_the_very_bytes_are_a_beginning() {
        assert!(begins_with(b"abcdef", b"abc"));
        assert!(!begins_with(b"abXdef", b"abc") && !begins_with(b"ab", b"abc") && !begins_with(b"ab", b""));
    }
}
