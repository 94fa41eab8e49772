//! The handing over of awards as typed, and the way from there to what is noted.

use chrono::NaiveDate;
use serde::Deserialize;

use super::super::model::Handover;
use crate::{
    ids::NominationId,
    kit::{clock::date_text, fields::FieldErrors, values},
};

/// The handing over of an award, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct HandoverForm {
    pub nomination: Option<NominationId>,
    /// Anything but nothing: all awards of the decision that wait, at once.
    pub everybody: String,
    pub awarded_on: String,
    pub awarded_place: String,
}

/// The right day and place of a handing over that was noted wrongly, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct CorrectionForm {
    pub corrected: Option<NominationId>,
    /// Anything but nothing: all awards of the decision that were noted, at once.
    pub corrected_everybody: String,
    pub corrected_on: String,
    pub corrected_place: String,
    pub corrected_reason: String,
}

impl CorrectionForm {
    /// The form before anything is typed: the day and place as noted, where they are the same for all awards.
    pub fn of(handovers: &[Handover]) -> Self {
        let mut noted = handovers
            .iter()
            .filter_map(|h| h.awarded_on.map(|on| (on, &h.awarded_place)));
        match noted.next() {
            Some((on, place)) if noted.all(|other| other == (on, place)) => Self {
                corrected_on: date_text(on),
                corrected_place: place.clone(),
                ..Self::default()
            },
            _ => Self::default(),
        }
    }

    /// Whether this award of the decision is meant.
    pub fn means(&self, nomination: NominationId) -> bool {
        !self.corrected_everybody.is_empty() || self.corrected == Some(nomination)
    }

    /// The checked day, place and reason.
    pub fn check(
        &self,
        issued_on: NaiveDate,
        today: NaiveDate,
    ) -> Result<(NaiveDate, String, String), FieldErrors> {
        let given = HandoverForm {
            awarded_on: self.corrected_on.clone(),
            awarded_place: self.corrected_place.clone(),
            ..HandoverForm::default()
        };
        let mut errors = FieldErrors::default();
        let reason = values::required_line(&self.corrected_reason, 1000, "lý do sửa");
        let given = given.check(issued_on, today);
        for error in given.as_ref().err().into_iter().flatten() {
            errors.add(error.field.replace("awarded", "corrected"), error.message.clone());
        }
        match (given, errors.read("corrected_reason", reason)) {
            (Ok((on, place)), Some(reason)) => Ok((on, place, reason)),
            _ => Err(errors),
        }
    }
}

impl HandoverForm {
    /// Whether this award of the decision is meant.
    pub fn means(&self, nomination: NominationId) -> bool {
        !self.everybody.is_empty() || self.nomination == Some(nomination)
    }

    /// The checked day and place.
    pub fn check(&self, issued_on: NaiveDate, today: NaiveDate) -> Result<(NaiveDate, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let day = values::date(&self.awarded_on).and_then(|day| {
            if day < issued_on {
                Err(format!(
                    "Ngày trao không thể trước ngày quyết định ({}).",
                    date_text(issued_on)
                ))
            } else if day > today {
                Err(format!("Ngày {} chưa đến.", date_text(day)))
            } else {
                Ok(day)
            }
        });
        let day = errors.read("awarded_on", day);
        let place = errors.read(
            "awarded_place",
            values::required_line(&self.awarded_place, 200, "nơi trao"),
        );
        match (day, place) {
            (Some(day), Some(place)) => Ok((day, place)),
            _ => Err(errors),
        }
    }
}
