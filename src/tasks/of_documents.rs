//! Papers that have come and wait to be confirmed.

use super::model::Task;
use crate::{
    documents::Waiting,
    kit::clock::{Moment, date_text},
};

/// One task for each paper that one's own unit, or the standing office, hasn't confirmed yet.
pub(super) fn incoming(waiting: &[Waiting], now: Moment) -> Vec<Task> {
    waiting
        .iter()
        .map(|paper| {
            Task::due(
                format!("Xác nhận đã nhận văn bản số {}", paper.number),
                format!("{}, ngày {}.", paper.title, date_text(paper.issued_on)),
                None,
                now,
                format!("/van-ban/{}", paper.id),
                "Mở văn bản",
            )
        })
        .collect()
}
