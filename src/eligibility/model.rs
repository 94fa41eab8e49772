//! What the rules look at, and what they find.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::rules;
use crate::{
    award_history::{Forebear, Laurel},
    awards::{Awards, Version},
    ids::UnitId,
};

/// Who is looked at, for which award.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The award's code.
    pub award: String,
    /// The person; none for the unit itself.
    pub person: Option<String>,
}

/// What a registration says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registered {
    /// Whether the cluster has taken it in.
    pub is_taken_in: bool,
    /// Days late.
    pub late_days: i32,
    /// Awards for the unit: codes.
    pub units: Vec<String>,
    /// Persons with their awards: name, code.
    pub persons: Vec<(String, String)>,
}

/// A nomination of the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nominated {
    /// The unit.
    pub unit_id: UnitId,
    /// Its short name.
    pub unit_name: String,
    /// The award's code.
    pub award: String,
    /// Votes for it.
    pub votes_for: i32,
    /// Whether the cluster acclaimed it.
    pub acclaimed: bool,
    /// Whether it takes a place of the quota: acclaimed, and neither refused nor taken back since.
    pub counts: bool,
}

/// What the program knows of a unit in a year.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The year of the achievement.
    pub year: i32,
    /// The unit.
    pub unit_id: Option<UnitId>,
    /// Its registration, once handed in.
    pub registered: Option<Registered>,
    /// The units it came from.
    pub forebears: Vec<Forebear>,
    /// The classes of locked score sheets, its own and of the units it came from, by year: none where a unit was in a
    /// cluster and no sheet is locked.
    pub classes: HashMap<(UnitId, i32), Option<String>>,
    /// What it and the units it came from, and their persons, have been given.
    pub laurels: Vec<Laurel>,
    /// The cluster's nominations of the year.
    pub nominated: Vec<Nominated>,
    /// How many of an award the rules of the year allow: by code.
    pub quotas: HashMap<String, i32>,
    /// How many nominations of an award all clusters have acclaimed in the calendar year: by code.
    pub acclaimed: HashMap<String, i64>,
    /// Awards that a unit gives itself: they are conditions of others, no second reward.
    pub grassroots: HashSet<String>,
}

/// What is known of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Fulfilled.
    Met,
    /// Somebody in charge has said that it is fulfilled.
    Attested,
    /// VUSTA lets it pass.
    Waived,
    /// Not fulfilled.
    Missing,
    /// The program can't know.
    Unknown,
}

impl Mark {
    /// The mark in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Met => "đạt",
            Self::Attested => "đã xác nhận",
            Self::Waived => "được miễn",
            Self::Missing => "còn thiếu",
            Self::Unknown => "chưa rõ",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Met | Self::Attested => "done",
            Self::Waived => "info",
            Self::Missing => "late",
            Self::Unknown => "waiting",
        }
    }

    /// Whether nothing is left to do.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Met | Self::Attested | Self::Waived)
    }
}

/// What somebody in charge has noted of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum RemarkKind {
    /// That it is fulfilled.
    Attested,
    /// That it is let pass.
    Waived,
}

/// A remark on a condition of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The version's number.
    pub version: i32,
    /// The condition's place in it, from 0.
    pub place: usize,
    /// What is noted.
    pub kind: RemarkKind,
    /// Why, or on what ground.
    pub reason: String,
    /// By whom: the full name.
    pub by: String,
}

/// A condition with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its place in the version, from 0.
    pub place: usize,
    /// What is asked.
    pub text: String,
    /// By which article.
    pub article: String,
    /// Whether it may be let pass with a reason.
    pub waivable: bool,
    /// Whether its text has to be looked at.
    pub to_check: bool,
    /// What is known.
    pub mark: Mark,
    /// The finding in words.
    pub note: String,
}

/// What somebody has and lacks for an award.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The award's code.
    pub award: String,
    /// Its name.
    pub award_name: String,
    /// Its page in the catalogue.
    pub path: String,
    /// The person; none for the unit itself.
    pub person: Option<String>,
    /// The number of the version that it goes by; 0 where none holds.
    pub version: i32,
    /// The rule that the version comes from.
    pub source: String,
    /// The conditions in order.
    pub findings: Vec<Finding>,
}

impl Card {
    /// The article that most conditions go by, so that it is told once: with whether one of them has to be looked at. None
    /// where each has another.
    #[must_use]
    pub fn usual_article(&self) -> Option<(&str, bool)> {
        let count = |article: &str| self.findings.iter().filter(|f| f.article == article).count();
        let articles = self.findings.iter().map(|f| f.article.as_str());
        let usual = articles
            .max_by_key(|article| count(article))
            .filter(|article| count(article) > 1)?;
        let of_it = |f: &&Finding| f.article == usual;
        Some((usual, self.findings.iter().filter(of_it).any(|f| f.to_check)))
    }

    /// Whether a condition goes by another article than most.
    #[must_use]
    pub fn has_own_article(&self, finding: &Finding) -> bool {
        self.usual_article()
            .is_none_or(|(usual, _)| finding.article != usual)
    }

    /// Looks at every condition of the version for this subject.
    #[must_use]
    pub fn of(
        subject: &Subject,
        version: Option<&Version>,
        facts: &Facts,
        remarks: &[Remark],
        awards: &Awards,
    ) -> Self {
        let conditions = version.map(|v| v.conditions.as_slice()).unwrap_or_default();
        let asked = conditions
            .iter()
            .enumerate()
            .filter(|(_, condition)| match subject.person {
                Some(_) => condition.is_of_persons(),
                None => condition.is_of_units(),
            });
        let number = version.map_or(0, |v| v.number);
        let findings = asked.map(|(place, condition)| {
            let (mark, note) = rules::judge(&condition.rule, subject, facts, awards);
            let finding = Finding {
                place,
                text: condition.rule.text(awards),
                article: condition.article.clone(),
                waivable: condition.waivable,
                to_check: condition.to_check,
                mark,
                note,
            };
            let remark = remarks
                .iter()
                .rev()
                .find(|r| r.version == number && r.place == place);
            finding.with(remark)
        });
        let award = awards.find(&subject.award);
        Self {
            award: subject.award.clone(),
            award_name: awards.name(&subject.award),
            path: award.map(crate::awards::Award::path).unwrap_or_default(),
            person: subject.person.clone(),
            version: number,
            source: version.map(|v| v.source.clone()).unwrap_or_default(),
            findings: findings.collect(),
        }
    }

    /// What is missing first; then what isn't known.
    #[must_use]
    pub fn first_missing(&self) -> Option<&Finding> {
        let marked = |mark| self.findings.iter().find(|f| f.mark == mark);
        marked(Mark::Missing).or_else(|| marked(Mark::Unknown))
    }

    /// What keeps a dossier from going: missing for certain, and not to be waived.
    pub fn bars(&self) -> impl Iterator<Item = &Finding> {
        let bars = |f: &&Finding| f.mark == Mark::Missing && !f.waivable && !f.to_check;
        self.findings.iter().filter(bars)
    }

    /// `5/8 điều kiện đạt`
    #[must_use]
    pub fn tally(&self) -> String {
        format!("{}/{} điều kiện đạt", self.settled(), self.findings.len())
    }

    /// For a cell of a table: `đủ`, what is missing first, of how many nothing is known.
    #[must_use]
    pub fn brief(&self) -> String {
        let first = self.first_missing().filter(|f| f.mark == Mark::Missing);
        let missing = first.map(|finding| match self.missing() {
            1 => format!("thiếu: {}", finding.text),
            n => format!("thiếu {n}, trước hết: {}", finding.text),
        });
        let unknown = (self.unknown() > 0).then(|| format!("chưa rõ {}", self.unknown()));
        let told: Vec<String> = missing.into_iter().chain(unknown).collect();
        if told.is_empty() {
            "đủ".to_owned()
        } else {
            told.join("; ")
        }
    }

    /// How many conditions need nothing any more.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.findings.iter().filter(|f| f.mark.is_settled()).count()
    }

    /// How many are missing.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.count(Mark::Missing)
    }

    /// Of how many nothing is known.
    #[must_use]
    pub fn unknown(&self) -> usize {
        self.count(Mark::Unknown)
    }

    fn count(&self, mark: Mark) -> usize {
        self.findings.iter().filter(|f| f.mark == mark).count()
    }

    /// The condition in this place.
    #[must_use]
    pub fn find(&self, place: usize) -> Option<&Finding> {
        self.findings.iter().find(|f| f.place == place)
    }
}

impl Finding {
    /// With what was noted of it: somebody's word closes what is open, a waiver what is missing too.
    fn with(mut self, remark: Option<&Remark>) -> Self {
        let Some(remark) = remark else { return self };
        let mark = match (remark.kind, self.mark) {
            (RemarkKind::Attested, Mark::Unknown) => Mark::Attested,
            (RemarkKind::Waived, Mark::Unknown | Mark::Missing) if self.waivable => Mark::Waived,
            _ => return self,
        };
        self.mark = mark;
        self.note = format!("{}: {}", remark.by, remark.reason);
        self
    }
}
