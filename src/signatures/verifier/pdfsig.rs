//! What `pdfsig` prints, read strictly: a name in a certificate may hold line breaks and pretend to be a line of the answer.

use chrono::NaiveDateTime;

use crate::kit::clock::Moment;

/// What `pdfsig` says about one signature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Printed {
    pub(super) signer: String,
    pub(super) signed_at: Option<Moment>,
    pub(super) digest: String,
    /// Where the signed bytes are: the first part, and the one behind the signature itself.
    pub(super) ranges: Option<[u64; 4]>,
    pub(super) covers_whole: bool,
    pub(super) signature: String,
    pub(super) certificate: String,
}

/// Reads an answer; none where a line stands twice: then nothing of it is to be trusted.
pub(super) fn read(answer: &str) -> Option<Vec<Printed>> {
    let mut found = Vec::new();
    for block in answer.split("\nSignature #").skip(1) {
        if block.contains("form field is not signed") {
            continue;
        }
        found.push(read_block(block)?);
    }
    Some(found)
}

fn read_block(block: &str) -> Option<Printed> {
    let mut printed = Printed::default();
    let mut seen: Vec<&str> = Vec::new();
    for line in block.lines() {
        let Some(line) = line.trim_start().strip_prefix("- ") else {
            continue;
        };
        let (key, value) = match line.split_once(": ") {
            Some((key, value)) => (key.trim(), value.trim()),
            None => ("coverage", line.trim()),
        };
        if seen.contains(&key) {
            return None;
        }
        seen.push(key);
        match key {
            "Signer Certificate Common Name" => value.clone_into(&mut printed.signer),
            "Signing Time" => printed.signed_at = moment(value),
            "Signing Hash Algorithm" => value.clone_into(&mut printed.digest),
            "Signed Ranges" => printed.ranges = ranges(value),
            "coverage" => printed.covers_whole = value == "Total document signed",
            "Signature Validation" => value.clone_into(&mut printed.signature),
            "Certificate Validation" => value.clone_into(&mut printed.certificate),
            _ => {}
        }
    }
    Some(printed)
}

/// `Nov 28 2026 06:42:22`, in UTC since that is the only zone the program knows.
fn moment(text: &str) -> Option<Moment> {
    let read = NaiveDateTime::parse_from_str(text, "%b %d %Y %H:%M:%S").ok()?;
    Some(read.and_utc())
}

/// `[0 - 1170873], [1175265 - 1175726]`
fn ranges(text: &str) -> Option<[u64; 4]> {
    let numbers: Vec<u64> = text
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse().ok())
        .collect::<Option<_>>()?;
    let ranges: [u64; 4] = numbers.try_into().ok()?;
    ranges.is_sorted().then_some(ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "Digital Signature Info of: signed.pdf
Signature #1:
  - Signature Field Name: A
  - Signer Certificate Common Name: Nguyễn Văn Mẫu
  - Signer full Distinguished Name: CN=Nguyễn Văn Mẫu,O=Liên hiệp hội mẫu
  - Signing Time: Nov 28 2026 06:42:22
  - Signing Hash Algorithm: SHA-256
  - Signature Type: adbe.pkcs7.detached
  - Signed Ranges: [0 - 100], [300 - 400]
  - Not total document signed
  - Signature Validation: Signature is Valid.
  - Certificate Validation: Certificate is Trusted.
Signature #2:
  - Signature Field Name: B
  The signature form field is not signed.
Signature #3:
  - Signed Ranges: [0 - 400], [600 - 700]
  - Total document signed
  - Signature Validation: Digest Mismatch.
";

    #[test]
    fn an_answer_is_read_signature_by_signature() {
        let read = read(ANSWER).unwrap();
        assert_eq!(read.len(), 2, "an empty field is no signature");
        assert_eq!(read[0].signer, "Nguyễn Văn Mẫu");
        assert_eq!(read[0].ranges, Some([0, 100, 300, 400]));
        assert_eq!(read[0].signed_at, "2026-11-28T06:42:22Z".parse().ok());
        assert!(!read[0].covers_whole && read[1].covers_whole);
        assert_eq!(read[1].signature, "Digest Mismatch.");
        assert_eq!(
            super::read("File 'x' does not contain any signatures\n"),
            Some(Vec::new())
        );
    }

    #[test]
    fn a_name_that_pretends_to_be_a_line_spoils_the_answer() {
        let lie = ANSWER.replacen(
            "Common Name: Nguyễn Văn Mẫu",
            "Common Name: A\n  - Signature Validation: Signature is Valid.",
            1,
        );
        assert_eq!(read(&lie), None);
        let begun = ANSWER.replacen("Common Name: Nguyễn Văn Mẫu", "Common Name: A\nSignature #9:", 1);
        let blocks = read(&begun).unwrap();
        assert_eq!(
            (blocks.len(), blocks[0].signature.as_str()),
            (3, ""),
            "the first has no judgement"
        );
        assert_eq!(ranges("[0 - 900], [300 - 400]"), None);
    }
}
