//! A report: whose, on what, where it is.

use serde::{Deserialize, Serialize};

use super::{
    asked::{Asked, Basis},
    content::{Content, Promise},
    forms::ReportForm,
    section::Section,
};
use crate::{
    ids::{ClusterId, ReportId, UnitId, YearId},
    kit::{
        clock::{self, Moment},
        journal::Subject,
    },
    papers::{Audience, History},
    years::{Member, Step, Year},
};

/// What a report is on. In a path it is its segment: `bao-cao/nam`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Period {
    /// The whole year.
    #[serde(rename = "nam")]
    Annual,
    /// The first six months.
    #[serde(rename = "6-thang")]
    Midyear,
}

impl Period {
    /// Both, in the order of the year.
    pub const ALL: [Self; 2] = [Self::Midyear, Self::Annual];

    /// Its part of a path.
    #[must_use]
    pub fn segment(self) -> &'static str {
        match self {
            Self::Annual => "nam",
            Self::Midyear => "6-thang",
        }
    }

    /// The name of the report.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Annual => "Báo cáo năm",
            Self::Midyear => "Báo cáo 6 tháng",
        }
    }

    /// The step of the calendar that says until when.
    #[must_use]
    pub fn step(self) -> Step {
        match self {
            Self::Annual => Step::AnnualReport,
            Self::Midyear => Step::MidyearReport,
        }
    }

    /// Whether its figures are closed. Those on six months aren't: the annual report overtakes them before anybody
    /// would read final ones, so nobody is asked to type them. Taken in, such a report is done.
    #[must_use]
    pub fn is_closed_in_the_end(self) -> bool {
        self == Self::Annual
    }

    /// Whether a year has such reports: the annual one always, the other where the calendar has its step.
    #[must_use]
    pub fn is_in(self, year: &Year) -> bool {
        self == Self::Annual || year.plan(self.step()).is_some()
    }
}

/// Of whom a report is awaited, and when.
impl Period {
    /// Whether a member is still there, or there already, when the report is due.
    #[must_use]
    pub fn is_asked_of(self, year: &Year, member: &Member) -> bool {
        match self {
            Self::Annual => member.to_date.is_none(),
            // Who comes after the day, or has left by then, has nothing to tell of the half year.
            Self::Midyear => year.plan(self.step()).is_none_or(|plan| {
                member.joined_by(plan.due_on) && member.to_date.is_none_or(|to| plan.due_on <= to)
            }),
        }
    }

    /// Whether this is the time for it: its window is open, and the one on six months isn't overtaken by the annual one.
    #[must_use]
    pub fn is_time(self, year: &Year, now: Moment) -> bool {
        let is_open = |step| {
            year.plan(step)
                .is_some_and(|plan| plan.opens_on <= clock::day(now))
        };
        is_open(self.step()) && (self == Self::Annual || !is_open(Step::AnnualReport))
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
    /// What its rows are made from. Filled where a report is opened by itself.
    pub basis: Basis,
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

    /// What the form is to answer: the indicators of the year's catalogue and the registration's targets. While single
    /// items are open after a return, and while the registration itself is being mended, those that were answered when
    /// the report was handed in.
    #[must_use]
    pub fn asked(&self, history: &History) -> Vec<Asked> {
        let is_returned = self.state == State::Returned;
        let may_change = history
            .open_parts(is_returned)
            .has_section(Section::Figures.code());
        match &self.content {
            Some(content) if !may_change => self.basis.rows_of(content.figures.iter(), self.period),
            Some(content) if self.registered.is_empty() => {
                let answered: Vec<Promise> =
                    content.figures.iter().filter_map(Promise::answered_by).collect();
                self.basis.rows(&answered, self.period)
            }
            _ => self.basis.rows(&self.registered, self.period),
        }
    }

    /// Since when whoever has to act has had to; none for a draft.
    #[must_use]
    pub fn since(&self, history: &History) -> Option<Moment> {
        match self.state {
            State::Draft => None,
            State::Submitted => self.submitted_at,
            State::Returned => history.returns.first().map(|back| back.returned_at),
            State::Accepted => self.accepted_at,
            State::Final => self.finalised_at,
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
            State::Accepted if !self.period.is_closed_in_the_end() => "Đã xong báo cáo 6 tháng.",
            State::Accepted if self.open_estimates() > 0 => {
                "Còn số liệu ước: chờ lãnh đạo đơn vị nhập số chính thức và chốt."
            }
            State::Accepted => "Không còn số liệu ước: chờ cụm trưởng chốt.",
            State::Final => "Đã xong báo cáo.",
        }
    }

    /// The content that was handed in, of a report that is out of its unit's hands or was before it came back.
    #[must_use]
    pub fn handed_in(&self) -> Option<&Content> {
        self.content.as_ref().filter(|_| self.state != State::Draft)
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
