//! A registration and what is in it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::forms::RegistrationForm;
use crate::{
    ids::{ClusterId, RegistrationId, RowId, UnitId, YearId},
    indicators::Catalogue,
    kit::{clock::Moment, journal::Subject},
    papers::Audience,
};

/// Where a registration is. How it came there stands in its facts (receipts, returns, journal).
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
    /// Taken in by the secretariat.
    Accepted,
    /// Gone to VUSTA with the consolidated registration.
    Forwarded,
}

impl State {
    /// All states, in the order of the usual way.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Submitted,
        Self::Returned,
        Self::Accepted,
        Self::Forwarded,
    ];

    /// The state in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "nháp",
            Self::Submitted => "đã nộp",
            Self::Returned => "trả lại",
            Self::Accepted => "đã tiếp nhận",
            Self::Forwarded => "đã gửi LHHVN",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Draft => "neutral",
            Self::Submitted => "info",
            Self::Returned => "returned",
            Self::Accepted | Self::Forwarded => "done",
        }
    }

    /// Who has to act now, as a sentence.
    #[must_use]
    pub fn whose_turn(self) -> &'static str {
        match self {
            Self::Draft => "Đơn vị đang soạn; lãnh đạo đơn vị nộp.",
            Self::Submitted => "Chờ cụm trưởng tiếp nhận.",
            Self::Returned => "Chờ đơn vị sửa các mục bị trả lại rồi nộp lại.",
            Self::Accepted => "Chờ cụm trưởng gửi bảng tổng hợp cho LHHVN.",
            Self::Forwarded => "Đã xong bước đăng ký.",
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
            Self::Accepted | Self::Forwarded => Audience::Members,
        }
    }
}

/// The parts of a registration; also what a return can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// Who can be asked.
    Contact,
    /// What the unit wants to reach.
    Targets,
    /// Titles and awards of the unit itself.
    Titles,
    /// Persons put forward.
    Individuals,
    /// Initiatives and research.
    Initiatives,
    /// Attached files.
    Attachments,
}

impl Section {
    /// All sections in the order of the form.
    pub const ALL: [Self; 6] = [
        Self::Contact,
        Self::Targets,
        Self::Titles,
        Self::Individuals,
        Self::Initiatives,
        Self::Attachments,
    ];

    /// The code in forms and facts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Targets => "targets",
            Self::Titles => "titles",
            Self::Individuals => "individuals",
            Self::Initiatives => "initiatives",
            Self::Attachments => "attachments",
        }
    }

    /// The heading.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Contact => "Người liên hệ",
            Self::Targets => "Chỉ tiêu thi đua",
            Self::Titles => "Danh hiệu, hình thức khen thưởng của tập thể",
            Self::Individuals => "Cá nhân đăng ký danh hiệu",
            Self::Initiatives => "Sáng kiến, đề tài",
            Self::Attachments => "Tệp đính kèm",
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

/// A target: an indicator with last year's result and what is promised for this year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Stable for the life of the registration; the report refers to it.
    pub id: RowId,
    /// Its code in the year's catalogue of indicators, where it is one of those. Left out where there is none, so that
    /// what was frozen before stays as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What is counted.
    pub indicator: String,
    /// In which unit.
    pub unit_of_measure: String,
    /// Last year's result, where there is one.
    pub last_result: Option<Decimal>,
    /// This year's target.
    pub target: Decimal,
    /// A remark.
    pub note: String,
}

/// A title or award that the unit strives for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Stable for the life of the registration.
    pub id: RowId,
    /// The award's code.
    pub award: String,
    /// A remark.
    pub note: String,
}

/// A person put forward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Individual {
    /// Stable for the life of the registration.
    pub id: RowId,
    /// Full name.
    pub full_name: String,
    /// Year of birth.
    pub birth_year: i32,
    /// `female` or `male`.
    pub gender: crate::people::Gender,
    /// Post in the unit.
    pub position: String,
    /// The award's code.
    pub award: String,
    /// A remark.
    pub note: String,
}

/// An initiative or research topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Initiative {
    /// Stable for the life of the registration.
    pub id: RowId,
    /// What it is called.
    pub name: String,
    /// Who recognised it; may be empty while that is to come.
    pub recognised_by: String,
    /// When.
    pub recognised_on: Option<chrono::NaiveDate>,
}

/// Everything in a registration, checked: what is frozen, hashed and printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Who can be asked.
    pub contact_name: String,
    /// Telephone.
    pub contact_phone: String,
    /// E-mail address.
    pub contact_email: String,
    /// A remark on the whole.
    pub note: String,
    /// Targets.
    pub targets: Vec<Target>,
    /// Titles and awards of the unit.
    pub titles: Vec<Title>,
    /// Persons.
    pub individuals: Vec<Individual>,
    /// Initiatives.
    pub initiatives: Vec<Initiative>,
}

impl Content {
    /// The same with each target that is an indicator of the catalogue known by its code.
    #[must_use]
    pub fn known_by(mut self, catalogue: Option<&Catalogue>) -> Self {
        for target in &mut self.targets {
            let indicator = catalogue.and_then(|c| c.named(&target.indicator));
            target.code = indicator.map(|i| i.code.clone());
        }
        self
    }
}

/// A unit's registration in a year. One that nobody has begun is a draft with version 0 (see [`Registration::is_begun`]),
/// so pages and rules needn't tell the two apart.
#[derive(Clone, Debug)]
pub struct Registration {
    /// The id.
    pub id: RegistrationId,
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
    /// The form as typed.
    pub draft: RegistrationForm,
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
}

impl Registration {
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

    /// As the journal knows it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject {
            kind: "registrations",
            id: self.id.0,
            cluster: Some(self.cluster_id.0),
            unit: Some(self.unit_id.0),
        }
    }
}
