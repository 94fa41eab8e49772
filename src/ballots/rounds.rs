//! What follows a ballot: the plan of a second round, and the last word over all rounds. Pure.

use super::{
    counting::working,
    model::{Ballot, FinalLine, Outcome, Plan, Purpose, Question, QuestionOutcome, State, Verdict},
};

/// The plan of a second round, where one helps: among those with equal votes for the seats that are left, or between
/// the leading ones where an election elected nobody.
#[must_use]
pub fn second_round_plan(ballot: &Ballot) -> Option<Plan> {
    let outcome = ballot.result.as_ref()?;
    let questions: Vec<Question> = ballot
        .plan
        .questions
        .iter()
        .zip(&outcome.questions)
        .filter_map(|(question, came)| next_question(question, came))
        .collect();
    if questions.is_empty() {
        return None;
    }
    Some(Plan {
        title: format!("{} (vòng {})", first_title(&ballot.plan), ballot.plan.round + 1),
        round: ballot.plan.round + 1,
        questions,
        ..ballot.plan.clone()
    })
}

/// The title without the words that a round before added.
fn first_title(plan: &Plan) -> &str {
    let ending = format!(" (vòng {})", plan.round);
    plan.title.strip_suffix(ending.as_str()).unwrap_or(&plan.title)
}

fn next_question(question: &Question, came: &QuestionOutcome) -> Option<Question> {
    let (among, seats) = match &came.tie {
        Some(tie) => (tie.among.clone(), tie.seats),
        None => (leading(question, came)?, question.seats),
    };
    let candidates: Vec<_> = among
        .iter()
        .filter_map(|place| question.candidates.get(*place).cloned())
        .collect();
    let number = i32::try_from(candidates.len()).ok()?;
    let seats = seats.min(number);
    Some(Question {
        most: question.most.min(seats),
        seats,
        candidates,
        ..question.clone()
    })
}

/// Where an election elected nobody: the two with the most votes, and who equals the second.
fn leading(question: &Question, came: &QuestionOutcome) -> Option<Vec<usize>> {
    let is_election = matches!(question.purpose, Purpose::Lead | Purpose::Deputy);
    let nobody = came
        .candidates
        .iter()
        .all(|c| c.verdict == Verdict::BelowThreshold);
    if !is_election || !nobody || came.candidates.len() < 2 {
        return None;
    }
    let mut votes: Vec<i32> = came.candidates.iter().map(|c| c.votes_for).collect();
    votes.sort_unstable_by_key(|votes| std::cmp::Reverse(*votes));
    let second = *votes.get(1)?;
    let places = (0..came.candidates.len()).filter(|place| came.candidates[*place].votes_for >= second);
    Some(places.collect())
}

/// The last word on every candidate of counted ballots: a later round or a ballot in the place of an earlier one
/// overrides what it voted on again, and VUSTA's answer what was left open. In the order of the ballots and papers.
#[must_use]
pub fn outcome_of(ballots: &[Ballot]) -> Vec<FinalLine> {
    let mut order: Vec<&Ballot> = ballots.iter().filter(|b| b.state.has_result()).collect();
    order.sort_by_key(|ballot| ballot.position);
    let mut lines: Vec<FinalLine> = Vec::new();
    for ballot in order {
        let Some(outcome) = &ballot.result else { continue };
        for line in lines_of(ballot, outcome) {
            let is_same = |known: &&mut FinalLine| {
                ballot.parent_id.is_some()
                    && known.purpose == line.purpose
                    && known.award == line.award
                    && known.candidate.name == line.candidate.name
                    && known.candidate.unit_id == line.candidate.unit_id
                    && is_descendant(ballots, ballot, known)
            };
            match lines.iter_mut().find(is_same) {
                Some(known) => {
                    let (question, seats) = (known.question.clone(), known.seats);
                    let earlier = known.working.clone();
                    *known = line;
                    (known.question, known.seats) = (question, seats);
                    known.working = format!("{earlier}; lần sau: {}", known.working);
                }
                None => lines.push(line),
            }
        }
    }
    lines
}

/// Whether the ballot came after the one that had the last word so far, by the chain of parents.
fn is_descendant(ballots: &[Ballot], ballot: &Ballot, line: &FinalLine) -> bool {
    let mut at = ballot.parent_id;
    for _ in 0..ballots.len() {
        if at == Some(line.ballot_id) {
            return true;
        }
        at = ballots
            .iter()
            .find(|b| Some(b.id) == at)
            .and_then(|b| b.parent_id);
    }
    false
}

fn lines_of(ballot: &Ballot, outcome: &Outcome) -> Vec<FinalLine> {
    let mut lines = Vec::new();
    for (i, (question, came)) in ballot.plan.questions.iter().zip(&outcome.questions).enumerate() {
        let settled = ballot
            .settlement
            .as_ref()
            .and_then(|settlement| Some((settlement, settlement.elected.get(i)?)));
        for (place, (candidate, c)) in question.candidates.iter().zip(&came.candidates).enumerate() {
            let mut verdict = c.verdict;
            let mut words = working(c.votes_for, came.base, &ballot.plan);
            if let (Verdict::Tied, Some((settlement, elected))) = (verdict, settled)
                && !elected.is_empty()
            {
                verdict = if elected.contains(&place) {
                    Verdict::Elected
                } else {
                    Verdict::OverQuota
                };
                words = format!("{words}; bằng phiếu, theo ý kiến LHHVN: {}", settlement.reason);
            }
            lines.push(FinalLine {
                ballot_id: ballot.id,
                round: ballot.plan.round,
                purpose: question.purpose,
                award: question.award.clone(),
                question: question.title.clone(),
                seats: question.seats,
                candidate: candidate.clone(),
                votes_for: c.votes_for,
                base: came.base,
                share: c.share,
                verdict,
                working: words,
            });
        }
    }
    lines
}

/// Whether something is still to be done before these ballots have a last word: votes that go on, papers to be counted,
/// or equal votes that nothing has settled.
#[must_use]
pub fn is_settled(ballots: &[Ballot]) -> bool {
    let all_counted = ballots
        .iter()
        .all(|b| b.state.has_result() || matches!(b.state, State::Draft | State::Cancelled));
    all_counted
        && outcome_of(ballots)
            .iter()
            .all(|line| line.verdict != Verdict::Tied)
}
