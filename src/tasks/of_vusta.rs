//! What VUSTA's standing office has to do, over all clusters.

use super::model::Task;
use crate::{
    consolidations,
    documents::Unnoticed,
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
            format!("/tham-dinh/{year}"),
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

/// Those who were refused and haven't been told yet: one task for each year and each way of refusing. Whoever has a conflict of
/// interest with a unit doesn't write to it.
pub(super) fn refusals(actor: &Actor, unnoticed: &[Unnoticed], now: Moment) -> Vec<Task> {
    let mine: Vec<&Unnoticed> = unnoticed
        .iter()
        .filter(|refused| !actor.has_conflict_with(refused.unit_id))
        .collect();
    mine.chunk_by(|a, b| (a.year, a.state) == (b.year, b.state))
        .filter_map(|refused| of_refused(refused, now))
        .collect()
}

fn of_refused(refused: &[&Unnoticed], now: Moment) -> Option<Task> {
    let first = refused.first()?;
    let why = match first.state {
        State::CouncilRejected => "Hội đồng không thông qua",
        _ => "Thẩm định không đủ điều kiện",
    };
    let (title, href, action) = if refused.len() == 1 {
        (
            format!("Thông báo không tặng {} cho {}", first.award, first.nominee),
            format!("/khen-thuong/{}", first.id),
            "Mở hồ sơ",
        )
    } else {
        (
            format!(
                "Thông báo không khen thưởng cho {} hồ sơ năm {}",
                refused.len(),
                first.year
            ),
            format!("/tham-dinh/{}?trang_thai={}", first.year, first.state.code()),
            "Mở danh sách",
        )
    };
    let text = format!("{why}, chưa ban hành thông báo kèm lý do cho đơn vị.");
    Some(Task::due(title, text, None, now, href, action))
}
