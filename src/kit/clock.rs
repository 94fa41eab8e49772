//! The only place that asks for the time.
//!
//! Everything else is handed a [`Moment`], so a test or the demonstration world can live on any day.
//! Deadlines and calendars are those of Asia/Ho_Chi_Minh (UTC+7 all year): "hết ngày" is 23:59:59 there.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::{Asia::Ho_Chi_Minh, Tz};

/// A point in time, stored and compared in UTC.
pub type Moment = DateTime<Utc>;

/// Where the present comes from: the system, or a test that sets it.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The time of the machine.
    #[default]
    System,
    /// A time that stands still until it is set again.
    Set(Arc<Mutex<Moment>>),
}

impl Clock {
    /// A clock that shows `moment` until [`Clock::set`] moves it.
    #[must_use]
    pub fn set_to(moment: Moment) -> Self {
        Self::Set(Arc::new(Mutex::new(moment)))
    }

    /// Moves a set clock; the system's clock can't be moved and ignores this.
    pub fn set(&self, moment: Moment) {
        if let Self::Set(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) = moment;
        }
    }

    /// The present moment, cut to microseconds: what PostgreSQL keeps, so a value read back is equal.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks for the time"
    )]
    pub fn now(&self) -> Moment {
        match self {
            Self::System => {
                let now = Utc::now();
                DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
            }
            Self::Set(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }
}

/// The same moment as people in Vietnam read it off the wall.
#[must_use]
pub fn local(moment: Moment) -> DateTime<Tz> {
    moment.with_timezone(&Ho_Chi_Minh)
}

/// The calendar day in Vietnam at `moment`.
#[must_use]
pub fn day(moment: Moment) -> NaiveDate {
    local(moment).date_naive()
}

/// The first moment after `day` in Vietnam: a deadline "hết ngày" is met strictly before it.
#[must_use]
pub fn end_of(day: NaiveDate) -> Moment {
    at(day + Duration::days(1), NaiveTime::MIN)
}

/// The moment when clocks in Vietnam show `time` on `day`.
#[must_use]
pub fn at(day: NaiveDate, time: NaiveTime) -> Moment {
    let naive = day.and_time(time);
    // The zone has had no shift since 1975, so a local time is never missing nor doubled.
    Ho_Chi_Minh
        .from_local_datetime(&naive)
        .earliest()
        .map_or_else(|| naive.and_utc(), |t| t.with_timezone(&Utc))
}

/// Whole days from the deadline `due` to the day of `moment`: 0 when in time.
#[must_use]
pub fn days_late(moment: Moment, due: NaiveDate) -> i32 {
    i32::try_from((day(moment) - due).num_days().max(0)).unwrap_or(i32::MAX)
}

/// `05/11/2023`.
#[must_use]
pub fn date_text(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// `05/11`: where the year is clear from the page.
#[must_use]
pub fn short_date_text(day: NaiveDate) -> String {
    day.format("%d/%m").to_string()
}

/// `08:42`.
#[must_use]
pub fn time_text(moment: Moment) -> String {
    local(moment).format("%H:%M").to_string()
}

/// `08:42 ngày 05/11/2023`.
#[must_use]
pub fn moment_text(moment: Moment) -> String {
    local(moment).format("%H:%M ngày %d/%m/%Y").to_string()
}

/// `08 giờ 42 phút`, as minutes of meetings have it.
#[must_use]
pub fn hour_text(moment: Moment) -> String {
    local(moment).format("%H giờ %M phút").to_string()
}

/// `08:42:07.123456 ngày 05/11/2023 (giờ Việt Nam)`: on receipts, where seconds can matter.
#[must_use]
pub fn exact_text(moment: Moment) -> String {
    local(moment)
        .format("%H:%M:%S ngày %d/%m/%Y (giờ Việt Nam)")
        .to_string()
}

/// `Thứ Hai, 13/11/2023`.
#[must_use]
pub fn weekday_text(moment: Moment) -> String {
    let day = day(moment);
    let name = match day.weekday() {
        Weekday::Mon => "Thứ Hai",
        Weekday::Tue => "Thứ Ba",
        Weekday::Wed => "Thứ Tư",
        Weekday::Thu => "Thứ Năm",
        Weekday::Fri => "Thứ Sáu",
        Weekday::Sat => "Thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    };
    format!("{name}, {}", date_text(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_second_of_a_vietnamese_day_is_in_time_and_the_next_is_late() {
        let due = NaiveDate::from_ymd_opt(2023, 2, 28).unwrap();
        assert_eq!(days_late(moment("2023-02-28T16:59:59Z"), due), 0);
        assert_eq!(days_late(moment("2023-02-28T17:00:00Z"), due), 1);
        assert_eq!(end_of(due), moment("2023-02-28T17:00:00Z"));
    }

    #[test]
    fn dates_are_written_as_people_write_them() {
        let at = moment("2023-11-13T01:42:07Z");
        assert_eq!(weekday_text(at), "Thứ Hai, 13/11/2023");
        assert_eq!(moment_text(at), "08:42 ngày 13/11/2023");
    }
}
