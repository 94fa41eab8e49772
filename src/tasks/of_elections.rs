//! What is to do where the elected lead and deputy have become one unit: for the cluster's lead and VUSTA's standing office.

use super::model::Task;
use crate::{
    elections::{self, Merger},
    kit::clock::{Moment, date_text},
    people::Actor,
};

/// The mergers that wait for this person.
pub(super) fn tasks(actor: &Actor, waiting: &[Merger], now: Moment) -> Vec<Task> {
    let mine = waiting
        .iter()
        .filter(|merger| elections::access::deals_with(actor, merger));
    mine.map(|merger| task(actor, merger, now)).collect()
}

fn task(actor: &Actor, merger: &Merger, now: Moment) -> Task {
    let text = format!(
        "{}, năm {}: {} và {} hợp nhất thành {} từ ngày {}.",
        merger.cluster,
        merger.next_year(),
        merger.lead,
        merger.deputy,
        merger.unit,
        date_text(merger.since)
    );
    Task::due(
        "Cụm trưởng và cụm phó mới đã hợp nhất: bầu lại hoặc xác nhận".to_owned(),
        text,
        None,
        now,
        merger.path(),
        if actor.is_standing_office {
            "Xem và xác nhận"
        } else {
            "Xem"
        },
    )
}
