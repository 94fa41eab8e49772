//! The arithmetic of a vote: quorum, threshold, quota, ties. Pure; figures are decimal, never float.
//!
//! A share is rounded to two decimals, half up, and compared as it is shown: what the minutes print is what decided.
//! So two thirds meet a quorum of 66,67%, whatever the third decimal would have been.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::{
    kit::values::{figure_text, percent_text},
    years::{Rules, ThresholdBase},
};

/// How many there were of what a share can be taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turnout {
    /// All member units.
    pub units: i32,
    /// Those present.
    pub present: i32,
    /// Valid papers.
    pub valid: i32,
}

impl Turnout {
    /// The number that a share of votes is taken of.
    #[must_use]
    pub fn base(self, base: ThresholdBase) -> i32 {
        match base {
            ThresholdBase::AllUnits => self.units,
            ThresholdBase::Present => self.present,
            ThresholdBase::ValidPapers => self.valid,
        }
    }
}

/// `part` of `whole` in percent, with two decimals; of nothing it is nothing.
#[must_use]
pub fn share(part: i32, whole: i32) -> Decimal {
    if whole <= 0 {
        return Decimal::ZERO;
    }
    (Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole))
        .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// Whether enough units attend: at least the rule's share of all members.
#[must_use]
pub fn has_quorum(turnout: Turnout, rules: &Rules) -> bool {
    turnout.units > 0 && share(turnout.present, turnout.units) >= rules.quorum_percent
}

/// `7/8 đơn vị = 87,50% ≥ 66,67% tổng số đơn vị thành viên`
#[must_use]
pub fn quorum_working(turnout: Turnout, rules: &Rules) -> String {
    let sign = if has_quorum(turnout, rules) { "≥" } else { "<" };
    let share = percent_text(share(turnout.present, turnout.units));
    let needed = figure_text(rules.quorum_percent);
    format!(
        "{}/{} đơn vị = {share} {sign} {needed}% tổng số đơn vị thành viên",
        turnout.present, turnout.units
    )
}

/// Whether votes pass: more than the rule's share of the base.
#[must_use]
pub fn passes(votes: i32, base: i32, threshold_percent: Decimal) -> bool {
    base > 0 && share(votes, base) > threshold_percent
}

/// `7/8 đơn vị = 87,50% > 50% tổng số đơn vị thành viên`
#[must_use]
pub fn vote_working(votes: i32, turnout: Turnout, rules: &Rules) -> String {
    let base = turnout.base(rules.threshold_base);
    let sign = if passes(votes, base, rules.threshold_percent) {
        ">"
    } else {
        "≤"
    };
    let counted = match rules.threshold_base {
        ThresholdBase::AllUnits | ThresholdBase::Present => "đơn vị",
        ThresholdBase::ValidPapers => "phiếu",
    };
    let share = percent_text(share(votes, base));
    let needed = figure_text(rules.threshold_percent);
    format!(
        "{votes}/{base} {counted} = {share} {sign} {needed}% {}",
        rules.threshold_base.label()
    )
}

/// What a candidate's votes led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Enough votes, and within the quota.
    Acclaimed,
    /// Not enough votes.
    BelowThreshold,
    /// Enough votes, but others had more and the quota is full.
    OverQuota,
}

impl Outcome {
    /// The outcome in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Acclaimed => "được suy tôn",
            Self::BelowThreshold => "không đủ phiếu",
            Self::OverQuota => "đủ phiếu, hết suất",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Acclaimed => "done",
            Self::BelowThreshold => "neutral",
            Self::OverQuota => "waiting",
        }
    }
}

/// A candidate for one award: votes, and the place given by a second vote or a ranking where votes were equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runner {
    /// Votes for it.
    pub votes: i32,
    /// 1 before 2; none where nothing was settled.
    pub order: Option<i32>,
}

/// Equal votes at the last place within the quota: who they are, by their place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Places in the list of candidates.
    pub among: Vec<usize>,
}

/// Chooses, for one award, who is acclaimed: above the threshold, most votes first, up to the quota.
pub fn choose(runners: &[Runner], quota: i32, passes: impl Fn(i32) -> bool) -> Result<Vec<Outcome>, Tie> {
    let quota = usize::try_from(quota).unwrap_or(0);
    let mut outcomes = vec![Outcome::BelowThreshold; runners.len()];
    let mut passing: Vec<usize> = (0..runners.len()).filter(|i| passes(runners[*i].votes)).collect();
    // Most votes first; among equals the settled order, and those without one last.
    let key = |i: &usize| {
        (
            std::cmp::Reverse(runners[*i].votes),
            runners[*i].order.unwrap_or(i32::MAX),
        )
    };
    passing.sort_by_key(key);
    for (place, i) in passing.iter().enumerate() {
        outcomes[*i] = if place < quota {
            Outcome::Acclaimed
        } else {
            Outcome::OverQuota
        };
    }
    // With no seats at all there is no last seat to be equal at.
    if let (Some(last), Some(next)) = (
        quota.checked_sub(1).and_then(|q| passing.get(q)),
        passing.get(quota),
    ) && key(last) == key(next)
    {
        let votes = runners[*last].votes;
        return Err(Tie {
            among: (0..runners.len())
                .filter(|i| runners[*i].votes == votes)
                .collect(),
        });
    }
    Ok(outcomes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rules(threshold: i64, base: ThresholdBase) -> Rules {
        Rules {
            flag_quota: 2,
            merit_quota: 3,
            quorum_percent: Decimal::new(6667, 2),
            threshold_percent: Decimal::from(threshold),
            threshold_base: base,
            frozen_at: None,
        }
    }

    fn runners(votes: &[i32]) -> Vec<Runner> {
        votes
            .iter()
            .map(|v| Runner {
                votes: *v,
                order: None,
            })
            .collect()
    }

    const TURNOUT: Turnout = Turnout {
        units: 8,
        present: 7,
        valid: 6,
    };

    #[test]
    fn the_base_decides_whether_the_same_votes_pass() {
        for (base, votes, pass) in [
            (ThresholdBase::AllUnits, 4, false),
            (ThresholdBase::AllUnits, 5, true),
            (ThresholdBase::Present, 4, true),
            (ThresholdBase::ValidPapers, 3, false),
            (ThresholdBase::ValidPapers, 4, true),
        ] {
            assert_eq!(
                passes(votes, TURNOUT.base(base), Decimal::from(50)),
                pass,
                "{base:?} {votes}"
            );
        }
    }

    #[test]
    fn exactly_the_threshold_is_not_more_than_it_and_exactly_the_quorum_is_enough() {
        assert!(!passes(4, 8, Decimal::from(50)));
        let six = Turnout {
            units: 6,
            present: 4,
            valid: 4,
        };
        assert!(has_quorum(six, &rules(50, ThresholdBase::AllUnits)));
        assert!(!has_quorum(
            Turnout { present: 3, ..six },
            &rules(50, ThresholdBase::AllUnits)
        ));
        assert!(!passes(0, 0, Decimal::ZERO));
    }

    #[test]
    fn the_working_is_written_in_words() {
        let rules = rules(50, ThresholdBase::AllUnits);
        assert_eq!(
            vote_working(7, TURNOUT, &rules),
            "7/8 đơn vị = 87,50% > 50% tổng số đơn vị thành viên"
        );
        assert_eq!(
            vote_working(3, TURNOUT, &rules),
            "3/8 đơn vị = 37,50% ≤ 50% tổng số đơn vị thành viên"
        );
        assert_eq!(
            quorum_working(TURNOUT, &rules),
            "7/8 đơn vị = 87,50% ≥ 66,67% tổng số đơn vị thành viên"
        );
    }

    #[test]
    fn most_votes_come_first_up_to_the_quota() {
        let outcomes = choose(&runners(&[5, 7, 6, 3]), 2, |v| v > 4).unwrap();
        assert_eq!(
            outcomes,
            [
                Outcome::OverQuota,
                Outcome::Acclaimed,
                Outcome::Acclaimed,
                Outcome::BelowThreshold
            ]
        );
    }

    #[test]
    fn equal_votes_at_the_last_place_are_for_people_to_settle() {
        assert_eq!(
            choose(&runners(&[7, 6, 6]), 2, |v| v > 4),
            Err(Tie { among: vec![1, 2] })
        );
        // Equal above or below the last place don't matter.
        assert!(choose(&runners(&[7, 7, 5]), 2, |v| v > 4).is_ok());
        assert!(choose(&runners(&[7, 6, 5, 5]), 2, |v| v > 4).is_ok());
        let settled = [
            Runner {
                votes: 7,
                order: None,
            },
            Runner {
                votes: 6,
                order: Some(2),
            },
            Runner {
                votes: 6,
                order: Some(1),
            },
        ];
        let outcomes = choose(&settled, 2, |v| v > 4).unwrap();
        assert_eq!(
            outcomes,
            [Outcome::Acclaimed, Outcome::OverQuota, Outcome::Acclaimed]
        );
    }

    proptest! {
        #[test]
        fn a_share_is_exact_to_half_a_hundredth(part in 0_i32..=500, whole in 1_i32..=500) {
            // |share * whole - 100 * part| <= 0,005 * whole, in whole numbers.
            let off = (share(part, whole) * Decimal::from(whole) - Decimal::from(part) * Decimal::ONE_HUNDRED).abs();
            prop_assert!(off * Decimal::from(200) <= Decimal::from(whole));
        }

        #[test]
        fn more_votes_never_turn_a_pass_into_a_failure(votes in 0_i32..100, base in 1_i32..=100, percent in 0_i64..=10_000) {
            let threshold = Decimal::new(percent, 2);
            prop_assert!(!passes(votes, base, threshold) || passes(votes + 1, base, threshold));
        }

        #[test]
        fn a_whole_percent_threshold_is_compared_as_in_school(votes in 0_i32..=100, base in 1_i32..=100, percent in 0_i32..=100) {
            // For so few voters rounding to two decimals never crosses a whole percent.
            prop_assert_eq!(passes(votes, base, Decimal::from(percent)), votes * 100 > percent * base);
        }

        #[test]
        fn a_choice_keeps_to_threshold_quota_and_order(votes in prop::collection::vec(0_i32..=8, 0..10), quota in 0_i32..=5, least in 0_i32..=8) {
            let list = runners(&votes);
            let passing = votes.iter().filter(|v| **v > least).count();
            let seats = usize::try_from(quota).unwrap();
            match choose(&list, quota, |v| v > least) {
                Ok(outcomes) => {
                    let acclaimed: Vec<i32> = (0..votes.len()).filter(|i| outcomes[*i] == Outcome::Acclaimed).map(|i| votes[i]).collect();
                    prop_assert_eq!(acclaimed.len(), passing.min(seats));
                    let worst = acclaimed.iter().min().copied().unwrap_or(i32::MAX);
                    for (i, v) in votes.iter().enumerate() {
                        prop_assert_eq!(outcomes[i] == Outcome::BelowThreshold, *v <= least);
                        prop_assert!(outcomes[i] != Outcome::OverQuota || *v < worst);
                    }
                }
                Err(tie) => {
                    prop_assert!(seats > 0 && passing > seats && tie.among.len() > 1);
                    prop_assert!(tie.among.iter().all(|i| votes[*i] == votes[tie.among[0]]));
                }
            }
        }

        #[test]
        fn the_order_of_the_list_changes_nothing(votes in prop::collection::vec(0_i32..=8, 1..8), quota in 1_i32..=4) {
            let forwards = choose(&runners(&votes), quota, |v| v > 4);
            let mut turned = votes.clone();
            turned.reverse();
            let backwards = choose(&runners(&turned), quota, |v| v > 4);
            match (forwards, backwards) {
                (Ok(a), Ok(mut b)) => { b.reverse(); prop_assert_eq!(a, b); }
                (a, b) => prop_assert_eq!(a.is_err(), b.is_err()),
            }
        }
    }
}
