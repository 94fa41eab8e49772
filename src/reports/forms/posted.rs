//! The report's form on its way from the browser.

use serde::Deserialize;

use super::{AdditionRow, FigureRow, ReportForm};
use crate::{
    kit::error::Result,
    papers::{at, bound_columns, id_at},
};

/// The form as a browser posts it: one list a column, aligned by position.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct PostedReport {
    pub version: i32,
    pub next: String,
    figure_id: Vec<String>,
    figure_reached: Vec<String>,
    figure_certainty: Vec<String>,
    figure_note: Vec<String>,
    figure_answer: Vec<String>,
    figure_links: Vec<String>,
    addition_id: Vec<String>,
    addition_indicator: Vec<String>,
    addition_unit_of_measure: Vec<String>,
    addition_reached: Vec<String>,
    addition_certainty: Vec<String>,
    addition_note: Vec<String>,
    addition_links: Vec<String>,
    situation: String,
    results: String,
    emulation: String,
    limitations: String,
    directions: String,
    proposals: String,
}

impl PostedReport {
    /// Refuses more rows than anybody types.
    pub(in super::super) fn bound(&self) -> Result<()> {
        bound_columns([
            &self.figure_id,
            &self.figure_reached,
            &self.figure_certainty,
            &self.figure_note,
            &self.figure_answer,
            &self.figure_links,
            &self.addition_id,
            &self.addition_indicator,
            &self.addition_unit_of_measure,
            &self.addition_reached,
            &self.addition_certainty,
            &self.addition_note,
            &self.addition_links,
        ])
    }
}

impl From<PostedReport> for ReportForm {
    fn from(p: PostedReport) -> Self {
        Self {
            figures: (0..p.figure_id.len())
                .map(|i| FigureRow {
                    id: id_at(&p.figure_id, i),
                    reached: at(&p.figure_reached, i),
                    certainty: at(&p.figure_certainty, i),
                    note: at(&p.figure_note, i),
                    answer: at(&p.figure_answer, i),
                    links: at(&p.figure_links, i),
                    taken_over: String::new(),
                })
                .collect(),
            additions: (0..p.addition_indicator.len())
                .map(|i| AdditionRow {
                    id: id_at(&p.addition_id, i),
                    indicator: at(&p.addition_indicator, i),
                    unit_of_measure: at(&p.addition_unit_of_measure, i),
                    reached: at(&p.addition_reached, i),
                    certainty: at(&p.addition_certainty, i),
                    note: at(&p.addition_note, i),
                    links: at(&p.addition_links, i),
                })
                .collect(),
            situation: p.situation,
            results: p.results,
            emulation: p.emulation,
            limitations: p.limitations,
            directions: p.directions,
            proposals: p.proposals,
        }
    }
}
