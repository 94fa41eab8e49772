//! The count: votes, shares, the threshold, the number of seats, and the ladder for equal votes. Pure.
//!
//! As everywhere in the program a share is rounded to two decimals, half up, and compared as it is shown.

use rust_decimal::Decimal;

use super::{
    ladder,
    model::{
        Answer, Attendance, CandidateOutcome, Choices, Outcome, PaperCounts, Part, Plan, Question,
        QuestionOutcome, Threshold, Turnout, Verdict, Voter, Votes,
    },
};
use crate::{
    conferences::counting::share,
    kit::values::{figure_text, percent_text},
    years::ThresholdBase,
};

/// Who took part; `papers` are those cast on a phone, `counts` those on paper.
#[must_use]
pub fn turnout(voters: &[Voter], papers: usize, counts: Option<&PaperCounts>) -> Turnout {
    let number = |is: &dyn Fn(&Voter) -> bool| {
        i32::try_from(voters.iter().filter(|voter| is(voter)).count()).unwrap_or(i32::MAX)
    };
    let present = number(&|v| v.attendance == Attendance::Present);
    let advance = number(&|v| v.attendance != Attendance::Present && v.took_part.is_some());
    let electronic = i32::try_from(papers).unwrap_or(i32::MAX);
    let paper = counts.map_or(0, |counts| counts.collected);
    Turnout {
        electorate: number(&|_| true),
        present,
        advance,
        issued: present + advance,
        collected: electronic + paper,
        electronic,
        paper,
    }
}

/// How many voters got a paper on paper.
#[must_use]
pub fn given_out(voters: &[Voter]) -> i32 {
    let number = voters.iter().filter(|v| v.took_part == Some(Part::Paper)).count();
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Whether enough of the electorate is in the hall.
#[must_use]
pub fn has_quorum(present: i32, electorate: i32, plan: &Plan) -> bool {
    electorate > 0 && share(present, electorate) >= plan.rule.quorum_percent
}

/// `7/8 đơn vị = 87,50% ≥ 66,67% tổng số đơn vị thành viên`
#[must_use]
pub fn quorum_working(present: i32, electorate: i32, plan: &Plan) -> String {
    let sign = if has_quorum(present, electorate, plan) {
        "≥"
    } else {
        "<"
    };
    format!(
        "{present}/{electorate} {} = {} {sign} {}% {}",
        plan.voters_are(),
        percent_text(share(present, electorate)),
        figure_text(plan.rule.quorum_percent),
        if plan.is_of_council() {
            "tổng số thành viên Hội đồng"
        } else {
            ThresholdBase::AllUnits.label()
        }
    )
}

/// Counts everything.
#[must_use]
pub fn count(plan: &Plan, turnout: Turnout, papers: &[Choices], counts: Option<&PaperCounts>) -> Outcome {
    let questions = plan.questions.iter().enumerate();
    Outcome {
        turnout,
        quorum_working: quorum_working(turnout.present, turnout.electorate, plan),
        questions: questions
            .map(|(i, question)| {
                let sums = Sums::of(i, question, papers, counts, plan.rule.blank_is_valid);
                judge(plan, question, turnout, &sums)
            })
            .collect(),
    }
}

/// What the papers add up to on one question.
#[derive(Debug, PartialEq, Eq)]
struct Sums {
    valid: i32,
    invalid: i32,
    blank: i32,
    votes: Vec<Votes>,
}

impl Sums {
    fn of(
        i: usize,
        question: &Question,
        papers: &[Choices],
        counts: Option<&PaperCounts>,
        blank_is_valid: bool,
    ) -> Self {
        let mut sums = Self {
            valid: 0,
            invalid: 0,
            blank: 0,
            votes: vec![Votes::default(); question.candidates.len()],
        };
        let mut filled = 0;
        for answer in papers.iter().filter_map(|paper| paper.0.get(i)) {
            if answer.is_blank() {
                sums.blank += 1;
            } else {
                filled += 1;
                sums.add(answer);
            }
        }
        if let Some((counts, of)) = counts.and_then(|counts| Some((counts, counts.questions.get(i)?))) {
            sums.invalid += of.invalid;
            sums.blank += of.blank;
            filled += counts.collected - of.invalid - of.blank;
            for (sum, votes) in sums.votes.iter_mut().zip(&of.votes) {
                sum.votes_for += votes.votes_for;
                sum.votes_against += votes.votes_against;
            }
        }
        sums.valid = filled;
        if blank_is_valid {
            sums.valid += sums.blank;
        } else {
            sums.invalid += sums.blank;
        }
        sums
    }

    fn add(&mut self, answer: &Answer) {
        for (place, sum) in self.votes.iter_mut().enumerate() {
            match answer.of(place) {
                Some(true) => sum.votes_for += 1,
                Some(false) => sum.votes_against += 1,
                None => {}
            }
        }
    }
}

fn base_of(plan: &Plan, turnout: Turnout, valid: i32) -> i32 {
    match plan.rule.base {
        ThresholdBase::AllUnits => turnout.electorate,
        ThresholdBase::Present => turnout.present + turnout.advance,
        ThresholdBase::ValidPapers => valid,
    }
}

/// Whether votes pass, as the share is shown.
#[must_use]
pub fn passes(votes: i32, base: i32, plan: &Plan) -> bool {
    let reached = share(votes, base);
    base > 0
        && match plan.rule.threshold {
            Threshold::MoreThan => reached > plan.rule.threshold_percent,
            // Nobody passes without a vote, whatever the threshold.
            Threshold::AtLeast => votes > 0 && reached >= plan.rule.threshold_percent,
        }
}

/// `7/8 đơn vị = 87,50% > 50% tổng số đơn vị thành viên`
#[must_use]
pub fn working(votes: i32, base: i32, plan: &Plan) -> String {
    let sign = match (plan.rule.threshold, passes(votes, base, plan)) {
        (Threshold::MoreThan, true) => ">",
        (Threshold::MoreThan, false) => "≤",
        (Threshold::AtLeast, true) => "≥",
        (Threshold::AtLeast, false) => "<",
    };
    let counted = match plan.rule.base {
        ThresholdBase::AllUnits | ThresholdBase::Present => plan.voters_are(),
        ThresholdBase::ValidPapers => "phiếu",
    };
    format!(
        "{votes}/{base} {counted} = {} {sign} {}% {}",
        percent_text(share(votes, base)),
        figure_text(plan.rule.threshold_percent),
        plan.base_label()
    )
}

fn judge(plan: &Plan, question: &Question, turnout: Turnout, sums: &Sums) -> QuestionOutcome {
    let base = base_of(plan, turnout, sums.valid);
    let runners: Vec<(i32, bool)> = sums
        .votes
        .iter()
        .map(|votes| (votes.votes_for, passes(votes.votes_for, base, plan)))
        .collect();
    let (mut verdicts, tie) = choose(&runners, question.seats);
    let (ladder, tie) = match tie {
        Some(tie) => ladder::replay(plan, question, tie, &mut verdicts),
        None => (Vec::new(), None),
    };
    let candidates = question.candidates.iter().zip(&sums.votes).zip(verdicts);
    QuestionOutcome {
        title: question.title.clone(),
        valid: sums.valid,
        invalid: sums.invalid,
        blank: sums.blank,
        base,
        candidates: candidates
            .map(|((candidate, votes), verdict)| CandidateOutcome {
                name: candidate.name.clone(),
                votes_for: votes.votes_for,
                votes_against: votes.votes_against,
                share: share(votes.votes_for, base),
                verdict,
                working: working(votes.votes_for, base, plan),
            })
            .collect(),
        ladder,
        tie,
    }
}

/// Who passes by votes alone, most first, up to the number of seats; and who is equal at the last one.
fn choose(runners: &[(i32, bool)], seats: i32) -> (Vec<Verdict>, Option<super::model::Tie>) {
    let seats = usize::try_from(seats).unwrap_or(0);
    let mut verdicts = vec![Verdict::BelowThreshold; runners.len()];
    let mut passing: Vec<usize> = (0..runners.len()).filter(|i| runners[*i].1).collect();
    passing.sort_by_key(|i| std::cmp::Reverse(runners[*i].0));
    for (place, i) in passing.iter().enumerate() {
        verdicts[*i] = if place < seats {
            Verdict::Elected
        } else {
            Verdict::OverQuota
        };
    }
    let cut = seats
        .checked_sub(1)
        .and_then(|last| Some((*passing.get(last)?, *passing.get(seats)?)));
    let Some((last, next)) = cut.filter(|(last, next)| runners[*last].0 == runners[*next].0) else {
        return (verdicts, None);
    };
    debug_assert_eq!(runners[last].0, runners[next].0);
    let votes = runners[last].0;
    let mut among: Vec<usize> = passing
        .iter()
        .copied()
        .filter(|i| runners[*i].0 == votes)
        .collect();
    among.sort_unstable();
    let ahead = passing.iter().filter(|i| runners[**i].0 > votes).count();
    for i in &among {
        verdicts[*i] = Verdict::Tied;
    }
    let left = i32::try_from(seats - ahead).unwrap_or(0);
    (verdicts, Some(super::model::Tie { among, seats: left }))
}

/// The score as the working shows it.
pub(super) fn score_text(score: Option<Decimal>) -> String {
    score.map_or_else(|| "chưa có".to_owned(), figure_text)
}
