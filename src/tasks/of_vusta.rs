//! What VUSTA's standing office has to do, over all clusters.

use super::model::Task;
use crate::{
    consolidations,
    kit::clock::{self, Moment},
    nominations::{State, YearCount},
    people::Actor,
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

/// Nominations of all clusters that wait for the standing office or for the council.
pub(super) fn nominations(actor: &Actor, counts: &[YearCount], now: Moment) -> Vec<Task> {
    counts
        .iter()
        .filter_map(|count| of_count(actor, count, now))
        .collect()
}

fn of_count(actor: &Actor, count: &YearCount, now: Moment) -> Option<Task> {
    let (n, year) = (count.count, count.year);
    let href = format!("/hoi-dong/{year}");
    let office = actor.is_standing_office;
    let (title, text, href, action) = match count.state {
        State::Submitted if office => (
            format!("Thẩm định {n} hồ sơ khen thưởng năm {year}"),
            "Đủ điều kiện, không đủ điều kiện kèm lý do, hoặc trả lại để bổ sung.",
            href,
            "Mở hồ sơ",
        ),
        State::Eligible if office => (
            format!("Ghi kết quả Hội đồng xét {n} hồ sơ năm {year}"),
            "Các hồ sơ đã đủ điều kiện, chờ Hội đồng bỏ phiếu.",
            format!("{href}/phien-hop"),
            "Ghi kết quả",
        ),
        State::Eligible if actor.is_council_member => (
            format!("Đọc {n} hồ sơ trước phiên họp Hội đồng năm {year}"),
            "Các hồ sơ đã được thẩm định đủ điều kiện.",
            href,
            "Đọc hồ sơ",
        ),
        State::CouncilPassed if office => (
            format!("Soạn quyết định khen thưởng cho {n} trường hợp năm {year}"),
            "Hội đồng đã thông qua; quyết định ban hành rồi không sửa được.",
            "/quyet-dinh/moi".to_owned(),
            "Soạn quyết định",
        ),
        _ => return None,
    };
    Some(Task::due(title, text.to_owned(), None, now, href, action))
}
