//! The arithmetic of votes, on examples and on made-up ballots.

use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{
    counting::{self, count},
    model::{
        AbsentRule, Answer, Ballot, Candidate, Choices, Outcome, PaperCounts, Plan, Purpose, Question,
        QuestionCounts, Rule, Settlement, State, Style, Threshold, TieStep, Turnout, Verdict, Votes,
        warnings,
    },
    publication::publish,
    recount::recount,
    rounds::{is_settled, outcome_of, second_round_plan},
};
use crate::{
    conferences::FormOfVote,
    ids::{BallotId, UnitId},
    years::ThresholdBase,
};

fn candidate(name: &str, score: Option<i64>) -> Candidate {
    Candidate {
        name: name.to_owned(),
        unit_id: None,
        nomination_id: None,
        score: score.map(Decimal::from),
        origin: String::new(),
    }
}

fn question(names: &[&str], style: Style, seats: i32) -> Question {
    Question {
        purpose: Purpose::Award,
        award: Some("vusta_flag".to_owned()),
        title: "Suy tôn Cờ thi đua".to_owned(),
        style,
        most: seats,
        seats,
        candidates: names.iter().map(|name| candidate(name, None)).collect(),
    }
}

fn plan(question: Question) -> Plan {
    Plan {
        title: "Phiếu suy tôn".to_owned(),
        form: FormOfVote::Secret,
        round: 1,
        questions: vec![question],
        rule: Rule {
            quorum_percent: Decimal::new(6667, 2),
            threshold_percent: Decimal::from(50),
            threshold: Threshold::MoreThan,
            base: ThresholdBase::AllUnits,
            may_vote_for_self: true,
            absent: AbsentRule::CountsAsAbsent,
            blank_is_valid: false,
            ladder: TieStep::ALL.to_vec(),
        },
    }
}

fn chosen(places: &[usize]) -> Choices {
    Choices(vec![Answer::Chosen(places.to_vec())])
}

fn turnout(electorate: i32, present: i32, advance: i32, electronic: usize, paper: i32) -> Turnout {
    let electronic = i32::try_from(electronic).unwrap();
    Turnout {
        electorate,
        present,
        advance,
        issued: present + advance,
        collected: electronic + paper,
        electronic,
        paper,
    }
}

fn verdicts(outcome: &Outcome) -> Vec<Verdict> {
    outcome.questions[0]
        .candidates
        .iter()
        .map(|c| c.verdict)
        .collect()
}

/// The counted ballot with these papers, by eight units of which seven are there and one has voted before.
fn counted(plan: &Plan, papers: &[Choices]) -> Outcome {
    count(plan, turnout(8, 7, 1, papers.len(), 0), papers, None)
}

#[test]
fn the_base_and_the_threshold_decide_whether_the_same_votes_pass() {
    let papers = |votes: usize, blank: usize| {
        let mut papers = vec![chosen(&[0]); votes];
        papers.resize(votes + blank, chosen(&[]));
        papers
    };
    for (base, threshold, percent, votes, blank, passes, working) in [
        (
            ThresholdBase::AllUnits,
            Threshold::MoreThan,
            50,
            4,
            2,
            false,
            "4/8 đơn vị = 50,00% ≤ 50% tổng số đơn vị thành viên",
        ),
        (
            ThresholdBase::AllUnits,
            Threshold::AtLeast,
            50,
            4,
            2,
            true,
            "4/8 đơn vị = 50,00% ≥ 50% tổng số đơn vị thành viên",
        ),
        (
            ThresholdBase::Present,
            Threshold::MoreThan,
            50,
            4,
            2,
            true,
            "4/7 đơn vị = 57,14% > 50% số đơn vị có mặt",
        ),
        (
            ThresholdBase::ValidPapers,
            Threshold::MoreThan,
            80,
            4,
            0,
            true,
            "4/4 phiếu = 100,00% > 80% số phiếu hợp lệ",
        ),
        (
            ThresholdBase::ValidPapers,
            Threshold::AtLeast,
            80,
            4,
            2,
            true,
            "4/4 phiếu = 100,00% ≥ 80% số phiếu hợp lệ",
        ),
    ] {
        let mut plan = plan(question(&["Sơn La"], Style::Choose, 1));
        plan.rule.base = base;
        plan.rule.threshold = threshold;
        plan.rule.threshold_percent = Decimal::from(percent);
        let papers = papers(votes, blank);
        let outcome = count(&plan, turnout(8, 6, 1, papers.len(), 0), &papers, None);
        let line = &outcome.questions[0].candidates[0];
        assert_eq!(line.verdict == Verdict::Elected, passes, "{base:?} {threshold:?}");
        assert_eq!(line.working, working);
    }
}

#[test]
fn nobody_passes_without_a_vote_and_nothing_passes_of_nothing() {
    let mut plan = plan(question(&["Sơn La"], Style::Choose, 1));
    plan.rule.threshold = Threshold::AtLeast;
    plan.rule.threshold_percent = Decimal::ZERO;
    assert_eq!(
        verdicts(&counted(&plan, &[chosen(&[])])),
        [Verdict::BelowThreshold]
    );
    plan.rule.base = ThresholdBase::ValidPapers;
    assert_eq!(verdicts(&counted(&plan, &[])), [Verdict::BelowThreshold]);
}

#[test]
fn an_empty_paper_is_valid_only_where_the_rule_says_so_and_an_absent_unit_is_never_against() {
    let mut plan = plan(question(&["Sơn La"], Style::EachYesNo, 1));
    let papers = [
        Choices(vec![Answer::Marks(vec![Some(true)])]),
        Choices(vec![Answer::Marks(vec![Some(false)])]),
        Choices(vec![Answer::Marks(vec![None])]),
    ];
    let outcome = counted(&plan, &papers);
    let found = &outcome.questions[0];
    assert_eq!((found.valid, found.invalid, found.blank), (2, 1, 1));
    // Five of eight said nothing: one against is one against.
    assert_eq!(
        (found.candidates[0].votes_for, found.candidates[0].votes_against),
        (1, 1)
    );
    plan.rule.blank_is_valid = true;
    let found = &counted(&plan, &papers).questions[0];
    assert_eq!((found.valid, found.invalid, found.blank), (3, 0, 1));
}

#[test]
fn papers_on_paper_and_on_the_phone_are_counted_together() {
    let plan = plan(question(&["Sơn La", "Hòa Bình"], Style::Choose, 2));
    let votes = |votes_for| Votes {
        votes_for,
        votes_against: 0,
    };
    let on_paper = PaperCounts {
        collected: 4,
        questions: vec![QuestionCounts {
            invalid: 1,
            blank: 1,
            votes: vec![votes(2), votes(1)],
        }],
    };
    assert!(on_paper.check(&plan, 4).is_empty());
    let papers = [chosen(&[0, 1]), chosen(&[0])];
    let outcome = count(&plan, turnout(8, 7, 0, papers.len(), 4), &papers, Some(&on_paper));
    let found = &outcome.questions[0];
    assert_eq!((found.valid, found.invalid, found.blank), (4, 2, 1));
    let fors: Vec<i32> = found.candidates.iter().map(|c| c.votes_for).collect();
    assert_eq!(fors, [4, 2]);
}

#[test]
fn counts_of_papers_that_cannot_be_are_refused_and_differing_ones_compared() {
    let plan = plan(question(&["Sơn La", "Hòa Bình"], Style::Choose, 1));
    let counts = |collected, invalid, blank, fors: [i32; 2]| PaperCounts {
        collected,
        questions: vec![QuestionCounts {
            invalid,
            blank,
            votes: fors
                .map(|votes_for| Votes {
                    votes_for,
                    votes_against: 0,
                })
                .to_vec(),
        }],
    };
    assert!(counts(5, 1, 1, [2, 1]).check(&plan, 5).is_empty());
    for (wrong, field) in [
        (counts(6, 1, 1, [3, 1]), "collected"),
        (counts(5, 4, 2, [0, 0]), "invalid-0"),
        (counts(5, -1, 1, [2, 1]), "invalid-0"),
        (counts(5, 1, 9, [2, 1]), "blank-0"),
        (counts(5, 1, 1, [4, 0]), "for-0-0"),
        (counts(5, 1, 1, [2, 2]), "for-0-0"),
        (counts(5, 1, 1, [1, 1]), "for-0-0"),
    ] {
        let errors = wrong.check(&plan, 5);
        assert!(errors.of(field).is_some(), "{wrong:?}: {errors:?}");
    }
    let differences = counts(5, 1, 1, [2, 1]).differences(&counts(5, 1, 1, [1, 2]), &plan);
    let told: Vec<_> = differences
        .iter()
        .map(|d| (d.field.as_str(), d.first, d.second))
        .collect();
    assert_eq!(told, [("for-0-0", 2, 1), ("for-0-1", 1, 2)]);
    assert!(differences[0].what.contains("Sơn La"));
}

#[test]
fn a_paper_is_checked_before_it_is_taken() {
    let unit = UnitId::new();
    let mut plan = plan(question(&["Sơn La", "Hòa Bình", "Lào Cai"], Style::Choose, 2));
    plan.questions[0].candidates[1].unit_id = Some(unit);
    for paper in [
        chosen(&[0, 1, 2]),
        chosen(&[3]),
        chosen(&[0, 0]),
        Choices(vec![]),
        Choices(vec![Answer::Marks(vec![None; 3])]),
    ] {
        assert!(!paper.check(&plan, &[]).is_empty(), "{paper:?}");
    }
    assert!(
        chosen(&[0, 1, 2])
            .check(&plan, &[])
            .of("answer-0")
            .unwrap()
            .contains("tối đa 2, đang chọn 3")
    );
    assert!(chosen(&[1, 0]).check(&plan, &[unit]).is_empty());
    plan.rule.may_vote_for_self = false;
    assert!(
        chosen(&[1, 0])
            .check(&plan, &[unit])
            .of("answer-0")
            .unwrap()
            .contains("Hòa Bình")
    );
    assert!(chosen(&[1, 0]).check(&plan, &[UnitId::new()]).is_empty());
    assert!(chosen(&[0]).check(&plan, &[unit]).is_empty());
    assert!(Choices::blank(&plan).is_blank() && Choices::blank(&plan).check(&plan, &[unit]).is_empty());
    assert_eq!(chosen(&[2, 0]).settled(), chosen(&[0, 2]));
}

#[test]
fn a_plan_that_cannot_be_voted_on_is_not_opened() {
    let good = plan(question(&["Sơn La", "Hòa Bình"], Style::Choose, 1));
    assert!(good.check().is_empty());
    let wrong = |change: &dyn Fn(&mut Plan)| {
        let mut plan = good.clone();
        change(&mut plan);
        plan.check()
    };
    assert!(wrong(&|p| p.title.clear()).of("title").is_some());
    assert!(wrong(&|p| p.questions.clear()).of("questions").is_some());
    assert!(wrong(&|p| p.questions[0].seats = 3).of("seats-0").is_some());
    assert!(wrong(&|p| p.questions[0].most = 0).of("most-0").is_some());
    assert!(
        wrong(&|p| p.questions[0].candidates.clear())
            .of("candidates-0")
            .is_some()
    );
    assert!(
        wrong(&|p| p.questions[0].candidates[1].name = "son la".to_owned())
            .of("candidates-0")
            .is_some()
    );
    assert!(
        wrong(&|p| p.rule.threshold_percent = Decimal::from(101))
            .of("threshold_percent")
            .is_some()
    );
    assert!(
        wrong(&|p| p.rule.ladder.push(TieStep::Vusta))
            .of("ladder")
            .is_some()
    );
}

/// Sơn La leads; Hòa Bình and Lào Cai are equal at the second of two seats.
fn tied(scores: [Option<i64>; 3], round: i32) -> (Plan, Outcome) {
    let mut plan = plan(question(&["Sơn La", "Hòa Bình", "Lào Cai"], Style::Choose, 2));
    plan.round = round;
    for (candidate, score) in plan.questions[0].candidates.iter_mut().zip(scores) {
        candidate.score = score.map(Decimal::from);
    }
    let mut papers = vec![chosen(&[0, 1]); 5];
    papers.extend(vec![chosen(&[0, 2]); 3]);
    papers.extend(vec![chosen(&[2]); 2]);
    let outcome = count(&plan, turnout(9, 9, 0, papers.len(), 0), &papers, None);
    (plan, outcome)
}

fn ballot(plan: Plan, outcome: Outcome, parent: Option<BallotId>, position: i32) -> Ballot {
    Ballot {
        id: BallotId::new(),
        conference_id: None,
        sitting_id: None,
        council_year: Some(2023),
        year_id: None,
        cluster_id: None,
        year_is_open: true,
        parent_id: parent,
        parent_reason: String::new(),
        position,
        state: State::Counted,
        version: 1,
        plan,
        plan_hash: None,
        advance_at: None,
        opened_at: None,
        opened_by: None,
        closed_at: None,
        closed_by: None,
        committee: super::Committee::default(),
        result: Some(outcome),
        result_hash: None,
        counted_at: None,
        counted_by: None,
        signed_at: None,
        signed_by: None,
        cancelled_for: None,
        settlement: None,
    }
}

#[test]
fn equal_votes_for_the_last_seat_wait_for_a_second_round() {
    let (plan, outcome) = tied([Some(9), Some(8), Some(7)], 1);
    assert_eq!(
        verdicts(&outcome),
        [Verdict::Elected, Verdict::Tied, Verdict::Tied]
    );
    let found = &outcome.questions[0];
    assert_eq!(
        found.tie.as_ref().map(|t| (t.among.clone(), t.seats)),
        Some((vec![1, 2], 1))
    );
    assert_eq!(found.ladder.len(), 1);
    assert!(found.ladder[0].is_pending && found.ladder[0].said.contains("Hòa Bình, Lào Cai"));
    let ballot = ballot(plan, outcome, None, 1);
    let next = second_round_plan(&ballot).unwrap();
    assert_eq!((next.round, next.title.as_str()), (2, "Phiếu suy tôn (vòng 2)"));
    let names: Vec<&str> = next.questions[0]
        .candidates
        .iter()
        .map(|c| c.name.as_str())
        .collect();
    assert_eq!(
        (names, next.questions[0].seats, next.questions[0].most),
        (vec!["Hòa Bình", "Lào Cai"], 1, 1)
    );
    assert!(next.check().is_empty() && !is_settled(&[ballot]));
}

#[test]
fn equal_again_in_the_second_round_the_score_decides_and_after_it_vusta() {
    let (_, outcome) = tied([Some(9), Some(8), Some(7)], 2);
    assert_eq!(
        verdicts(&outcome),
        [Verdict::Elected, Verdict::Elected, Verdict::OverQuota]
    );
    assert!(outcome.questions[0].tie.is_none() && outcome.questions[0].ladder.len() == 2);
    assert!(
        outcome.questions[0].ladder[1]
            .said
            .contains("Hòa Bình 8; Lào Cai 7")
    );
    for scores in [[Some(9), Some(8), Some(8)], [Some(9), None, Some(7)]] {
        let (plan, outcome) = tied(scores, 2);
        assert_eq!(
            verdicts(&outcome),
            [Verdict::Elected, Verdict::Tied, Verdict::Tied]
        );
        let last = outcome.questions[0].ladder.last().unwrap();
        assert!(last.step == TieStep::Vusta && last.is_pending);
        let mut ballot = ballot(plan, outcome, None, 1);
        assert!(!is_settled(std::slice::from_ref(&ballot)));
        ballot.settlement = Some(Settlement {
            elected: vec![vec![2]],
            reason: "Công văn số 12".to_owned(),
        });
        let lines = outcome_of(std::slice::from_ref(&ballot));
        let found: Vec<Verdict> = lines.iter().map(|line| line.verdict).collect();
        assert_eq!(found, [Verdict::Elected, Verdict::OverQuota, Verdict::Elected]);
        assert!(lines[2].working.contains("Công văn số 12") && is_settled(&[ballot]));
    }
}

#[test]
fn the_second_round_has_the_last_word_on_those_it_was_among() {
    let (plan, outcome) = tied([None; 3], 1);
    let first = ballot(plan, outcome, None, 1);
    let next = second_round_plan(&first).unwrap();
    let papers = [vec![chosen(&[1]); 6], vec![chosen(&[0]); 3]].concat();
    let outcome = count(&next, turnout(9, 9, 0, papers.len(), 0), &papers, None);
    let second = ballot(next, outcome, Some(first.id), 2);
    let ballots = [first, second];
    let lines = outcome_of(&ballots);
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line.candidate.name.as_str(), line.verdict, line.round))
        .collect();
    assert_eq!(
        told,
        [
            ("Sơn La", Verdict::Elected, 1),
            ("Hòa Bình", Verdict::BelowThreshold, 2),
            ("Lào Cai", Verdict::Elected, 2)
        ]
    );
    assert!(lines.iter().all(|line| line.seats == 2) && is_settled(&ballots));
    assert!(lines[2].working.contains("5/9") && lines[2].working.contains("6/9"));
    // An unrelated ballot with the same names has no say.
    let mut other = ballots[1].clone();
    other.parent_id = Some(BallotId::new());
    assert_eq!(outcome_of(&[ballots[0].clone(), other]).len(), 5);
}

#[test]
fn an_election_that_elects_nobody_goes_on_between_the_two_leading() {
    let mut plan = plan(question(&["A", "B", "C", "D"], Style::Choose, 1));
    let papers = [
        vec![chosen(&[0]); 3],
        vec![chosen(&[1]); 2],
        vec![chosen(&[3]); 2],
        vec![chosen(&[2]); 1],
    ]
    .concat();
    let outcome = counted(&plan, &papers);
    assert!(
        second_round_plan(&ballot(plan.clone(), outcome, None, 1)).is_none(),
        "a flag needn't be given"
    );
    plan.questions[0].purpose = Purpose::Lead;
    let outcome = counted(&plan, &papers);
    let next = second_round_plan(&ballot(plan, outcome, None, 1)).unwrap();
    let names: Vec<&str> = next.questions[0]
        .candidates
        .iter()
        .map(|c| c.name.as_str())
        .collect();
    assert_eq!(names, ["A", "B", "D"], "the second place is shared");
}

#[test]
fn few_voters_and_few_papers_of_a_kind_are_warned_of() {
    let mut plan = plan(question(&["A"], Style::Choose, 1));
    assert_eq!(warnings(&plan, 8, 8, 0).len(), 1);
    assert_eq!(warnings(&plan, 80, 80, 0).len(), 0);
    assert_eq!(warnings(&plan, 80, 79, 1).len(), 1);
    assert_eq!(warnings(&plan, 8, 1, 7).len(), 2);
    plan.form = FormOfVote::Open;
    assert!(warnings(&plan, 8, 1, 7).is_empty());
}

#[test]
fn the_quorum_is_met_by_exactly_its_share() {
    let plan = plan(question(&["A"], Style::Choose, 1));
    assert!(
        counting::has_quorum(4, 6, &plan)
            && !counting::has_quorum(3, 6, &plan)
            && !counting::has_quorum(0, 0, &plan)
    );
    assert_eq!(
        counting::quorum_working(7, 8, &plan),
        "7/8 đơn vị = 87,50% ≥ 66,67% tổng số đơn vị thành viên"
    );
}

/// Any plan with one question, and papers that it takes.
fn any_ballot() -> impl Strategy<Value = (Plan, Vec<Choices>, usize)> {
    let shape = (
        1_usize..7,
        1_i32..4,
        any::<bool>(),
        1_i32..3,
        0_u8..3,
        any::<bool>(),
        any::<bool>(),
    );
    let rule = (
        0_i64..=100,
        proptest::sample::subsequence(TieStep::ALL.to_vec(), 0..=3).prop_shuffle(),
    );
    (shape, rule).prop_flat_map(
        |((candidates, seats, is_choice, round, base, at_least, blank), (percent, ladder))| {
            let seats = seats.min(i32::try_from(candidates).unwrap());
            let names: Vec<String> = (0..candidates).map(|i| format!("Ứng viên {i}")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let style = if is_choice {
                Style::Choose
            } else {
                Style::EachYesNo
            };
            let mut plan = plan(question(&names, style, seats));
            plan.round = round;
            plan.rule.threshold_percent = Decimal::from(percent);
            plan.rule.threshold = if at_least {
                Threshold::AtLeast
            } else {
                Threshold::MoreThan
            };
            plan.rule.base = ThresholdBase::ALL[usize::from(base)];
            plan.rule.blank_is_valid = blank;
            plan.rule.ladder = ladder;
            let most = usize::try_from(plan.questions[0].most).unwrap();
            let paper = if is_choice {
                proptest::sample::subsequence((0..candidates).collect::<Vec<_>>(), 0..=most)
                    .prop_map(|places| chosen(&places))
                    .boxed()
            } else {
                proptest::collection::vec(any::<Option<bool>>(), candidates)
                    .prop_map(|marks| Choices(vec![Answer::Marks(marks)]))
                    .boxed()
            };
            let papers = proptest::collection::vec(paper, 0..12);
            let scores = proptest::collection::vec(proptest::option::weighted(0.9, 0_i64..4), candidates);
            (Just(plan), papers, scores, 0_usize..4).prop_map(|(mut plan, papers, scores, absent)| {
                for (candidate, score) in plan.questions[0].candidates.iter_mut().zip(scores) {
                    candidate.score = score.map(Decimal::from);
                }
                (plan, papers, absent)
            })
        },
    )
}

fn whole(plan: &Plan, papers: &[Choices], absent: usize) -> Outcome {
    let present = i32::try_from(papers.len()).unwrap();
    let all = present + i32::try_from(absent).unwrap();
    count(plan, turnout(all, present, 0, papers.len(), 0), papers, None)
}

proptest! {
    #[test]
    fn votes_add_up_and_seats_are_never_exceeded((plan, papers, absent) in any_ballot()) {
        let outcome = whole(&plan, &papers, absent);
        let found = &outcome.questions[0];
        let number = i32::try_from(papers.len()).unwrap();
        prop_assert_eq!(found.valid + found.invalid, number);
        prop_assert!(found.blank <= number);
        for line in &found.candidates {
            prop_assert!(line.votes_for + line.votes_against <= number - found.blank);
            prop_assert!(line.share >= Decimal::ZERO && line.share <= Decimal::ONE_HUNDRED);
        }
        let seats = plan.questions[0].seats;
        let has = |verdict| i32::try_from(found.candidates.iter().filter(|c| c.verdict == verdict).count()).unwrap();
        let (elected, open) = (has(Verdict::Elected), found.tie.as_ref());
        prop_assert!(elected + open.map_or(0, |tie| tie.seats) <= seats);
        // Nobody who passes is left out while a seat is free.
        if has(Verdict::OverQuota) > 0 {
            prop_assert_eq!(elected + open.map_or(0, |tie| tie.seats), seats);
        }
        // Nobody with fewer votes passes before somebody with more.
        for a in &found.candidates {
            for b in &found.candidates {
                if a.verdict == Verdict::Elected && b.votes_for > a.votes_for {
                    prop_assert_eq!(b.verdict, Verdict::Elected);
                }
            }
        }
    }

    #[test]
    fn a_tie_ends_in_an_order_or_in_an_open_tie_that_says_what_it_waits_for((plan, papers, absent) in any_ballot()) {
        let outcome = whole(&plan, &papers, absent);
        let found = &outcome.questions[0];
        let tied: Vec<usize> = (0..found.candidates.len())
            .filter(|place| found.candidates[*place].verdict == Verdict::Tied)
            .collect();
        match &found.tie {
            None => prop_assert!(tied.is_empty()),
            Some(tie) => {
                prop_assert_eq!(&tied, &tie.among);
                prop_assert!(tie.seats >= 1 && i32::try_from(tied.len()).unwrap() > tie.seats);
                let votes: Vec<i32> = tied.iter().map(|place| found.candidates[*place].votes_for).collect();
                prop_assert!(votes.iter().all(|v| *v == votes[0]));
                // It waits for people, or every step of the ladder was taken in vain.
                let waits = found.ladder.last().is_some_and(|step| step.is_pending);
                prop_assert!(waits || found.ladder.len() == plan.rule.ladder.len());
                prop_assert!(second_round_plan(&ballot(plan.clone(), outcome.clone(), None, 1)).unwrap().check().is_empty());
            }
        }
    }

    #[test]
    fn the_order_of_papers_and_of_marks_does_not_matter((plan, papers, absent) in any_ballot(), seed in any::<u64>()) {
        let expected = whole(&plan, &papers, absent);
        let mut other = papers.clone();
        other.sort_by_key(|paper| {
            use std::hash::{Hash, Hasher};
            let mut hasher = std::hash::DefaultHasher::new();
            (seed, paper).hash(&mut hasher);
            hasher.finish()
        });
        for paper in &mut other {
            for answer in &mut paper.0 {
                if let Answer::Chosen(places) = answer {
                    places.reverse();
                }
            }
        }
        prop_assert_eq!(whole(&plan, &other, absent), expected);
    }

    #[test]
    fn the_independent_recount_says_the_same_and_notices_every_change((plan, papers, absent) in any_ballot(), at in any::<prop::sample::Index>()) {
        let outcome = whole(&plan, &papers, absent);
        let mut frozen = ballot(plan.clone(), outcome.clone(), None, 1);
        frozen.plan_hash = Some(super::sealing::hash_of(&plan).unwrap());
        let voters: Vec<_> = (0..papers.len() + absent).map(|i| super::Voter {
            id: crate::ids::VoterId(Uuid::new_v4()),
            position: 1,
            name: String::new(),
            unit_id: None,
            person_id: None,
            has_card: true,
            attendance: if i < papers.len() { super::Attendance::Present } else { super::Attendance::Absent },
            took_part: (i < papers.len()).then_some(super::Part::Electronic),
            barred: Vec::new(),
        }).collect();
        let published = papers.iter().enumerate().map(|(i, choices)| super::PublishedPaper {
            receipt: format!("R{i}"),
            choices: choices.clone(),
        }).collect();
        let published = publish(&frozen, &voters, published, None, Some(outcome)).unwrap();
        let text = serde_json::to_string_pretty(&published).unwrap();
        let found = recount(&text).unwrap();
        prop_assert!(found.differences.is_empty(), "{:?}\n{}", found.differences, text);
        // Any digit of the file changed is noticed: by the hash at least.
        let digits: Vec<usize> = text.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).map(|(i, _)| i).collect();
        let place = digits[at.index(digits.len())];
        let mut bytes = text.into_bytes();
        bytes[place] = if bytes[place] == b'9' { b'8' } else { bytes[place] + 1 };
        if let Ok(found) = recount(&String::from_utf8(bytes).unwrap()) {
            prop_assert!(!found.differences.is_empty());
        }
    }
}

#[test]
fn a_changed_result_is_noticed_even_where_its_hash_was_made_anew() {
    let plan = plan(question(&["Sơn La", "Hòa Bình"], Style::Choose, 1));
    let papers = [vec![chosen(&[0]); 5], vec![chosen(&[1]); 3]].concat();
    let outcome = counted(&plan, &papers);
    let mut frozen = ballot(plan.clone(), outcome.clone(), None, 1);
    frozen.plan_hash = Some(super::sealing::hash_of(&plan).unwrap());
    let voters: Vec<_> = (0..8)
        .map(|i| super::Voter {
            id: crate::ids::VoterId(Uuid::new_v4()),
            position: i,
            name: String::new(),
            unit_id: None,
            person_id: None,
            has_card: true,
            attendance: if i == 0 {
                super::Attendance::Advance
            } else {
                super::Attendance::Present
            },
            took_part: Some(super::Part::Electronic),
            barred: Vec::new(),
        })
        .collect();
    let papers: Vec<_> = (0..8)
        .map(|i| super::PublishedPaper {
            receipt: format!("R{i}"),
            choices: papers[i].clone(),
        })
        .collect();
    let mut forged = outcome.clone();
    forged.questions[0].candidates[0].votes_for = 3;
    forged.questions[0].candidates[1].votes_for = 5;
    forged.questions[0].candidates[0].verdict = Verdict::BelowThreshold;
    forged.questions[0].candidates[1].verdict = Verdict::Elected;
    let published = publish(&frozen, &voters, papers.clone(), None, Some(forged)).unwrap();
    let found = recount(&serde_json::to_string(&published).unwrap()).unwrap();
    assert_eq!(found.differences.len(), 4, "{:?}", found.differences);
    let mut doubled = papers;
    doubled[1].receipt = "R0".to_owned();
    let published = publish(&frozen, &voters, doubled, None, Some(outcome)).unwrap();
    let found = recount(&serde_json::to_string(&published).unwrap()).unwrap();
    assert_eq!(found.differences, ["a receipt stands on more than one paper"]);
}
