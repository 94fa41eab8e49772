//! The shapes of the files of `demo/`; `demo/README.md` explains them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    documents::Kind,
    people::{Gender, Role},
    units::{SuccessionKind, UnitKind},
    years::{Office, Step, ThresholdBase},
};

/// Everything, with the dates of one present.
pub struct World {
    pub units: Vec<Unit>,
    pub clusters: Vec<Cluster>,
    pub people: Vec<Person>,
    pub years: Vec<ClusterYear>,
}

#[derive(Deserialize)]
pub struct Unit {
    pub slug: String,
    pub place: String,
    pub name: String,
    pub short_name: String,
    pub kind: UnitKind,
    pub founded_on: Option<NaiveDate>,
    pub ended_on: Option<NaiveDate>,
    pub province_codes: Vec<ProvinceCode>,
    pub successor: Option<String>,
    pub succession_kind: Option<SuccessionKind>,
    pub contact: Option<Contact>,
    pub made_up: Vec<String>,
}

#[derive(Deserialize)]
pub struct ProvinceCode {
    pub code: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

#[derive(Deserialize)]
pub struct Contact {
    pub address: String,
    pub phone: String,
    pub email: String,
}

#[derive(Deserialize)]
pub struct Cluster {
    pub slug: String,
    pub number: i32,
    pub name: String,
    pub note: Option<String>,
}

#[derive(Deserialize)]
pub struct Person {
    pub login: String,
    pub full_name: String,
    pub gender: Gender,
    pub email: String,
    pub posts: Vec<Post>,
}

#[derive(Deserialize)]
pub struct Post {
    pub role: Role,
    pub unit: Option<String>,
    pub cluster: Option<String>,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

#[derive(Deserialize)]
pub struct ClusterYear {
    pub cluster: String,
    pub year: i32,
    /// When it was opened, where that wasn't on the first day of its calendar.
    pub opened_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub members: Vec<Member>,
    pub leaderships: Vec<Leadership>,
    pub calendar: Vec<Window>,
    pub rules: Rules,
    #[serde(default)]
    pub unit_facts: Vec<Facts>,
    #[serde(default)]
    pub registrations: Vec<Registration>,
    pub consolidation: Option<Consolidation>,
    pub meeting: Option<super::meeting_shapes::Meeting>,
    pub scoring: Option<super::score_shapes::Scoring>,
    #[serde(default)]
    pub put_forward: Vec<PutForward>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub submitted_by: Option<String>,
    #[serde(default)]
    pub appraisals: Vec<Appraisal>,
    pub council: Option<Council>,
    pub decision: Option<Decision>,
    #[serde(default)]
    pub papers: Vec<Paper>,
    #[serde(default)]
    pub reports: Vec<Report>,
    #[serde(default)]
    pub midyear_reports: Vec<Report>,
    /// Figures by code that the reports on the year don't name: `figures.json`.
    #[serde(skip)]
    pub annual_figures: ByUnit,
    /// The same for the reports on six months.
    #[serde(skip)]
    pub midyear_figures: ByUnit,
}

/// Figures as typed, by unit and code; `~` behind one says that it is an estimate.
pub type ByUnit = BTreeMap<String, BTreeMap<String, String>>;

/// The file of figures: by year, `current` for the current one.
#[derive(Deserialize)]
pub struct Figures {
    pub annual: BTreeMap<String, ByUnit>,
    pub midyear: BTreeMap<String, ByUnit>,
}

#[derive(Deserialize)]
pub struct Member {
    pub unit: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

#[derive(Deserialize)]
pub struct Leadership {
    pub unit: String,
    pub office: Office,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    /// Whether the hand-over after the conference of the year before brought it about.
    #[serde(default)]
    pub by_hand_over: bool,
}

#[derive(Deserialize)]
pub struct Window {
    pub step: Step,
    pub opens_on: NaiveDate,
    pub due_on: NaiveDate,
}

#[derive(Deserialize)]
pub struct Rules {
    pub flag_quota: i32,
    pub merit_quota: i32,
    pub quorum_percent: String,
    pub threshold_percent: String,
    pub threshold_base: ThresholdBase,
}

#[derive(Deserialize)]
pub struct Facts {
    pub unit: String,
    pub departments: Option<i32>,
    pub staff: Option<i32>,
    pub leader_is_civil_servant: Option<bool>,
    pub made_up: Vec<String>,
}

#[derive(Deserialize)]
pub struct Registration {
    pub unit: String,
    pub by: String,
    pub saved_at: Option<DateTime<Utc>>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub returned: Option<Returned>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub accepted_by: Option<String>,
    pub form: Value,
}

#[derive(Deserialize)]
pub struct Returned {
    pub at: DateTime<Utc>,
    pub by: String,
    pub due_on: Option<NaiveDate>,
    pub reason: String,
    pub items: Vec<ReturnedItem>,
    pub first_typed: Vec<FirstTyped>,
    pub resubmitted_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
pub struct ReturnedItem {
    pub section: String,
    pub row: Option<usize>,
    pub note: String,
}

#[derive(Deserialize)]
pub struct FirstTyped {
    pub section: String,
    pub row: usize,
    pub field: String,
    pub value: String,
}

#[derive(Deserialize)]
pub struct Consolidation {
    pub by: String,
    pub saved_at: Option<DateTime<Utc>>,
    pub sent_at: Option<DateTime<Utc>>,
    pub acknowledged_at: Option<DateTime<Utc>>,
    pub acknowledged_by: Option<String>,
    pub note: String,
}

#[derive(Deserialize)]
pub struct Report {
    pub unit: String,
    pub by: String,
    pub saved_at: Option<DateTime<Utc>>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub returned: Option<Returned>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub accepted_by: Option<String>,
    pub finalised_at: Option<DateTime<Utc>>,
    pub finalised_by: Option<String>,
    /// A list of [`Figure`]s.
    pub figures: Value,
    pub sections: Sections,
}

#[derive(Clone, Deserialize)]
pub struct Figure {
    pub indicator: String,
    pub reached: String,
    pub certainty: String,
    /// The figure that replaced the estimate.
    #[serde(rename = "final")]
    pub last: Option<String>,
    pub note: String,
    /// What the officer answered when asked about it.
    #[serde(default)]
    pub answer: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sections {
    pub situation: String,
    pub results: String,
    pub emulation: String,
    pub limitations: String,
    pub directions: String,
    pub proposals: String,
}

#[derive(Deserialize)]
pub struct Named {
    pub name: String,
    pub post: String,
}

#[derive(Deserialize)]
pub struct PutForward {
    pub unit: String,
    pub by: String,
    pub at: DateTime<Utc>,
    /// One whom the unit registered for an award.
    pub full_name: String,
    /// When the unit's own meeting voted.
    pub reviewed_on: NaiveDate,
    pub votes_for: u32,
    pub votes_of: u32,
    /// How the person agreed.
    pub detail: String,
}

#[derive(Deserialize)]
pub struct Appraisal {
    pub unit: String,
    /// The person of the unit whom it is about; none for the unit itself.
    pub person: Option<String>,
    pub award: String,
    pub at: DateTime<Utc>,
    pub by: String,
    pub eligible: bool,
    pub reason: String,
}

#[derive(Deserialize)]
pub struct Council {
    pub held_on: NaiveDate,
    pub members_total: u32,
    pub members_present: u32,
    pub results: Vec<CouncilResult>,
    pub by: String,
}

#[derive(Deserialize)]
pub struct CouncilResult {
    pub unit: String,
    pub person: Option<String>,
    pub award: String,
    pub votes_for: u32,
}

#[derive(Deserialize)]
pub struct Decision {
    pub number: String,
    pub symbol: String,
    pub issued_on: NaiveDate,
    pub signer: String,
    pub signer_post: String,
    pub title: String,
    pub by: String,
    /// When its awards got their numbers in the golden book.
    pub booked_on: Option<NaiveDate>,
    /// When its paper was issued, as it was signed.
    pub printed_on: Option<NaiveDate>,
    /// Who confirmed that paper.
    #[serde(default)]
    pub received: Vec<Receipt>,
}

/// A paper about the year of the cluster.
#[derive(Deserialize)]
pub struct Paper {
    pub kind: Kind,
    pub issued_on: NaiveDate,
    pub by: String,
    pub signer: String,
    pub received: Vec<Receipt>,
}

/// Somebody of a unit confirmed a paper.
#[derive(Deserialize)]
pub struct Receipt {
    pub unit: String,
    pub by: String,
    pub at: DateTime<Utc>,
}
