//! A session that is held in the program: its rule, the roll, the dossiers on its agenda.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Base, Session};
use crate::{
    conferences::counting,
    ids::{NominationId, PersonId, SeatId, SittingId, UnitId},
    kit::{
        clock::{Moment, date_text},
        journal::Subject,
        values::{figure_text, percent_text},
    },
};

/// Where a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// It is prepared.
    Planned,
    /// It meets.
    InSession,
    /// It is over, its result recorded.
    Ended,
    /// Called off, with the reason.
    Cancelled,
}

impl State {
    /// All states, in the order of the usual way.
    pub const ALL: [Self; 4] = [Self::Planned, Self::InSession, Self::Ended, Self::Cancelled];

    /// The state in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Planned => "dự kiến",
            Self::InSession => "đang họp",
            Self::Ended => "đã kết thúc",
            Self::Cancelled => "đã hủy",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Planned => "info",
            Self::InSession => "waiting",
            Self::Ended => "done",
            Self::Cancelled => "neutral",
        }
    }

    /// Who has to act now, as a sentence.
    #[must_use]
    pub fn whose_turn(self) -> &'static str {
        match self {
            Self::Planned => "Thường trực Hội đồng chuẩn bị hồ sơ, in thẻ, điểm danh rồi khai mạc.",
            Self::InSession => "Hội đồng thảo luận, bỏ phiếu; Thường trực kiểm phiếu rồi kết thúc phiên họp.",
            Self::Ended => "Kết quả đã ghi vào từng hồ sơ.",
            Self::Cancelled => "Phiên họp này đã hủy.",
        }
    }

    /// Whether nothing can happen any more.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Ended | Self::Cancelled)
    }
}

/// What is prepared for a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SittingPlan {
    /// The day.
    pub held_on: NaiveDate,
    /// Where; may be empty.
    pub place: String,
    /// Who presides; may be empty.
    pub chair: String,
    /// Who writes the minutes; may be empty.
    pub secretary: String,
    /// The share of the members who must attend, in percent.
    pub quorum_percent: Decimal,
    /// More than this share of the base must be for a dossier, in percent.
    pub threshold_percent: Decimal,
    /// What that share is taken of.
    pub threshold_base: Base,
    /// The dossiers put before the council, in their order.
    pub agenda: Vec<NominationId>,
}

/// A session that is held in the program.
#[derive(Clone, Debug)]
pub struct Sitting {
    /// The id.
    pub id: SittingId,
    /// The calendar year of the nominations.
    pub year: i32,
    /// Where it is.
    pub state: State,
    /// Counts acts.
    pub version: i32,
    /// What is prepared.
    pub plan: SittingPlan,
    /// When it began.
    pub opened_at: Option<Moment>,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// Why it was called off.
    pub cancelled_for: Option<String>,
}

impl Sitting {
    /// `Phiên họp Hội đồng ngày 18/01/2024`
    #[must_use]
    pub fn title(&self) -> String {
        format!("Phiên họp Hội đồng ngày {}", date_text(self.plan.held_on))
    }

    /// `/hoi-dong/2023/phien-hop/…`
    #[must_use]
    pub fn path(&self) -> String {
        format!("/hoi-dong/{}/phien-hop/{}", self.year, self.id)
    }

    /// The path of one of its pages: `path_to("diem-danh")`.
    #[must_use]
    pub fn path_to(&self, page: &str) -> String {
        format!("{}/{page}", self.path())
    }

    /// As the journal knows it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::new("council_sittings", self.id)
    }

    /// Rule and turnout, as they are recorded when it ends.
    #[must_use]
    pub fn session(&self, roll: &Roll) -> Session {
        Session {
            held_on: self.plan.held_on,
            members_total: roll.total,
            members_present: roll.present,
            threshold_percent: self.plan.threshold_percent,
            threshold_base: self.plan.threshold_base,
        }
    }
}

/// How a member's attendance was noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Attended {
    /// The secretary did.
    Secretary,
    /// The member did, with the own card.
    Card,
}

/// A member of the council on the roll of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The id.
    pub id: SeatId,
    /// The session.
    pub sitting_id: SittingId,
    /// The member.
    pub person_id: PersonId,
    /// The name.
    pub name: String,
    /// The units on whose dossiers the member doesn't vote.
    pub conflicts: Vec<SeatConflict>,
    /// The how-manieth card: a lost one gets the next number.
    pub card_number: i32,
    /// SHA-256 of the card's code.
    pub card_hash: Vec<u8>,
    /// When attendance was noted.
    pub attended_at: Option<Moment>,
    /// Why the member can't come; empty without a word.
    pub excuse: String,
}

/// A conflict of interest of a member with a unit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SeatConflict {
    /// The unit.
    pub unit_id: UnitId,
    /// Whether a post or a declaration says so, whatever the member says at the door.
    pub is_on_record: bool,
}

impl Seat {
    /// Whether the member doesn't vote on the dossiers of this unit.
    #[must_use]
    pub fn is_barred_from(&self, unit: UnitId) -> bool {
        self.conflicts.iter().any(|conflict| conflict.unit_id == unit)
    }

    /// Whether the member is there.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.attended_at.is_some()
    }
}

/// The roll of a session, and whether enough are there.
#[derive(Clone, Debug)]
pub struct Roll {
    /// The members, by name.
    pub seats: Vec<Seat>,
    /// Those present.
    pub present: i32,
    /// All.
    pub total: i32,
    /// How many the rule asks for.
    pub needed: i32,
    /// Whether enough are there.
    pub has_quorum: bool,
    /// How that was counted, in words.
    pub working: String,
}

impl Roll {
    /// Counts the roll by the session's rule.
    #[must_use]
    pub fn of(plan: &SittingPlan, seats: Vec<Seat>) -> Self {
        let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        let (total, present) = (
            number(seats.len()),
            number(seats.iter().filter(|seat| seat.is_present()).count()),
        );
        let enough = |present| total > 0 && counting::share(present, total) >= plan.quorum_percent;
        let has_quorum = enough(present);
        let sign = if has_quorum { "≥" } else { "<" };
        Self {
            needed: (0..=total).find(|present| enough(*present)).unwrap_or(total),
            working: format!(
                "{present}/{total} ủy viên = {} {sign} {}% tổng số ủy viên Hội đồng",
                percent_text(counting::share(present, total)),
                figure_text(plan.quorum_percent)
            ),
            seats,
            present,
            total,
            has_quorum,
        }
    }
}
