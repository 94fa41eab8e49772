//! What an act changed, as a list of facts before and after.

use std::collections::HashMap;

use serde_json::Value;
use uuid::Uuid;

use super::words;
use crate::{
    awards::Awards,
    kit::{
        clock::{Moment, date_text, moment_text},
        values::figure_text,
    },
    people::Role,
    years::Step,
};

/// At most this many facts of one line are shown.
const MOST: usize = 60;

/// A fact before and after an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which fact: `Lịch · Đăng ký thi đua · Hạn cuối`.
    pub label: String,
    /// What it was; empty where there was nothing.
    pub before: String,
    /// What it became; empty where nothing is left.
    pub after: String,
}

impl Change {
    /// Whether the fact was only told, not changed.
    #[must_use]
    pub fn is_context(&self) -> bool {
        self.before == self.after
    }
}

/// What is needed to put ids and codes into words.
#[derive(Debug, Default)]
pub struct Names {
    /// Units, clusters, years and persons by id.
    pub of_ids: HashMap<Uuid, String>,
    /// Titles and awards by code.
    pub awards: Awards,
}

/// The facts of a line: what changed and, of the record's own facts, what the change was about.
#[must_use]
pub fn between(before: Option<&Value>, after: Option<&Value>, names: &Names) -> Vec<Change> {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    flatten(
        before.unwrap_or(&Value::Null),
        &mut Place::default(),
        names,
        &mut old,
    );
    flatten(
        after.unwrap_or(&Value::Null),
        &mut Place::default(),
        names,
        &mut new,
    );
    let old_values: HashMap<&str, &Leaf> = old.iter().map(|l| (l.key.as_str(), l)).collect();
    let new_keys: std::collections::HashSet<&str> = new.iter().map(|l| l.key.as_str()).collect();
    let gone = old.iter().filter(|l| !new_keys.contains(l.key.as_str()));
    let mut changes: Vec<Change> = gone
        .map(|l| Change {
            label: l.label.clone(),
            before: l.text.clone(),
            after: String::new(),
        })
        .collect();
    changes.extend(new.iter().map(|l| {
        let before = old_values
            .get(l.key.as_str())
            .map(|l| l.text.clone())
            .unwrap_or_default();
        Change {
            label: l.label.clone(),
            before,
            after: l.text.clone(),
        }
    }));
    // Inside lists (the steps of a calendar) only what changed is worth a line.
    changes.retain(|c| !(c.is_context() && (c.before.is_empty() || c.label.contains(" · "))));
    changes
}

/// The first of them, and how many more there are.
#[must_use]
pub fn shortened(mut changes: Vec<Change>) -> (Vec<Change>, usize) {
    let more = changes.len().saturating_sub(MOST);
    changes.truncate(MOST);
    (changes, more)
}

/// The ids among the facts, to be looked up together.
pub fn ids_in(value: Option<&Value>, found: &mut Vec<Uuid>) {
    match value {
        Some(Value::Array(items)) => items.iter().for_each(|item| ids_in(Some(item), found)),
        Some(Value::Object(facts)) => facts.values().for_each(|fact| ids_in(Some(fact), found)),
        Some(Value::String(text)) => found.extend(text.parse::<Uuid>()),
        _ => {}
    }
}

/// A single fact with where it stands.
struct Leaf {
    key: String,
    label: String,
    text: String,
}

/// Where we are inside the facts: for the program and in words.
#[derive(Default)]
struct Place {
    keys: Vec<String>,
    labels: Vec<String>,
}

impl Place {
    fn within(&mut self, key: &str, label: &str, go: impl FnOnce(&mut Self)) {
        self.keys.push(key.to_owned());
        self.labels.push(label.to_owned());
        go(self);
        self.keys.pop();
        self.labels.pop();
    }
}

fn flatten(value: &Value, place: &mut Place, names: &Names, leaves: &mut Vec<Leaf>) {
    match value {
        Value::Object(facts) => {
            let mut told: Vec<_> = facts
                .iter()
                .filter_map(|(key, fact)| Some((words::fact(key)?, key, fact)))
                .collect();
            told.sort_by_key(|((order, _), _, _)| *order);
            for ((_, label), key, fact) in told {
                place.within(key, label, |place| flatten(fact, place, names, leaves));
            }
        }
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            let texts: Vec<String> = items.iter().filter_map(|item| text_of(item, "", names)).collect();
            leaves.push(place.leaf(texts.join(", ")));
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                let (key, label) = name_of_row(item, i);
                place.within(&key, &label, |place| flatten(item, place, names, leaves));
            }
        }
        _ => {
            let key = place.keys.last().cloned().unwrap_or_default();
            if let Some(text) = text_of(value, &key, names) {
                leaves.push(place.leaf(text));
            }
        }
    }
}

impl Place {
    fn leaf(&self, text: String) -> Leaf {
        Leaf {
            key: self.keys.join("/"),
            label: self.labels.join(" · "),
            text,
        }
    }
}

/// Rows are compared by what they are, where they say so: a step keeps its facts when it moves.
fn name_of_row(row: &Value, i: usize) -> (String, String) {
    let text = |key: &str| row.get(key).and_then(Value::as_str);
    if let Some(step) = text("step").and_then(Step::from_code) {
        return (step.code().to_owned(), step.label().to_owned());
    }
    let key = text("id").map_or_else(|| i.to_string(), str::to_owned);
    (key, format!("dòng {}", i + 1))
}

/// A value in words; none where there are no words for it.
fn text_of(value: &Value, key: &str, names: &Names) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(yes) => Some(if *yes { "có" } else { "không" }.to_owned()),
        Value::Number(n) if key == "year" || key == "birth_year" || key == "copied_from" => {
            Some(n.to_string())
        }
        Value::Number(n) => Some(
            n.as_i64()
                .map_or_else(|| n.to_string(), |n| figure_text(n.into())),
        ),
        Value::String(text) => words_of(text, key, names),
        Value::Array(_) | Value::Object(_) => None,
    }
}

fn words_of(text: &str, key: &str, names: &Names) -> Option<String> {
    match key {
        "role" => return Role::from_code(text).map(|r| r.label().to_owned()),
        "step" => return Step::from_code(text).map(|s| s.label().to_owned()),
        "award" => return Some(names.awards.name(text)),
        "state" | "office" | "late_is" | "threshold_base" | "gender" | "section" | "kind" => {
            return words::value(text).map(str::to_owned);
        }
        "quorum_percent" | "threshold_percent" | "last_result" | "target" | "maximum" | "total"
        | "bonus_ceiling" | "deduction_floor" => {
            return Some(text.parse().map_or_else(|_| text.to_owned(), figure_text));
        }
        "sha256" | "hash" | "content_hash" => return Some(text.chars().take(12).collect::<String>() + "…"),
        _ => {}
    }
    if let Ok(id) = text.parse::<Uuid>() {
        return names.of_ids.get(&id).cloned();
    }
    if let Ok(day) = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(date_text(day));
    }
    if let Ok(at) = text.parse::<Moment>() {
        return Some(moment_text(at));
    }
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn change(label: &str, before: &str, after: &str) -> Change {
        Change {
            label: label.into(),
            before: before.into(),
            after: after.into(),
        }
    }

    #[test]
    fn of_a_calendar_only_the_days_that_moved_are_shown() {
        let steps = |due: &str| {
            json!([{"step": "plan", "opens_on": "2026-01-10", "due_on": "2026-02-15", "late_is": "marked"},
                   {"step": "registration", "opens_on": "2026-01-15", "due_on": due, "late_is": "marked"}])
        };
        let changes = between(
            Some(&steps("2026-02-28")),
            Some(&steps("2026-03-15")),
            &Names::default(),
        );
        assert_eq!(
            changes,
            [change("Đăng ký thi đua · Hạn cuối", "28/02/2026", "15/03/2026")]
        );
    }

    #[test]
    fn a_post_that_ends_says_which_post() {
        let unit = Uuid::new_v4();
        let post = |end: Value| json!({"id": Uuid::new_v4(), "role": "unit_officer", "unit_id": unit, "cluster_id": null, "starts_on": "2025-01-01", "ends_on": end});
        let names = Names {
            of_ids: [(unit, "Liên hiệp Hội tỉnh Sơn La".to_owned())].into(),
            awards: Awards::default(),
        };
        let changes = between(Some(&post(Value::Null)), Some(&post(json!("2026-03-01"))), &names);
        assert_eq!(
            changes,
            [
                change(
                    "Chức vụ",
                    "Cán bộ phụ trách thi đua, khen thưởng",
                    "Cán bộ phụ trách thi đua, khen thưởng"
                ),
                change("Đơn vị", "Liên hiệp Hội tỉnh Sơn La", "Liên hiệp Hội tỉnh Sơn La"),
                change("Từ ngày", "01/01/2025", "01/01/2025"),
                change("Đến ngày", "", "01/03/2026"),
            ]
        );
    }

    #[test]
    fn no_code_and_no_id_reaches_the_page() {
        let after = json!({"state": "some_new_state", "secret_field": "x", "unit": Uuid::new_v4(), "office": "lead", "row": 3});
        assert_eq!(
            between(None, Some(&after), &Names::default()),
            [change("Vai trò", "", "cụm trưởng")]
        );
    }

    #[test]
    fn long_lists_are_cut_and_say_so() {
        let (shown, more) = shortened(vec![change("Tên", "", "x"); 75]);
        assert_eq!((shown.len(), more), (60, 15));
    }
}
