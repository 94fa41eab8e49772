//! A paper and its rule in words: what pages, prints and minutes say of it. Pure.

use super::model::{AbsentRule, Plan, Purpose, Question, Style};
use crate::{
    conferences::FormOfVote,
    kit::{clock::moment_text, values::figure_text},
};

/// With a capital letter, as a sentence or a choice begins.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The rule line by line: what it is about, and what it says.
#[must_use]
pub fn rule_in_words(plan: &Plan) -> Vec<(&'static str, String)> {
    let rule = &plan.rule;
    let mut lines = vec![
        ("Hình thức", plan.form.label().to_owned()),
        (
            "Điều kiện bỏ phiếu",
            format!(
                "có mặt ít nhất {}% tổng số {}",
                figure_text(rule.quorum_percent),
                if plan.is_of_council() {
                    "thành viên Hội đồng"
                } else {
                    "đơn vị thành viên"
                }
            ),
        ),
        ("Được thông qua khi", passing(plan)),
    ];
    let has_units = plan
        .questions
        .iter()
        .any(|q| q.candidates.iter().any(|c| c.unit_id.is_some()));
    if has_units && !plan.is_of_council() {
        let said = if rule.may_vote_for_self {
            "được bỏ phiếu cho chính mình"
        } else {
            "không bỏ phiếu cho chính mình"
        };
        lines.push(("Đơn vị có tên trong danh sách", said.to_owned()));
    } else if has_units && !rule.may_vote_for_self {
        lines.push((
            "Ủy viên đã khai xung đột",
            "để trống hồ sơ của đơn vị đã khai".to_owned(),
        ));
    }
    let away = if plan.is_of_council() {
        "Ủy viên vắng mặt"
    } else {
        "Đơn vị vắng mặt"
    };
    lines.push((away, absent(&rule.absent)));
    if plan.form == FormOfVote::Secret {
        let said = if rule.blank_is_valid {
            "là phiếu hợp lệ"
        } else {
            "là phiếu không hợp lệ"
        };
        lines.push(("Phiếu không ghi ý kiến nào", said.to_owned()));
    }
    // The council votes on each dossier for itself: there is no last seat to be equal at.
    if plan.is_of_council() {
        return lines;
    }
    let ladder: Vec<&str> = rule.ladder.iter().map(|step| step.label()).collect();
    let said = if ladder.is_empty() {
        "hội nghị tự quyết định".to_owned()
    } else {
        ladder.join("; rồi ")
    };
    lines.push(("Khi bằng phiếu ở suất cuối cùng", said));
    lines
}

/// `trên 50% tổng số đơn vị thành viên đồng ý`
#[must_use]
pub fn passing(plan: &Plan) -> String {
    let rule = &plan.rule;
    format!(
        "{} {}% {} đồng ý",
        rule.threshold.label(),
        figure_text(rule.threshold_percent),
        plan.base_label()
    )
}

fn absent(rule: &AbsentRule) -> String {
    match rule {
        AbsentRule::MayVoteBefore { until } => format!(
            "được gửi phiếu trước {}; không gửi thì tính là vắng mặt, không tính là không đồng ý",
            moment_text(*until)
        ),
        AbsentRule::CountsAsAbsent => "tính là vắng mặt, không tính là không đồng ý".to_owned(),
    }
}

/// What stands for choice in a question.
#[must_use]
pub fn what_is_chosen(question: &Question) -> &'static str {
    match question.purpose {
        Purpose::Award | Purpose::Lead | Purpose::Deputy => "đơn vị",
        Purpose::Council => "hồ sơ",
        Purpose::Scores | Purpose::Motion => "nội dung",
    }
}

/// How a question is answered: `Chọn tối đa 2 trong 4 đơn vị; tối đa 2 đơn vị được thông qua.`
#[must_use]
pub fn question_in_words(question: &Question) -> String {
    let number = question.candidates.len();
    let what = what_is_chosen(question);
    let seats = question.seats;
    match question.style {
        Style::Choose => {
            let chosen = if question.most == 1 {
                format!("Chọn 1 trong {number} {what}")
            } else {
                format!("Chọn tối đa {} trong {number} {what}", question.most)
            };
            format!("{chosen}; tối đa {seats} {what} được thông qua.")
        }
        Style::EachYesNo if number == 1 => "Đồng ý hoặc không đồng ý.".to_owned(),
        Style::EachYesNo if usize::try_from(seats) == Ok(number) => {
            format!("Đồng ý hoặc không đồng ý với từng {what}.")
        }
        Style::EachYesNo => {
            format!("Đồng ý hoặc không đồng ý với từng {what}; tối đa {seats} {what} được thông qua.")
        }
    }
}

/// What a paper on paper is called.
#[must_use]
pub fn heading(plan: &Plan) -> &'static str {
    let all = |wanted: &[Purpose]| plan.questions.iter().all(|q| wanted.contains(&q.purpose));
    if plan.form == FormOfVote::Secret && all(&[Purpose::Lead, Purpose::Deputy]) {
        "Phiếu bầu"
    } else if plan.form == FormOfVote::Secret && all(&[Purpose::Award]) {
        "Phiếu suy tôn"
    } else {
        "Phiếu biểu quyết"
    }
}

/// What makes a paper on paper valid, as it is printed below the questions.
#[must_use]
pub fn validity(plan: &Plan) -> Vec<String> {
    let mut lines = Vec::new();
    if plan.questions.iter().any(|q| q.style == Style::Choose) {
        lines.push(
            "Đánh dấu × vào ô của mục được chọn; để trống các mục khác. Chọn quá số cho phép thì phần đó không hợp lệ."
                .to_owned(),
        );
    }
    if plan.questions.iter().any(|q| q.style == Style::EachYesNo) {
        lines.push(
            "Với từng mục, đánh dấu × vào một trong hai ô “Đồng ý”, “Không đồng ý”. Đánh dấu cả hai ô thì phần đó không hợp lệ."
                .to_owned(),
        );
    }
    lines.push(if plan.rule.blank_is_valid {
        "Phần không đánh dấu mục nào là phiếu trắng, vẫn hợp lệ.".to_owned()
    } else {
        "Phần không đánh dấu mục nào là phiếu trắng, không hợp lệ.".to_owned()
    });
    if !plan.rule.may_vote_for_self && plan.form == FormOfVote::Secret {
        lines.push(
            if plan.is_of_council() {
                "Ủy viên đã khai xung đột để trống hồ sơ của đơn vị đã khai."
            } else {
                "Đơn vị có tên trong danh sách không đánh dấu cho chính mình."
            }
            .to_owned(),
        );
    }
    lines.push(
        "Phiếu không hợp lệ: không do tổ kiểm phiếu phát ra, không đọc được ý kiến, ghi thêm tên ngoài danh sách, ký tên hoặc làm dấu riêng."
            .to_owned(),
    );
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ballots::{Rule, Threshold, TieStep};
    use crate::years::ThresholdBase;
    use rust_decimal::Decimal;

    fn plan() -> Plan {
        Plan {
            title: "Suy tôn".to_owned(),
            form: FormOfVote::Secret,
            round: 1,
            questions: vec![Question {
                purpose: Purpose::Award,
                award: None,
                title: "Cờ thi đua".to_owned(),
                style: Style::Choose,
                most: 2,
                seats: 2,
                candidates: Vec::new(),
            }],
            rule: Rule {
                quorum_percent: Decimal::new(6667, 2),
                threshold_percent: Decimal::from(50),
                threshold: Threshold::MoreThan,
                base: ThresholdBase::AllUnits,
                may_vote_for_self: false,
                absent: AbsentRule::CountsAsAbsent,
                blank_is_valid: false,
                ladder: vec![TieStep::SecondRound, TieStep::Vusta],
            },
        }
    }

    #[test]
    fn the_rule_is_said_as_the_minutes_say_it() {
        let lines = rule_in_words(&plan());
        let said = |about: &str| {
            lines
                .iter()
                .find(|(what, _)| *what == about)
                .map(|(_, said)| said.as_str())
        };
        assert_eq!(
            said("Được thông qua khi"),
            Some("trên 50% tổng số đơn vị thành viên đồng ý")
        );
        assert_eq!(
            said("Điều kiện bỏ phiếu"),
            Some("có mặt ít nhất 66,67% tổng số đơn vị thành viên")
        );
        assert_eq!(
            said("Đơn vị vắng mặt"),
            Some("tính là vắng mặt, không tính là không đồng ý")
        );
        assert_eq!(
            said("Khi bằng phiếu ở suất cuối cùng"),
            Some("bỏ phiếu lại một lần giữa các ứng viên bằng phiếu; rồi xin ý kiến LHHVN")
        );
        assert_eq!(
            said("Đơn vị có tên trong danh sách"),
            None,
            "no unit stands for election here"
        );
    }

    #[test]
    fn a_paper_says_what_makes_it_invalid() {
        let mut plan = plan();
        assert!(validity(&plan).join(" ").contains("phiếu trắng, không hợp lệ"));
        assert_eq!(heading(&plan), "Phiếu suy tôn");
        assert!(!validity(&plan).join(" ").contains("hai ô"));
        plan.rule.blank_is_valid = true;
        plan.questions[0].style = Style::EachYesNo;
        let said = validity(&plan).join(" ");
        assert!(said.contains("vẫn hợp lệ") && said.contains("cả hai ô"));
    }
}
