//! The consolidated registration and its lines.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    awards::Awards,
    ids::{ClusterId, ConsolidationId, UnitId, YearId},
    kit::{clock::Moment, error::Result, journal::Subject},
    registrations::{self, Registration},
    years::Year,
};

/// Where the consolidated registration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// It follows the registrations.
    Draft,
    /// With VUSTA.
    Sent,
    /// Back from VUSTA; it follows the registrations again.
    Returned,
    /// Noted by VUSTA.
    Acknowledged,
}

impl State {
    /// All states, in the order of the usual way.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Sent, Self::Returned, Self::Acknowledged];

    /// The state in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "nháp",
            Self::Sent => "đã gửi LHHVN",
            Self::Returned => "LHHVN trả lại",
            Self::Acknowledged => "LHHVN đã ghi nhận",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Draft => "neutral",
            Self::Sent => "info",
            Self::Returned => "returned",
            Self::Acknowledged => "done",
        }
    }

    /// Who has to act now.
    #[must_use]
    pub fn whose_turn(self) -> &'static str {
        match self {
            Self::Draft => "Bảng tự cập nhật theo các đăng ký đã tiếp nhận; cụm trưởng gửi khi đã đủ.",
            Self::Sent => "Chờ Thường trực Hội đồng Thi đua - Khen thưởng ghi nhận.",
            Self::Returned => "Chờ cụm trưởng xử lý rồi gửi lại.",
            Self::Acknowledged => "Đã xong bước tổng hợp đăng ký.",
        }
    }

    /// Whether the table still follows the registrations.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

/// How often an award was registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The award's code.
    pub award: String,
    /// How many units or persons.
    pub number: usize,
}

/// A unit's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The unit.
    pub unit_id: UnitId,
    /// Its part of a path.
    pub slug: String,
    /// `Liên hiệp Hội tỉnh Sơn La`
    pub unit: String,
    /// Days late; 0 in time.
    pub late_days: i32,
    /// The number of targets.
    pub targets: usize,
    /// Titles and awards of the unit itself: codes.
    pub titles: Vec<String>,
    /// Awards of persons, counted.
    pub individuals: Vec<Count>,
    /// The number of initiatives.
    pub initiatives: usize,
}

/// The whole table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The units that registered, in the order of the year.
    pub lines: Vec<Line>,
    /// Short names of the units that didn't (or whose registration wasn't taken in).
    pub missing: Vec<String>,
    /// The secretariat's remark.
    pub note: String,
}

impl Line {
    fn of(registration: &Registration, content: &registrations::Content, year: &Year) -> Self {
        let member = year.member_of(registration.unit_id);
        let mut individuals: Vec<Count> = Vec::new();
        for person in &content.individuals {
            match individuals.iter_mut().find(|c| c.award == person.award) {
                Some(count) => count.number += 1,
                None => individuals.push(Count {
                    award: person.award.clone(),
                    number: 1,
                }),
            }
        }
        Self {
            unit_id: registration.unit_id,
            slug: member.map(|m| m.slug.clone()).unwrap_or_default(),
            unit: member.map(|m| m.short_name.clone()).unwrap_or_default(),
            late_days: registration.late_days.unwrap_or(0),
            targets: content.targets.len(),
            titles: content.titles.iter().map(|t| t.award.clone()).collect(),
            individuals,
            initiatives: content.initiatives.len(),
        }
    }

    /// The number of persons registered.
    #[must_use]
    pub fn persons(&self) -> usize {
        self.individuals.iter().map(|c| c.number).sum()
    }

    /// How often this line has the award: for the unit itself, and for persons.
    #[must_use]
    pub fn number_of(&self, award: &str) -> (usize, usize) {
        let unit = self.titles.iter().filter(|t| *t == award).count();
        let persons = self
            .individuals
            .iter()
            .find(|c| c.award == award)
            .map_or(0, |c| c.number);
        (unit, persons)
    }
}

impl Content {
    /// The table as the registrations taken in have it now.
    #[must_use]
    pub fn gather(year: &Year, registrations: &[Registration], note: &str) -> Self {
        let taken = |unit: UnitId| {
            registrations.iter().find(|r| {
                r.unit_id == unit
                    && matches!(
                        r.state,
                        registrations::State::Accepted | registrations::State::Forwarded
                    )
            })
        };
        let mut content = Self {
            note: note.to_owned(),
            ..Self::default()
        };
        for member in &year.members {
            match taken(member.unit_id).and_then(|r| r.content.as_ref().map(|c| Line::of(r, c, year))) {
                Some(line) => content.lines.push(line),
                None => content.missing.push(member.short_name.clone()),
            }
        }
        content
    }

    /// A short name of what the table says: whoever sends it has seen this one and no other.
    pub fn digest(&self) -> Result<String> {
        Ok(hex::encode(Sha256::digest(serde_json::to_vec(self)?)))
    }

    /// The awards that anybody registered, in the catalogue's order, each with its totals: units, persons.
    #[must_use]
    pub fn totals(&self, awards: &Awards) -> Vec<Total> {
        awards
            .0
            .iter()
            .map(|award| {
                let (units, persons) = self
                    .lines
                    .iter()
                    .map(|l| l.number_of(&award.code))
                    .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
                Total {
                    code: award.code.clone(),
                    name: award.short_name.clone(),
                    units,
                    persons,
                }
            })
            .filter(|total| total.units + total.persons > 0)
            .collect()
    }
}

/// The total of an award over all units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// Its code.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// Units that registered it.
    pub units: usize,
    /// Persons registered for it.
    pub persons: usize,
}

/// A cluster's consolidated registration. One that nobody has touched is a draft with version 0.
#[derive(Clone, Debug)]
pub struct Consolidation {
    /// The id.
    pub id: ConsolidationId,
    /// The year.
    pub year_id: YearId,
    /// Its cluster.
    pub cluster_id: ClusterId,
    /// Whether the year is open.
    pub year_is_open: bool,
    /// Where it is.
    pub state: State,
    /// Counts changes.
    pub version: i32,
    /// The secretariat's remark.
    pub note: String,
    /// What was sent last, frozen.
    pub content: Option<Content>,
    /// When it was sent last.
    pub sent_at: Option<Moment>,
    /// When VUSTA noted it.
    pub acknowledged_at: Option<Moment>,
}

impl Consolidation {
    /// As the journal knows it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject {
            kind: "consolidations",
            id: self.id.0,
            cluster: Some(self.cluster_id.0),
            unit: None,
        }
    }
}
