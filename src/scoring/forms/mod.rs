//! The forms of scoring as typed, and the way from there to checked points.

mod appraisal;
mod self_score;

pub use appraisal::{AppraisalForm, AppraisalRow, ExplanationForm, ExplanationRow};
pub use self_score::{SelfRow, SelfScoreForm};
pub(super) use {
    appraisal::{PostedAppraisal, PostedExplanation},
    self_score::PostedSelfScore,
};

use rust_decimal::Decimal;

use super::asked::Asked;
use crate::kit::values::{figure, figure_text};

/// At most this many addresses prove one line.
const MOST_LINKS: usize = 5;

/// Points of a criterion as typed: not below 0, not above its maximum, with the decimals of the year's rule.
pub(super) fn points(typed: &str, asked: &Asked, decimals: u32) -> Result<Decimal, String> {
    let text = typed.trim();
    if text.starts_with(['-', '−', '–']) && text.chars().count() > 1 {
        return Err(if asked.is_deduction() {
            "Ghi số điểm bị trừ, không ghi dấu trừ: 0,5 là trừ nửa điểm.".to_owned()
        } else {
            "Điểm không âm. Không đạt thì ghi 0.".to_owned()
        });
    }
    let value = figure(text)?;
    if value > asked.maximum() {
        return Err(format!(
            "Tối đa {} điểm cho tiêu chí này.",
            figure_text(asked.maximum())
        ));
    }
    if value.normalize().scale() > decimals {
        return Err(format!("Ghi tối đa {decimals} chữ số sau dấu phẩy."));
    }
    Ok(value)
}

/// Addresses that prove a line, one on each line of the box.
pub(super) fn links(typed: &str) -> Result<Vec<String>, String> {
    let list: Vec<&str> = typed.split_whitespace().collect();
    if list.len() > MOST_LINKS {
        return Err(format!("Tối đa {MOST_LINKS} đường dẫn cho một dòng."));
    }
    list.into_iter()
        .map(|address| {
            let parsed = url::Url::parse(address).ok();
            match parsed {
                Some(url) if matches!(url.scheme(), "https" | "http") && address.len() <= 500 => {
                    Ok(address.to_owned())
                }
                _ => Err("Đường dẫn phải bắt đầu bằng https://, mỗi dòng một đường dẫn.".to_owned()),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
