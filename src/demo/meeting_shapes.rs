//! The shapes of conferences in the files of `demo/`: what was planned, what was voted on, how it was held.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::shapes::Named;

/// A conference that is planned in the program.
#[derive(Deserialize)]
pub struct Meeting {
    pub kind: String,
    /// What it is called; after its kind where this is missing.
    #[serde(default)]
    pub title: String,
    pub place: String,
    pub starts_on: NaiveDate,
    pub starts_at: String,
    pub ends_at: String,
    pub chairs: String,
    pub secretary: String,
    pub invitation: String,
    pub guests: Vec<Named>,
    pub by: String,
    pub planned_at: DateTime<Utc>,
    pub invited_at: DateTime<Utc>,
    pub delegations: Vec<Delegation>,
    #[serde(default)]
    pub ballots: Vec<Ballot>,
    pub held: Option<Held>,
}

#[derive(Deserialize)]
pub struct Delegation {
    pub unit: String,
    pub by: String,
    pub at: DateTime<Utc>,
    pub absence: String,
    pub is_head: bool,
    pub voting: Named,
    /// When the authorisation of one who isn't the head came.
    pub authorised_at: Option<DateTime<Utc>>,
    pub stand_in: Option<Named>,
    pub others: Vec<Named>,
}

/// A ballot out of one of the usual ones.
#[derive(Deserialize)]
pub struct Ballot {
    pub preset: String,
    pub prepared_at: DateTime<Utc>,
    /// How it was voted on; none for a draft.
    pub vote: Option<Vote>,
}

#[derive(Deserialize)]
pub struct Vote {
    /// Whether each candidate is agreed to or not; else some are chosen.
    pub each_yes_no: bool,
    /// Of each question the candidates with the votes for them.
    pub questions: Vec<Vec<Candidate>>,
    pub committee: Committee,
    /// When absent units may vote, when they do, and until when they might.
    pub advance_at: DateTime<Utc>,
    pub advance_cast_at: DateTime<Utc>,
    pub advance_until: DateTime<Utc>,
    pub opened_at: DateTime<Utc>,
    pub cast_at: DateTime<Utc>,
    pub closed_at: DateTime<Utc>,
    pub counted_at: DateTime<Utc>,
    pub signed_at: DateTime<Utc>,
}

#[derive(Deserialize)]
pub struct Candidate {
    pub unit: String,
    pub votes_for: usize,
    /// Why it was brought forward, where it doesn't stand there by its points.
    #[serde(default)]
    pub reason: String,
}

#[derive(Deserialize)]
pub struct Committee {
    pub head: String,
    pub secretary: String,
    pub members: Vec<String>,
}

/// The day of a conference and what followed.
#[derive(Deserialize)]
pub struct Held {
    pub attendance: Vec<Attended>,
    pub opened_at: DateTime<Utc>,
    /// The items of the usual agenda, each with when it came and what was said.
    pub items: Vec<Item>,
    pub conclusion: String,
    pub concluded_at: DateTime<Utc>,
    pub ended_at: DateTime<Utc>,
    pub scanned_at: DateTime<Utc>,
    pub signed_at: DateTime<Utc>,
    pub hand_over: HandOver,
}

#[derive(Deserialize)]
pub struct Attended {
    pub name: String,
    pub at: DateTime<Utc>,
    /// With the own card; else the secretary notes it.
    pub by_card: bool,
}

#[derive(Deserialize)]
pub struct Item {
    pub at: DateTime<Utc>,
    pub notes: String,
}

#[derive(Deserialize)]
pub struct HandOver {
    pub recorded_at: DateTime<Utc>,
    pub on: NaiveDate,
    pub given_at: DateTime<Utc>,
    pub taken_at: DateTime<Utc>,
    pub taken_by: String,
}
