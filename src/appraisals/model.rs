//! The desk: lines, filters, quotas. Pure.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::{
    eligibility::{Card, Finding, NOT_REGISTERED},
    ids::{ClusterId, YearId},
    kit::text::fold,
    nominations::{
        Nomination, State,
        checklist::{self, Checklist, Mark},
    },
};

/// A nomination on the desk.
#[derive(Clone, Debug)]
pub struct Line {
    /// The nomination.
    pub nomination: Nomination,
    /// The award's short name.
    pub award: String,
    /// What was found in its dossier.
    pub list: Checklist,
    /// What it has and lacks by the catalogue's rules.
    pub card: Option<Card>,
    /// Of one that was sent back: until when, and how many days late it is.
    pub due_again: Option<(NaiveDate, i32)>,
    /// Whether the reader may open and appraise it.
    pub opens: bool,
    /// What of its consultation is still open, in words.
    pub objections: Vec<String>,
}

impl Line {
    /// What is missing.
    #[must_use]
    pub fn missing(&self) -> Vec<&str> {
        self.list.missing()
    }

    /// What speaks against it, without stopping it. That nothing was registered is told once: where the conditions say it, not
    /// here.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let is_told = self.first_missing().is_some_and(|f| f.note == NOT_REGISTERED);
        let items =
            self.list.items.iter().filter(|item| {
                item.mark == Mark::Warning && !(is_told && item.label == checklist::REGISTRATION)
            });
        items
            .map(|item| format!("{}: {}", item.label, item.note))
            .collect()
    }

    /// Whether a condition is missing for certain.
    #[must_use]
    pub fn lacks_condition(&self) -> bool {
        self.card.as_ref().is_some_and(|card| card.missing() > 0)
    }

    /// What is missing of the conditions first; what isn't known where nothing is.
    #[must_use]
    pub fn first_missing(&self) -> Option<&Finding> {
        self.card.as_ref()?.first_missing()
    }

    /// Whether it ended without an award: what its dossier lacks is nobody's concern any more.
    #[must_use]
    pub fn is_dropped(&self) -> bool {
        let state = self.nomination.state;
        state.is_settled() && !matches!(state, State::Decided | State::Awarded)
    }

    /// Whether it waits for the standing office.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.nomination.state == State::Submitted
    }
}

/// What is wanted of the desk; empty for everything.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// A cluster's slug.
    pub cum: String,
    /// An award's code.
    pub hinh_thuc: String,
    /// A state's code.
    pub trang_thai: String,
    /// `du`, `thieu`, `dieu_kien`, `luu_y` or `qua_han`.
    pub ho_so: String,
    /// A part of the unit's name, as people type it.
    pub tim: String,
}

impl Filter {
    /// What the dossiers can be told apart by, with its words.
    pub const DOSSIERS: [(&'static str, &'static str); 5] = [
        ("du", "đủ thành phần"),
        ("thieu", "còn thiếu"),
        ("dieu_kien", "còn điều kiện thiếu"),
        ("luu_y", "có điều lưu ý"),
        ("qua_han", "quá hạn bổ sung"),
    ];

    /// Whether a line is wanted. What somebody with a conflict of interest may not know of a line isn't told by a choice either.
    #[must_use]
    pub fn fits(&self, line: &Line) -> bool {
        let asks_what_is_closed = !self.ho_so.is_empty() || !self.trang_thai.is_empty();
        if !line.opens && asks_what_is_closed {
            return false;
        }
        let nomination = &line.nomination;
        let is = |wanted: &str, known: &str| wanted.is_empty() || wanted == known;
        let dossier = match self.ho_so.as_str() {
            "du" => line.list.is_complete(),
            "thieu" => !line.list.is_complete(),
            "dieu_kien" => line.lacks_condition() && !line.is_dropped(),
            "luu_y" => !line.warnings().is_empty(),
            "qua_han" => line.due_again.is_some_and(|(_, late)| late > 0),
            _ => true,
        };
        dossier
            && is(&self.cum, &nomination.place.slug)
            && is(&self.hinh_thuc, &nomination.award)
            && is(&self.trang_thai, nomination.state.code())
            && fold(&nomination.nominee()).contains(&fold(&self.tim))
    }

    /// Whether anything is left out.
    #[must_use]
    pub fn is_set(&self) -> bool {
        [
            &self.cum,
            &self.hinh_thuc,
            &self.trang_thai,
            &self.ho_so,
            &self.tim,
        ]
        .iter()
        .any(|typed| !typed.trim().is_empty())
    }
}

/// The year of a cluster with how many of each award it may nominate.
#[derive(Clone, Debug)]
pub struct Quota {
    /// The year.
    pub year_id: YearId,
    /// The cluster.
    pub cluster_id: ClusterId,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub cluster: String,
    /// Flags.
    pub flags: i32,
    /// Certificates of merit.
    pub merits: i32,
}

/// What a cluster has used of its quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaUse {
    /// The cluster's slug.
    pub slug: String,
    /// Its name.
    pub cluster: String,
    /// Flags asked for, and how many may be.
    pub flags: (usize, usize),
    /// Certificates of merit, likewise.
    pub merits: (usize, usize),
}

impl QuotaUse {
    fn of(quota: &Quota, lines: &[Line]) -> Self {
        let asked = |award: &str| {
            let counts = |line: &&Line| {
                let nomination = &line.nomination;
                nomination.year_id == quota.year_id
                    && nomination.award == award
                    // The numbers of the year are numbers of units.
                    && nomination.person.is_none()
                    && nomination.state.was_acclaimed()
                    && !line.is_dropped()
            };
            lines.iter().filter(counts).count()
        };
        let most = |number: i32| usize::try_from(number).unwrap_or(0);
        Self {
            slug: quota.slug.clone(),
            cluster: quota.cluster.clone(),
            flags: (asked("vusta_flag"), most(quota.flags)),
            merits: (asked("vusta_merit"), most(quota.merits)),
        }
    }

    /// Whether more is asked for than may be.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.flags.0 > self.flags.1 || self.merits.0 > self.merits.1
    }
}

/// Everything on the desk in a year.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The nominations, by cluster.
    pub lines: Vec<Line>,
    /// The clusters with their quotas.
    pub quotas: Vec<QuotaUse>,
}

impl Desk {
    /// Lays it out.
    #[must_use]
    pub fn of(lines: Vec<Line>, quotas: &[Quota]) -> Self {
        Self {
            quotas: quotas.iter().map(|quota| QuotaUse::of(quota, &lines)).collect(),
            lines,
        }
    }

    /// Choices of a filter: codes with their words and how many, each that occurs, in the order of the lines.
    #[must_use]
    pub fn choices(&self, of: impl Fn(&Line) -> Option<(String, String)>) -> Vec<(String, String)> {
        let mut found: Vec<(String, String, usize)> = Vec::new();
        for (code, words) in self.lines.iter().filter_map(of) {
            match found.iter_mut().find(|(known, ..)| *known == code) {
                Some((.., number)) => *number += 1,
                None => found.push((code, words, 1)),
            }
        }
        found
            .into_iter()
            .map(|(code, words, number)| (code, format!("{words} ({number})")))
            .collect()
    }
}
