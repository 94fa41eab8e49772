//! The ballots of a house as a list shows them: where each is, and the one act that comes next. Pure.

use super::{
    access,
    model::{Ballot, State},
    rounds,
    workflow::Action,
};
use crate::{people::Actor, years::Year};

/// The one act that comes next, as a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub label: &'static str,
}

/// A ballot in a list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// Its number within the conference.
    pub position: i32,
    /// What is voted on.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Where it is, in words.
    pub state: &'static str,
    /// The tone of the badge.
    pub tone: &'static str,
    /// Who has to act, or why it was called off.
    pub note: String,
    /// The one act that comes next, for whom it is.
    pub next: Option<Next>,
}

/// Where the ballots of a year's conferences are: `/cum/cum-3/2023/hoi-nghi/bo-phieu`
#[must_use]
pub fn year_base(year: &Year) -> String {
    format!("{}/hoi-nghi/bo-phieu", year.path())
}

/// Where the council's ballots on the nominations of a calendar year are: `/hoi-dong/2023/bo-phieu`
#[must_use]
pub fn council_base(year: i32) -> String {
    format!("/hoi-dong/{year}/bo-phieu")
}

/// The path of a ballot of a conference.
#[must_use]
pub fn path(year: &Year, ballot: &Ballot) -> String {
    path_below(&year_base(year), ballot)
}

/// The path of a ballot below where those of its house are.
#[must_use]
pub fn path_below(base: &str, ballot: &Ballot) -> String {
    format!("{base}/{}", ballot.id)
}

/// What a ballot is called; one without a name yet by its number.
#[must_use]
pub fn title(ballot: &Ballot) -> String {
    if ballot.plan.title.is_empty() {
        format!("Phiếu số {} (chưa có tên)", ballot.position)
    } else {
        ballot.plan.title.clone()
    }
}

/// Whether equal votes, or an election that elected nobody, are still open and no other ballot took them up.
#[must_use]
pub fn is_open_question(ballot: &Ballot) -> bool {
    ballot
        .result
        .as_ref()
        .is_some_and(|result| result.has_tie() && ballot.settlement.is_none())
        || rounds::second_round_plan(ballot).is_some()
}

/// The act that comes next. `has_child`: another ballot has taken up what this one left open.
#[must_use]
pub fn next_act(actor: &Actor, base: &str, ballot: &Ballot, has_child: bool) -> Option<Next> {
    let path = path_below(base, ballot);
    let act = |action, end: &str, label| {
        access::offers(actor, action, ballot).then(|| Next {
            href: format!("{path}/{end}"),
            label,
        })
    };
    match ballot.state {
        State::Draft => act(Action::Open, "mo", "Xem lại và mở bỏ phiếu"),
        State::Advance => act(Action::Open, "mo", "Mở bỏ phiếu tại hội trường"),
        State::Open => act(Action::Close, "dong", "Đóng bỏ phiếu"),
        State::Closed => act(Action::Count, "kiem-phieu", "Kiểm phiếu"),
        State::Counted if is_open_question(ballot) && !has_child => {
            act(Action::Sign, "ket-qua", "Xem kết quả, xử lý tiếp")
        }
        State::Counted => act(Action::Sign, "ket-qua", "Ký biên bản kiểm phiếu"),
        State::Signed | State::Cancelled => None,
    }
    .or_else(|| {
        ballot.state.has_result().then(|| Next {
            href: format!("{path}/ket-qua"),
            label: "Xem kết quả",
        })
    })
}

/// The ballots that this person may see, as a list shows them; `base` is where their pages are.
#[must_use]
pub fn list(actor: &Actor, base: &str, ballots: &[Ballot]) -> Vec<ListRow> {
    let seen = ballots.iter().filter(|ballot| access::sees(actor, ballot));
    seen.map(|ballot| {
        let has_child = ballots
            .iter()
            .any(|b| b.parent_id == Some(ballot.id) && b.state != State::Cancelled);
        ListRow {
            position: ballot.position,
            title: title(ballot),
            href: path_below(base, ballot),
            state: ballot.state.label(),
            tone: ballot.state.tone(),
            note: ballot.cancelled_for.as_ref().map_or_else(
                || ballot.state.whose_turn().to_owned(),
                |reason| format!("Lý do hủy: {reason}"),
            ),
            next: next_act(actor, base, ballot, has_child),
        }
    })
    .collect()
}
