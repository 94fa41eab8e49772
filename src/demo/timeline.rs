//! What happens when. Acts are performed in the order of time, so that the journal reads as it would have been written.

use chrono::{Datelike, Duration, NaiveTime};

use super::Act;
use crate::kit::clock::{self, Moment};

/// Between two acts that are moved to before the present.
const STEP: Duration = Duration::minutes(1);

/// Acts with their moments, in any order.
#[derive(Default)]
pub struct Timeline<'a>(Vec<(Moment, Act<'a>)>);

impl<'a> Timeline<'a> {
    /// Something happens.
    pub fn add(&mut self, at: Moment, act: Act<'a>) {
        self.0.push((at, act));
    }

    /// All acts in the order of time, none after `now`. What happens at the same moment keeps the order in which it
    /// was added.
    pub fn until(mut self, now: Moment) -> impl Iterator<Item = (Moment, Act<'a>)> {
        self.0.sort_by_key(|(at, _)| *at);
        let moments = moved(self.0.iter().map(|(at, _)| *at).collect(), now);
        moments.into_iter().zip(self.0).map(|(at, (_, act))| (at, act))
    }
}

/// Moments in order, those after `now` moved to a minute, two minutes ... before it: still after all the others, and
/// in the year of `now`, whose leads have their rights from its first day.
fn moved(mut moments: Vec<Moment>, now: Moment) -> Vec<Moment> {
    let past = moments.partition_point(|at| *at <= now);
    let today = clock::day(now);
    let new_year = clock::at(today.with_ordinal(1).unwrap_or(today), NaiveTime::MIN);
    let earliest = moments[..past]
        .last()
        .map_or(new_year, |last| new_year.max(*last));
    let number = i32::try_from(moments.len() - past).unwrap_or(i32::MAX);
    let room = (now - earliest) / number.saturating_add(1);
    // Whole microseconds, since PostgreSQL keeps no less.
    let step = Duration::microseconds(room.num_microseconds().unwrap_or(i64::MAX)).min(STEP);
    for (left, at) in (1..=number).rev().zip(&mut moments[past..]) {
        *at = now - step * left;
    }
    moments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(texts: &[&str]) -> Vec<Moment> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn what_lies_in_the_future_comes_just_before_the_present_in_its_order() {
        let all = moments(&[
            "2026-02-20T02:00:00Z",
            "2026-03-01T00:00:00Z",
            "2026-11-05T02:30:00Z",
            "2026-12-01T00:00:00Z",
        ]);
        let now = "2026-03-01T00:00:00Z".parse().unwrap();
        let expected = moments(&[
            "2026-02-20T02:00:00Z",
            "2026-03-01T00:00:00Z",
            "2026-03-01T00:00:00Z",
            "2026-03-01T00:00:00Z",
        ]);
        assert_eq!(moved(all.clone(), now), expected);
        let now = "2026-03-01T01:00:00Z".parse().unwrap();
        let expected = moments(&[
            "2026-02-20T02:00:00Z",
            "2026-03-01T00:00:00Z",
            "2026-03-01T00:58:00Z",
            "2026-03-01T00:59:00Z",
        ]);
        assert_eq!(moved(all, now), expected);
    }

    #[test]
    fn on_new_years_eve_nothing_slips_into_the_old_year() {
        let all = moments(&[
            "2025-07-01T01:00:00Z",
            "2026-02-20T02:00:00Z",
            "2026-11-05T02:30:00Z",
        ]);
        let now = "2025-12-31T17:00:03Z".parse().unwrap();
        let expected = moments(&[
            "2025-07-01T01:00:00Z",
            "2025-12-31T17:00:01Z",
            "2025-12-31T17:00:02Z",
        ]);
        assert_eq!(moved(all, now), expected);
    }
}
