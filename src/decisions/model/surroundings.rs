//! What surrounds the draft of a decision.

use chrono::NaiveDate;

use super::{About, Decision, Line};
use crate::{
    awards::Awards,
    legal_bases::{self, LegalBasis},
    nominations::Nomination,
};

/// What a draft is checked with.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The earlier decision that it corrects or cancels.
    pub about: Option<Decision>,
    /// What that one awarded and nothing has cancelled since.
    pub standing: Vec<Line>,
    /// The nominations that wait for a decision.
    pub passed: Vec<Nomination>,
    /// The catalogue.
    pub awards: Awards,
    /// The legal bases of all days.
    pub bases: Vec<LegalBasis>,
}

/// What a paper of this kind is called in the list of legal bases.
const CITES_AS: &str = "decision";

/// Who proposed it.
const PROPOSED: &str = "Theo đề nghị của Thường trực Hội đồng Thi đua - Khen thưởng.";

impl Surroundings {
    /// What a decision of this day is based on, a line each: the acts in force, then the proposal of those who appraised.
    #[must_use]
    pub fn bases_on(&self, day: NaiveDate) -> String {
        let acts = legal_bases::in_force(&self.bases, CITES_AS, day);
        let mut lines: Vec<String> = acts
            .iter()
            .map(|basis| format!("Căn cứ {};", basis.words))
            .collect();
        lines.push(PROPOSED.to_owned());
        lines.join("\n")
    }

    /// Why a decision of this day can't cite what is typed.
    #[must_use]
    pub fn refusal_of_bases(&self, typed: &str, day: NaiveDate) -> Option<String> {
        legal_bases::refusal(&self.bases, CITES_AS, typed, day)
    }

    /// Which of the bases that it cites end soon after that day.
    #[must_use]
    pub fn ending_bases(&self, typed: &str, day: NaiveDate) -> Vec<String> {
        legal_bases::ending_soon(&self.bases, typed, day)
    }

    /// How many awards the earlier decision gave.
    #[must_use]
    pub fn awarded(&self) -> usize {
        let content = self.about.as_ref().and_then(|about| about.content.as_ref());
        content.map_or(0, |content| content.lines.len())
    }

    /// How the earlier decision is named.
    #[must_use]
    pub fn about(&self) -> Option<About> {
        let decision = self.about.as_ref()?;
        let content = decision.content.as_ref()?;
        Some(About {
            number: content.number_text(),
            issued_on: content.issued_on,
            hash: decision.content_hash.clone().unwrap_or_default(),
        })
    }
}
