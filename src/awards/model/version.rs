//! What holds of an award from one day to another, and the base salary that bonuses are counted in.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Condition;
use crate::kit::{clock::date_text, values::figure_text};

/// Who gives an award.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Level {
    /// The unit itself.
    Grassroots,
    /// VUSTA, as a ministry would.
    Vusta,
    /// The Prime Minister or the State President.
    State,
}

impl Level {
    /// All levels.
    pub const ALL: [Self; 3] = [Self::Grassroots, Self::Vusta, Self::State];

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Grassroots => "grassroots",
            Self::Vusta => "vusta",
            Self::State => "state",
        }
    }

    /// The level in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Grassroots => "cấp cơ sở",
            Self::Vusta => "cấp LHHVN",
            Self::State => "cấp Nhà nước",
        }
    }

    /// The level with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }

    /// Choices of a list: code and words.
    #[must_use]
    pub fn choices() -> [(&'static str, &'static str); 3] {
        Self::ALL.map(|level| (level.code(), level.label()))
    }
}

/// What holds of an award from one day to another. It never changes: what comes later is another version.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Version {
    /// The award's code.
    pub award: String,
    /// Its number, from 1.
    pub number: i32,
    /// The first day.
    pub from: NaiveDate,
    /// The last day, where it was known from the beginning.
    pub until: Option<NaiveDate>,
    /// Who gives it.
    pub level: Level,
    /// The rule that it comes from.
    pub source: String,
    /// Whether some of it is known from practice only.
    pub to_check: bool,
    /// What is asked.
    pub conditions: Vec<Condition>,
    /// What belongs into the dossier.
    pub dossier: Vec<String>,
    /// How many base salaries a unit is given, where the rule says so.
    pub unit_multiple: Option<Decimal>,
    /// How many a person is given.
    pub person_multiple: Option<Decimal>,
    /// Why it was made.
    pub reason: String,
    /// Who added it; nobody where it came with the program.
    pub added_by: Option<String>,
}

/// The version that holds on a day, out of those of one award in the order of their numbers.
#[must_use]
pub fn in_force(versions: &[Version], day: NaiveDate) -> Option<&Version> {
    let newest = versions.iter().filter(|v| v.from <= day).max_by_key(|v| v.from)?;
    newest.until.is_none_or(|until| day <= until).then_some(newest)
}

/// From when to when a version holds among its siblings: `từ 01/01/2024`, `từ 03/12/2021 đến hết 31/12/2023`.
#[must_use]
pub fn period_text(versions: &[Version], version: &Version) -> String {
    let next = versions
        .iter()
        .map(|v| v.from)
        .filter(|from| *from > version.from)
        .min();
    let before_next = next.and_then(|day| day.pred_opt());
    let last = match (version.until, before_next) {
        (Some(until), Some(before)) => Some(until.min(before)),
        (until, before) => until.or(before),
    };
    match last {
        Some(last) => format!("từ {} đến hết {}", date_text(version.from), date_text(last)),
        None => format!("từ {}", date_text(version.from)),
    }
}

/// The base salary (lương cơ sở) from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BaseSalary {
    /// The first day.
    pub from: NaiveDate,
    /// In đồng.
    pub amount: Decimal,
    /// The rule that it comes from.
    pub source: String,
    /// Whether the text of the rule has to be looked at.
    pub to_check: bool,
}

impl BaseSalary {
    /// `2.340.000 đồng`
    #[must_use]
    pub fn text(&self) -> String {
        format!("{} đồng", figure_text(self.amount))
    }
}

/// The base salary on a day.
#[must_use]
pub fn salary_on(salaries: &[BaseSalary], day: NaiveDate) -> Option<&BaseSalary> {
    salaries.iter().filter(|s| s.from <= day).max_by_key(|s| s.from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn version(number: i32, from: &str, until: Option<&str>) -> Version {
        Version {
            award: "vusta_flag".into(),
            number,
            from: day(from),
            until: until.map(day),
            level: Level::Vusta,
            source: "Luật".into(),
            to_check: false,
            conditions: Vec::new(),
            dossier: Vec::new(),
            unit_multiple: None,
            person_multiple: None,
            reason: String::new(),
            added_by: None,
        }
    }

    #[test]
    fn a_version_holds_until_the_next_or_its_own_last_day() {
        let list = [
            version(1, "2021-12-03", None),
            version(2, "2024-01-01", Some("2027-02-28")),
        ];
        let number = |on: &str| in_force(&list, day(on)).map(|v| v.number);
        assert_eq!(number("2021-12-02"), None);
        assert_eq!(number("2021-12-03"), Some(1));
        assert_eq!(number("2023-12-31"), Some(1));
        assert_eq!(number("2024-01-01"), Some(2));
        assert_eq!(number("2027-02-28"), Some(2));
        assert_eq!(number("2027-03-01"), None, "nothing follows the one that ended");
        assert_eq!(period_text(&list, &list[0]), "từ 03/12/2021 đến hết 31/12/2023");
        assert_eq!(period_text(&list, &list[1]), "từ 01/01/2024 đến hết 28/02/2027");
    }

    #[test]
    fn the_base_salary_is_that_of_the_day() {
        let salary = |from: &str, amount: i64| BaseSalary {
            from: day(from),
            amount: Decimal::from(amount),
            source: String::new(),
            to_check: false,
        };
        let list = [salary("2023-07-01", 1_800_000), salary("2024-07-01", 2_340_000)];
        let on = |text: &str| salary_on(&list, day(text)).map(BaseSalary::text);
        assert_eq!(on("2023-06-30"), None);
        assert_eq!(on("2024-06-30").as_deref(), Some("1.800.000 đồng"));
        assert_eq!(on("2024-07-01").as_deref(), Some("2.340.000 đồng"));
    }
}
