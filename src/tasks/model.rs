//! A task and its urgency.

use chrono::NaiveDate;

use crate::kit::clock::{self, Moment, short_date_text};

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub title: String,
    /// Where it stands, and what happens if it isn't done.
    pub text: String,
    /// The tone of its badge.
    pub tone: &'static str,
    /// Until when, in words.
    pub badge: String,
    /// The page where it is done.
    pub href: String,
    /// The words on its button.
    pub action: &'static str,
    /// Its deadline, which orders the list; none comes last.
    pub due_on: Option<NaiveDate>,
}

impl Task {
    /// A task with a deadline: the badge says how many days are left or how late it is.
    #[must_use]
    pub fn due(
        title: String,
        text: String,
        due_on: Option<NaiveDate>,
        now: Moment,
        href: String,
        action: &'static str,
    ) -> Self {
        let left = due_on.map(|due| (due - clock::day(now)).num_days());
        let (tone, badge) = match (left, due_on) {
            (Some(left), _) if left < 0 => ("late", format!("quá hạn {} ngày", -left)),
            (Some(0), _) => ("waiting", "hôm nay là hạn".to_owned()),
            (Some(left), _) if left <= 14 => ("waiting", format!("còn {left} ngày")),
            (Some(_), Some(due)) => ("info", format!("hạn {}", short_date_text(due))),
            _ => ("neutral", "không có hạn".to_owned()),
        };
        Self {
            title,
            text,
            tone,
            badge,
            href,
            action,
            due_on,
        }
    }

    /// A paper that was sent back: before everything else that is due the same day.
    #[must_use]
    pub fn returned(mut self) -> Self {
        if self.tone != "late" {
            self.tone = "returned";
            self.badge = format!("bị trả lại, {}", self.badge);
        }
        self
    }
}

/// Orders tasks: the earliest deadline first, those without one last.
pub(super) fn by_urgency(tasks: &mut [Task]) {
    tasks.sort_by_key(|task| (task.due_on.is_none(), task.due_on));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_urgent_task_comes_first_and_says_how_urgent_it_is() {
        let now: Moment = "2023-11-13T02:00:00Z".parse().unwrap();
        let day = |d| NaiveDate::from_ymd_opt(2023, 11, d);
        let task = |due| Task::due(String::new(), String::new(), due, now, String::new(), "");
        let mut tasks = [
            task(None),
            task(day(30)),
            task(day(15)),
            task(day(10)),
            task(day(13)),
        ];
        by_urgency(&mut tasks);
        let badges: Vec<&str> = tasks.iter().map(|t| t.badge.as_str()).collect();
        assert_eq!(
            badges,
            [
                "quá hạn 3 ngày",
                "hôm nay là hạn",
                "còn 2 ngày",
                "hạn 30/11",
                "không có hạn"
            ]
        );
    }
}
