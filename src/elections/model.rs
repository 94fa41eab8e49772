//! The elected lead and deputy as one unit, and what was done about it.

use chrono::NaiveDate;

use crate::{
    ids::{ClusterId, ConferenceId, UnitId},
    kit::{clock::Moment, journal::Subject},
};

/// Lead and deputy have become one unit since a closing conference elected them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merger {
    /// The conference.
    pub conference_id: ConferenceId,
    /// Its cluster.
    pub cluster_id: ClusterId,
    /// `Cụm thi đua số 3`
    pub cluster: String,
    /// The cluster's part of a path.
    pub slug: String,
    /// The year that the conference closed: the offices are those of the next one.
    pub year: i32,
    /// The elected lead, by its name of then.
    pub lead: String,
    /// The elected deputy, by its name of then.
    pub deputy: String,
    /// The unit that both have become.
    pub unit_id: UnitId,
    /// Its name.
    pub unit: String,
    /// Since when.
    pub since: NaiveDate,
    /// The standing office's word, if it was given.
    pub confirmation: Option<Confirmation>,
    /// The election held since, if there was one.
    pub reelection: Option<Reelection>,
    /// Whether the year of these offices is over, so that nothing is to be done any more.
    pub is_past: bool,
}

/// The standing office's word that the cluster goes on as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// Why.
    pub reason: String,
    /// When it was recorded.
    pub at: Moment,
    /// By whom: the full name.
    pub by: String,
}

/// An extraordinary conference that elected anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reelection {
    /// Its year.
    pub year: i32,
    /// Its part of a path.
    pub meeting: String,
}

impl Merger {
    /// Whether something is still to be done.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.confirmation.is_none() && self.reelection.is_none() && !self.is_past
    }

    /// The year whose offices were elected.
    #[must_use]
    pub fn next_year(&self) -> i32 {
        self.year + 1
    }

    /// `/cum/cum-3/2023/hoi-nghi/hop-nhat`
    #[must_use]
    pub fn path(&self) -> String {
        format!("/cum/{}/{}/hoi-nghi/hop-nhat", self.slug, self.year)
    }

    /// Where the new election was held.
    #[must_use]
    pub fn path_of(&self, reelection: &Reelection) -> String {
        format!(
            "/cum/{}/{}/hoi-nghi/{}",
            self.slug, reelection.year, reelection.meeting
        )
    }

    /// As the journal knows it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject {
            kind: "conferences",
            id: self.conference_id.0,
            cluster: Some(self.cluster_id.0),
            unit: Some(self.unit_id.0),
        }
    }
}
