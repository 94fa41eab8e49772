//! What VUSTA's standing office has to do, over all clusters.

use super::model::Task;
use crate::{
    consolidations,
    kit::clock::{self, Moment},
};

/// Consolidated registrations that wait to be noted.
pub(super) fn consolidations(waiting: &[consolidations::Waiting], now: Moment) -> Vec<Task> {
    waiting
        .iter()
        .map(|w| {
            let since = w.sent_at.map_or(String::new(), |at| {
                format!("Cụm trưởng gửi lúc {}.", clock::moment_text(at))
            });
            let title = format!("Ghi nhận bảng tổng hợp đăng ký của {}, năm {}", w.name, w.year);
            Task::due(
                title,
                since,
                None,
                now,
                format!("/cum/{}/{}/tong-hop-dang-ky", w.slug, w.year),
                "Mở bảng",
            )
        })
        .collect()
}
