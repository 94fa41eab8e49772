//! The conference's result as typed, and the way from there to the facts of its minutes.

mod posted;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    counting::{self, Outcome, Runner, Turnout},
    model::{Candidate, Content, FormOfVote, NamedUnit},
};
use crate::{
    awards::Awards,
    kit::{clock::date_text, fields::FieldErrors, values},
    years::{Member, Year},
};

pub(super) use posted::PostedConference;

/// The awards that a conference votes on; each has its quota in the year's rules.
pub const VOTED_AWARDS: [&str; 2] = ["vusta_flag", "vusta_merit"];

/// At most this many candidates.
const MOST_CANDIDATES: usize = 40;

/// A candidate as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like the fields of the checked content")]
pub struct CandidateRow {
    pub unit: String,
    pub award: String,
    pub votes_for: String,
    pub order: String,
}

impl CandidateRow {
    fn is_blank(&self) -> bool {
        [&self.unit, &self.award, &self.votes_for, &self.order]
            .iter()
            .all(|t| t.trim().is_empty())
    }
}

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
        let candidates = self.candidates(errors, year, awards, &members, turnout);
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
            here.into_iter().map(unit_of).collect(),
            away.into_iter().map(unit_of).collect(),
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
            return (0, 0, 0);
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

    fn candidates(
        &self,
        errors: &mut FieldErrors,
        year: &Year,
        awards: &Awards,
        members: &[&Member],
        turnout: Turnout,
    ) -> Vec<Candidate> {
        if self.candidates.is_empty() {
            errors.add("candidates", "Hãy ghi ít nhất một đơn vị được đưa ra bỏ phiếu.");
        }
        if self.candidates.len() > MOST_CANDIDATES {
            errors.add(
                "candidates",
                format!(
                    "Tối đa {MOST_CANDIDATES} dòng, đang có {}.",
                    self.candidates.len()
                ),
            );
        }
        let before = errors.len();
        let mut seen = std::collections::HashSet::new();
        let mut list: Vec<Candidate> = Vec::new();
        for (i, row) in self.candidates.iter().enumerate() {
            if let Some(candidate) = row.read(i, errors, members, awards, turnout, year) {
                if !seen.insert((candidate.unit.id, candidate.award.clone())) {
                    errors.add(
                        format!("candidate_unit-{i}"),
                        "Đơn vị này đã có ở dòng trên với cùng hình thức.",
                    );
                }
                list.push(candidate);
            }
        }
        if errors.len() == before {
            choose(&mut list, errors, year, awards, turnout);
        }
        list.sort_by_key(|c| {
            (
                VOTED_AWARDS.iter().position(|a| *a == c.award),
                std::cmp::Reverse(c.votes_for),
                c.order,
            )
        });
        list
    }
}

impl CandidateRow {
    fn read(
        &self,
        i: usize,
        errors: &mut FieldErrors,
        members: &[&Member],
        awards: &Awards,
        turnout: Turnout,
        year: &Year,
    ) -> Option<Candidate> {
        let unit = errors.read(
            format!("candidate_unit-{i}"),
            named(members, &self.unit).ok_or_else(|| "Hãy chọn đơn vị thành viên.".to_owned()),
        );
        let award = match awards.find(&self.award) {
            Some(award) if VOTED_AWARDS.contains(&award.code.as_str()) => Ok(award.code.clone()),
            _ => Err("Hãy chọn hình thức khen thưởng.".to_owned()),
        };
        let award = errors.read(format!("candidate_award-{i}"), award);
        let votes = values::whole(&self.votes_for, 0, 1000, "Số phiếu đồng ý").and_then(|votes| {
            if votes <= turnout.valid {
                Ok(votes)
            } else {
                Err(format!(
                    "{votes} phiếu đồng ý, nhiều hơn {} phiếu hợp lệ.",
                    turnout.valid
                ))
            }
        });
        let votes_for = errors.read(format!("candidate_votes_for-{i}"), votes);
        let order = match self.order.trim() {
            "" => None,
            typed => errors.read(
                format!("candidate_order-{i}"),
                values::whole(typed, 1, 40, "Thứ tự"),
            ),
        };
        let working = counting::vote_working(votes_for?, turnout, &year.rules);
        Some(Candidate {
            unit: unit?,
            award: award?,
            votes_for: votes_for?,
            order,
            outcome: Outcome::BelowThreshold,
            working,
        })
    }
}

/// Settles, award by award, who is acclaimed; equal votes at the last place are an error that says what the rules want.
fn choose(list: &mut [Candidate], errors: &mut FieldErrors, year: &Year, awards: &Awards, turnout: Turnout) {
    let base = turnout.base(year.rules.threshold_base);
    for award in VOTED_AWARDS {
        let places: Vec<usize> = (0..list.len()).filter(|i| list[*i].award == award).collect();
        let runners: Vec<Runner> = places
            .iter()
            .map(|i| Runner {
                votes: list[*i].votes_for,
                order: list[*i].order,
            })
            .collect();
        let quota = quota_of(year, award);
        match counting::choose(&runners, quota, |votes| {
            counting::passes(votes, base, year.rules.threshold_percent)
        }) {
            Ok(outcomes) => {
                for (i, outcome) in places.iter().zip(outcomes) {
                    list[*i].outcome = outcome;
                }
            }
            Err(tie) => {
                let names: Vec<&str> = tie
                    .among
                    .iter()
                    .map(|at| list[places[*at]].unit.name.as_str())
                    .collect();
                errors.add(
                    "candidates",
                    format!(
                        "{}: {} bằng phiếu ở suất cuối cùng (tối đa {quota}). Phải bỏ phiếu lại một lần giữa các đơn vị bằng phiếu; nếu vẫn bằng thì xét điểm thi đua cao hơn, rồi xin ý kiến LHHVN. Ghi kết quả vào cột “Thứ tự khi bằng phiếu”.",
                        awards.short_name(award),
                        names.join(", ")
                    ),
                );
            }
        }
    }
}

/// How many the year's rules let a conference acclaim for an award.
#[must_use]
pub fn quota_of(year: &Year, award: &str) -> i32 {
    if award == "vusta_flag" {
        year.rules.flag_quota
    } else {
        year.rules.merit_quota
    }
}

fn named(members: &[&Member], slug: &str) -> Option<NamedUnit> {
    members.iter().find(|m| m.slug == slug).map(|m| unit_of(m))
}

fn unit_of(member: &Member) -> NamedUnit {
    NamedUnit {
        id: member.unit_id,
        name: member.short_name.clone(),
    }
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// The day on which the next lead takes over.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct HandOverForm {
    pub version: i32,
    pub on: String,
}

impl HandOverForm {
    /// The checked day.
    pub fn check(&self, held_on: NaiveDate) -> Result<NaiveDate, FieldErrors> {
        values::date(&self.on)
            .and_then(|day| {
                if day < held_on {
                    Err(format!(
                        "Ngày bàn giao không thể trước hội nghị ({}).",
                        date_text(held_on)
                    ))
                } else if day > held_on + chrono::Months::new(12) {
                    Err("Ngày bàn giao phải trong vòng một năm sau hội nghị.".to_owned())
                } else {
                    Ok(day)
                }
            })
            .map_err(|message| FieldErrors::one("on", message))
    }
}
