//! The bonus that comes with each award of a decision: the multiple of the catalogue's version and the base salary, both
//! as they held on the decision's day. Pure.

use rust_decimal::Decimal;

use super::model::{Content, Line};
use crate::awards::{BaseSalary, Version, in_force, salary_on};

/// The bonus of one award.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bonus {
    /// The award in the decision.
    pub line: Line,
    /// How many base salaries, where a rule says so.
    pub multiple: Option<Decimal>,
    /// In đồng.
    pub amount: Option<Decimal>,
}

/// All bonuses of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bonuses {
    /// The base salary of the day.
    pub salary: Option<BaseSalary>,
    /// In the order of the decision.
    pub list: Vec<Bonus>,
    /// Together.
    pub total: Decimal,
}

impl Bonuses {
    /// Counts them.
    #[must_use]
    pub fn of(content: &Content, versions: &[Version], salaries: &[BaseSalary]) -> Self {
        let salary = salary_on(salaries, content.issued_on).cloned();
        let multiple = |line: &Line| {
            let own = versions.iter().filter(|v| v.award == line.award);
            let own: Vec<Version> = own.cloned().collect();
            let version = in_force(&own, content.issued_on)?;
            match line.person {
                Some(_) => version.person_multiple,
                None => version.unit_multiple,
            }
        };
        let list: Vec<Bonus> = content
            .lines
            .iter()
            .map(|line| {
                let multiple = multiple(line);
                let amount = multiple
                    .zip(salary.as_ref())
                    .map(|(multiple, s)| multiple * s.amount);
                Bonus {
                    line: line.clone(),
                    multiple,
                    amount: amount.map(|a| a.normalize()),
                }
            })
            .collect();
        Self {
            total: list.iter().filter_map(|b| b.amount).sum::<Decimal>().normalize(),
            salary,
            list,
        }
    }

    /// Whether an amount is missing, because no rule of the day names it.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.list.iter().any(|bonus| bonus.amount.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        awards::Level,
        decisions::{Ground, ISSUER, Kind},
        ids::NominationId,
    };

    fn content(day: &str, awards: &[&str]) -> Content {
        let line = |award: &&str| Line {
            nomination_id: NominationId::new(),
            unit: "Liên hiệp Hội tỉnh Mẫu".into(),
            person: None,
            award: (*award).to_owned(),
            award_name: (*award).to_owned(),
            cluster: "Cụm thi đua số 3".into(),
            year: 2023,
        };
        Content {
            kind: Kind::Award,
            number: 48,
            symbol: "QĐ-LHHVN".into(),
            issued_on: day.parse().unwrap(),
            issuer: ISSUER.into(),
            signer: String::new(),
            signer_post: String::new(),
            title: String::new(),
            bases: Vec::new(),
            lines: awards.iter().map(line).collect(),
            signer_power: String::new(),
            in_part: false,
            ground: Ground::default(),
            about: None,
            reason: String::new(),
        }
    }

    fn version(award: &str, number: i32, from: &str, multiple: Option<Decimal>) -> Version {
        Version {
            award: award.into(),
            number,
            from: from.parse().unwrap(),
            until: None,
            level: Level::Vusta,
            source: String::new(),
            to_check: false,
            conditions: Vec::new(),
            dossier: Vec::new(),
            unit_multiple: multiple,
            person_multiple: None,
            reason: String::new(),
            added_by: None,
        }
    }

    #[test]
    fn the_bonus_goes_by_the_day_of_the_decision() {
        let versions = [
            version("flag", 1, "2021-12-03", None),
            version("flag", 2, "2024-01-01", Some(Decimal::from(8))),
            version("merit", 1, "2024-01-01", Some(Decimal::new(15, 1))),
        ];
        let salary = |from: &str, amount: i64| BaseSalary {
            from: from.parse().unwrap(),
            amount: Decimal::from(amount),
            source: String::new(),
            to_check: false,
        };
        let salaries = [salary("2023-07-01", 1_800_000), salary("2024-07-01", 2_340_000)];
        let amounts = |day: &str, awards: &[&str]| {
            let all = Bonuses::of(&content(day, awards), &versions, &salaries);
            (all.total.to_string(), all.is_incomplete())
        };
        assert_eq!(
            amounts("2024-01-30", &["flag", "merit"]),
            ("17100000".into(), false)
        );
        assert_eq!(
            amounts("2024-07-01", &["flag", "flag"]),
            ("37440000".into(), false)
        );
        assert_eq!(
            amounts("2023-12-31", &["flag"]),
            ("0".into(), true),
            "no rule of that day names it"
        );
        assert_eq!(amounts("2023-01-31", &["merit"]), ("0".into(), true));
    }
}
