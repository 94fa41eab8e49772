//! Papers on their way: sealed when they are cast, opened at the close; receipts; hashes of what is frozen.

use anyhow::anyhow;
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::model::{Choices, Plan, Published, PublishedPaper, Style};
use crate::{
    ids::BallotId,
    kit::{
        codes,
        error::{AppError, Result},
        sealed::{self, SecretKey},
    },
};

/// How many letters a receipt has.
const RECEIPT: usize = 8;

/// What papers are sealed for.
const PURPOSE: &[u8] = b"cumthidua ballot paper 1";

/// The random number of a voter's form: who sends the same form again is told the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Token([u8; 16]);

impl Token {
    /// A new one, for a form that is shown.
    #[must_use]
    pub fn new() -> Self {
        Self(rand::random())
    }

    /// The one that a form sent back: 32 hexadecimal letters.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(typed, &mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// As the form holds it.
    #[must_use]
    pub fn text(&self) -> String {
        hex::encode(self.0)
    }

    /// The code by which the voter finds the own paper. Neither it nor the answer's key tells the other.
    pub(super) fn receipt(&self) -> String {
        codes::of(&self.hash(b"receipt")[..RECEIPT])
    }

    /// By which a form that comes again is known.
    pub(super) fn answer_key(&self) -> Vec<u8> {
        self.hash(b"answer")
    }

    fn hash(&self, what: &[u8]) -> Vec<u8> {
        Sha256::new()
            .chain_update(what)
            .chain_update(self.0)
            .finalize()
            .to_vec()
    }
}

impl Default for Token {
    fn default() -> Self {
        Self::new()
    }
}

/// It must stand in no log: with it the receipt is known.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

/// What is inside of a sealed paper.
#[derive(Serialize, Deserialize)]
struct Inside {
    receipt: String,
    choices: Choices,
}

/// How long every paper of this plan is before it is sealed, whatever is on it.
fn length(plan: &Plan) -> usize {
    let words = plan.questions.iter().map(|question| {
        let each = match question.style {
            // `12,`
            Style::Choose => 4,
            // `false,`
            Style::EachYesNo => 6,
        };
        32 + each * question.candidates.len()
    });
    64 + words.sum::<usize>()
}

/// Seals a paper: of one length with all others of its ballot, and different from all of them.
pub(super) fn seal(
    key: &[u8],
    ballot: BallotId,
    plan: &Plan,
    receipt: String,
    choices: &Choices,
) -> Result<Vec<u8>> {
    let inside = Inside {
        receipt,
        choices: choices.clone().settled(),
    };
    let mut words = serde_json::to_vec(&inside)?;
    let length = length(plan);
    if words.len() > length {
        return Err(AppError::Internal(anyhow!(
            "a paper is longer than a paper can be"
        )));
    }
    words.resize(length, b' ');
    sealed::seal(key, PURPOSE, ballot.0.as_bytes(), &words)
}

/// Opens all papers of a ballot and shuffles them: in the order that comes out nothing is left of the order that went in.
/// Papers with one receipt, which a voter can bring about on purpose only, get an ending.
pub(super) fn open_all(
    key: Option<&SecretKey>,
    ballot: BallotId,
    plan: &Plan,
    sealed: &[Vec<u8>],
) -> Result<Vec<PublishedPaper>> {
    let mut papers = Vec::with_capacity(sealed.len());
    for paper in sealed {
        let opened = key.and_then(|key| key.open(PURPOSE, ballot.0.as_bytes(), paper).ok());
        let inside = opened.and_then(|words| serde_json::from_slice::<Inside>(&words).ok());
        let inside = inside.filter(|inside| inside.choices.check(plan, &[]).is_empty());
        let Some(inside) = inside else {
            tracing::error!(%ballot, "a sealed paper can't be opened: its key is missing, or it isn't as it was cast");
            return Err(AppError::conflict(
                "Có phiếu điện tử không mở được: khóa của lần bỏ phiếu bị mất hoặc phiếu bị can thiệp. Không kiểm phiếu được; hãy hủy lần bỏ phiếu này và bỏ phiếu lại.",
            ));
        };
        papers.push(PublishedPaper {
            receipt: inside.receipt,
            choices: inside.choices,
        });
    }
    papers.shuffle(&mut rand::rng());
    let mut seen = std::collections::HashMap::<String, usize>::new();
    for paper in &mut papers {
        let times = seen.entry(paper.receipt.clone()).or_default();
        *times += 1;
        if *times > 1 {
            paper.receipt = format!("{}-{times}", paper.receipt);
        }
    }
    Ok(papers)
}

/// SHA-256 over the one text of a value: keys sorted, no spaces.
pub(super) fn hash_of(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut value = serde_json::to_value(value)?;
    value.sort_all_objects();
    Ok(Sha256::digest(value.to_string().as_bytes()).to_vec())
}

/// The hash of what is published, over everything but itself.
pub(super) fn hash_of_published(published: &Published) -> Result<Vec<u8>> {
    let bare = Published {
        hash: String::new(),
        ..published.clone()
    };
    hash_of(&bare)
}
