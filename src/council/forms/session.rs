//! The result of a session as typed, and the way to checked values.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::super::model::{Base, Session, Voted};
use crate::{
    ids::NominationId,
    kit::{clock::date_text, fields::FieldErrors, values},
    nominations::Nomination,
};

/// The form: the session, and votes per nomination, aligned by position. Nominations without votes weren't treated.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like the fields of the session")]
pub struct SessionForm {
    pub held_on: String,
    pub members_total: String,
    pub members_present: String,
    pub threshold_percent: String,
    pub threshold_base: String,
    pub nomination: Vec<NominationId>,
    pub votes_for: Vec<String>,
}

impl Default for SessionForm {
    fn default() -> Self {
        Self {
            held_on: String::new(),
            members_total: String::new(),
            members_present: String::new(),
            threshold_percent: "50".to_owned(),
            threshold_base: Base::AllMembers.code().to_owned(),
            nomination: Vec::new(),
            votes_for: Vec::new(),
        }
    }
}

/// A session, checked: votes for each nomination that was treated.
#[derive(Clone, Debug)]
pub struct SessionInput {
    /// Rule and turnout.
    pub session: Session,
    /// What was voted on each nomination that was treated.
    pub votes: Vec<Voted>,
}

impl SessionForm {
    /// What was typed for a nomination.
    pub(in crate::council) fn votes_of(&self, id: NominationId) -> String {
        let place = self.nomination.iter().position(|n| *n == id);
        place
            .and_then(|i| self.votes_for.get(i))
            .cloned()
            .unwrap_or_default()
    }

    /// The checked input. `eligible` are the nominations that wait for the council; errors of votes are at
    /// `votes_for-index` of that list.
    pub fn check(&self, eligible: &[Nomination], today: NaiveDate) -> Result<SessionInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let held_on = values::date(&self.held_on).and_then(|day| {
            if day <= today {
                Ok(day)
            } else {
                Err(format!(
                    "Ngày {} chưa đến: chỉ ghi kết quả sau khi họp.",
                    date_text(day)
                ))
            }
        });
        let held_on = errors.read("held_on", held_on).unwrap_or(today);
        let total = errors
            .read(
                "members_total",
                values::whole(&self.members_total, 1, 200, "Tổng số ủy viên"),
            )
            .unwrap_or(0);
        let present = errors
            .read(
                "members_present",
                values::whole(&self.members_present, 1, 200, "Số ủy viên có mặt"),
            )
            .unwrap_or(0);
        if errors.is_empty() && present > total {
            errors.add(
                "members_present",
                format!("Có mặt {present}, nhiều hơn tổng số {total} ủy viên."),
            );
        }
        let threshold = errors
            .read("threshold_percent", values::percent(&self.threshold_percent))
            .unwrap_or(Decimal::ONE_HUNDRED);
        let base =
            Base::from_code(&self.threshold_base).ok_or_else(|| "Hãy chọn cơ sở tính tỷ lệ.".to_owned());
        let base = errors.read("threshold_base", base).unwrap_or(Base::AllMembers);
        let session = Session {
            held_on,
            members_total: total,
            members_present: present,
            threshold_percent: threshold,
            threshold_base: base,
        };
        let votes = self.votes(&mut errors, eligible, &session);
        if errors.is_empty() {
            Ok(SessionInput { session, votes })
        } else {
            Err(errors)
        }
    }

    fn votes(&self, errors: &mut FieldErrors, eligible: &[Nomination], session: &Session) -> Vec<Voted> {
        let mut votes = Vec::new();
        let before = errors.len();
        for (i, nomination) in eligible.iter().enumerate() {
            let typed = self.votes_of(nomination.id);
            if typed.trim().is_empty() {
                continue;
            }
            let most = session.votes_of();
            let read = values::whole(&typed, 0, 200, "Số phiếu đồng ý").and_then(|v| {
                if v <= most || before > 0 {
                    Ok(v)
                } else {
                    Err(format!(
                        "{v} phiếu đồng ý, nhiều hơn {most} ({}).",
                        session.threshold_base.label()
                    ))
                }
            });
            votes.extend(
                errors
                    .read(format!("votes_for-{i}"), read)
                    .map(|v| session.judged(nomination.id, v)),
            );
        }
        if votes.is_empty() && errors.len() == before {
            errors.add("votes", "Hãy ghi số phiếu của ít nhất một đề nghị.");
        }
        votes
    }
}
