//! A report and what is in it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::forms::ReportForm;
use crate::{
    ids::{ClusterId, ReportId, RowId, UnitId, YearId},
    kit::{clock::Moment, journal::Subject},
    papers::{Audience, History},
    registrations::Target,
    years::Step,
};

/// What a report is on. In a path it is its segment: `bao-cao/nam`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Period {
    /// The whole year.
    #[serde(rename = "nam")]
    Annual,
}

impl Period {
    /// Its part of a path.
    #[must_use]
    pub fn segment(self) -> &'static str {
        match self {
            Self::Annual => "nam",
        }
    }

    /// The name of the report.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Annual => "Báo cáo năm",
        }
    }

    /// The step of the calendar that says until when.
    #[must_use]
    pub fn step(self) -> Step {
        match self {
            Self::Annual => Step::AnnualReport,
        }
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.segment())
    }
}

/// Where a report is. How it came there stands in its facts (receipts, returns, journal).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// The unit is writing.
    Draft,
    /// Handed in; the secretariat is to act.
    Submitted,
    /// Sent back; the unit is to mend the items named.
    Returned,
    /// Taken in by the secretariat; estimates wait for their final figures.
    Accepted,
    /// Its figures are closed.
    Final,
}

impl State {
    /// All states, in the order of the usual way.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Submitted,
        Self::Returned,
        Self::Accepted,
        Self::Final,
    ];

    /// The state in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "nháp",
            Self::Submitted => "đã nộp",
            Self::Returned => "trả lại",
            Self::Accepted => "đã tiếp nhận",
            Self::Final => "đã chốt",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Draft => "neutral",
            Self::Submitted => "info",
            Self::Returned => "returned",
            Self::Accepted | Self::Final => "done",
        }
    }

    /// Whether the unit can write in it.
    #[must_use]
    pub fn is_open_to_unit(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// Who may read a paper in this state, besides its unit.
    #[must_use]
    pub fn audience(self) -> Audience {
        match self {
            Self::Draft => Audience::Unit,
            Self::Submitted | Self::Returned => Audience::Overseers,
            Self::Accepted | Self::Final => Audience::Members,
        }
    }
}

/// The parts of a report; also what a return can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// What was reached of what was registered.
    Figures,
    /// Figures that weren't registered.
    Additions,
    /// The situation of the unit.
    Situation,
    /// Results of its work.
    Results,
    /// Emulation and commendation.
    Emulation,
    /// What fell short, and why.
    Limitations,
    /// The next year.
    Directions,
    /// What the unit asks for.
    Proposals,
    /// Attached files.
    Attachments,
}

impl Section {
    /// All sections in the order of the form.
    pub const ALL: [Self; 9] = [
        Self::Figures,
        Self::Additions,
        Self::Situation,
        Self::Results,
        Self::Emulation,
        Self::Limitations,
        Self::Directions,
        Self::Proposals,
        Self::Attachments,
    ];

    /// The sections that are text, in their order.
    pub const NARRATIVE: [Self; 6] = [
        Self::Situation,
        Self::Results,
        Self::Emulation,
        Self::Limitations,
        Self::Directions,
        Self::Proposals,
    ];

    /// The code in forms and facts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Figures => "figures",
            Self::Additions => "additions",
            Self::Situation => "situation",
            Self::Results => "results",
            Self::Emulation => "emulation",
            Self::Limitations => "limitations",
            Self::Directions => "directions",
            Self::Proposals => "proposals",
            Self::Attachments => "attachments",
        }
    }

    /// The heading.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Figures => "Kết quả các chỉ tiêu đã đăng ký",
            Self::Additions => "Kết quả ngoài đăng ký",
            Self::Situation => "I. Đặc điểm tình hình",
            Self::Results => "II. Kết quả thực hiện nhiệm vụ chuyên môn",
            Self::Emulation => "III. Công tác thi đua, khen thưởng",
            Self::Limitations => "IV. Hạn chế, nguyên nhân",
            Self::Directions => "V. Phương hướng năm sau",
            Self::Proposals => "VI. Kiến nghị",
            Self::Attachments => "Tệp đính kèm",
        }
    }

    /// Whether a whole report can do without it.
    #[must_use]
    pub fn is_optional(self) -> bool {
        matches!(self, Self::Additions | Self::Proposals | Self::Attachments)
    }

    /// What belongs in it, for the person who writes.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Self::Situation => "Thuận lợi, khó khăn, tổ chức bộ máy, biên chế.",
            Self::Results => "Theo nhóm chỉ tiêu; số liệu chi tiết đã có ở bảng trên.",
            Self::Emulation => "Phong trào đã phát động, điển hình tiên tiến, khen thưởng đã nhận.",
            Self::Limitations => "Việc chưa làm được và nguyên nhân.",
            Self::Directions => "Nhiệm vụ chính và chỉ tiêu dự kiến.",
            Self::Proposals => "Với Cụm, với Liên hiệp Hội Việt Nam.",
            Self::Figures | Self::Additions | Self::Attachments => "",
        }
    }

    /// The heading of the section with this code; the code itself where there is none.
    #[must_use]
    pub fn label_of(code: &str) -> &str {
        match Self::ALL.into_iter().find(|s| s.code() == code) {
            Some(section) => section.label(),
            None => code,
        }
    }
}

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
            indicator: target.indicator.clone(),
            unit_of_measure: target.unit_of_measure.clone(),
            registered: target.target,
        }
    }
}

impl Promise {
    /// The promise that a figure answered when it was handed in; none for an addition.
    fn answered_by(figure: &Figure) -> Option<Self> {
        Some(Self {
            id: figure.id,
            indicator: figure.indicator.clone(),
            unit_of_measure: figure.unit_of_measure.clone(),
            registered: figure.registered?,
        })
    }
}

/// A figure of a report.
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
}

impl Figure {
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

/// A unit's report on a period. One that nobody has begun is a draft with version 0 (see [`Report::is_begun`]),
/// so pages and rules needn't tell the two apart.
#[derive(Clone, Debug)]
pub struct Report {
    /// The id.
    pub id: ReportId,
    /// The year.
    pub year_id: YearId,
    /// The year's cluster.
    pub cluster_id: ClusterId,
    /// Whether the year is open.
    pub year_is_open: bool,
    /// The unit.
    pub unit_id: UnitId,
    /// What it is on.
    pub period: Period,
    /// Where it is.
    pub state: State,
    /// What the unit's registration promises, once it was taken in. Filled where a report is opened by itself.
    pub registered: Vec<Promise>,
    /// Counts saves; a form carries the number it was made from.
    pub version: i32,
    /// The form as typed.
    pub draft: ReportForm,
    /// When the draft was saved last.
    pub draft_saved_at: Option<Moment>,
    /// By whom: the full name.
    pub draft_saved_by: String,
    /// What was handed in last, checked.
    pub content: Option<Content>,
    /// When it was handed in last.
    pub submitted_at: Option<Moment>,
    /// Days late at the last handing in.
    pub late_days: Option<i32>,
    /// When it was taken in.
    pub accepted_at: Option<Moment>,
    /// When its figures were closed.
    pub finalised_at: Option<Moment>,
}

impl Report {
    /// Whether anybody has saved anything yet.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.version > 0
    }

    /// Whether it was late when handed in.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.late_days.is_some_and(|days| days > 0)
    }

    /// What the form is to answer: the registration's targets. While single items are open after a return, and while
    /// the registration itself is being mended, those that were answered when the report was handed in.
    #[must_use]
    pub fn promises(&self, history: &History) -> Vec<Promise> {
        let is_returned = self.state == State::Returned;
        let may_change = history
            .open_parts(is_returned)
            .has_section(Section::Figures.code());
        match &self.content {
            Some(content) if !may_change || self.registered.is_empty() => {
                content.figures.iter().filter_map(Promise::answered_by).collect()
            }
            _ => self.registered.clone(),
        }
    }

    /// How many of the figures handed in still wait for their final ones.
    #[must_use]
    pub fn open_estimates(&self) -> usize {
        self.content.as_ref().map_or(0, Content::open_estimates)
    }

    /// Who has to act now, as a sentence.
    #[must_use]
    pub fn whose_turn(&self) -> &'static str {
        match self.state {
            State::Draft => "Đơn vị đang soạn; lãnh đạo đơn vị nộp.",
            State::Submitted => "Chờ cụm trưởng tiếp nhận.",
            State::Returned => "Chờ đơn vị sửa các mục bị trả lại rồi nộp lại.",
            State::Accepted if self.open_estimates() > 0 => {
                "Còn số liệu ước: chờ lãnh đạo đơn vị nhập số chính thức và chốt."
            }
            State::Accepted => "Không còn số liệu ước: chờ cụm trưởng chốt.",
            State::Final => "Đã xong báo cáo.",
        }
    }

    /// As the journal knows it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject {
            kind: "reports",
            id: self.id.0,
            cluster: Some(self.cluster_id.0),
            unit: Some(self.unit_id.0),
        }
    }
}
