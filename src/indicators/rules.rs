//! Whether figures keep to the rules of their indicators. Pure.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::model::Indicator;
use crate::kit::values::figure_text;

/// What has been answered, by code.
pub type Given = HashMap<String, Decimal>;

/// What is wrong with an indicator's figure, in words; none where it is right, or not there yet.
///
/// Of a draft (`is_whole` false) a sum is looked at once all its parts are there; in a whole report parts that were
/// left out count nothing.
#[must_use]
pub fn broken(
    indicator: &Indicator,
    given: &Given,
    is_whole: bool,
    name_of: impl Fn(&str) -> String,
) -> Option<String> {
    let value = *given.get(&indicator.code)?;
    if let Some(least) = indicator.least.filter(|least| value < *least) {
        return Some(format!("Số này ít nhất là {}.", figure_text(least)));
    }
    if let Some(most) = indicator.most.filter(|most| value > *most) {
        return Some(format!("Số này nhiều nhất là {}.", figure_text(most)));
    }
    if !indicator.sum_of.is_empty() {
        let parts: Vec<Option<Decimal>> = indicator
            .sum_of
            .iter()
            .map(|code| given.get(code).copied())
            .collect();
        if is_whole || parts.iter().all(Option::is_some) {
            let sum = parts
                .iter()
                .flatten()
                .try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part))?;
            // Without any part there is nothing to compare with: the parts needn't be reported.
            if parts.iter().any(Option::is_some) && sum != value {
                let names: Vec<String> = indicator
                    .sum_of
                    .iter()
                    .map(|code| format!("“{}”", name_of(code)))
                    .collect();
                return Some(format!(
                    "Phải bằng tổng của {}, nay cộng được {}.",
                    names.join(" và "),
                    figure_text(sum)
                ));
            }
        }
    }
    let bound = indicator.not_more_than.as_ref()?;
    let most = *given.get(bound)?;
    (value > most).then(|| {
        format!(
            "Không được lớn hơn “{}”, nay là {}.",
            name_of(bound),
            figure_text(most)
        )
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::indicators::{AppliesTo, Group, Kind, Span};

    fn indicator() -> Indicator {
        Indicator {
            id: crate::ids::RowId::new(),
            code: "A".to_owned(),
            name: "Tổng".to_owned(),
            definition: String::new(),
            unit_of_measure: "lớp".to_owned(),
            group: Group::Research,
            kind: Kind::Count,
            period: Span::Year,
            applies_to: AppliesTo::All,
            required: true,
            least: Some(Decimal::ZERO),
            most: Some(Decimal::from(100)),
            sum_of: Vec::new(),
            not_more_than: None,
        }
    }

    fn given(figures: &[(&str, i64)]) -> Given {
        figures
            .iter()
            .map(|(code, n)| ((*code).to_owned(), Decimal::from(*n)))
            .collect()
    }

    fn said(indicator: &Indicator, figures: &[(&str, i64)], is_whole: bool) -> String {
        broken(indicator, &given(figures), is_whole, str::to_owned).unwrap_or_default()
    }

    #[test]
    fn a_broken_rule_is_told_with_the_figures_that_break_it() {
        let sum = Indicator {
            sum_of: vec!["B".to_owned(), "C".to_owned()],
            ..indicator()
        };
        let bound = Indicator {
            not_more_than: Some("B".to_owned()),
            ..indicator()
        };
        let table = [
            (&sum, &[][..], true, ""),
            (&sum, &[("A", 3), ("B", 1), ("C", 2)], true, ""),
            (
                &sum,
                &[("A", 4), ("B", 1), ("C", 2)],
                false,
                "Phải bằng tổng của “B” và “C”, nay cộng được 3.",
            ),
            (&sum, &[("A", 4), ("B", 1)], false, ""),
            (
                &sum,
                &[("A", 4), ("B", 1)],
                true,
                "Phải bằng tổng của “B” và “C”, nay cộng được 1.",
            ),
            (&sum, &[("A", 4)], true, ""),
            (&sum, &[("A", 101)], false, "Số này nhiều nhất là 100."),
            (&sum, &[("A", -1)], false, "Số này ít nhất là 0."),
            (&bound, &[("A", 5), ("B", 5)], true, ""),
            (
                &bound,
                &[("A", 6), ("B", 5)],
                false,
                "Không được lớn hơn “B”, nay là 5.",
            ),
            (&bound, &[("A", 6)], true, ""),
        ];
        for (indicator, figures, is_whole, words) in table {
            assert_eq!(said(indicator, figures, is_whole), words, "{figures:?}");
        }
    }

    proptest! {
        #[test]
        fn a_sum_is_right_exactly_when_it_adds_up(a in 0_i64..=100, b in 0_i64..=60, c in 0_i64..=60) {
            let sum = Indicator { sum_of: vec!["B".to_owned(), "C".to_owned()], ..indicator() };
            prop_assert_eq!(said(&sum, &[("A", a), ("B", b), ("C", c)], true).is_empty(), a == b + c);
        }
    }
}
