//! The minutes, complete from the recorded facts: they are drawn anew until they are signed, and then stay as they were.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::counts::{Count, count};
use crate::{
    ballots::{self, Ballot},
    conferences::{AgendaItem, Attendance, Conference, Delegate, Part},
    kit::clock,
    papers::Attachment,
    years::Year,
};

/// A whole conference on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    /// What the conference was called.
    pub title: String,
    /// The cluster's name.
    pub cluster: String,
    /// The year.
    pub year: i32,
    /// Where.
    pub place: String,
    /// When it began: `08:00 ngày 27/11/2023`; empty where it hasn't.
    pub began: String,
    /// When it ended, likewise.
    pub ended: String,
    /// Who presided, with posts.
    pub chairs: String,
    /// Who wrote the minutes.
    pub secretary: String,
    /// Guests, in a line.
    pub guests: String,
    /// The units that attended.
    pub present: Vec<Present>,
    /// Those that didn't.
    pub absent: Vec<Absent>,
    /// How attendance was judged, in words.
    pub quorum: String,
    /// The agenda with what was said.
    pub items: Vec<Item>,
    /// The ballots, opened ones only.
    pub ballots: Vec<Count>,
    /// Next year's lead; empty where none was elected.
    pub next_lead: String,
    /// Next year's deputy, likewise.
    pub next_deputy: String,
    /// What the chair concluded.
    pub conclusion: String,
    /// The journal when the minutes were drawn: its last line.
    pub journal_line: i64,
    /// That line's hash.
    pub journal_hash: String,
}

/// A unit that attended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    /// Its name.
    pub unit: String,
    /// Its delegates with their posts.
    pub delegates: Vec<String>,
}

/// A unit that didn't.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    /// Its name.
    pub unit: String,
    /// What it said; empty without a word.
    pub reason: String,
}

/// An item of the agenda with what was written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What was on.
    pub title: String,
    /// Who presented it.
    pub presenter: String,
    /// What was written down.
    pub notes: String,
}

/// What minutes are made of.
pub(super) struct Facts<'a> {
    pub year: &'a Year,
    pub conference: &'a Conference,
    pub attendance: &'a Attendance,
    pub delegates: &'a [Delegate],
    pub agenda: &'a [AgendaItem],
    pub ballots: &'a [Ballot],
    /// Of each ballot its scans.
    pub scans: &'a HashMap<Uuid, Vec<Attachment>>,
    pub journal: (i64, String),
}

/// The minutes of this moment.
pub(super) fn minutes(facts: &Facts<'_>) -> Minutes {
    let (year, conference) = (facts.year, facts.conference);
    let units = || facts.attendance.units.iter();
    let content = conference.content.as_ref();
    Minutes {
        title: conference.title(year),
        cluster: year.cluster.name.clone(),
        year: year.year,
        place: conference.plan.place.clone(),
        began: conference.opened_at.map(clock::moment_text).unwrap_or_default(),
        ended: conference.ended_at.map(clock::moment_text).unwrap_or_default(),
        chairs: conference.plan.chairs.clone(),
        secretary: conference.plan.secretary.clone(),
        guests: guests(facts),
        present: units()
            .filter(|unit| unit.is_present)
            .map(|unit| Present {
                unit: unit.name.clone(),
                delegates: facts
                    .delegates
                    .iter()
                    .filter(|d| d.unit_id == Some(unit.unit_id) && d.is_present())
                    .map(person)
                    .collect(),
            })
            .collect(),
        absent: units()
            .filter(|unit| !unit.is_present)
            .map(|unit| Absent {
                unit: unit.name.clone(),
                reason: unit.reason.clone(),
            })
            .collect(),
        quorum: facts.attendance.working.clone(),
        items: facts
            .agenda
            .iter()
            .map(|item| Item {
                title: item.title.clone(),
                presenter: item.presenter.clone(),
                notes: item.notes.clone(),
            })
            .collect(),
        ballots: facts
            .ballots
            .iter()
            .filter(|b| b.state != ballots::State::Draft)
            .map(|ballot| {
                let scans = facts.scans.get(&ballot.id.0).map_or(&[][..], Vec::as_slice);
                count(ballot, scans)
            })
            .collect(),
        next_lead: content.map(|c| c.next_lead.name.clone()).unwrap_or_default(),
        next_deputy: content.map(|c| c.next_deputy.name.clone()).unwrap_or_default(),
        conclusion: conference.plan.conclusion.clone(),
        journal_line: facts.journal.0,
        journal_hash: facts.journal.1.clone(),
    }
}

fn guests(facts: &Facts<'_>) -> String {
    let came: Vec<String> = facts
        .delegates
        .iter()
        .filter(|d| d.part == Part::Guest && d.is_present())
        .map(person)
        .collect();
    let planned = facts
        .conference
        .plan
        .guests
        .lines()
        .filter(|line| !line.is_empty() && !came.iter().any(|name| name == line));
    planned
        .map(str::to_owned)
        .chain(came.iter().cloned())
        .collect::<Vec<_>>()
        .join("; ")
}

fn person(delegate: &Delegate) -> String {
    if delegate.post.is_empty() {
        delegate.name.clone()
    } else {
        format!("{}, {}", delegate.name, delegate.post)
    }
}
