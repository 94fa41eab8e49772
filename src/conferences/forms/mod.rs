//! What is typed about a conference: its plan, delegations, and its result as it stands in minutes on paper.

mod delegation;
mod hand_over;
mod plan;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use delegation::{Delegation, DelegationForm, NamedPerson, PersonRow};
pub(super) use delegation::{ExtraForm, PostedDelegation};
pub(super) use hand_over::HandOverForm;
pub(super) use plan::PostedPlan;
pub use plan::{ItemRow, PlanForm};

use super::{
    candidates::{self, Ballot, CandidateRow, named},
    counting::{self, Turnout},
    model::{Content, FormOfVote, NamedUnit},
};
use crate::{
    awards::Awards,
    kit::{self, clock::date_text, fields::FieldErrors, values},
    papers,
    years::{Member, Year},
};

/// The whole form as typed: what a draft keeps, right or wrong. Units are slugs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like the fields of the checked content")]
pub struct ConferenceForm {
    pub held_on: String,
    pub place: String,
    pub title: String,
    pub chairs: String,
    pub form_of_vote: String,
    pub present: Vec<String>,
    pub issued: String,
    pub collected: String,
    pub valid: String,
    pub candidates: Vec<CandidateRow>,
    pub tie_note: String,
    pub next_lead: String,
    pub next_deputy: String,
    pub note: String,
}

impl ConferenceForm {
    /// Without the candidates' empty rows.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        self.candidates.retain(|row| !row.is_blank());
        self
    }

    /// Whether a unit is ticked as present.
    pub(super) fn has_present(&self, slug: &str) -> bool {
        self.present.iter().any(|s| s == slug)
    }

    /// The facts of the minutes, or everything that is wrong. Errors are at `field` or, for candidates, `field-index`.
    pub fn check(&self, year: &Year, awards: &Awards, today: NaiveDate) -> Result<Content, FieldErrors> {
        let mut errors = FieldErrors::default();
        let content = self.read(&mut errors, year, awards, today);
        if errors.is_empty() {
            Ok(content)
        } else {
            Err(errors)
        }
    }

    fn read(&self, errors: &mut FieldErrors, year: &Year, awards: &Awards, today: NaiveDate) -> Content {
        let held_on = errors.read("held_on", self.day(year, today)).unwrap_or(today);
        let place = errors
            .read("place", values::required_line(&self.place, 200, "địa điểm họp"))
            .unwrap_or_default();
        let title = errors
            .read("title", values::line(&self.title, 500))
            .unwrap_or_default();
        let chairs = errors
            .read("chairs", values::line(&self.chairs, 500))
            .unwrap_or_default();
        let form_of_vote = errors
            .read(
                "form_of_vote",
                FormOfVote::from_code(&self.form_of_vote)
                    .ok_or_else(|| "Hãy chọn hình thức bỏ phiếu.".to_owned()),
            )
            .unwrap_or(FormOfVote::Secret);
        let members = year.members_on(held_on);
        let (present, absent) = self.attendance(&members);
        let papers = self.papers(errors, form_of_vote, number(present.len()));
        let turnout = Turnout {
            units: number(members.len()),
            present: number(present.len()),
            valid: papers.2,
        };
        if errors.of("held_on").is_none() && !counting::has_quorum(turnout, &year.rules) {
            errors.add(
                "present",
                format!(
                    "Chưa đủ số đơn vị dự họp để bỏ phiếu: {}.",
                    counting::quorum_working(turnout, &year.rules)
                ),
            );
        }
        let ballot = Ballot {
            year,
            awards,
            members: &members,
            turnout,
        };
        let candidates = candidates::read(&self.candidates, errors, &ballot);
        let tie_note = errors
            .read("tie_note", values::paragraphs(&self.tie_note, 1000))
            .unwrap_or_default();
        if tie_note.is_empty() && candidates.iter().any(|c| c.order.is_some()) {
            errors.add(
                "tie_note",
                "Hãy ghi cách xác định thứ tự khi bằng phiếu (bỏ phiếu lại, điểm thi đua hoặc ý kiến LHHVN).",
            );
        }
        let next = |errors: &mut FieldErrors, field: &str, slug: &str, what: &str| {
            errors.read(
                field,
                named(&members, slug).ok_or_else(|| format!("Hãy chọn {what} trong các đơn vị thành viên.")),
            )
        };
        let next_lead = next(errors, "next_lead", &self.next_lead, "cụm trưởng năm sau");
        let next_deputy = next(errors, "next_deputy", &self.next_deputy, "cụm phó năm sau");
        if next_lead.is_some() && next_lead == next_deputy {
            errors.add("next_deputy", "Cụm phó phải là đơn vị khác với cụm trưởng.");
        }
        let nobody = || NamedUnit {
            id: crate::ids::UnitId::default(),
            name: String::new(),
        };
        Content {
            held_on,
            place,
            title,
            chairs,
            form_of_vote,
            units_total: turnout.units,
            present,
            absent,
            issued: papers.0,
            collected: papers.1,
            valid: papers.2,
            quorum_working: counting::quorum_working(turnout, &year.rules),
            base: turnout.base(year.rules.threshold_base),
            candidates,
            tie_note,
            next_lead: next_lead.unwrap_or_else(nobody),
            next_deputy: next_deputy.unwrap_or_else(nobody),
            note: errors
                .read("note", values::paragraphs(&self.note, 4000))
                .unwrap_or_default(),
            rules: year.rules.clone(),
        }
    }

    fn day(&self, year: &Year, today: NaiveDate) -> Result<NaiveDate, String> {
        let day = values::date(&self.held_on)?;
        if day > today {
            return Err(format!(
                "Ngày {} chưa đến: chỉ ghi kết quả sau khi họp.",
                date_text(day)
            ));
        }
        let in_year = chrono::Datelike::year(&day);
        if in_year == year.year || in_year == year.year + 1 {
            Ok(day)
        } else {
            Err(format!(
                "Hội nghị tổng kết năm {} phải họp trong năm {} hoặc đầu năm {}.",
                year.year,
                year.year,
                year.year + 1
            ))
        }
    }

    fn attendance(&self, members: &[&Member]) -> (Vec<NamedUnit>, Vec<NamedUnit>) {
        let (here, away): (Vec<&Member>, Vec<&Member>) =
            members.iter().copied().partition(|m| self.has_present(&m.slug));
        (
            here.into_iter().map(NamedUnit::of).collect(),
            away.into_iter().map(NamedUnit::of).collect(),
        )
    }

    /// Papers issued, collected, valid. In an open vote every unit present has a voice, so nothing need be typed.
    fn papers(&self, errors: &mut FieldErrors, form: FormOfVote, present: i32) -> (i32, i32, i32) {
        let typed = [
            ("issued", &self.issued, "Số phiếu phát ra"),
            ("collected", &self.collected, "Số phiếu thu về"),
            ("valid", &self.valid, "Số phiếu hợp lệ"),
        ];
        if form == FormOfVote::Open && typed.iter().all(|t| t.1.trim().is_empty()) {
            return (present, present, present);
        }
        let read: Vec<Option<i32>> = typed
            .iter()
            .map(|(field, text, what)| errors.read(*field, values::whole(text, 0, 1000, what)))
            .collect();
        let [Some(issued), Some(collected), Some(valid)] = read[..] else {
            // Something is wrong already; this keeps other fields from being called wrong for it.
            return (present, present, present);
        };
        if issued > present {
            errors.add(
                "issued",
                format!("Phát ra {issued} phiếu nhưng chỉ có {present} đơn vị có mặt; mỗi đơn vị một phiếu."),
            );
        }
        if collected > issued {
            errors.add(
                "collected",
                format!("Thu về {collected} phiếu, nhiều hơn {issued} phiếu phát ra."),
            );
        }
        if valid > collected {
            errors.add(
                "valid",
                format!("Có {valid} phiếu hợp lệ, nhiều hơn {collected} phiếu thu về."),
            );
        }
        (issued, collected, valid)
    }
}

/// The form as a browser posts it: one list a column, aligned by position.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PostedConference {
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
    pub(super) fn bound(&self) -> kit::error::Result<()> {
        papers::bound_columns([
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
        let at = |column: &[String], i: usize| column.get(i).cloned().unwrap_or_default();
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

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
