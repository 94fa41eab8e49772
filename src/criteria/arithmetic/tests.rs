//! What the arithmetic promises, by table and by chance.

use std::collections::BTreeMap;

use proptest::{prelude::*, sample::Index};
use rust_decimal::Decimal;

use super::*;
use crate::{
    criteria::model::{
        Band, Class, CriteriaSet, Criterion, Fact, Kind, Measured, Rescaling, Rules, State, TieStep,
    },
    ids::{CriteriaSetId, CriterionId, UnitId},
};

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn rules() -> Rules {
    Rules {
        total: d("100"),
        decimals: 2,
        bonus_ceiling: d("5"),
        deduction_floor: d("10"),
        rescaling: Rescaling::RescaleGroup,
        classes: [
            ("90", "xuất sắc"),
            ("80", "tốt"),
            ("65", "hoàn thành"),
            ("0", "không hoàn thành"),
        ]
        .map(|(from, label)| Class {
            from: d(from),
            label: label.to_owned(),
        })
        .to_vec(),
        ties: vec![
            TieStep::MainGroups(vec!["1".to_owned()]),
            TieStep::MoreBonus,
            TieStep::LessDeduction,
            TieStep::NotAwardedLastYear,
            TieStep::Vote,
            TieStep::LeadDecides,
        ],
    }
}

fn line(code: &str, parent_id: Option<CriterionId>, kind: Kind, maximum: Decimal) -> Criterion {
    Criterion {
        id: CriterionId::new(),
        parent_id,
        code: code.to_owned(),
        name: code.to_owned(),
        kind,
        maximum,
        needs_evidence: false,
        indicator: Some("x".to_owned()),
        fact: None,
        note: String::new(),
    }
}

fn set(rules: Rules, criteria: Vec<Criterion>) -> CriteriaSet {
    CriteriaSet {
        id: CriteriaSetId::new(),
        year: 2024,
        cluster_id: None,
        number: 1,
        state: State::Issued,
        title: String::new(),
        note: String::new(),
        rules,
        criteria,
        version: 1,
        issued_at: None,
        content_hash: None,
    }
}

fn figures(actual: Option<&str>, target: Option<&str>) -> Basis {
    Basis {
        actual: actual.map(d),
        target: target.map(d),
        measure: "nhiệm vụ".to_owned(),
        ..Basis::default()
    }
}

fn working(kind: Kind, basis: &Basis) -> String {
    let computed = compute(&line("III.1", None, kind, d("10")), &rules(), basis);
    match computed.points {
        Some(points) => format!("{points}: {}", computed.working),
        None => format!("-: {}", computed.working),
    }
}

fn ratio() -> Kind {
    Kind::TargetRatio {
        points_at_target: d("10"),
        full_at_percent: d("100"),
        nothing_below_percent: d("30"),
    }
}

#[test]
fn points_follow_the_ratio_to_the_target_and_say_how() {
    let beyond = Kind::TargetRatio {
        points_at_target: d("8"),
        full_at_percent: d("120"),
        nothing_below_percent: d("0"),
    };
    let lines = [
        working(ratio(), &figures(Some("8"), Some("10"))),
        working(ratio(), &figures(Some("1"), Some("3"))),
        working(ratio(), &figures(Some("29"), Some("100"))),
        working(ratio(), &figures(Some("15"), Some("10"))),
        working(beyond.clone(), &figures(Some("10"), Some("10"))),
        working(beyond.clone(), &figures(Some("11"), Some("10"))),
        working(beyond, &figures(Some("12"), Some("10"))),
    ];
    insta::assert_snapshot!(lines.join("\n"), @r"
    8: 8/10 nhiệm vụ = 80% → 8,00 điểm
    3.33: 1/3 nhiệm vụ = 33,33% → 3,33 điểm
    0: 29/100 nhiệm vụ = 29% → 0,00 điểm
    10: 15/10 nhiệm vụ = 150% → 10,00 điểm
    8: 10/10 nhiệm vụ = 100% → 8,00 điểm
    9: 11/10 nhiệm vụ = 110% → 9,00 điểm
    10: 12/10 nhiệm vụ = 120% → 10,00 điểm
    ");
}

#[test]
fn bad_input_is_left_to_people_with_the_reason() {
    let lines = [
        working(ratio(), &figures(Some("8"), Some("0"))),
        working(ratio(), &figures(Some("8"), None)),
        working(ratio(), &figures(None, Some("10"))),
        working(ratio(), &figures(Some("-1"), Some("10"))),
        working(ratio(), &figures(Some("1"), Some("-10"))),
        working(ratio(), &figures(Some("9999999999999999999"), Some("0.0001"))),
        working(Kind::Count { each: d("1") }, &Basis::default()),
        working(Kind::YesNo, &Basis::default()),
        working(Kind::Judged, &figures(Some("8"), Some("10"))),
        working(Kind::Group, &Basis::default()),
        working(Kind::LeaderRelative, &figures(Some("12"), Some("10"))),
        working(Kind::LeaderRelative, &figures(Some("12"), None)),
    ];
    insta::assert_snapshot!(lines.join("\n"), @r"
    -: Chỉ tiêu đăng ký bằng 0 nên không tính được tỷ lệ; cần chấm theo đánh giá.
    -: Đơn vị không đăng ký chỉ tiêu này; chấm theo đánh giá.
    -: Báo cáo chưa có kết quả này; chấm theo số liệu đơn vị nêu.
    -: Kết quả là số âm (-1), cần kiểm tra lại.
    -: Chỉ tiêu đăng ký là số âm (-10), cần kiểm tra lại.
    -: Kết quả lớn quá mức có thể, cần kiểm tra lại.
    -: Báo cáo không có số lượng này; chấm theo số đơn vị nêu.
    -: Chấm theo minh chứng.
    -: Chấm theo đánh giá.
    -: Cộng từ các tiêu chí trong nhóm.
    -: Chưa có số liệu của đơn vị dẫn đầu cụm.
    -: Chưa có số liệu của các đơn vị cùng không đăng ký chỉ tiêu.
    ");
}

#[test]
fn steps_counts_and_facts_give_their_points() {
    let steps = |of| Kind::Steps {
        of,
        bands: [("1", "2"), ("5", "6"), ("100", "10")]
            .map(|(from, points)| Band {
                from: d(from),
                points: d(points),
            })
            .to_vec(),
    };
    let answered = |holds| Basis {
        fact_holds: Some(holds),
        ..Basis::default()
    };
    let lines = [
        working(steps(Measured::Value), &figures(Some("0"), None)),
        working(steps(Measured::Value), &figures(Some("5"), None)),
        working(steps(Measured::RatioToTarget), &figures(Some("10"), Some("10"))),
        working(Kind::Count { each: d("0.5") }, &figures(Some("7"), None)),
        working(Kind::Count { each: d("3") }, &figures(Some("7"), None)),
        working(Kind::YesNo, &answered(true)),
        working(Kind::YesNo, &answered(false)),
        working(Kind::Bonus { each: Some(d("2")) }, &figures(Some("1"), None)),
        working(Kind::Bonus { each: None }, &figures(Some("1"), None)),
        working(
            Kind::Deduction { each: Some(d("0.5")) },
            &figures(Some("3"), None),
        ),
    ];
    insta::assert_snapshot!(lines.join("\n"), @r"
    0: 0 nhiệm vụ → 0,00 điểm
    6: 5 nhiệm vụ → 6,00 điểm
    10: 10/10 nhiệm vụ = 100% → 10,00 điểm
    3.5: 7 nhiệm vụ × 0,5 điểm → 3,50 điểm
    10: 7 nhiệm vụ × 3 điểm, tối đa 10 → 10,00 điểm
    10: Có → 10,00 điểm
    0: Không → 0,00 điểm
    2: 1 nhiệm vụ × 2 điểm → 2,00 điểm
    -: Chấm theo đánh giá.
    1.5: 3 nhiệm vụ × 0,5 điểm → trừ 1,50 điểm
    ");
}

#[test]
fn a_line_bound_to_a_fact_takes_it_and_nothing_else() {
    let mut late = line("T.1", None, Kind::Deduction { each: Some(d("0.5")) }, d("1"));
    late.fact = Some(Fact::LateAnnualReport);
    let words = |holds, times| {
        let basis = Basis {
            fact_holds: holds,
            fact_times: times,
            count: Some(d("9")),
            ..Basis::default()
        };
        let computed = compute(&late, &rules(), &basis);
        format!(
            "{:?}: {}",
            computed.points.map(|p| p.to_string()),
            computed.working
        )
    };
    let lines = [
        words(Some(true), None),
        words(Some(false), None),
        words(Some(true), Some(2)),
        words(None, None),
    ];
    insta::assert_snapshot!(lines.join("\n"), @r#"
    Some("0.5"): 1 lần nộp báo cáo tổng kết chậm × 0,5 điểm → trừ 0,50 điểm
    Some("0"): 0 lần nộp báo cáo tổng kết chậm × 0,5 điểm → 0,00 điểm
    Some("1.0"): 2 lần nộp báo cáo tổng kết chậm × 0,5 điểm → trừ 1,00 điểm
    None: Chưa xác định: nộp báo cáo tổng kết chậm.
    "#);
}

#[test]
fn the_four_formulas_relate_a_unit_to_the_best() {
    let best = Best::of([
        (Some(d("15")), Some(d("10"))),
        (Some(d("20")), Some(d("10"))),
        (Some(d("5")), Some(d("0"))),
        (Some(d("8")), None),
        (None, None),
        (Some(d("-4")), None),
    ]);
    assert_eq!(best.ratio, Some(d("2")));
    assert_eq!(best.actual, Some(d("8")));
    let relative = |actual, target| {
        let basis = Basis {
            best_ratio: best.ratio,
            best_actual: best.actual,
            ..figures(Some(actual), target)
        };
        working(Kind::LeaderRelative, &basis)
    };
    let lines = [
        relative("5", Some("10")),
        relative("10", Some("10")),
        relative("15", Some("10")),
        relative("20", Some("10")),
        relative("4", None),
        relative("8", None),
    ];
    insta::assert_snapshot!(lines.join("\n"), @r"
    2.50: 5/10 nhiệm vụ = 50%, nửa điểm tối đa cho 100% → 2,50 điểm
    5: 10/10 nhiệm vụ = 100%, nửa điểm tối đa cho 100% → 5,00 điểm
    7.50: 15/10 nhiệm vụ = 150%, đơn vị dẫn đầu đạt 200% → 7,50 điểm
    10: 20/10 nhiệm vụ = 200%, đơn vị dẫn đầu đạt 200% → 10,00 điểm
    5.00: 4 nhiệm vụ, không đăng ký chỉ tiêu; cao nhất trong số đó 8 → 5,00 điểm
    10: 8 nhiệm vụ, không đăng ký chỉ tiêu; cao nhất trong số đó 8 → 10,00 điểm
    ");
}

/// Group I (10: 4 + 6), group II (20: 20), bonus (2 + 4), deduction (10 + 5).
fn small(rescaling: Rescaling) -> CriteriaSet {
    let one = line("I", None, Kind::Group, d("10"));
    let two = line("II", None, Kind::Group, d("20"));
    let bonus = line("C", None, Kind::Group, d("5"));
    let less = line("T", None, Kind::Group, d("12"));
    let criteria = [
        line("I.1", Some(one.id), Kind::Judged, d("4")),
        line("I.2", Some(one.id), Kind::Judged, d("6")),
        line("II.1", Some(two.id), Kind::Judged, d("20")),
        line("C.1", Some(bonus.id), Kind::Bonus { each: None }, d("2")),
        line("C.2", Some(bonus.id), Kind::Bonus { each: None }, d("4")),
        line("T.1", Some(less.id), Kind::Deduction { each: None }, d("10")),
        line("T.2", Some(less.id), Kind::Deduction { each: None }, d("5")),
    ];
    let mut all = Vec::new();
    for group in [one, two, bonus, less] {
        let id = group.id;
        all.push(group);
        all.extend(criteria.iter().filter(|c| c.parent_id == Some(id)).cloned());
    }
    set(
        Rules {
            total: d("30"),
            rescaling,
            ..rules()
        },
        all,
    )
}

fn given(set: &CriteriaSet, lines: &[(&str, Line)]) -> BTreeMap<CriterionId, Line> {
    lines
        .iter()
        .map(|(code, line)| (set.by_code(code).unwrap().id, *line))
        .collect()
}

#[test]
fn what_does_not_apply_is_treated_as_the_rules_say() {
    let mut found = Vec::new();
    for rescaling in Rescaling::ALL {
        let set = small(rescaling);
        for absent in ["I.1", "II.1"] {
            let mut points = given(
                &set,
                &[
                    ("I.1", Line::Points(d("2"))),
                    ("I.2", Line::Points(d("4"))),
                    ("II.1", Line::Points(d("10"))),
                ],
            );
            points.insert(set.by_code(absent).unwrap().id, Line::NotApplicable);
            let tally = tally(&set, None, &points);
            let groups: Vec<String> = tally.by_group[..2].iter().map(|g| g.points.to_string()).collect();
            found.push(format!(
                "{} without {absent}: {} = {} {:+}",
                rescaling.code(),
                tally.base,
                groups.join(" + "),
                tally.rescaled
            ));
        }
    }
    insta::assert_snapshot!(found.join("\n"), @r"
    rescale_group without I.1: 16.67 = 6.67 + 10 +0
    rescale_group without II.1: 18 = 6 + 0 +12
    rescale_total without I.1: 16.15 = 4 + 10 +2.15
    rescale_total without II.1: 18 = 6 + 0 +12
    full_points without I.1: 18 = 8 + 10 +0
    full_points without II.1: 26 = 6 + 20 +0
    none without I.1: 14 = 4 + 10 +0
    none without II.1: 6 = 6 + 0 +0
    ");
}

#[test]
fn bonus_and_deduction_stop_at_their_bounds_and_a_supplement_counts_on_its_own() {
    let set = small(Rescaling::None);
    let mut supplement = small(Rescaling::None);
    supplement.rules.bonus_ceiling = d("1");
    let all = |set: &CriteriaSet| {
        let lines = set.lines().map(|c| (c.id, Line::Points(d("100"))));
        lines.collect::<BTreeMap<_, _>>()
    };
    let mut points = all(&set);
    points.extend(all(&supplement));
    let tally = tally(&set, Some(&supplement), &points);
    assert_eq!(
        (tally.main.base, tally.main.bonus, tally.main.deduction),
        (d("30"), d("5"), d("10"))
    );
    let added = tally.supplement.unwrap();
    assert_eq!(
        (added.base, added.bonus, added.deduction),
        (d("30"), d("1"), d("10"))
    );
    assert_eq!(tally.total, d("46"));
    assert_eq!(tally.class.as_deref(), Some("không hoàn thành"));
}

#[test]
fn points_below_nought_are_still_in_a_class() {
    assert_eq!(rules().class_of(d("-3")).unwrap().label, "không hoàn thành");
    assert_eq!(rules().class_of(d("89.99")).unwrap().label, "tốt");
    assert_eq!(rules().class_of(d("90")).unwrap().label, "xuất sắc");
}

fn entry(total: &str, main: &str, bonus: &str) -> Entry {
    let main = GroupPoints {
        id: CriterionId::new(),
        code: "1".to_owned(),
        is_top: true,
        side: crate::criteria::Side::Base,
        points: d(main),
        maximum: d("100"),
        is_not_applicable: false,
    };
    Entry {
        unit: UnitId::new(),
        tally: Tally {
            total: d(total),
            bonus: d(bonus),
            by_group: vec![main],
            ..Tally::default()
        },
        awarded_last_year: false,
        votes: None,
        decided: None,
    }
}

#[test]
fn the_ladder_is_replayed_in_words() {
    let mut entries = vec![
        entry("95", "40", "1"),
        entry("95", "42", "0"),
        entry("95", "40", "1"),
        entry("90", "40", "1"),
    ];
    let words = |entries: &[Entry]| {
        let places = rank(&rules(), entries);
        let lines = places.iter().map(|p| {
            let shared = if p.shared { " (đồng hạng)" } else { "" };
            format!("{}{shared}: {}", p.place, p.steps.join(" "))
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(words(&entries), @r"
    1: Tổng điểm 95,00: bằng 2 đơn vị khác. Điểm các nhóm nhiệm vụ chính (1): 42,00 điểm.
    2 (đồng hạng): Tổng điểm 95,00: bằng 2 đơn vị khác. Điểm các nhóm nhiệm vụ chính (1): 40,00 điểm. Điểm thưởng: 1,00 điểm, bằng nhau. Điểm trừ: 0,00 điểm, bằng nhau. Khen thưởng năm trước: chưa được khen, bằng nhau. Số phiếu biểu quyết: chưa có kết quả. Quyết định của cụm trưởng hoặc LHHVN: chưa có kết quả. Xét hết các bước vẫn bằng nhau: đồng hạng.
    2 (đồng hạng): Tổng điểm 95,00: bằng 2 đơn vị khác. Điểm các nhóm nhiệm vụ chính (1): 40,00 điểm. Điểm thưởng: 1,00 điểm, bằng nhau. Điểm trừ: 0,00 điểm, bằng nhau. Khen thưởng năm trước: chưa được khen, bằng nhau. Số phiếu biểu quyết: chưa có kết quả. Quyết định của cụm trưởng hoặc LHHVN: chưa có kết quả. Xét hết các bước vẫn bằng nhau: đồng hạng.
    4:
    ");
    entries[0].decided = Some(2);
    entries[2].decided = Some(1);
    assert!(words(&entries).contains("xếp thứ 1 trong số bằng điểm"));
    let places = rank(&rules(), &entries);
    assert_eq!(places.iter().map(|p| p.place).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(places[1].unit, entries[2].unit);
}

/// Points in steps of a hundredth.
fn points(most: i64) -> impl Strategy<Value = Decimal> {
    (0..=most).prop_map(|n| Decimal::new(n, 2))
}

fn any_rescaling() -> impl Strategy<Value = Rescaling> {
    any::<Index>().prop_map(|i| *i.get(&Rescaling::ALL))
}

/// A table whose parts sum, with groups in groups, and a unit's lines in it.
fn any_sheet() -> impl Strategy<Value = (CriteriaSet, BTreeMap<CriterionId, Line>)> {
    let any_line = (1_i64..=1000, 0_i64..=1200, 0_u8..10);
    let any_group = (proptest::collection::vec(any_line, 1..5), any::<bool>());
    let sides = (0_usize..3, 0_i64..800, 0_i64..800);
    (
        any_rescaling(),
        proptest::collection::vec((any_group, sides), 1..6),
    )
        .prop_map(|(rescaling, groups)| {
            let (mut criteria, mut lines, mut total) = (Vec::new(), BTreeMap::new(), Decimal::ZERO);
            let (mut ceiling, mut floor) = (Decimal::ZERO, Decimal::ZERO);
            for (number, ((rows, nested), (side, more, less))) in groups.into_iter().enumerate() {
                let maximum: Decimal = rows.iter().map(|r| Decimal::new(r.0, 2)).sum();
                let code = (number + 1).to_string();
                let mut group = line(&code, None, Kind::Group, maximum);
                let mut parent = group.id;
                if side == 0 {
                    total += maximum;
                } else {
                    group.maximum = (maximum / Decimal::TWO).round_dp(2);
                }
                criteria.push(group);
                if nested {
                    let inner = line(&format!("{code}.0"), Some(parent), Kind::Group, maximum);
                    parent = inner.id;
                    criteria.push(inner);
                }
                for (place, (most, reached, what)) in rows.into_iter().enumerate() {
                    let kind = [
                        Kind::Judged,
                        Kind::Bonus { each: None },
                        Kind::Deduction { each: None },
                    ][side]
                        .clone();
                    let row = line(
                        &format!("{code}.{}", place + 1),
                        Some(parent),
                        kind,
                        Decimal::new(most, 2),
                    );
                    let value = match what {
                        0 | 1 => Line::NotApplicable,
                        2 => Line::Missing,
                        _ => Line::Points(Decimal::new(reached, 2)),
                    };
                    lines.insert(row.id, value);
                    criteria.push(row);
                }
                ceiling = Decimal::new(more, 2);
                floor = Decimal::new(less, 2);
            }
            let rules = Rules {
                total,
                rescaling,
                bonus_ceiling: ceiling,
                deduction_floor: floor,
                ..rules()
            };
            (set(rules, criteria), lines)
        })
}

fn any_entry() -> impl Strategy<Value = Entry> {
    // Few values, so that there are many ties.
    (
        0_i64..3,
        0_i64..2,
        0_i64..2,
        any::<bool>(),
        proptest::option::of(0_u32..3),
        proptest::option::of(1_u32..3),
    )
        .prop_map(|(total, main, bonus, awarded_last_year, votes, decided)| Entry {
            awarded_last_year,
            votes,
            decided,
            ..entry(&total.to_string(), &main.to_string(), &bonus.to_string())
        })
}

proptest! {
    #[test]
    fn the_parts_sum_to_the_total((set, lines) in any_sheet()) {
        let tally = tally(&set, None, &lines);
        prop_assert_eq!(tally.total, tally.base + tally.bonus - tally.deduction);
        let of_groups: Decimal = tally.by_group.iter()
            .filter(|g| g.is_top && g.side == crate::criteria::Side::Base)
            .map(|g| g.points)
            .sum();
        prop_assert_eq!(tally.base, of_groups + tally.rescaled);
        prop_assert_eq!(tally.total, set.rules.round(tally.total));
    }

    #[test]
    fn ceilings_and_floors_hold_and_rescaling_stays_within_the_maximum((set, lines) in any_sheet()) {
        let tally = tally(&set, None, &lines);
        prop_assert!(tally.bonus <= set.rules.bonus_ceiling && tally.bonus >= Decimal::ZERO);
        prop_assert!(tally.deduction <= set.rules.deduction_floor && tally.deduction >= Decimal::ZERO);
        prop_assert!(tally.base >= Decimal::ZERO && tally.base <= set.rules.total);
        for group in &tally.by_group {
            prop_assert!(group.points <= group.maximum, "{group:?}");
        }
        prop_assert!(tally.rescaled >= Decimal::ZERO);
    }

    #[test]
    fn full_points_everywhere_reach_the_total_however_much_does_not_apply((set, lines) in any_sheet()) {
        let full = |(id, line): (&CriterionId, &Line)| {
            let full = set.criterion(*id).map(|c| Line::Points(c.maximum));
            (*id, if *line == Line::NotApplicable { *line } else { full.unwrap_or(*line) })
        };
        let lines: BTreeMap<_, _> = lines.iter().map(full).collect();
        let tally = tally(&set, None, &lines);
        let nothing_applies = set.lines()
            .filter(|c| c.kind.side() == crate::criteria::Side::Base)
            .all(|c| lines[&c.id] == Line::NotApplicable);
        if set.rules.rescaling != Rescaling::None && !nothing_applies {
            prop_assert_eq!(tally.base, set.rules.total);
        }
    }

    #[test]
    fn more_points_in_a_line_never_make_a_smaller_base((set, lines) in any_sheet(), which in any::<Index>(), more in points(300)) {
        let before = tally(&set, None, &lines).base;
        let mut lines = lines;
        let id = *which.get(&lines.keys().copied().collect::<Vec<_>>());
        if let Some(Line::Points(points)) = lines.get(&id).copied() {
            lines.insert(id, Line::Points(points + more));
        }
        prop_assert!(tally(&set, None, &lines).base >= before);
    }

    #[test]
    fn no_figures_break_a_kind_or_its_bounds(
        actual in proptest::option::of(any::<i64>()), target in proptest::option::of(any::<i64>()),
        best in proptest::option::of(any::<i64>()), scale in 0_u32..=6, maximum in points(1000),
        at in points(1000), full in 10_000_i64..30_000, below in 0_i64..=10_000,
    ) {
        let figure = |n: Option<i64>| n.map(|n| Decimal::new(n, scale));
        let basis = Basis {
            actual: figure(actual),
            target: figure(target),
            best_ratio: figure(best),
            best_actual: figure(best),
            ..Basis::default()
        };
        let bands = vec![Band { from: d("1"), points: at }];
        let kinds = [
            Kind::TargetRatio {
                points_at_target: at.min(maximum),
                full_at_percent: Decimal::new(full, 2),
                nothing_below_percent: Decimal::new(below, 2),
            },
            Kind::Steps { of: Measured::RatioToTarget, bands: bands.clone() },
            Kind::Steps { of: Measured::Value, bands },
            Kind::Count { each: at },
            Kind::Bonus { each: Some(at) },
            Kind::Deduction { each: Some(at) },
            Kind::LeaderRelative,
        ];
        for kind in kinds {
            let criterion = line("1", None, kind, maximum);
            let computed = compute(&criterion, &rules(), &basis);
            prop_assert!(!computed.working.is_empty());
            if let Some(points) = computed.points {
                prop_assert!(points >= Decimal::ZERO && points <= maximum);
                prop_assert_eq!(points, rules().round(points));
            }
        }
    }

    #[test]
    fn the_order_of_entry_plays_no_part(
        (entries, shuffled) in proptest::collection::vec(any_entry(), 0..9)
            .prop_flat_map(|entries| (Just(entries.clone()), Just(entries).prop_shuffle())),
    ) {
        prop_assert_eq!(rank(&rules(), &entries), rank(&rules(), &shuffled));
    }

    #[test]
    fn ties_end_in_an_order_or_an_explicit_shared_place(entries in proptest::collection::vec(any_entry(), 0..9)) {
        let places = rank(&rules(), &entries);
        prop_assert_eq!(places.len(), entries.len());
        for (index, place) in places.iter().enumerate() {
            let equals = places.iter().filter(|p| p.place == place.place).count();
            prop_assert_eq!(place.shared, equals > 1);
            prop_assert_eq!(place.shared, place.steps.iter().any(|s| s.contains("đồng hạng")));
            prop_assert!(place.place <= index + 1 && place.place + equals > index);
        }
        let total = |unit| entries.iter().find(|e| e.unit == unit).map(|e| e.tally.total);
        prop_assert!(places.is_sorted_by(|a, b| total(a.unit) >= total(b.unit)));
    }
}
