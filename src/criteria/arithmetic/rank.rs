//! Places, and the ladder by which units with equal points are told apart.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Tally;
use crate::{
    criteria::model::{Rules, TieStep},
    ids::UnitId,
};

/// A unit to be given its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The unit.
    pub unit: UnitId,
    /// Its sums.
    pub tally: Tally,
    /// Whether it was awarded last year.
    pub awarded_last_year: bool,
    /// The votes of the cluster's members for it, where they voted on a tie.
    pub votes: Option<u32>,
    /// Its place among equals as it was decided, from 1.
    pub decided: Option<u32>,
}

/// A unit's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The unit.
    pub unit: UnitId,
    /// The place, from 1; after two that share the first comes the third.
    pub place: usize,
    /// Whether others have the same place (đồng hạng).
    pub shared: bool,
    /// How equal points were told apart, a sentence a step; empty where nobody had the same points.
    pub steps: Vec<String>,
}

/// The places, best first. Equal points are told apart by the ladder of the rules; what it can't tell apart shares a
/// place and says so. The order of `entries` plays no part.
#[must_use]
pub fn rank(rules: &Rules, entries: &[Entry]) -> Vec<Place> {
    let mut all: Vec<Ranked<'_>> = entries
        .iter()
        .map(|entry| Ranked {
            entry,
            steps: Vec::new(),
        })
        .collect();
    all.sort_by_key(|r| r.entry.unit);
    let mut places = Vec::with_capacity(all.len());
    for mut equals in parted(all, |r| Some(r.entry.tally.total)) {
        if equals.len() > 1 {
            let words = format!(
                "Tổng điểm {}: bằng {} đơn vị khác.",
                rules.points_text(equals[0].entry.tally.total),
                equals.len() - 1
            );
            for ranked in &mut equals {
                ranked.steps.push(words.clone());
            }
        }
        for together in climb(rules, &rules.ties, equals) {
            let (place, shared) = (places.len() + 1, together.len() > 1);
            places.extend(together.into_iter().map(|r| Place {
                unit: r.entry.unit,
                place,
                shared,
                steps: r.finished(shared),
            }));
        }
    }
    places
}

/// A unit on its way up the ladder.
struct Ranked<'a> {
    entry: &'a Entry,
    steps: Vec<String>,
}

impl Ranked<'_> {
    fn finished(mut self, shared: bool) -> Vec<String> {
        if shared {
            self.steps
                .push("Xét hết các bước vẫn bằng nhau: đồng hạng.".to_owned());
        }
        self.steps
    }
}

/// Parts equals by one step after another until each stands alone or the ladder ends.
fn climb<'a>(rules: &Rules, ladder: &[TieStep], equals: Vec<Ranked<'a>>) -> Vec<Vec<Ranked<'a>>> {
    let Some((step, rest)) = ladder.split_first() else {
        return vec![equals];
    };
    if equals.len() < 2 {
        return vec![equals];
    }
    let parts = by_step(rules, step, equals);
    parts
        .into_iter()
        .flat_map(|part| climb(rules, rest, part))
        .collect()
}

/// Parts equals by one step. A step whose answer is missing for any of them tells nobody apart.
fn by_step<'a>(rules: &Rules, step: &TieStep, mut equals: Vec<Ranked<'a>>) -> Vec<Vec<Ranked<'a>>> {
    let is_known = equals.iter().all(|r| answer(step, r.entry).is_some());
    if !is_known {
        let words = format!("{}: chưa có kết quả.", subject(step));
        for ranked in &mut equals {
            ranked.steps.push(words.clone());
        }
        return vec![equals];
    }
    let mut parts = parted(equals, |r| answer(step, r.entry));
    let is_apart = parts.len() > 1;
    for part in &mut parts {
        for ranked in part {
            let shown = shown(rules, step, ranked.entry);
            let words = if is_apart {
                format!("{}: {shown}.", subject(step))
            } else {
                format!("{}: {shown}, bằng nhau.", subject(step))
            };
            ranked.steps.push(words);
        }
    }
    parts
}

/// What a step looks at; more is better.
fn answer(step: &TieStep, entry: &Entry) -> Option<Decimal> {
    match step {
        TieStep::MainGroups(codes) => Some(main_groups(codes, entry)),
        TieStep::MoreBonus => Some(entry.tally.bonus),
        TieStep::LessDeduction => Some(-entry.tally.deduction),
        TieStep::NotAwardedLastYear => Some(Decimal::from(u8::from(!entry.awarded_last_year))),
        TieStep::Vote => entry.votes.map(Decimal::from),
        TieStep::LeadDecides => entry.decided.map(|place| -Decimal::from(place)),
    }
}

fn main_groups(codes: &[String], entry: &Entry) -> Decimal {
    codes.iter().filter_map(|code| entry.tally.points_of(code)).sum()
}

/// What a step looks at, in words.
fn subject(step: &TieStep) -> String {
    match step {
        TieStep::MainGroups(codes) => format!("Điểm các nhóm nhiệm vụ chính ({})", codes.join(", ")),
        TieStep::MoreBonus => "Điểm thưởng".to_owned(),
        TieStep::LessDeduction => "Điểm trừ".to_owned(),
        TieStep::NotAwardedLastYear => "Khen thưởng năm trước".to_owned(),
        TieStep::Vote => "Số phiếu biểu quyết".to_owned(),
        TieStep::LeadDecides => "Quyết định của cụm trưởng hoặc LHHVN".to_owned(),
    }
}

/// The answer in words.
fn shown(rules: &Rules, step: &TieStep, entry: &Entry) -> String {
    match step {
        TieStep::MainGroups(codes) => format!("{} điểm", rules.points_text(main_groups(codes, entry))),
        TieStep::MoreBonus => format!("{} điểm", rules.points_text(entry.tally.bonus)),
        TieStep::LessDeduction => format!("{} điểm", rules.points_text(entry.tally.deduction)),
        TieStep::NotAwardedLastYear if entry.awarded_last_year => "đã được khen".to_owned(),
        TieStep::NotAwardedLastYear => "chưa được khen".to_owned(),
        TieStep::Vote => format!("{} phiếu", entry.votes.unwrap_or_default()),
        TieStep::LeadDecides => format!("xếp thứ {} trong số bằng điểm", entry.decided.unwrap_or_default()),
    }
}

/// Parts by a key, best first; within a part the order stays.
fn parted<T, K: Ord>(mut items: Vec<T>, key: impl Fn(&T) -> K) -> Vec<Vec<T>> {
    items.sort_by_key(|item| std::cmp::Reverse(key(item)));
    let mut parts: Vec<Vec<T>> = Vec::new();
    for item in items {
        match parts.last_mut() {
            Some(part) if part.first().map(&key) == Some(key(&item)) => part.push(item),
            _ => parts.push(vec![item]),
        }
    }
    parts
}
