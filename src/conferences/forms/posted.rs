//! The form of the conference's result on its way from the browser.

use serde::Deserialize;

use super::{CandidateRow, ConferenceForm};
use crate::{
    kit::error::Result,
    papers::{at, bound_columns},
};

/// The form as a browser posts it: one list a column, aligned by position.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct PostedConference {
    pub version: i32,
    pub next: String,
    held_on: String,
    place: String,
    title: String,
    chairs: String,
    form_of_vote: String,
    present: Vec<String>,
    issued: String,
    collected: String,
    valid: String,
    candidate_unit: Vec<String>,
    candidate_award: Vec<String>,
    candidate_votes_for: Vec<String>,
    candidate_order: Vec<String>,
    tie_note: String,
    next_lead: String,
    next_deputy: String,
    note: String,
}

impl PostedConference {
    /// Refuses more rows than anybody types.
    pub(in super::super) fn bound(&self) -> Result<()> {
        bound_columns([
            &self.present,
            &self.candidate_unit,
            &self.candidate_award,
            &self.candidate_votes_for,
            &self.candidate_order,
        ])
    }
}

impl From<PostedConference> for ConferenceForm {
    fn from(p: PostedConference) -> Self {
        let candidates = (0..p.candidate_unit.len())
            .map(|i| CandidateRow {
                unit: at(&p.candidate_unit, i),
                award: at(&p.candidate_award, i),
                votes_for: at(&p.candidate_votes_for, i),
                order: at(&p.candidate_order, i),
            })
            .collect();
        Self {
            held_on: p.held_on,
            place: p.place,
            title: p.title,
            chairs: p.chairs,
            form_of_vote: p.form_of_vote,
            present: p.present,
            issued: p.issued,
            collected: p.collected,
            valid: p.valid,
            candidates,
            tie_note: p.tie_note,
            next_lead: p.next_lead,
            next_deputy: p.next_deputy,
            note: p.note,
        }
        .trimmed()
    }
}
