//! Outcomes and reports of checks, signed copies, the certificates that are trusted.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{CaCertificateId, DocumentId, SignedCopyId},
    kit::clock::Moment,
};

/// What checking came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Outcome {
    /// Every point was checked and is right.
    Valid,
    /// Something is wrong.
    Invalid,
    /// Something could not be checked, and nothing is known to be wrong.
    #[default]
    Unknown,
}

impl Outcome {
    /// The code in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Unknown => "unknown",
        }
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Valid => "hợp lệ",
            Self::Invalid => "không hợp lệ",
            Self::Unknown => "chưa kiểm tra được",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Valid => "done",
            Self::Invalid => "late",
            Self::Unknown => "waiting",
        }
    }

    /// Of several points: what is wrong weighs most, then what could not be checked. Of none: not checked.
    #[must_use]
    pub fn of_all(points: impl IntoIterator<Item = Self>) -> Self {
        let worse = |one: Self, other: Self| match (one, other) {
            (Self::Invalid, _) | (_, Self::Invalid) => Self::Invalid,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Valid, Self::Valid) => Self::Valid,
        };
        points.into_iter().reduce(worse).unwrap_or_default()
    }
}

/// One point of a check: what it came to, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// `Chứng thư số`
    pub point: String,
    /// What it came to.
    pub outcome: Outcome,
    /// Why.
    pub words: String,
}

impl Finding {
    /// A point that is right.
    #[must_use]
    pub fn valid(point: &str, words: impl Into<String>) -> Self {
        Self::new(point, Outcome::Valid, words)
    }

    /// A point that is wrong.
    #[must_use]
    pub fn invalid(point: &str, words: impl Into<String>) -> Self {
        Self::new(point, Outcome::Invalid, words)
    }

    /// A point that could not be checked.
    #[must_use]
    pub fn unknown(point: &str, words: impl Into<String>) -> Self {
        Self::new(point, Outcome::Unknown, words)
    }

    fn new(point: &str, outcome: Outcome, words: impl Into<String>) -> Self {
        Self {
            point: point.to_owned(),
            outcome,
            words: words.into(),
        }
    }
}

/// One digital signature in a copy.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Signature {
    /// Who signed, as the certificate says.
    pub signer: String,
    /// The organisation in the certificate; may be empty.
    pub organisation: String,
    /// Who issued the certificate.
    pub issuer: String,
    /// From when the certificate holds.
    pub starts_at: Option<Moment>,
    /// Until when.
    pub ends_at: Option<Moment>,
    /// When it was signed, as the signer's machine said.
    pub signed_at: Option<Moment>,
    /// Whether a time stamp of a third party is in it.
    pub has_time_stamp: bool,
    /// The digest: `SHA-256`.
    pub digest: String,
    /// Bytes of the file that came after it.
    pub added_after: u64,
    /// The points.
    pub findings: Vec<Finding>,
}

impl Signature {
    /// What it comes to.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome::of_all(self.findings.iter().map(|finding| finding.outcome))
    }
}

/// As many letters of a name, and of a finding, as are kept: those of a paper's own findings are long, those of a signature a sentence.
const MOST_NAME: usize = 200;
const MOST_WORDS: usize = 2000;

/// Everything that checking a copy found.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// What concerns the copy as a whole: what was signed, what was added, what hindered the check.
    pub findings: Vec<Finding>,
    /// The signatures, the first first.
    pub signatures: Vec<Signature>,
    /// The program that read the signatures, with its version.
    pub tool: String,
}

impl Report {
    /// What the copy comes to.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let signatures = self.signatures.iter().map(Signature::outcome);
        let points = self.findings.iter().map(|finding| finding.outcome);
        Outcome::of_all(points.chain(signatures))
    }

    /// The same with every text cut to what anybody reads: names come from certificates, quotes from files, and anybody may
    /// have written either.
    #[must_use]
    pub(super) fn bounded(mut self) -> Self {
        let cut = |text: &mut String, letters: usize| {
            if let Some((end, _)) = text.char_indices().nth(letters) {
                text.truncate(end);
            }
        };
        let cut_all = |findings: &mut [Finding]| {
            for finding in findings {
                cut(&mut finding.words, MOST_WORDS);
            }
        };
        cut_all(&mut self.findings);
        cut(&mut self.tool, MOST_NAME);
        for signature in &mut self.signatures {
            cut_all(&mut signature.findings);
            let names = [
                &mut signature.signer,
                &mut signature.organisation,
                &mut signature.issuer,
                &mut signature.digest,
            ];
            for name in names {
                cut(name, MOST_NAME);
            }
        }
        self
    }

    /// The first sentence of those that made the outcome, to stand beside it.
    #[must_use]
    pub fn reason(&self) -> &str {
        let outcome = self.outcome();
        let all = self.signatures.iter().flat_map(|s| &s.findings);
        self.findings
            .iter()
            .chain(all)
            .find(|finding| finding.outcome == outcome)
            .map_or("", |finding| finding.words.as_str())
    }
}

/// A check of a copy that has been done.
#[derive(Clone, Debug)]
pub struct Check {
    /// When.
    pub checked_at: Moment,
    /// What it came to.
    pub outcome: Outcome,
    /// Everything found.
    pub report: Report,
    /// With which program.
    pub tool: String,
}

/// A signed copy of an issued paper.
#[derive(Clone, Debug)]
pub struct SignedCopy {
    /// The id.
    pub id: SignedCopyId,
    /// The paper.
    pub document_id: DocumentId,
    /// Counts up from 1 for each paper.
    pub number: i32,
    /// The name of the file.
    pub file_name: String,
    /// Its size in bytes.
    pub size: i64,
    /// Its hash in hexadecimal.
    pub sha256: String,
    /// When it came.
    pub added_at: Moment,
    /// Who brought it.
    pub added_by: String,
    /// The checks done so far, the newest first.
    pub checks: Vec<Check>,
    /// Whether a check waits or runs.
    pub is_waiting: bool,
}

impl SignedCopy {
    /// The newest check.
    #[must_use]
    pub fn check(&self) -> Option<&Check> {
        self.checks.first()
    }

    /// Tone and words of its badge.
    #[must_use]
    pub fn state(&self) -> (&'static str, &'static str) {
        match self.check() {
            _ if self.is_waiting => ("info", "đang chờ kiểm tra"),
            Some(check) => (check.outcome.tone(), check.outcome.label()),
            None => (Outcome::Unknown.tone(), Outcome::Unknown.label()),
        }
    }
}

impl SignedCopy {
    /// What anybody may know: what the last check came to.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.check().map(|check| check.outcome).unwrap_or_default()
    }
}

/// The certificate of an authority, as it lies in the list.
#[derive(Clone, Debug)]
pub struct CaCertificate {
    /// The id.
    pub id: CaCertificateId,
    /// What the administrator calls it.
    pub name: String,
    /// Its bytes.
    pub der: Vec<u8>,
    /// Its SHA-256 in hexadecimal.
    pub fingerprint: String,
    /// Whose it is.
    pub subject: String,
    /// Who issued it.
    pub issuer: String,
    /// From when it holds.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// When it was added.
    pub added_at: Moment,
    /// By whom.
    pub added_by: String,
    /// The newest list of what it revoked: its day, and when the next one is due.
    pub list: Option<(Moment, Option<Moment>)>,
}

impl CaCertificate {
    /// The fingerprint in pairs, as other programs show it.
    #[must_use]
    pub fn fingerprint_text(&self) -> String {
        let letters: Vec<char> = self.fingerprint.to_uppercase().chars().collect();
        let pairs: Vec<String> = letters.chunks(2).map(|pair| pair.iter().collect()).collect();
        pairs.join(":")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_weighs_more_than_what_is_unknown_and_nothing_is_never_valid() {
        use Outcome::{Invalid, Unknown, Valid};
        assert_eq!(Outcome::of_all([Valid, Valid]), Valid);
        assert_eq!(Outcome::of_all([Valid, Unknown]), Unknown);
        assert_eq!(Outcome::of_all([Unknown, Invalid, Valid]), Invalid);
        assert_eq!(Outcome::of_all([]), Unknown);
        assert_eq!(Report::default().outcome(), Unknown);
    }

    #[test]
    fn the_reason_is_the_sentence_that_made_the_outcome() {
        let signature = Signature {
            findings: vec![Finding::valid("a", "đúng"), Finding::invalid("b", "đã sửa")],
            ..Signature::default()
        };
        let report = Report {
            findings: vec![Finding::unknown("c", "thiếu")],
            signatures: vec![signature],
            ..Report::default()
        };
        assert_eq!((report.outcome(), report.reason()), (Outcome::Invalid, "đã sửa"));
    }
}
