//! A criterion's way to its points as a sentence, for the table, its print and the page of differences.

use rust_decimal::Decimal;

use super::model::{Criterion, Kind, Measured};
use crate::kit::values::figure_text;

/// What everybody should know before choosing points that relate to the cluster's best unit (`domain.md` 4.3).
pub const LEADER_WARNING: &str = "Chú ý khi chọn “so với đơn vị dẫn đầu cụm”: cách chấm này làm điểm của một đơn vị phụ thuộc kết quả của đơn vị khác, và có thể bị lợi dụng bằng cách đăng ký chỉ tiêu thấp. Nếu không thật cần, hãy chọn chấm theo tỷ lệ so với chỉ tiêu đăng ký hoặc theo bậc.";

/// How a line is given its points: `Đạt 100% chỉ tiêu được 10 điểm, dưới 100% theo tỷ lệ`.
#[must_use]
pub fn sentence(criterion: &Criterion) -> String {
    capital(&words(criterion))
}

/// The text with a capital letter at its beginning.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    first.map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn words(criterion: &Criterion) -> String {
    let most = figure_text(criterion.maximum);
    match &criterion.kind {
        Kind::Group => String::new(),
        Kind::TargetRatio {
            points_at_target,
            full_at_percent,
            nothing_below_percent,
        } => target_ratio(&most, *points_at_target, *full_at_percent, *nothing_below_percent),
        Kind::Steps { of, bands } => {
            let percent = if *of == Measured::RatioToTarget { "%" } else { "" };
            let steps = bands.iter().map(|b| {
                format!(
                    "từ {}{percent}: {} điểm",
                    figure_text(b.from),
                    figure_text(b.points)
                )
            });
            format!(
                "theo bậc, tính theo {}: {}",
                of.label(),
                steps.collect::<Vec<_>>().join("; ")
            )
        }
        Kind::Count { each } => format!("{} điểm mỗi đơn vị tính, tối đa {most}", figure_text(*each)),
        Kind::YesNo => match criterion.fact {
            Some(fact) => format!(
                "{} thì được {most} điểm, không thì 0 (hệ thống tự xác định)",
                fact.label()
            ),
            None => format!("có thì được {most} điểm, không thì 0"),
        },
        Kind::Judged => format!("chấm theo đánh giá, từ 0 đến {most} điểm"),
        Kind::Bonus { each } => extra("thưởng", *each, criterion, &most),
        Kind::Deduction { each } => extra("trừ", *each, criterion, &most),
        Kind::LeaderRelative => format!(
            "so với đơn vị dẫn đầu cụm: đạt 100% chỉ tiêu được nửa số điểm, đơn vị có tỷ lệ cao nhất được {most} điểm, ở giữa theo tỷ lệ; không đăng ký chỉ tiêu thì so với kết quả cao nhất"
        ),
    }
}

fn target_ratio(most: &str, at_target: Decimal, full_at: Decimal, nothing_below: Decimal) -> String {
    let mut words = vec![format!(
        "đạt 100% chỉ tiêu được {} điểm, dưới 100% theo tỷ lệ",
        figure_text(at_target)
    )];
    if full_at > Decimal::ONE_HUNDRED {
        words.push(format!("từ {}% được {most} điểm", figure_text(full_at)));
    }
    if nothing_below > Decimal::ZERO {
        words.push(format!("dưới {}% không có điểm", figure_text(nothing_below)));
    }
    words.join("; ")
}

fn extra(verb: &str, each: Option<Decimal>, criterion: &Criterion, most: &str) -> String {
    let by_itself = criterion
        .fact
        .map(|fact| format!(" khi {} (hệ thống tự xác định)", fact.label()))
        .unwrap_or_default();
    match each {
        Some(each) => format!(
            "{verb} {} điểm mỗi lần{by_itself}, tối đa {most}",
            figure_text(each)
        ),
        None => format!("{verb} tối đa {most} điểm{by_itself}"),
    }
}
