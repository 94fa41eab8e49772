//! What is planned for a conference.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::kit::{
    clock::{self, Moment, date_text},
    values,
};

/// Place, time, people, words: checked text as people write it. What is empty is still to be planned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// What it is called.
    pub title: String,
    /// Where.
    pub place: String,
    /// The day: `28/11/2023`.
    pub starts_on: String,
    /// The time at which it begins: `08:00`.
    pub starts_at: String,
    /// The time at which it is to end.
    pub ends_at: String,
    /// Who presides, with posts.
    pub chairs: String,
    /// Who writes the minutes.
    pub secretary: String,
    /// What the invitation says beyond time, place and agenda.
    pub invitation: String,
    /// Guests who are invited, one a line.
    pub guests: String,
    /// What the chair concludes; goes into the minutes.
    pub conclusion: String,
}

impl Plan {
    /// The day.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        values::date(&self.starts_on).ok()
    }

    /// When it begins.
    #[must_use]
    pub fn starts(&self) -> Option<Moment> {
        Some(clock::at(self.day()?, self.time()?))
    }

    fn time(&self) -> Option<NaiveTime> {
        values::time(&self.starts_at).ok()
    }

    /// `08:00 ngày 28/11/2023`, as far as it is known; empty when nothing is.
    #[must_use]
    pub fn when(&self) -> String {
        let Some(day) = self.day() else {
            return String::new();
        };
        let until = if self.ends_at.is_empty() {
            String::new()
        } else {
            format!(" đến {}", self.ends_at)
        };
        match self.time() {
            Some(time) => format!("{}{until} ngày {}", time.format("%H:%M"), date_text(day)),
            None => format!("ngày {}", date_text(day)),
        }
    }

    /// What is missing before anybody can be invited: field and sentence.
    #[must_use]
    pub fn missing(&self) -> Vec<(&'static str, &'static str)> {
        [
            ("place", self.place.is_empty(), "Chưa có địa điểm họp."),
            ("starts_on", self.day().is_none(), "Chưa có ngày họp."),
            ("starts_at", self.time().is_none(), "Chưa có giờ khai mạc."),
            ("chairs", self.chairs.is_empty(), "Chưa có người chủ trì."),
            ("secretary", self.secretary.is_empty(), "Chưa có thư ký hội nghị."),
        ]
        .into_iter()
        .filter(|(_, is_missing, _)| *is_missing)
        .map(|(field, _, told)| (field, told))
        .collect()
    }
}
