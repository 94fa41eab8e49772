//! The candidates as typed, and what their votes lead to. Pure.

use serde::{Deserialize, Serialize};

use super::{
    counting::{self, Outcome, Runner, Turnout},
    model::{Candidate, NamedUnit},
};
use crate::{
    awards::Awards,
    kit::{fields::FieldErrors, values},
    years::{Member, Year},
};

/// The awards that a conference votes on; each has its quota in the year's rules.
pub const VOTED_AWARDS: [&str; 2] = ["vusta_flag", "vusta_merit"];

/// At most this many candidates.
const MOST: usize = 40;

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

/// What the votes are judged by.
pub(super) struct Ballot<'a> {
    pub year: &'a Year,
    pub awards: &'a Awards,
    /// The members on the day of the conference.
    pub members: &'a [&'a Member],
    pub turnout: Turnout,
}

/// The candidates by award, most votes first, each with its outcome. Errors are at `candidates` or `field-index`.
pub(super) fn read(rows: &[CandidateRow], errors: &mut FieldErrors, ballot: &Ballot<'_>) -> Vec<Candidate> {
    if rows.is_empty() {
        errors.add("candidates", "Hãy ghi ít nhất một đơn vị được đưa ra bỏ phiếu.");
    }
    if rows.len() > MOST {
        errors.add(
            "candidates",
            format!("Tối đa {MOST} dòng, đang có {}.", rows.len()),
        );
    }
    let before = errors.len();
    let mut seen = std::collections::HashSet::new();
    let mut list: Vec<Candidate> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        if let Some(candidate) = row.read(i, errors, ballot) {
            if !seen.insert((candidate.unit.id, candidate.award.clone())) {
                let told = "Đơn vị này đã có ở dòng trên với cùng hình thức.";
                errors.add(format!("candidate_unit-{i}"), told);
            }
            list.push(candidate);
        }
    }
    if errors.len() == before {
        for award in VOTED_AWARDS {
            ballot.settle(award, &mut list, errors);
        }
    }
    let place = |award: &str| VOTED_AWARDS.iter().position(|a| *a == award);
    list.sort_by_key(|c| (place(&c.award), std::cmp::Reverse(c.votes_for), c.order));
    list
}

impl CandidateRow {
    /// Whether nothing is typed in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        [&self.unit, &self.award, &self.votes_for, &self.order]
            .iter()
            .all(|t| t.trim().is_empty())
    }

    fn read(&self, i: usize, errors: &mut FieldErrors, ballot: &Ballot<'_>) -> Option<Candidate> {
        let unit = named(ballot.members, &self.unit).ok_or_else(|| "Hãy chọn đơn vị thành viên.".to_owned());
        let unit = errors.read(format!("candidate_unit-{i}"), unit);
        let award = match ballot.awards.find(&self.award) {
            Some(award) if VOTED_AWARDS.contains(&award.code.as_str()) => Ok(award.code.clone()),
            _ => Err("Hãy chọn hình thức khen thưởng.".to_owned()),
        };
        let award = errors.read(format!("candidate_award-{i}"), award);
        let most = ballot.turnout.valid;
        let votes = values::whole(&self.votes_for, 0, 1000, "Số phiếu đồng ý").and_then(|votes| {
            if votes <= most {
                Ok(votes)
            } else {
                Err(format!("{votes} phiếu đồng ý, nhiều hơn {most} phiếu hợp lệ."))
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
        let working = counting::vote_working(votes_for?, ballot.turnout, &ballot.year.rules);
        Some(Candidate {
            unit: unit?,
            award: award?,
            votes_for: votes_for?,
            votes_of: None,
            order,
            outcome: Outcome::BelowThreshold,
            working,
        })
    }
}

impl Ballot<'_> {
    /// Settles who is acclaimed for an award; equal votes at the last place are an error that says what the rules want.
    fn settle(&self, award: &str, list: &mut [Candidate], errors: &mut FieldErrors) {
        let rules = &self.year.rules;
        let base = self.turnout.base(rules.threshold_base);
        let places: Vec<usize> = (0..list.len()).filter(|i| list[*i].award == award).collect();
        let runner = |i: &usize| Runner {
            votes: list[*i].votes_for,
            order: list[*i].order,
        };
        let runners: Vec<Runner> = places.iter().map(runner).collect();
        let quota = quota_of(self.year, award);
        let passes = |votes| counting::passes(votes, base, rules.threshold_percent);
        match counting::choose(&runners, quota, passes) {
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
                        self.awards.short_name(award),
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

/// The member with this slug, as the minutes name it.
pub(super) fn named(members: &[&Member], slug: &str) -> Option<NamedUnit> {
    members.iter().find(|m| m.slug == slug).map(|m| NamedUnit::of(m))
}
