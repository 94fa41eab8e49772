//! The registration's form on its way from the browser.

use serde::Deserialize;

use super::{IndividualRow, InitiativeRow, RegistrationForm, TargetRow, TitleRow};
use crate::{
    kit::error::Result,
    papers::{at, bound_columns, id_at},
};

/// The form as a browser posts it: one list a column, aligned by position.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct PostedRegistration {
    pub version: i32,
    pub next: String,
    contact_name: String,
    contact_phone: String,
    contact_email: String,
    note: String,
    target_id: Vec<String>,
    target_indicator: Vec<String>,
    target_unit_of_measure: Vec<String>,
    target_last_result: Vec<String>,
    target_target: Vec<String>,
    target_note: Vec<String>,
    title_id: Vec<String>,
    title_award: Vec<String>,
    title_note: Vec<String>,
    individual_id: Vec<String>,
    individual_full_name: Vec<String>,
    individual_birth_year: Vec<String>,
    individual_gender: Vec<String>,
    individual_position: Vec<String>,
    individual_award: Vec<String>,
    individual_note: Vec<String>,
    initiative_id: Vec<String>,
    initiative_name: Vec<String>,
    initiative_recognised_by: Vec<String>,
    initiative_recognised_on: Vec<String>,
}

impl PostedRegistration {
    /// Refuses more rows than anybody types.
    pub(in super::super) fn bound(&self) -> Result<()> {
        bound_columns([
            &self.target_id,
            &self.target_indicator,
            &self.target_unit_of_measure,
            &self.target_last_result,
            &self.target_target,
            &self.target_note,
            &self.title_id,
            &self.title_award,
            &self.title_note,
            &self.individual_id,
            &self.individual_full_name,
            &self.individual_birth_year,
            &self.individual_gender,
            &self.individual_position,
            &self.individual_award,
            &self.individual_note,
            &self.initiative_id,
            &self.initiative_name,
            &self.initiative_recognised_by,
            &self.initiative_recognised_on,
        ])
    }
}

impl From<PostedRegistration> for RegistrationForm {
    fn from(p: PostedRegistration) -> Self {
        Self {
            targets: (0..p.target_indicator.len())
                .map(|i| TargetRow {
                    id: id_at(&p.target_id, i),
                    indicator: at(&p.target_indicator, i),
                    unit_of_measure: at(&p.target_unit_of_measure, i),
                    last_result: at(&p.target_last_result, i),
                    target: at(&p.target_target, i),
                    note: at(&p.target_note, i),
                })
                .collect(),
            titles: (0..p.title_award.len())
                .map(|i| TitleRow {
                    id: id_at(&p.title_id, i),
                    award: at(&p.title_award, i),
                    note: at(&p.title_note, i),
                })
                .collect(),
            individuals: (0..p.individual_full_name.len())
                .map(|i| IndividualRow {
                    id: id_at(&p.individual_id, i),
                    full_name: at(&p.individual_full_name, i),
                    birth_year: at(&p.individual_birth_year, i),
                    gender: at(&p.individual_gender, i),
                    position: at(&p.individual_position, i),
                    award: at(&p.individual_award, i),
                    note: at(&p.individual_note, i),
                })
                .collect(),
            initiatives: (0..p.initiative_name.len())
                .map(|i| InitiativeRow {
                    id: id_at(&p.initiative_id, i),
                    name: at(&p.initiative_name, i),
                    recognised_by: at(&p.initiative_recognised_by, i),
                    recognised_on: at(&p.initiative_recognised_on, i),
                })
                .collect(),
            contact_name: p.contact_name,
            contact_phone: p.contact_phone,
            contact_email: p.contact_email,
            note: p.note,
        }
    }
}
