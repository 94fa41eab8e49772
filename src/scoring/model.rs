//! A score sheet: whose, where it is, and the points of its lines.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    criteria::{Basis, CriteriaSet, Line as TallyLine, Tally},
    ids::{AttachmentId, ClusterId, CriterionId, ObjectionId, PersonId, ScoreSheetId, UnitId, YearId},
    kit::{clock::Moment, journal::Subject},
};

/// Where a score sheet is. How it came there stands in its facts (receipts, changes of points, journal).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// The unit is scoring itself.
    Draft,
    /// Handed in; nobody has appraised it yet.
    SelfScored,
    /// Appraisers are at work.
    UnderAppraisal,
    /// The unit is to explain lines.
    AwaitingExplanation,
    /// Appraised; waits for the conference.
    Appraised,
    /// Confirmed at the conference.
    Locked,
}

impl State {
    /// All states, in the order of the usual way.
    pub const ALL: [Self; 6] = [
        Self::Draft,
        Self::SelfScored,
        Self::UnderAppraisal,
        Self::AwaitingExplanation,
        Self::Appraised,
        Self::Locked,
    ];

    /// The state in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "nháp",
            Self::SelfScored => "đã tự chấm",
            Self::UnderAppraisal => "đang thẩm định",
            Self::AwaitingExplanation => "chờ giải trình",
            Self::Appraised => "đã thẩm định",
            Self::Locked => "đã chốt tại hội nghị",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Draft => "neutral",
            Self::SelfScored | Self::UnderAppraisal => "info",
            Self::AwaitingExplanation => "returned",
            Self::Appraised | Self::Locked => "done",
        }
    }

    /// Who has to act now, as a sentence.
    #[must_use]
    pub fn whose_turn(self) -> &'static str {
        match self {
            Self::Draft => "Đơn vị đang tự chấm; lãnh đạo đơn vị nộp.",
            Self::SelfScored => "Chờ bên thẩm định bắt đầu.",
            Self::UnderAppraisal => "Bên thẩm định đang chấm.",
            Self::AwaitingExplanation => "Chờ đơn vị giải trình các dòng được hỏi.",
            Self::Appraised => "Chờ hội nghị xác nhận điểm.",
            Self::Locked => "Điểm đã chốt tại hội nghị.",
        }
    }
}

/// A piece of evidence of the figure that points follow from: a file of the unit's report, or an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The file; none for an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<AttachmentId>,
    /// The file's name, or the address.
    pub name: String,
}

impl Proof {
    /// An address.
    #[must_use]
    pub fn link(address: String) -> Self {
        Self {
            file: None,
            name: address,
        }
    }
}

/// The points of one criterion: what the program computed, what the unit says, what the appraisers say, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The criterion.
    pub criterion_id: CriterionId,
    /// What the points were computed from.
    pub basis: Basis,
    /// What the program computed, where it can.
    pub computed: Option<Decimal>,
    /// How, in words.
    pub working: String,
    /// What the unit gives itself.
    pub own: Decimal,
    /// What the unit says of it; the reason where it differs from what was computed.
    pub note: String,
    /// Addresses that prove it.
    #[serde(default)]
    pub links: Vec<String>,
    /// What proved the figure when the points were handed in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proofs: Vec<Proof>,
    /// What the appraisers give; none while nobody has looked.
    #[serde(default)]
    pub appraised: Option<Decimal>,
    /// Why that differs from the unit's own points.
    #[serde(default)]
    pub reason: String,
    /// What the unit is to explain.
    #[serde(default)]
    pub question: String,
    /// What the unit explains.
    #[serde(default)]
    pub explanation: String,
}

impl Line {
    /// The points that count now: the appraisers', before them the unit's own.
    #[must_use]
    pub fn points(&self) -> Decimal {
        self.appraised.unwrap_or(self.own)
    }

    /// Whether the appraisers gave other points than the unit.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.appraised.is_some_and(|points| points != self.own)
    }
}

/// A line as far as its points go. Lists, sums and the standing need no more of a sheet, and read no more: the words and
/// links of a whole cluster's lines are several times as long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Points {
    /// The criterion.
    pub criterion_id: CriterionId,
    /// What the unit gives itself.
    pub own: Decimal,
    /// What the appraisers give; none while nobody has looked.
    pub appraised: Option<Decimal>,
    /// What the program computed, where it can.
    pub computed: Option<Decimal>,
    /// What the points were computed from.
    pub basis: Basis,
}

impl Points {
    /// The points that count now: the appraisers', before them the unit's own.
    #[must_use]
    pub fn points(&self) -> Decimal {
        self.appraised.unwrap_or(self.own)
    }
}

/// What belongs to a criterion and can be summed.
pub trait OfCriterion {
    /// The criterion.
    fn criterion_id(&self) -> CriterionId;
}

impl OfCriterion for Line {
    fn criterion_id(&self) -> CriterionId {
        self.criterion_id
    }
}

impl OfCriterion for Points {
    fn criterion_id(&self) -> CriterionId {
        self.criterion_id
    }
}

/// A criterion that doesn't apply to a unit this year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    /// The unit.
    pub unit_id: UnitId,
    /// The criterion.
    pub criterion_id: CriterionId,
    /// Why.
    pub reason: String,
}

/// Who appraises a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appraiser {
    /// The unit that is appraised.
    pub unit_id: UnitId,
    /// The unit that appraises; none for the cluster's working group.
    pub appraiser_unit_id: Option<UnitId>,
}

/// The scoring of a cluster's year: by which criteria, who appraises whom, what doesn't apply to whom.
#[derive(Clone, Debug)]
pub struct Scoring {
    /// The year.
    pub year_id: YearId,
    /// VUSTA's criteria.
    pub set: CriteriaSet,
    /// The cluster's supplement.
    pub supplement: Option<CriteriaSet>,
    /// Since when.
    pub opened_at: Moment,
    /// Who appraises whom today.
    pub appraisers: Vec<Appraiser>,
    /// The persons of the working group.
    pub group: Vec<PersonId>,
    /// What doesn't apply to whom.
    pub exemptions: Vec<Exemption>,
}

impl Scoring {
    /// Who appraises a unit.
    #[must_use]
    pub fn appraiser_of(&self, unit: UnitId) -> Option<Appraiser> {
        self.appraisers.iter().find(|a| a.unit_id == unit).copied()
    }

    /// Why a criterion doesn't apply to a unit; none where it does.
    #[must_use]
    pub fn exemption(&self, unit: UnitId, criterion: CriterionId) -> Option<&str> {
        self.exemptions
            .iter()
            .find(|e| e.unit_id == unit && e.criterion_id == criterion)
            .map(|e| e.reason.as_str())
    }

    /// The criteria that points are given for, VUSTA's first, then the supplement's.
    pub fn scored(&self) -> impl Iterator<Item = &crate::criteria::Criterion> {
        let supplement = self.supplement.iter().flat_map(CriteriaSet::lines);
        self.set.lines().chain(supplement)
    }

    /// The sums of a unit's lines under these criteria.
    #[must_use]
    pub fn tally<L: OfCriterion>(&self, unit: UnitId, lines: &[L], points: impl Fn(&L) -> Decimal) -> Tally {
        let given = self.given(unit, lines, points);
        crate::criteria::tally(&self.set, self.supplement.as_ref(), &given)
    }

    /// What a unit has in each criterion: points, nothing yet, or no part in it.
    #[must_use]
    pub fn given<L: OfCriterion>(
        &self,
        unit: UnitId,
        lines: &[L],
        points: impl Fn(&L) -> Decimal,
    ) -> BTreeMap<CriterionId, TallyLine> {
        self.scored()
            .map(|criterion| {
                let line = lines.iter().find(|l| l.criterion_id() == criterion.id);
                let counted = match (self.exemption(unit, criterion.id), line) {
                    (Some(_), _) => TallyLine::NotApplicable,
                    (None, Some(line)) => TallyLine::Points(points(line)),
                    (None, None) => TallyLine::Missing,
                };
                (criterion.id, counted)
            })
            .collect()
    }
}

/// A unit's score sheet of a year, with whole lines or just their [`Points`]. One that nobody has begun is a draft with
/// version 0.
#[derive(Clone, Debug)]
pub struct Sheet<L = Line> {
    /// The id.
    pub id: ScoreSheetId,
    /// The year.
    pub year_id: YearId,
    /// The year's cluster.
    pub cluster_id: ClusterId,
    /// Whether the year is open.
    pub year_is_open: bool,
    /// The unit.
    pub unit_id: UnitId,
    /// Where it is.
    pub state: State,
    /// Counts saves; a form carries the number it was made from.
    pub version: i32,
    /// When the draft was saved last.
    pub draft_saved_at: Option<Moment>,
    /// By whom: the full name.
    pub draft_saved_by: String,
    /// The checked lines, since it was handed in.
    pub lines: Vec<L>,
    /// When it was handed in.
    pub submitted_at: Option<Moment>,
    /// Days late when handed in.
    pub late_days: Option<i32>,
    /// When the appraisal was finished.
    pub appraised_at: Option<Moment>,
    /// When the conference confirmed it.
    pub locked_at: Option<Moment>,
    /// Since when it is where it is, and who brought it there: the full name. None for a draft that nobody took back.
    pub since: Option<(Moment, String)>,
    /// The sums as the conference confirmed them.
    pub result: Option<Tally>,
}

impl<L: OfCriterion> Sheet<L> {
    /// Whether anybody has saved anything yet.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.version > 0
    }

    /// The line of a criterion.
    #[must_use]
    pub fn line(&self, criterion: CriterionId) -> Option<&L> {
        self.lines.iter().find(|line| line.criterion_id() == criterion)
    }

    /// As the journal knows it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject {
            kind: "score_sheets",
            id: self.id.0,
            cluster: Some(self.cluster_id.0),
            unit: Some(self.unit_id.0),
        }
    }
}

impl Sheet {
    /// Whether the unit has explained lines already: the appraisal after that is the second.
    #[must_use]
    pub fn is_second_round(&self) -> bool {
        self.lines.iter().any(|line| !line.explanation.is_empty())
    }
}

/// When a point was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Stage {
    /// By the unit, when it handed its points in.
    #[serde(rename = "self")]
    #[sqlx(rename = "self")]
    Own,
    /// By the appraisers.
    Appraisal,
    /// By the appraisers, after the unit had explained.
    SecondAppraisal,
}

impl Stage {
    /// The stage in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Own => "tự chấm",
            Self::Appraisal => "thẩm định",
            Self::SecondAppraisal => "thẩm định lần hai",
        }
    }
}

/// A change of a line's points: who, when, from what to what, why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Change {
    /// The criterion.
    pub criterion_id: CriterionId,
    /// When in the course of the work.
    pub stage: Stage,
    /// The points before; none for the first.
    pub from: Option<Decimal>,
    /// The points after.
    pub to: Option<Decimal>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Moment,
    /// The full name.
    pub by: String,
}

/// A unit's objection to a line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Objection {
    /// The id.
    pub id: ObjectionId,
    /// The criterion.
    pub criterion_id: CriterionId,
    /// What it says.
    pub text: String,
    /// When.
    pub raised_at: Moment,
    /// The full name.
    pub raised_by: String,
    /// The answer, once there is one.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered_at: Option<Moment>,
    /// By whom.
    pub answered_by: Option<String>,
}
