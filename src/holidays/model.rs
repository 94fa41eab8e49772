//! Days off, and counting by working days.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A day that isn't what its weekday says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub day: NaiveDate,
    /// What it is.
    pub name: String,
    /// Whether it is worked, to make up for a free one.
    pub works: bool,
}

/// The days by which working days are counted.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    exceptions: Vec<Holiday>,
}

impl Calendar {
    /// The calendar with these exceptions, in the order of days.
    #[must_use]
    pub fn of(mut exceptions: Vec<Holiday>) -> Self {
        exceptions.sort_by_key(|holiday| holiday.day);
        Self { exceptions }
    }

    /// The exceptions, the earliest first.
    #[must_use]
    pub fn exceptions(&self) -> &[Holiday] {
        &self.exceptions
    }

    /// Whether anything is known of a year: days off are announced year by year.
    #[must_use]
    pub fn knows(&self, year: i32) -> bool {
        self.exceptions.iter().any(|holiday| holiday.day.year() == year)
    }

    /// Whether a day is worked.
    #[must_use]
    pub fn is_working(&self, day: NaiveDate) -> bool {
        match self.exceptions.binary_search_by_key(&day, |holiday| holiday.day) {
            Ok(at) => self.exceptions[at].works,
            Err(_) => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }

    /// The last of so many working days after `day`, which itself doesn't count.
    #[must_use]
    pub fn after(&self, day: NaiveDate, number: u32) -> NaiveDate {
        let mut at = day;
        let mut left = number;
        while left > 0 {
            at = at + Days::new(1);
            left -= u32::from(self.is_working(at));
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        let holiday = |text, works| Holiday {
            day: day(text),
            name: "Nghỉ".to_owned(),
            works,
        };
        Calendar::of(vec![
            holiday("2024-05-04", true),
            holiday("2024-04-29", false),
            holiday("2024-04-30", false),
            holiday("2024-05-01", false),
        ])
    }

    #[test]
    fn working_days_leave_out_weekends_and_holidays_and_count_days_made_up_for() {
        let calendar = calendar();
        for (number, last) in [
            (0, "2024-04-26"),
            (1, "2024-05-02"),
            (2, "2024-05-03"),
            (3, "2024-05-04"),
            (4, "2024-05-06"),
        ] {
            assert_eq!(calendar.after(day("2024-04-26"), number), day(last), "{number}");
        }
        assert!(calendar.knows(2024) && !calendar.knows(2025));
    }

    #[test]
    fn without_holidays_a_week_has_five_days() {
        assert_eq!(
            Calendar::default().after(day("2023-11-28"), 10),
            day("2023-12-12")
        );
    }
}
