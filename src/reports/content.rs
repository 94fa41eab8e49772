//! What is in a report, checked: figures and text.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    ids::RowId,
    indicators::{Group, Kind},
    kit::values::figure_text,
    registrations::Target,
};

/// Whether a figure is known or still expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Ước: the year isn't over yet.
    Estimate,
    /// Chính thức.
    Final,
}

impl Certainty {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Estimate, Self::Final];

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Estimate => "estimate",
            Self::Final => "final",
        }
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Estimate => "ước",
            Self::Final => "chính thức",
        }
    }

    /// The certainty with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == code)
    }
}

/// What a unit promised to reach, as far as its report needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The row of the registration.
    pub id: RowId,
    /// The indicator's code, where it is one of the year's catalogue.
    pub code: Option<String>,
    /// What is counted.
    pub indicator: String,
    /// In which unit.
    pub unit_of_measure: String,
    /// How much was registered.
    pub registered: Decimal,
}

impl From<&Target> for Promise {
    fn from(target: &Target) -> Self {
        Self {
            id: target.id,
            code: target.code.clone(),
            indicator: target.indicator.clone(),
            unit_of_measure: target.unit_of_measure.clone(),
            registered: target.target,
        }
    }
}

impl Promise {
    /// The promise that a figure answered when it was handed in; none for an addition.
    pub(super) fn answered_by(figure: &Figure) -> Option<Self> {
        Some(Self {
            id: figure.promise_id.unwrap_or(figure.id),
            code: figure.code.clone(),
            indicator: figure.indicator.clone(),
            unit_of_measure: figure.unit_of_measure.clone(),
            registered: figure.registered?,
        })
    }
}

/// What the officer was asked about a figure that differs much from those of the years before, and the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// `48 lớp; ba năm trước là 6, 7, 5. Đúng không?`
    pub question: String,
    /// What the officer said.
    pub answer: String,
}

/// The rows under which the evidence of a figure hangs: its own, and that of the registration from before the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows(pub RowId, pub Option<RowId>);

impl Rows {
    /// Whether a file of this part is evidence of the figure.
    #[must_use]
    pub fn has(self, part: &str) -> bool {
        self.0.to_string() == part || self.1.is_some_and(|id| id.to_string() == part)
    }
}

/// A figure of a report. What came after the first reports is left out where it holds nothing, so that what was
/// frozen before stays as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The row of the registration, or a row of the report's own.
    pub id: RowId,
    /// What is counted.
    pub indicator: String,
    /// In which unit.
    pub unit_of_measure: String,
    /// What was registered; none for an addition. Kept as it was when the report was handed in.
    pub registered: Option<Decimal>,
    /// What was reached, as handed in.
    pub reached: Decimal,
    /// Whether that was an estimate. It stays so when the final figure comes.
    pub certainty: Certainty,
    /// What replaced the estimate when the report was closed.
    #[serde(default)]
    pub final_reached: Option<Decimal>,
    /// A remark.
    pub note: String,
    /// The indicator's code; none for what isn't in the year's catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The indicator's group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// What the answer is; a number where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// The answer in words, where it is words; `reached` is 0 then. A yes is 1, a no is 0.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What was asked about it, with the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explained: Option<Explained>,
    /// Where its evidence can be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// Whether it was taken over from the year before and not touched since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub taken_over: bool,
    /// The row of the registration that it answers, where that isn't its own: what was attached before the catalogue was
    /// issued hangs there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise_id: Option<RowId>,
}

impl Figure {
    /// The rows under which its evidence hangs.
    #[must_use]
    pub fn rows(&self) -> Rows {
        Rows(self.id, self.promise_id)
    }

    /// What the answer is.
    #[must_use]
    pub fn answers_with(&self) -> Kind {
        self.kind.unwrap_or(Kind::Count)
    }

    /// What counts, as people write it: `8,5`, `có`, words.
    #[must_use]
    pub fn words(&self) -> String {
        words_of(self.answers_with(), self.value(), &self.text)
    }

    /// What counts: the final figure where there is one.
    #[must_use]
    pub fn value(&self) -> Decimal {
        self.final_reached.unwrap_or(self.reached)
    }

    /// How far the final figure lies from the estimate: none where nothing was replaced.
    #[must_use]
    pub fn difference(&self) -> Option<Decimal> {
        self.final_reached.map(|last| last - self.reached)
    }

    /// Whether its final figure is still to come.
    #[must_use]
    pub fn is_open_estimate(&self) -> bool {
        self.certainty == Certainty::Estimate && self.final_reached.is_none()
    }
}

/// An answer as people write it: `8,5`, `có`, words.
#[must_use]
pub fn words_of(kind: Kind, value: Decimal, text: &str) -> String {
    match kind {
        Kind::Count | Kind::Money | Kind::Ratio => figure_text(value),
        Kind::YesNo if value.is_zero() => "không".to_owned(),
        Kind::YesNo => "có".to_owned(),
        Kind::Text => text.to_owned(),
    }
}

/// Everything in a report, checked: what is frozen, hashed and printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// A figure for each registered target.
    pub figures: Vec<Figure>,
    /// Figures that weren't registered.
    pub additions: Vec<Figure>,
    /// I.
    pub situation: String,
    /// II.
    pub results: String,
    /// III.
    pub emulation: String,
    /// IV.
    pub limitations: String,
    /// V.
    pub directions: String,
    /// VI.
    pub proposals: String,
}

impl Content {
    /// All figures, registered ones first.
    pub fn all_figures(&self) -> impl Iterator<Item = &Figure> {
        self.figures.iter().chain(&self.additions)
    }

    /// How many figures are still estimates.
    #[must_use]
    pub fn open_estimates(&self) -> usize {
        self.all_figures().filter(|f| f.is_open_estimate()).count()
    }
}
