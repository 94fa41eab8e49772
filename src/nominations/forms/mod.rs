//! What the forms about nominations send, and the way to checked values.

mod individual;

pub use individual::{IndividualForm, IndividualInput};

use chrono::NaiveDate;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    model::{Part, State},
    persons::Ground,
};
use crate::{
    eligibility::RemarkKind,
    ids::UnitId,
    kit::{
        clock::date_text,
        fields::FieldErrors,
        values::{self, PersonName},
    },
};

/// What a conference's vote says of a candidate.
#[derive(Clone, Debug)]
pub struct Vote {
    /// The unit.
    pub unit_id: UnitId,
    /// The award's code.
    pub award: String,
    /// Votes for it.
    pub votes_for: i32,
    /// Of how many.
    pub votes_of: i32,
    /// How they were counted, in words.
    pub working: String,
    /// Whether it was acclaimed.
    pub acclaimed: bool,
}

/// The form with which VUSTA appraises, or sends back: which of the three, why, which parts, until when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described above")]
pub struct AppraisalForm {
    pub version: i32,
    pub finding: String,
    pub reason: String,
    pub part: Vec<String>,
    /// What is wanted of each part, in their order.
    pub wanted: Vec<String>,
    pub due_on: String,
}

/// A return, checked.
#[derive(Clone, Debug)]
pub struct ReturnInput {
    /// Why.
    pub reason: String,
    /// The parts that open again, each with what is wanted of it, which may be empty.
    pub parts: Vec<(Part, String)>,
    /// Until when it is awaited again.
    pub due_on: NaiveDate,
}

/// An appraisal, checked.
#[derive(Clone, Debug)]
pub enum AppraisalInput {
    /// May go before the council; why, where an earlier finding said otherwise.
    Eligible(String),
    /// May not, because.
    Ineligible(String),
    /// Back to be completed.
    Return(ReturnInput),
}

impl AppraisalForm {
    /// The checked input on a nomination in this state.
    pub fn check(&self, state: State, today: NaiveDate) -> Result<AppraisalInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let reason = |errors: &mut FieldErrors, what: &str| {
            errors
                .read("reason", values::required_paragraphs(&self.reason, 2000, what))
                .unwrap_or_default()
        };
        let input = match self.finding.as_str() {
            "eligible" if state == State::Ineligible => {
                AppraisalInput::Eligible(reason(&mut errors, "lý do xét lại"))
            }
            "eligible" => AppraisalInput::Eligible(String::new()),
            "ineligible" => AppraisalInput::Ineligible(reason(&mut errors, "lý do không đủ điều kiện")),
            "return" => {
                let reason = reason(&mut errors, "lý do trả lại");
                AppraisalInput::Return(ReturnInput {
                    reason,
                    parts: self.parts(&mut errors),
                    due_on: self.due_on(&mut errors, today).unwrap_or(today),
                })
            }
            _ => {
                errors.add("finding", "Hãy chọn kết quả thẩm định.");
                AppraisalInput::Eligible(String::new())
            }
        };
        if errors.is_empty() { Ok(input) } else { Err(errors) }
    }

    /// The parts that are ticked, or of which something is wanted.
    fn parts(&self, errors: &mut FieldErrors) -> Vec<(Part, String)> {
        let mut parts = Vec::new();
        for (at, part) in Part::ALL.into_iter().enumerate() {
            let wanted = errors
                .read(
                    format!("wanted-{at}"),
                    values::line(self.wanted(part.code()), 500),
                )
                .unwrap_or_default();
            if self.has(part.code()) || !wanted.is_empty() {
                parts.push((part, wanted));
            }
        }
        if parts.is_empty() {
            errors.add("part", "Hãy đánh dấu ít nhất một phần cần bổ sung.");
        }
        parts
    }

    /// What is wanted of the part with this code.
    pub(super) fn wanted(&self, code: &str) -> &str {
        let at = Part::ALL.iter().position(|part| part.code() == code);
        at.and_then(|at| self.wanted.get(at)).map_or("", String::as_str)
    }

    fn due_on(&self, errors: &mut FieldErrors, today: NaiveDate) -> Option<NaiveDate> {
        if self.due_on.trim().is_empty() {
            errors.add("due_on", "Trả lại thì phải ghi hạn bổ sung.");
            return None;
        }
        let day = values::date(&self.due_on).and_then(|day| {
            if day >= today {
                Ok(day)
            } else {
                Err("Hạn bổ sung phải từ hôm nay trở đi.".to_owned())
            }
        });
        errors.read("due_on", day)
    }

    /// Whether a part is ticked.
    pub(super) fn has(&self, code: &str) -> bool {
        self.part.iter().any(|p| p == code)
    }
}

/// A form that says why, with the version seen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReasonForm {
    pub version: i32,
    pub reason: String,
}

/// The form that notes something of a condition.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RemarkForm {
    /// Which version of the catalogue, and which of its conditions.
    pub condition: String,
    pub remark_kind: String,
    pub remark_reason: String,
}

/// A remark, checked.
#[derive(Clone, Debug)]
pub struct RemarkInput {
    /// The version of the catalogue that was seen.
    pub version: i32,
    /// The condition's place in it.
    pub place: usize,
    /// What is noted.
    pub kind: RemarkKind,
    /// Why, or on what ground.
    pub reason: String,
}

impl RemarkForm {
    /// The checked input.
    pub fn check(&self) -> Result<RemarkInput, FieldErrors> {
        let mut e = FieldErrors::default();
        let parts = self.condition.split_once('-');
        let condition = parts.and_then(|(version, place)| Some((version.parse().ok()?, place.parse().ok()?)));
        let condition = e.read(
            "condition",
            condition.ok_or_else(|| "Hãy chọn một điều kiện.".to_owned()),
        );
        let kind = match self.remark_kind.as_str() {
            "attested" => Ok(RemarkKind::Attested),
            "waived" => Ok(RemarkKind::Waived),
            _ => Err("Hãy chọn xác nhận hay cho miễn.".to_owned()),
        };
        let kind = e.read("remark_kind", kind);
        let reason = values::required_paragraphs(&self.remark_reason, 2000, "lý do hoặc căn cứ");
        let reason = e.read("remark_reason", reason);
        match (condition, kind, reason) {
            (Some((version, place)), Some(kind), Some(reason)) => Ok(RemarkInput {
                version,
                place,
                kind,
                reason,
            }),
            _ => Err(e),
        }
    }
}

/// The form that says that a part is there.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PartNoteForm {
    /// `2-3`: version and place.
    pub asked_part: String,
    pub part_reason: String,
}

/// A part that is there, checked.
#[derive(Clone, Debug)]
pub struct PartNoteInput {
    /// The version's number.
    pub version: i32,
    /// The part's place in it.
    pub place: usize,
    /// On what ground.
    pub reason: String,
}

impl PartNoteForm {
    /// The checked input.
    pub fn check(&self) -> Result<PartNoteInput, FieldErrors> {
        let mut e = FieldErrors::default();
        let key = self.asked_part.split_once('-');
        let part = key.and_then(|(version, place)| Some((version.parse().ok()?, place.parse().ok()?)));
        let part = e.read(
            "asked_part",
            part.ok_or_else(|| "Hãy chọn một phần của hồ sơ.".to_owned()),
        );
        let reason = values::required_paragraphs(&self.part_reason, 2000, "căn cứ");
        let reason = e.read("part_reason", reason);
        match (part, reason) {
            (Some((version, place)), Some(reason)) => Ok(PartNoteInput {
                version,
                place,
                reason,
            }),
            _ => Err(e),
        }
    }
}

/// The form that notes a person with the ground.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PersonForm {
    pub full_name: String,
    /// Nothing is chosen beforehand: a ground has to be stated.
    pub ground: String,
    pub detail: String,
    pub given_on: String,
}

/// A person with the ground, checked.
#[derive(Clone, Debug)]
pub struct PersonInput {
    /// The full name.
    pub full_name: PersonName,
    /// The ground.
    pub ground: Ground,
    /// How it was given, or which article.
    pub detail: String,
    /// When.
    pub given_on: NaiveDate,
}

impl PersonForm {
    /// The checked input.
    pub fn check(&self, today: NaiveDate) -> Result<PersonInput, FieldErrors> {
        let mut e = FieldErrors::default();
        let full_name = e.read("full_name", PersonName::parse(&self.full_name));
        let ground = Ground::from_code(&self.ground).ok_or_else(|| "Hãy chọn căn cứ.".to_owned());
        let ground = e.read("ground", ground);
        let detail = values::required_line(&self.detail, 1000, "hình thức đồng ý, hoặc điều luật");
        let detail = e.read("detail", detail);
        let given_on = values::date(&self.given_on).and_then(|day| {
            if day > today {
                Err(format!("Ngày {} chưa đến.", date_text(day)))
            } else {
                Ok(day)
            }
        });
        let given_on = e.read("given_on", given_on);
        match (full_name, ground, detail, given_on) {
            (Some(full_name), Some(ground), Some(detail), Some(given_on)) => Ok(PersonInput {
                full_name,
                ground,
                detail,
                given_on,
            }),
            _ => Err(e),
        }
    }
}

/// The form that notes that the dossier doesn't name a person any more.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LeavingForm {
    pub person: Option<Uuid>,
}

/// The form that notes that a consent was taken back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct EndForm {
    pub person: Option<Uuid>,
    pub end_reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(finding: &str, reason: &str, parts: &[&str]) -> AppraisalForm {
        AppraisalForm {
            finding: finding.into(),
            reason: reason.into(),
            part: parts.iter().map(|p| (*p).to_owned()).collect(),
            due_on: "20/01/2024".into(),
            ..AppraisalForm::default()
        }
    }

    #[test]
    fn a_return_says_what_is_wanted_of_each_part_and_until_when() {
        let today = NaiveDate::from_ymd_opt(2024, 1, 10).unwrap();
        let mut typed = form("return", "Thiếu", &["minutes"]);
        typed.wanted = ["", "Bổ sung số liệu", "", ""].map(str::to_owned).to_vec();
        let Ok(AppraisalInput::Return(back)) = typed.check(State::Submitted, today) else {
            panic!("a return")
        };
        assert_eq!(
            back.parts,
            [
                (Part::AchievementReport, "Bổ sung số liệu".to_owned()),
                (Part::Minutes, String::new())
            ]
        );
        for wrong in ["", "09/01/2024", "hôm nay"] {
            typed.due_on = wrong.into();
            assert!(
                typed
                    .check(State::Submitted, today)
                    .unwrap_err()
                    .of("due_on")
                    .is_some(),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_refusal_or_a_return_needs_its_reason() {
        let today = NaiveDate::from_ymd_opt(2024, 1, 10).unwrap();
        assert!(form("eligible", "", &[]).check(State::Submitted, today).is_ok());
        let again = form("eligible", "", &[]).check(State::Ineligible, today);
        assert!(
            again.unwrap_err().of("reason").is_some(),
            "an earlier finding isn't undone without a word"
        );
        assert!(
            form("ineligible", " ", &[])
                .check(State::Submitted, today)
                .unwrap_err()
                .of("reason")
                .is_some()
        );
        assert!(
            form("return", "", &["minutes"])
                .check(State::Submitted, today)
                .unwrap_err()
                .of("reason")
                .is_some()
        );
        assert!(
            form("return", "Thiếu chữ ký", &[])
                .check(State::Submitted, today)
                .unwrap_err()
                .of("part")
                .is_some()
        );
        assert!(
            form("return", "Thiếu chữ ký", &["minutes"])
                .check(State::Submitted, today)
                .is_ok()
        );
        assert!(
            form("", "", &[])
                .check(State::Submitted, today)
                .unwrap_err()
                .of("finding")
                .is_some()
        );
    }
}
