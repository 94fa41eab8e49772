//! A session to be held in the program, as typed.

use chrono::NaiveDate;
use serde::Deserialize;

use super::super::model::{Base, SittingPlan};
use crate::{
    ids::NominationId,
    kit::{
        clock::date_text,
        fields::FieldErrors,
        values::{self, figure_typed},
    },
    nominations::Nomination,
};

/// The form: day and rule, and the dossiers that are ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like the fields of the plan")]
pub struct SittingForm {
    pub version: i32,
    pub held_on: String,
    pub place: String,
    pub chair: String,
    pub secretary: String,
    pub quorum_percent: String,
    pub threshold_percent: String,
    pub threshold_base: String,
    pub nomination: Vec<NominationId>,
}

impl SittingForm {
    /// A new session: the rule of the last one, where there was one, else two thirds of the members and more than half of
    /// all; all dossiers that wait.
    #[must_use]
    pub fn new(last: Option<&SittingPlan>, waiting: &[Nomination]) -> Self {
        let nomination = waiting.iter().map(|n| n.id).collect();
        match last {
            Some(last) => Self {
                held_on: String::new(),
                nomination,
                ..Self::of(last, 0)
            },
            None => Self {
                quorum_percent: "66,67".to_owned(),
                threshold_percent: "50".to_owned(),
                threshold_base: Base::AllMembers.code().to_owned(),
                nomination,
                ..Self::default()
            },
        }
    }

    /// What stands in the database, for the form.
    #[must_use]
    pub fn of(plan: &SittingPlan, version: i32) -> Self {
        Self {
            version,
            held_on: date_text(plan.held_on),
            place: plan.place.clone(),
            chair: plan.chair.clone(),
            secretary: plan.secretary.clone(),
            quorum_percent: figure_typed(plan.quorum_percent),
            threshold_percent: figure_typed(plan.threshold_percent),
            threshold_base: plan.threshold_base.code().to_owned(),
            nomination: plan.agenda.clone(),
        }
    }

    /// Whether a dossier is ticked.
    #[must_use]
    pub fn has(&self, id: &NominationId) -> bool {
        self.nomination.contains(id)
    }

    /// The checked plan. `eligible` are the nominations that wait for the council: others are left out.
    pub fn check(&self, eligible: &[Nomination], today: NaiveDate) -> Result<SittingPlan, FieldErrors> {
        let mut errors = FieldErrors::default();
        let held_on = values::date(&self.held_on).and_then(|day| {
            if day >= today {
                Ok(day)
            } else {
                Err(format!(
                    "Ngày {} đã qua: phiên họp đã họp thì ghi kết quả, không tổ chức lại ở đây.",
                    date_text(day)
                ))
            }
        });
        let held_on = errors.read("held_on", held_on);
        let place = errors.read("place", values::line(&self.place, 300));
        let chair = errors.read("chair", values::line(&self.chair, 200));
        let secretary = errors.read("secretary", values::line(&self.secretary, 200));
        let quorum = errors.read("quorum_percent", values::percent(&self.quorum_percent));
        let threshold = errors.read("threshold_percent", values::percent(&self.threshold_percent));
        let base =
            Base::from_code(&self.threshold_base).ok_or_else(|| "Hãy chọn cơ sở tính tỷ lệ.".to_owned());
        let base = errors.read("threshold_base", base);
        let agenda: Vec<NominationId> = eligible.iter().map(|n| n.id).filter(|id| self.has(id)).collect();
        if agenda.is_empty() {
            errors.add("agenda", "Hãy chọn ít nhất một hồ sơ đưa ra phiên họp.");
        }
        let plan = (|| {
            Some(SittingPlan {
                held_on: held_on?,
                place: place?,
                chair: chair?,
                secretary: secretary?,
                quorum_percent: quorum?,
                threshold_percent: threshold?,
                threshold_base: base?,
                agenda,
            })
        })();
        plan.filter(|_| errors.is_empty()).ok_or(errors)
    }
}
