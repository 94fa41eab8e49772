//! Plan and agenda as typed.

use chrono::{Datelike, NaiveTime};
use serde::Deserialize;

use crate::{
    conferences::model::{AgendaItem, Conference, ItemState, Plan},
    ids::AgendaItemId,
    kit::{clock::date_text, error::Result as Outcome, fields::FieldErrors, values},
    papers::{self, at},
    years::Year,
};

/// At most this many items.
const MOST_ITEMS: usize = 40;

/// An item of the agenda as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "named like the fields of the checked item")]
pub struct ItemRow {
    pub id: Option<AgendaItemId>,
    pub order: String,
    pub title: String,
    pub presenter: String,
    pub minutes: String,
}

impl ItemRow {
    /// Whether nothing is typed in it; a number alone is nothing.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        [&self.title, &self.presenter, &self.minutes]
            .iter()
            .all(|t| t.trim().is_empty())
    }

    /// The id for its hidden field: empty for a new row.
    #[must_use]
    pub fn key(&self) -> String {
        self.id.map(|id| id.to_string()).unwrap_or_default()
    }

    fn of(item: &AgendaItem) -> Self {
        Self {
            id: Some(item.id),
            order: item.position.to_string(),
            title: item.title.clone(),
            presenter: item.presenter.clone(),
            minutes: item.minutes_planned.map(|m| m.to_string()).unwrap_or_default(),
        }
    }
}

/// The whole form: the plan's texts as typed, and the rows of the agenda.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanForm {
    /// The plan.
    pub plan: Plan,
    /// The agenda.
    pub items: Vec<ItemRow>,
}

impl PlanForm {
    /// What stands in the database, for the form.
    #[must_use]
    pub fn of(conference: &Conference, agenda: &[AgendaItem]) -> Self {
        Self {
            plan: conference.plan.clone(),
            items: agenda.iter().map(ItemRow::of).collect(),
        }
    }

    /// Plan and agenda, or everything that is wrong. What is empty may be filled in later; what is typed must be right.
    /// `known` are the items as they stand: what is on or done can't be taken off.
    pub fn check(&self, year: &Year, known: &[AgendaItem]) -> Result<(Plan, Vec<AgendaItem>), FieldErrors> {
        let mut errors = FieldErrors::default();
        let plan = self.read_plan(&mut errors, year);
        let items = self.read_items(&mut errors, known);
        if errors.is_empty() {
            Ok((plan, items))
        } else {
            Err(errors)
        }
    }

    fn read_plan(&self, errors: &mut FieldErrors, year: &Year) -> Plan {
        let typed = &self.plan;
        let mut line = |field: &str, text: &str, most: usize| {
            errors.read(field, values::line(text, most)).unwrap_or_default()
        };
        let title = line("title", &typed.title, 300);
        let place = line("place", &typed.place, 300);
        let chairs = line("chairs", &typed.chairs, 500);
        let secretary = line("secretary", &typed.secretary, 300);
        let starts_on = errors
            .read("starts_on", day(&typed.starts_on, year))
            .unwrap_or_default();
        let starts_at = errors.read("starts_at", time(&typed.starts_at)).flatten();
        let ends_at = errors.read("ends_at", time(&typed.ends_at)).flatten();
        if let (Some(start), Some(end)) = (starts_at, ends_at)
            && end <= start
        {
            errors.add("ends_at", "Giờ kết thúc phải sau giờ khai mạc.");
        }
        let mut text = |field: &str, text: &str, most: usize| {
            errors
                .read(field, values::paragraphs(text, most))
                .unwrap_or_default()
        };
        let written = |t: Option<NaiveTime>| t.map(|t| t.format("%H:%M").to_string()).unwrap_or_default();
        Plan {
            title,
            place,
            starts_on,
            starts_at: written(starts_at),
            ends_at: written(ends_at),
            chairs,
            secretary,
            invitation: text("invitation", &typed.invitation, 4000),
            guests: text("guests", &typed.guests, 3000),
            conclusion: typed.conclusion.clone(),
        }
    }

    fn read_items(&self, errors: &mut FieldErrors, known: &[AgendaItem]) -> Vec<AgendaItem> {
        if self.items.len() > MOST_ITEMS {
            errors.add(
                "items",
                format!("Tối đa {MOST_ITEMS} mục, đang có {}.", self.items.len()),
            );
        }
        let kept = |id: AgendaItemId| self.items.iter().any(|row| row.id == Some(id) && !row.is_blank());
        for item in known {
            let is_used = item.state != ItemState::Waiting || !item.notes.is_empty();
            if is_used && !kept(item.id) {
                let told = format!(
                    "Mục “{}” đã diễn ra hoặc đã có ghi chép nên không bỏ được.",
                    item.title
                );
                errors.add("items", told);
            }
        }
        let mut rows: Vec<(i32, AgendaItem)> = Vec::new();
        for (i, row) in self.items.iter().enumerate().filter(|(_, row)| !row.is_blank()) {
            let title = errors.read(
                format!("item_title-{i}"),
                values::required_line(&row.title, 300, "nội dung"),
            );
            let presenter = errors.read(format!("item_presenter-{i}"), values::line(&row.presenter, 200));
            let number = |text: &str, most: i32, what: &str| match text.trim() {
                "" => Ok(None),
                typed => values::whole(typed, 1, most, what).map(Some),
            };
            let minutes = errors.read(format!("item_minutes-{i}"), number(&row.minutes, 600, "Số phút"));
            let order = errors.read(format!("item_order-{i}"), number(&row.order, 999, "Thứ tự"));
            // Only an item of this conference keeps its id.
            let before = known.iter().find(|item| Some(item.id) == row.id);
            let id = before.map_or_else(AgendaItemId::new, |item| item.id);
            let item = AgendaItem {
                id,
                position: 0,
                title: title.unwrap_or_default(),
                presenter: presenter.unwrap_or_default(),
                minutes_planned: minutes.flatten(),
                state: before.map_or(ItemState::Waiting, |item| item.state),
                notes: String::new(),
                begun_at: None,
                version: 1,
            };
            rows.push((order.flatten().unwrap_or(i32::MAX), item));
        }
        rows.sort_by_key(|(order, _)| *order);
        let mut items: Vec<AgendaItem> = rows.into_iter().map(|(_, item)| item).collect();
        for (position, item) in (1..).zip(&mut items) {
            item.position = position;
        }
        items
    }
}

fn time(typed: &str) -> Result<Option<NaiveTime>, String> {
    match typed.trim() {
        "" => Ok(None),
        typed => values::time(typed).map(Some),
    }
}

fn day(typed: &str, year: &Year) -> Result<String, String> {
    if typed.trim().is_empty() {
        return Ok(String::new());
    }
    let day = values::date(typed)?;
    if (year.year - 1..=year.year + 1).contains(&day.year()) {
        Ok(date_text(day))
    } else {
        Err(format!(
            "Ngày {} không thuộc năm thi đua {}.",
            date_text(day),
            year.year
        ))
    }
}

/// The form as a browser posts it: one list a column, aligned by position.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::conferences) struct PostedPlan {
    pub version: i32,
    pub next: String,
    title: String,
    place: String,
    starts_on: String,
    starts_at: String,
    ends_at: String,
    chairs: String,
    secretary: String,
    invitation: String,
    guests: String,
    item_id: Vec<String>,
    item_order: Vec<String>,
    item_title: Vec<String>,
    item_presenter: Vec<String>,
    item_minutes: Vec<String>,
}

impl PostedPlan {
    /// Refuses more rows than anybody types.
    pub(in crate::conferences) fn bound(&self) -> Outcome<()> {
        papers::bound_columns([
            &self.item_id,
            &self.item_order,
            &self.item_title,
            &self.item_presenter,
            &self.item_minutes,
        ])
    }

    /// The form; what the chair concluded isn't typed here and stays.
    pub(in crate::conferences) fn into_form(self, conclusion: &str) -> PlanForm {
        let items = (0..self.item_title.len()).map(|i| ItemRow {
            id: at(&self.item_id, i).parse().ok(),
            order: at(&self.item_order, i),
            title: at(&self.item_title, i),
            presenter: at(&self.item_presenter, i),
            minutes: at(&self.item_minutes, i),
        });
        PlanForm {
            items: items.filter(|row| !row.is_blank()).collect(),
            plan: Plan {
                title: self.title,
                place: self.place,
                starts_on: self.starts_on,
                starts_at: self.starts_at,
                ends_at: self.ends_at,
                chairs: self.chairs,
                secretary: self.secretary,
                invitation: self.invitation,
                guests: self.guests,
                conclusion: conclusion.to_owned(),
            },
        }
    }
}
