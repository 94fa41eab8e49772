//! A conference of a cluster: its kind, where it is, what is planned, who takes part.

mod agenda;
mod attendance;
mod content;
mod delegate;
mod plan;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use agenda::{AgendaItem, ItemState};
pub use attendance::{Attendance, UnitAttendance, attendance};
pub use content::{Candidate, Content, FormOfVote, NamedUnit};
pub use delegate::{Absence, Attended, Delegate, Part, digest};
pub use plan::Plan;

use super::forms::ConferenceForm;
use crate::{
    ids::{ClusterId, ConferenceId, YearId},
    kit::{
        clock::{self, Moment},
        journal::Subject,
    },
    years::Year,
};

/// What a conference is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Kind {
    /// Begins the year: the covenant.
    Launch,
    /// Looks at six months.
    Midyear,
    /// Ends the year: evaluates, acclaims, elects.
    Closing,
    /// Whatever can't wait.
    Extraordinary,
}

impl Kind {
    /// All kinds, in the order of the year.
    pub const ALL: [Self; 4] = [Self::Launch, Self::Midyear, Self::Closing, Self::Extraordinary];

    /// `hội nghị tổng kết`
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Launch => "hội nghị phát động",
            Self::Midyear => "hội nghị sơ kết",
            Self::Closing => "hội nghị tổng kết",
            Self::Extraordinary => "hội nghị bất thường",
        }
    }

    /// `Hội nghị tổng kết`
    #[must_use]
    pub fn heading(self) -> String {
        let label = self.label();
        format!("H{}", label.strip_prefix('h').unwrap_or(label))
    }

    /// The code in forms, and its part of a path; an extraordinary one has its number behind it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Launch => "phat-dong",
            Self::Midyear => "so-ket",
            Self::Closing => "tong-ket",
            Self::Extraordinary => "bat-thuong",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Where a conference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// The secretariat is planning it.
    Planned,
    /// The units are invited and name their delegates.
    Invited,
    /// It meets.
    InSession,
    /// It is over; the result of a closing one is final.
    Ended,
    /// Its minutes are signed.
    Signed,
}

impl State {
    /// All states, in the order of the usual way.
    pub const ALL: [Self; 5] = [
        Self::Planned,
        Self::Invited,
        Self::InSession,
        Self::Ended,
        Self::Signed,
    ];

    /// The state in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Planned => "dự kiến",
            Self::Invited => "đã mời",
            Self::InSession => "đang họp",
            Self::Ended => "đã kết thúc",
            Self::Signed => "biên bản đã ký",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Planned => "neutral",
            Self::Invited => "info",
            Self::InSession => "waiting",
            Self::Ended | Self::Signed => "done",
        }
    }

    /// Who has to act now, as a sentence.
    #[must_use]
    pub fn whose_turn(self) -> &'static str {
        match self {
            Self::Planned => "Cụm trưởng lập chương trình rồi gửi giấy mời.",
            Self::Invited => "Các đơn vị cử đại biểu; cụm trưởng điểm danh và khai mạc.",
            Self::InSession => "Cụm trưởng điều hành theo chương trình.",
            Self::Ended => "Hội nghị đã kết thúc; chờ ký biên bản.",
            Self::Signed => "Biên bản đã ký, không sửa được nữa.",
        }
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Ended | Self::Signed)
    }
}

/// The hand-over that a closing conference led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// From which day the next lead leads.
    pub takes_effect_on: NaiveDate,
    /// When the outgoing lead said that all was handed over, and who: the full name.
    pub given: Option<(Moment, String)>,
    /// When the next lead said that all was received, and who: the full name.
    pub taken: Option<(Moment, String)>,
}

/// A conference. A closing one that nobody has begun is a plan with version 0.
#[derive(Clone, Debug)]
pub struct Conference {
    /// The id.
    pub id: ConferenceId,
    /// The year.
    pub year_id: YearId,
    /// Its cluster.
    pub cluster_id: ClusterId,
    /// Whether the year is open.
    pub year_is_open: bool,
    /// What it is for.
    pub kind: Kind,
    /// Its part of a path.
    pub slug: String,
    /// Where it is.
    pub state: State,
    /// Counts saves of the plan and of the typed result, and the acts.
    pub version: i32,
    /// What is planned.
    pub plan: Plan,
    /// The result of a closing one as typed from minutes on paper.
    pub draft: ConferenceForm,
    /// When the plan or the typed result was saved last.
    pub draft_saved_at: Option<Moment>,
    /// By whom: the full name.
    pub draft_saved_by: String,
    /// When the units were invited.
    pub invited_at: Option<Moment>,
    /// When it began.
    pub opened_at: Option<Moment>,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// The result of a closing one, once final.
    pub content: Option<Content>,
    /// When it was made final.
    pub confirmed_at: Option<Moment>,
    /// By whom: the full name.
    pub confirmed_by: Option<String>,
    /// The minutes as signed.
    pub minutes: Option<serde_json::Value>,
    /// SHA-256 of them in hexadecimal.
    pub minutes_hash: Option<String>,
    /// When they were signed.
    pub signed_at: Option<Moment>,
    /// By whom: the full name.
    pub signed_by: Option<String>,
    /// The hand-over, once it is set.
    pub hand_over: Option<HandOver>,
}

impl Conference {
    /// Whether anybody has saved anything yet.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.version > 0
    }

    /// Whether a result was typed from minutes on paper.
    #[must_use]
    pub fn has_typed_result(&self) -> bool {
        self.draft != ConferenceForm::default()
    }

    /// Whether it was held in the program, not only recorded afterwards.
    #[must_use]
    pub fn was_held_here(&self) -> bool {
        self.opened_at.is_some()
    }

    /// The day: when it began, or when it is planned for.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        let held = self.content.as_ref().map(|c| c.held_on);
        self.opened_at
            .map(clock::day)
            .or(held)
            .or_else(|| self.plan.day())
    }

    /// The day on which membership counts: its own, or the last of the year while none is known.
    #[must_use]
    pub fn day_of_members(&self, year: &Year) -> NaiveDate {
        self.day()
            .or_else(|| NaiveDate::from_ymd_opt(year.year, 12, 31))
            .unwrap_or_default()
    }

    /// What it is called: as planned or, without a title, after its kind.
    #[must_use]
    pub fn title(&self, year: &Year) -> String {
        if self.plan.title.is_empty() {
            usual_title(self.kind, year)
        } else {
            self.plan.title.clone()
        }
    }

    /// `/cum/cum-3/2023/hoi-nghi/tong-ket`
    #[must_use]
    pub fn path(&self, year: &Year) -> String {
        format!("{}/hoi-nghi/{}", year.path(), self.slug)
    }

    /// As the journal knows it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject {
            kind: "conferences",
            id: self.id.0,
            cluster: Some(self.cluster_id.0),
            unit: None,
        }
    }
}

/// `Hội nghị tổng kết năm 2023, Cụm thi đua số 3`
#[must_use]
pub fn usual_title(kind: Kind, year: &Year) -> String {
    format!("{} năm {}, {}", kind.heading(), year.year, year.cluster.name)
}
