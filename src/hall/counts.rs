//! The minutes of a count: the rule as it was frozen, who counted, what came of it.

use serde::{Deserialize, Serialize};

use super::scene::{how_to_choose, threshold_in_words};
use crate::{
    ballots::{self, Ballot, Plan, TieStep},
    kit::{
        clock,
        values::{figure_text, percent_text},
    },
    papers::Attachment,
};

/// A ballot with its rule and its count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// What was voted on.
    pub title: String,
    /// Which round.
    pub round: i32,
    /// Why it was called off, or why it follows another.
    pub reason: String,
    /// Where it is, in words.
    pub state: String,
    /// Everything that was frozen at the opening: what, and what it says.
    pub parameters: Vec<(String, String)>,
    /// Who counted: part and name.
    pub committee: Vec<(String, String)>,
    /// How many voters and papers: what, and how many.
    pub papers: Vec<(String, i32)>,
    /// Question by question.
    pub questions: Vec<Question>,
    /// The hash of all that is published of it; empty before the count.
    pub hash: String,
    /// Scans of what was signed on paper. Minutes that were signed before there were any know none.
    #[serde(default)]
    pub scans: Vec<Scan>,
}

/// A scan by its name and hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// The file's name.
    pub name: String,
    /// Its hash in hexadecimal.
    pub sha256: String,
}

/// A question with its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The question.
    pub title: String,
    /// Papers that count here.
    pub valid: i32,
    /// Papers that don't.
    pub invalid: i32,
    /// Papers on which nothing is chosen here.
    pub blank: i32,
    /// The candidates.
    pub lines: Vec<Line>,
    /// How equal votes were settled, step by step.
    pub ladder: Vec<String>,
}

/// A candidate with its votes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// As the paper printed it.
    pub name: String,
    /// Why it stood for election.
    pub origin: String,
    /// For it.
    pub votes_for: i32,
    /// Against it.
    pub votes_against: i32,
    /// The share for it: `62,50%`.
    pub share: String,
    /// What that led to, in words.
    pub verdict: String,
    /// The tone of the badge.
    pub tone: String,
    /// How it was counted, in words.
    pub working: String,
}

/// The minutes of the count of one ballot.
/// Minutes of the count with the scans that are attached to it.
#[must_use]
pub fn count(ballot: &Ballot, scans: &[Attachment]) -> Count {
    let outcome = ballot.result.as_ref();
    let turnout = outcome.map(|o| o.turnout);
    let committee = &ballot.committee;
    let mut people = vec![
        ("Tổ trưởng".to_owned(), committee.head.clone()),
        ("Thư ký".to_owned(), committee.secretary.clone()),
    ];
    people.extend(
        committee
            .members
            .iter()
            .map(|name| ("Ủy viên".to_owned(), name.clone())),
    );
    people.retain(|(_, name)| !name.is_empty());
    Count {
        title: ballot.plan.title.clone(),
        round: ballot.plan.round,
        reason: match &ballot.cancelled_for {
            Some(why) => format!("Đã hủy: {why}"),
            None => ballot.parent_reason.clone(),
        },
        state: ballot.state.label().to_owned(),
        parameters: parameters(ballot),
        committee: people,
        papers: turnout
            .map(|t| {
                vec![
                    (
                        format!("Số {} được bỏ phiếu", ballot.plan.voters_are()),
                        t.electorate,
                    ),
                    ("Có mặt".to_owned(), t.present),
                    ("Vắng mặt, đã gửi phiếu trước".to_owned(), t.advance),
                    ("Phiếu phát ra".to_owned(), t.issued),
                    ("Phiếu thu vào".to_owned(), t.collected),
                    ("trong đó phiếu điện tử".to_owned(), t.electronic),
                    ("trong đó phiếu giấy".to_owned(), t.paper),
                ]
            })
            .unwrap_or_default(),
        questions: questions(ballot),
        hash: ballot.result_hash.as_ref().map(hex::encode).unwrap_or_default(),
        scans: scans
            .iter()
            .map(|scan| Scan {
                name: scan.file_name.clone(),
                sha256: scan.sha256.clone(),
            })
            .collect(),
    }
}

fn questions(ballot: &Ballot) -> Vec<Question> {
    let Some(outcome) = &ballot.result else {
        return Vec::new();
    };
    let origins = |i: usize, j: usize| {
        let question = ballot.plan.questions.get(i);
        question
            .and_then(|q| q.candidates.get(j))
            .map(|c| c.origin.clone())
            .unwrap_or_default()
    };
    let of = |(i, question): (usize, &ballots::QuestionOutcome)| Question {
        title: question.title.clone(),
        valid: question.valid,
        invalid: question.invalid,
        blank: question.blank,
        lines: question
            .candidates
            .iter()
            .enumerate()
            .map(|(j, candidate)| Line {
                name: candidate.name.clone(),
                origin: origins(i, j),
                votes_for: candidate.votes_for,
                votes_against: candidate.votes_against,
                share: percent_text(candidate.share),
                verdict: candidate.verdict.label().to_owned(),
                tone: candidate.verdict.tone().to_owned(),
                working: candidate.working.clone(),
            })
            .collect(),
        ladder: question.ladder.iter().map(|step| step.said.clone()).collect(),
    };
    outcome.questions.iter().enumerate().map(of).collect()
}

/// Everything that was frozen at the opening, as label and value.
fn parameters(ballot: &Ballot) -> Vec<(String, String)> {
    let plan = &ballot.plan;
    let mut list = vec![
        ("Hình thức".to_owned(), plan.form.label().to_owned()),
        ("Cách chọn".to_owned(), choices(plan)),
        (
            "Điều kiện họp".to_owned(),
            match &ballot.result {
                Some(outcome) => outcome.quorum_working.clone(),
                None => format!("có mặt ít nhất {}%", figure_text(plan.rule.quorum_percent)),
            },
        ),
        ("Điều kiện đạt".to_owned(), threshold_in_words(plan)),
        (
            if plan.is_of_council() {
                "Bỏ phiếu cho hồ sơ của đơn vị đã khai xung đột"
            } else {
                "Bỏ phiếu cho chính mình"
            }
            .to_owned(),
            if plan.rule.may_vote_for_self {
                "được"
            } else {
                "không được"
            }
            .to_owned(),
        ),
        (
            "Phiếu trắng".to_owned(),
            if plan.rule.blank_is_valid {
                "tính là phiếu hợp lệ"
            } else {
                "tính là phiếu không hợp lệ"
            }
            .to_owned(),
        ),
        (
            if plan.is_of_council() {
                "Ủy viên vắng mặt"
            } else {
                "Đơn vị vắng mặt"
            }
            .to_owned(),
            match plan.rule.absent {
                ballots::AbsentRule::MayVoteBefore { until } => {
                    format!(
                        "được gửi phiếu trước {}; vẫn tính là vắng mặt",
                        clock::moment_text(until)
                    )
                }
                ballots::AbsentRule::CountsAsAbsent => {
                    "không bỏ phiếu; tính là vắng mặt, không tính là không đồng ý".to_owned()
                }
            },
        ),
    ];
    // The council votes on each dossier for itself: no votes are equal there.
    if !plan.is_of_council() {
        let steps: Vec<&str> = plan.rule.ladder.iter().copied().map(TieStep::label).collect();
        list.push(("Khi bằng phiếu".to_owned(), steps.join("; rồi ")));
    }
    for (what, at, who) in [
        ("Mở bỏ phiếu", ballot.opened_at, &ballot.opened_by),
        ("Đóng bỏ phiếu", ballot.closed_at, &ballot.closed_by),
        ("Kiểm phiếu", ballot.counted_at, &ballot.counted_by),
    ] {
        if let Some(at) = at {
            let who = who
                .as_deref()
                .map(|name| format!(" ({name})"))
                .unwrap_or_default();
            list.push((what.to_owned(), format!("{}{who}", clock::moment_text(at))));
        }
    }
    list
}

fn choices(plan: &Plan) -> String {
    let one = |question: &ballots::Question| {
        let what = ballots::what_is_chosen(question);
        let how = match question.style {
            ballots::Style::Choose => format!("chọn tối đa {:02} {what}", question.most),
            ballots::Style::EachYesNo => how_to_choose(question),
        };
        format!(
            "{}: {how}; số {what} được chọn: {:02}",
            question.title, question.seats
        )
    };
    plan.questions.iter().map(one).collect::<Vec<_>>().join("; ")
}
