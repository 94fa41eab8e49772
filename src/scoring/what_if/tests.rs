use super::*;
use crate::{
    criteria::{Criterion, State, TieStep},
    ids::CriteriaSetId,
};

/// A group of 100 points with two lines that people judge, 60 and 40.
fn set() -> CriteriaSet {
    let mut rules = criteria::proposal().unwrap().rules;
    rules.ties = vec![TieStep::NotAwardedLastYear];
    let group = CriterionId::new();
    let line = |id, parent_id, code: &str, kind, maximum: i64| Criterion {
        id,
        parent_id,
        code: code.to_owned(),
        name: code.to_owned(),
        kind,
        maximum: maximum.into(),
        needs_evidence: false,
        indicator: None,
        fact: None,
        note: String::new(),
    };
    CriteriaSet {
        id: CriteriaSetId::new(),
        year: 2024,
        cluster_id: None,
        number: 1,
        state: State::Issued,
        title: String::new(),
        note: String::new(),
        rules,
        criteria: vec![
            line(group, None, "A", Kind::Group, 100),
            line(CriterionId::new(), Some(group), "A.1", Kind::Judged, 60),
            line(CriterionId::new(), Some(group), "A.2", Kind::Judged, 40),
        ],
        version: 1,
        issued_at: None,
        content_hash: None,
    }
}

fn candidate(set: &CriteriaSet, points: [i64; 2], awarded_last_year: bool) -> Candidate {
    Candidate {
        unit_id: UnitId::new(),
        given: set
            .lines()
            .zip(points)
            .map(|(line, points)| (line.id, Line::Points(points.into())))
            .collect(),
        awarded_last_year,
    }
}

fn typed(set: &CriteriaSet, fields: &[(&str, &str)]) -> (Vec<Weight>, FieldErrors) {
    let fields: Vec<(String, String)> = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let mut errors = FieldErrors::default();
    let weights = weights(std::iter::once(set), &fields, &mut errors);
    (weights, errors)
}

#[test]
fn a_criterion_that_is_dropped_changes_the_places_and_a_tenth_changes_some() {
    let set = set();
    let candidates = [candidate(&set, [50, 10], false), candidate(&set, [20, 39], false)];
    let trial = Trial {
        set: &set,
        supplement: None,
        candidates: &candidates,
    };
    let (dropped, errors) = typed(&set, &[("A.1", "0"), ("A.2", "40"), ("cum", "cum-3")]);
    assert!(errors.is_empty());
    assert_eq!(dropped.len(), 1, "what stays as it is weighs as before");
    let moved: Vec<_> = trial
        .moved(&dropped)
        .into_iter()
        .map(|m| (m.now, m.then))
        .collect();
    assert_eq!(
        moved,
        [((60.into(), 1), (10.into(), 2)), ((59.into(), 2), (39.into(), 1)),]
    );
    // 0,9 of A.1 and 1,1 of A.2 turn the places round, the two others don't.
    let firm: Vec<_> = trial
        .firmness()
        .into_iter()
        .map(|(_, holds, all)| (holds, all))
        .collect();
    assert_eq!(firm, [(2, 4), (2, 4)]);
    assert_eq!(firm_words(2, 4), "2/4 (50 %)");
}

#[test]
fn places_of_now_follow_the_ladder_as_the_standing_does() {
    let set = set();
    let candidates = [candidate(&set, [30, 30], true), candidate(&set, [30, 30], false)];
    let trial = Trial {
        set: &set,
        supplement: None,
        candidates: &candidates,
    };
    let places: Vec<_> = trial
        .moved(&[])
        .into_iter()
        .map(|m| (m.unit_id, m.now.1))
        .collect();
    assert_eq!(places, [(candidates[1].unit_id, 1), (candidates[0].unit_id, 2)]);
}

#[test]
fn a_maximum_that_is_no_number_is_told_at_its_criterion() {
    let (weights, errors) = typed(&set(), &[("A.1", "sáu mươi"), ("A.2", "20")]);
    assert!(errors.of("A.1").is_some());
    assert_eq!(weights.len(), 1);
    assert_eq!(weights[0].factor, Decimal::new(5, 1));
}
