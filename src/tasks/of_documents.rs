//! Papers that have come and wait to be confirmed, and what is left to do once a decision is issued.

use super::model::Task;
use crate::{
    documents::{Unfinished, Waiting},
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

/// What is left to do about each decision: its paper first, then the golden book, then the handing over.
pub(super) fn decisions(unfinished: &[Unfinished], now: Moment) -> Vec<Task> {
    unfinished
        .iter()
        .flat_map(|decision| of_decision(decision, now))
        .collect()
}

fn of_decision(decision: &Unfinished, now: Moment) -> Vec<Task> {
    let Unfinished { id, number, .. } = decision;
    let task = |title: String, text: &str, href: String, action| {
        Task::due(title, text.to_owned(), None, now, href, action)
    };
    let paper = decision.lacks_paper.then(|| {
        task(
            format!("Ban hành văn bản của Quyết định {number}"),
            "Quyết định đã có số; văn bản để ký, gửi các đơn vị và vào sổ văn bản đi thì chưa ban hành.",
            format!("/van-ban/soan/quyet-dinh/{id}"),
            "Mở văn bản",
        )
    });
    let book = (decision.unnumbered > 0).then(|| {
        task(
            format!(
                "Ghi sổ vàng {} tập thể theo Quyết định {number}",
                decision.unnumbered
            ),
            "Chưa có số sổ vàng thì chưa in được bằng.",
            format!("/quyet-dinh/{id}/bang-khen"),
            "Mở sổ vàng",
        )
    });
    let hand = (decision.waiting > 0).then(|| {
        task(
            format!(
                "Ghi việc trao thưởng cho {} tập thể theo Quyết định {number}",
                decision.waiting
            ),
            "Trao xong thì ghi ngày và nơi trao; hồ sơ của đơn vị kết thúc từ đó.",
            format!("/quyet-dinh/{id}"),
            "Mở quyết định",
        )
    });
    [paper, book, hand].into_iter().flatten().collect()
}
