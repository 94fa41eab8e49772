//! Equal votes at the last place, step by step: the ladder that was frozen with the ballot. Pure.
//!
//! It ends in an order, or in an open tie that waits for a second round or for VUSTA: never in a guess.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::{
    counting::score_text,
    model::{LadderStep, Plan, Question, Tie, TieStep, Verdict},
};

/// Replays the ladder on equal votes: writes what it settles into `verdicts`, answers the steps in words and what is
/// left open.
pub(super) fn replay(
    plan: &Plan,
    question: &Question,
    tie: Tie,
    verdicts: &mut [Verdict],
) -> (Vec<LadderStep>, Option<Tie>) {
    let mut steps = Vec::new();
    let mut open = tie;
    for step in &plan.rule.ladder {
        let names = names(question, &open);
        let (said, is_pending) = match step {
            TieStep::SecondRound if plan.round <= 1 => (
                format!("Bằng phiếu: {names}. Bỏ phiếu vòng 2 để chọn {}.", open.seats),
                true,
            ),
            TieStep::SecondRound => ("Đã bỏ phiếu lại ở vòng 2 mà vẫn bằng phiếu.".to_owned(), false),
            TieStep::HigherScore => {
                let before = open.among.len();
                let said = by_score(question, &mut open, verdicts);
                let left = open.among.len();
                let end = match (left, before == left) {
                    (0, _) => "",
                    (_, true) => " Chưa phân định được.",
                    (_, false) => " Các ứng viên còn lại vẫn bằng nhau.",
                };
                (said + end, false)
            }
            TieStep::Vusta => (
                format!("Xin ý kiến LHHVN để chọn {} trong: {names}.", open.seats),
                true,
            ),
        };
        steps.push(LadderStep {
            step: *step,
            said,
            is_pending,
        });
        if open.among.is_empty() {
            return (steps, None);
        }
        if is_pending {
            break;
        }
    }
    (steps, Some(open))
}

fn names(question: &Question, tie: &Tie) -> String {
    let name = |place: &usize| question.candidates.get(*place).map(|c| c.name.as_str());
    tie.among.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

/// Takes out of the tie who is settled by the score: the higher score passes. Where one has no score, nobody is.
fn by_score(question: &Question, tie: &mut Tie, verdicts: &mut [Verdict]) -> String {
    let score = |place: usize| question.candidates.get(place).and_then(|c| c.score);
    let shown: Vec<String> = tie
        .among
        .iter()
        .filter_map(|place| question.candidates.get(*place))
        .map(|c| format!("{} {}", c.name, score_text(c.score)))
        .collect();
    let said = format!("Điểm thi đua: {}.", shown.join("; "));
    let scores: Option<Vec<(usize, Decimal)>> = tie
        .among
        .iter()
        .map(|place| Some((*place, score(*place)?)))
        .collect();
    let Some(scores) = scores else {
        return said;
    };
    let seats = usize::try_from(tie.seats).unwrap_or(0);
    let mut passed = 0;
    let mut settled = HashSet::new();
    for (place, own) in &scores {
        let higher = scores.iter().filter(|(_, other)| other > own).count();
        let as_high = scores.iter().filter(|(_, other)| other >= own).count();
        if as_high <= seats {
            verdicts[*place] = Verdict::Elected;
            passed += 1;
            settled.insert(*place);
        } else if higher >= seats {
            verdicts[*place] = Verdict::OverQuota;
            settled.insert(*place);
        }
    }
    tie.among.retain(|place| !settled.contains(place));
    tie.seats -= passed;
    said
}
