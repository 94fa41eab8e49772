//! What the screen on the wall shows, from the facts of the moment. Pure.

use super::gathering::{Gathering, Person};
use crate::{
    ballots::{self, Ballot, Plan, Style, Verdict},
    conferences::{FormOfVote, ItemState},
    kit::values::{figure_text, percent_text},
};

/// From this many voters on their names no longer fit a screen; the number says enough.
const MOST_NAMES: usize = 40;

/// What fills the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Main {
    /// Those who vote, those present in green.
    Units,
    /// The agenda, what is on in large letters.
    Agenda,
    /// The result of the last count.
    Results,
}

/// Everything on the screen, in words.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    pub lead: String,
    pub title: String,
    pub rule: String,
    pub main: Main,
    pub units: Vec<Unit>,
    pub agenda: Vec<Item>,
    pub results: Vec<Question>,
    pub counted: String,
    pub votes: Option<Votes>,
    pub present: i32,
    pub total: i32,
    pub present_words: String,
    pub has_quorum: bool,
    pub quorum: String,
    pub qr: Option<String>,
    pub address: String,
}

/// The box of a unit or a member.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub place: String,
    pub is_present: bool,
    pub note: String,
}

/// A line of the agenda.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub title: String,
    pub class: &'static str,
}

/// How many papers came, of how many voters.
#[derive(Clone, Debug)]
pub(super) struct Votes {
    pub cast: i32,
    pub of: i32,
    pub words: &'static str,
}

/// The result of a question.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub title: String,
    pub lines: Vec<Line>,
}

/// The result of a candidate.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub name: String,
    pub votes: i32,
    pub share: String,
    pub verdict: String,
    pub is_in: bool,
}

/// What the scene is made of.
pub(super) struct Facts<'a> {
    pub gathering: &'a Gathering,
    pub ballots: &'a [Ballot],
    /// Papers that came for the ballot on the screen, and its voters.
    pub votes: Option<(i32, i32)>,
    pub qr: Option<String>,
    pub address: String,
}

/// The ballot that belongs on the screen: the one that is open, else the one being counted, else the last counted one until
/// the agenda goes on.
pub(super) fn on_screen<'a>(ballots: &'a [Ballot], gathering: &Gathering) -> Option<&'a Ballot> {
    let last = |state| ballots.iter().rev().find(|b| b.state == state);
    last(ballots::State::Open)
        .or_else(|| last(ballots::State::Closed))
        .or_else(|| {
            let since = gathering.on().and_then(|item| item.begun_at);
            ballots
                .iter()
                .filter(|b| b.result.is_some())
                .max_by_key(|b| b.counted_at)
                .filter(|b| b.counted_at >= since)
        })
}

/// The scene of this moment.
pub(super) fn scene(facts: Facts<'_>) -> Scene {
    let gathering = facts.gathering;
    let ballot = on_screen(facts.ballots, gathering);
    let results = ballot.map(results).unwrap_or_default();
    let is_open = ballot.is_some_and(|b| b.state == ballots::State::Open);
    let is_being_counted = ballot.is_some_and(|b| b.state == ballots::State::Closed);
    let main = if !results.is_empty() {
        Main::Results
    } else if ballot.is_none() && gathering.is_in_session && gathering.on().is_some() {
        Main::Agenda
    } else {
        Main::Units
    };
    Scene {
        lead: gathering.lead.clone(),
        title: ballot.map_or_else(|| gathering.title(), |b| b.plan.title.clone()),
        rule: ballot
            .filter(|_| results.is_empty())
            .map(|b| rule_in_a_line(&b.plan))
            .unwrap_or_default(),
        main,
        units: units(gathering, ballot),
        agenda: gathering.agenda.iter().map(item).collect(),
        counted: ballot.and_then(counted).unwrap_or_default(),
        results,
        votes: facts
            .votes
            .filter(|_| ballot.is_some_and(|b| b.result.is_none()))
            .map(|(cast, of)| Votes {
                cast,
                of,
                words: if is_open {
                    "phiếu đã nhận"
                } else {
                    "phiếu đã nhận · đã đóng bỏ phiếu"
                },
            }),
        present: gathering.present,
        total: gathering.total,
        present_words: format!("{} có mặt", gathering.voters),
        has_quorum: gathering.has_quorum,
        quorum: format!(
            "{} điều kiện tiến hành: {}/{} {} có mặt (cần {})",
            if gathering.has_quorum {
                "Đủ"
            } else {
                "Chưa đủ"
            },
            gathering.present,
            gathering.total,
            gathering.voters,
            gathering.needed
        ),
        // While papers are counted a card opens nothing.
        qr: facts
            .qr
            .filter(|_| !is_being_counted && (is_open || !gathering.is_over)),
        address: facts.address,
    }
}

fn item(item: &super::gathering::Item) -> Item {
    Item {
        title: item.title.clone(),
        class: match item.state {
            ItemState::Waiting => "is-waiting",
            ItemState::On => "is-on",
            ItemState::Done => "is-done",
        },
    }
}

fn units(gathering: &Gathering, ballot: Option<&Ballot>) -> Vec<Unit> {
    if gathering.people.len() > MOST_NAMES {
        return Vec::new();
    }
    let may_vote_before = ballot.is_some_and(|b| b.advance_at.is_some());
    let unit = |person: &Person| Unit {
        place: person.name.clone(),
        is_present: person.is_present,
        note: if person.is_present {
            ""
        } else if !person.is_excused {
            "chưa điểm danh"
        } else if may_vote_before {
            "vắng, gửi phiếu trước"
        } else {
            "vắng mặt"
        }
        .to_owned(),
    };
    gathering.people.iter().map(unit).collect()
}

/// `Phiếu kín · chọn tối đa 2`
pub(super) fn form_in_words(plan: &Plan) -> String {
    let form = match plan.form {
        FormOfVote::Secret => "Phiếu kín",
        FormOfVote::Open => "Biểu quyết công khai",
    };
    let choice = match plan.questions.as_slice() {
        [question] => format!(" · {}", how_to_choose(question)),
        several => format!(" · {} nội dung trên một phiếu", several.len()),
    };
    format!("{form}{choice}")
}

/// `Phiếu kín · chọn tối đa 2 · cần trên 50% tổng số đơn vị thành viên`
pub(super) fn rule_in_a_line(plan: &Plan) -> String {
    format!("{} · {}", form_in_words(plan), threshold_in_words(plan))
}

/// `cần trên 50% tổng số đơn vị thành viên`
pub(super) fn threshold_in_words(plan: &Plan) -> String {
    format!("cần {}", share_in_words(plan))
}

/// `trên 50% tổng số đơn vị thành viên`
pub(super) fn share_in_words(plan: &Plan) -> String {
    format!(
        "{} {}% {}",
        plan.rule.threshold.label(),
        figure_text(plan.rule.threshold_percent),
        plan.base_label()
    )
}

/// `chọn tối đa 2`
pub(super) fn how_to_choose(question: &ballots::Question) -> String {
    match (question.style, question.most) {
        (Style::Choose, 1) => "chọn 1".to_owned(),
        (Style::Choose, most) => format!("chọn tối đa {most}"),
        (Style::EachYesNo, _) if question.candidates.len() == 1 => "đồng ý hoặc không đồng ý".to_owned(),
        (Style::EachYesNo, _) => "đồng ý hoặc không đồng ý với từng dòng".to_owned(),
    }
}

fn results(ballot: &Ballot) -> Vec<Question> {
    let Some(outcome) = &ballot.result else {
        return Vec::new();
    };
    let line = |candidate: &ballots::CandidateOutcome| Line {
        name: candidate.name.clone(),
        votes: candidate.votes_for,
        share: percent_text(candidate.share),
        verdict: candidate.verdict.label().to_owned(),
        is_in: candidate.verdict == Verdict::Elected,
    };
    let question = |question: &ballots::QuestionOutcome| Question {
        title: question.title.clone(),
        lines: question.candidates.iter().map(line).collect(),
    };
    outcome.questions.iter().map(question).collect()
}

/// `Phát ra 8, thu vào 8, hợp lệ 8, không hợp lệ 0`
fn counted(ballot: &Ballot) -> Option<String> {
    let outcome = ballot.result.as_ref()?;
    let (turnout, first) = (outcome.turnout, outcome.questions.first()?);
    let mut words = format!("Phiếu phát ra {}, thu vào {}", turnout.issued, turnout.collected);
    if outcome.questions.len() == 1 {
        use std::fmt::Write;
        let _ = write!(words, ", hợp lệ {}, không hợp lệ {}", first.valid, first.invalid);
    }
    Some(words)
}
