//! From the paper as typed to the checked plan. Pure.

use rust_decimal::Decimal;

use super::{
    super::model::{AbsentRule, Candidate, Plan, Purpose, Question, Rule, Style, Threshold, TieStep},
    paper::{CandidateRow, PlanForm, QuestionForm, SPREAD},
};
use crate::{
    conferences::FormOfVote,
    ids::UnitId,
    kit::{
        clock::{self, Moment},
        fields::FieldErrors,
        values,
    },
    years::{Member, ThresholdBase},
};

/// How the origin of a candidate begins that wasn't taken from the standing.
pub const FLOOR: &str = "giới thiệu tại hội nghị: ";

/// A unit's place in the standing of the year.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The unit.
    pub unit_id: UnitId,
    /// The place.
    pub place: usize,
    /// The points.
    pub points: Decimal,
    /// `xếp thứ 2 theo bảng điểm, 98,50 điểm`
    pub words: String,
}

/// What a typed paper is read by.
pub struct Ground<'a> {
    /// Those that may stand: the members on the day of the conference; nobody at the council, which votes on dossiers.
    pub members: Vec<&'a Member>,
    /// The standing, best first; empty where there is none yet.
    pub standing: &'a [Placed],
    /// The plan as it was saved: what the form can't change is taken from it.
    pub saved: &'a Plan,
    /// The moment.
    pub now: Moment,
}

impl Ground<'_> {
    /// The unit's place in the standing.
    #[must_use]
    pub fn placed(&self, unit: UnitId) -> Option<&Placed> {
        self.standing.iter().find(|placed| placed.unit_id == unit)
    }
}

pub(super) fn read(form: &PlanForm, ground: &Ground<'_>) -> Result<Plan, FieldErrors> {
    let mut errors = FieldErrors::default();
    let plan = Plan {
        title: errors
            .read("title", values::line(&form.title, 200))
            .unwrap_or_default(),
        form: errors
            .read(
                "form",
                FormOfVote::from_code(&form.form).ok_or("Hãy chọn hình thức bỏ phiếu.".to_owned()),
            )
            .unwrap_or(FormOfVote::Secret),
        round: ground.saved.round,
        questions: if ground.saved.is_fixed() {
            ground.saved.questions.clone()
        } else {
            let questions = form.questions.iter().enumerate();
            questions
                .map(|(i, question)| question_of(question, i, ground, &mut errors))
                .collect()
        },
        rule: rule_of(form, ground, &mut errors),
    };
    if errors.is_empty() { Ok(plan) } else { Err(errors) }
}

/// A number of a question; nought where none is typed yet.
fn number(typed: &str, what: &str) -> Result<i32, String> {
    match typed.trim() {
        "" => Ok(0),
        typed => values::whole(typed, 1, 100, what),
    }
}

fn question_of(form: &QuestionForm, i: usize, ground: &Ground<'_>, errors: &mut FieldErrors) -> Question {
    let purpose = Purpose::from_code(&form.purpose)
        .filter(|purpose| *purpose != Purpose::Council)
        .ok_or_else(|| "Hãy chọn mục đích bỏ phiếu.".to_owned());
    let purpose = errors
        .read(format!("question_purpose-{i}"), purpose)
        .unwrap_or(Purpose::Motion);
    let award = Some(form.award.clone()).filter(|award| purpose == Purpose::Award && !award.is_empty());
    if purpose == Purpose::Award && award.is_none() {
        errors.add(
            format!("question_award-{i}"),
            "Hãy chọn hình thức khen thưởng được suy tôn.",
        );
    }
    let title = errors
        .read(format!("question-{i}"), values::line(&form.title, 300))
        .unwrap_or_default();
    let style =
        Style::from_code(&form.style).ok_or_else(|| "Hãy chọn cách ghi ý kiến trên phiếu.".to_owned());
    let style = errors
        .read(format!("question_style-{i}"), style)
        .unwrap_or(Style::EachYesNo);
    let most = errors
        .read(format!("most-{i}"), number(&form.most, "Số được chọn nhiều nhất"))
        .unwrap_or_default();
    let seats = errors
        .read(format!("seats-{i}"), number(&form.seats, "Số suất"))
        .unwrap_or_default();
    let rows = form.rows.iter().enumerate();
    let candidates: Vec<Candidate> = rows
        .filter_map(|(j, row)| candidate_of(row, i * SPREAD + j, purpose, ground, errors))
        .collect();
    let all = i32::try_from(candidates.len()).unwrap_or(i32::MAX);
    // A motion passes or doesn't, each for itself.
    let is_free = matches!(purpose, Purpose::Motion | Purpose::Scores) && style == Style::EachYesNo;
    Question {
        purpose,
        award,
        title,
        style,
        most: if style == Style::EachYesNo { all } else { most },
        seats: if is_free && seats == 0 { all } else { seats },
        candidates,
    }
}

fn candidate_of(
    row: &CandidateRow,
    key: usize,
    purpose: Purpose,
    ground: &Ground<'_>,
    errors: &mut FieldErrors,
) -> Option<Candidate> {
    let reason = values::line(&row.reason, 300);
    let reason = errors.read(format!("candidate_reason-{key}"), reason)?;
    let of_units = matches!(purpose, Purpose::Award | Purpose::Lead | Purpose::Deputy);
    if row.unit.trim().is_empty() {
        if of_units {
            errors.add(
                format!("candidate_unit-{key}"),
                "Hãy chọn một đơn vị thành viên: suy tôn và bầu chỉ áp dụng với đơn vị.",
            );
            return None;
        }
        let name = values::required_line(&row.name, 300, "nội dung để lựa chọn");
        let name = errors.read(format!("candidate_name-{key}"), name)?;
        return Some(Candidate {
            name,
            unit_id: None,
            nomination_id: None,
            score: None,
            origin: from_the_floor(&reason),
        });
    }
    if !row.name.trim().is_empty() {
        let field = if of_units {
            "candidate_unit"
        } else {
            "candidate_name"
        };
        errors.add(
            format!("{field}-{key}"),
            "Mỗi dòng chọn một đơn vị hoặc ghi một nội dung, không ghi cả hai.",
        );
        return None;
    }
    let Some(member) = ground.members.iter().find(|m| m.slug == row.unit) else {
        errors.add(
            format!("candidate_unit-{key}"),
            "Đơn vị này không phải là thành viên của cụm vào ngày họp.",
        );
        return None;
    };
    let placed = ground.placed(member.unit_id);
    if purpose == Purpose::Award && reason.is_empty() && placed.is_none() {
        errors.add(
            format!("candidate_reason-{key}"),
            "Đơn vị chưa có trong bảng điểm: hãy ghi lý do giới thiệu tại hội nghị.",
        );
        return None;
    }
    Some(Candidate {
        name: member.short_name.clone(),
        unit_id: Some(member.unit_id),
        nomination_id: None,
        score: placed.map(|placed| placed.points),
        origin: match (reason.is_empty(), placed) {
            (true, Some(placed)) => placed.words.clone(),
            _ => from_the_floor(&reason),
        },
    })
}

/// The origin of a candidate that was brought forward at the conference.
#[must_use]
pub fn from_the_floor(reason: &str) -> String {
    if reason.is_empty() {
        String::new()
    } else {
        format!("{FLOOR}{reason}")
    }
}

fn rule_of(form: &PlanForm, ground: &Ground<'_>, errors: &mut FieldErrors) -> Rule {
    let saved = &ground.saved.rule;
    let quorum_percent = errors.read("quorum_percent", values::percent(&form.quorum_percent));
    let threshold_percent = errors.read("threshold_percent", values::percent(&form.threshold_percent));
    let threshold = Threshold::from_code(&form.threshold)
        .ok_or_else(|| "Hãy chọn đúng bằng tỷ lệ thì đạt hay chưa.".to_owned());
    let base = ThresholdBase::from_code(&form.base)
        .filter(|base| ground.saved.bases().contains(base))
        .ok_or_else(|| "Hãy chọn cách tính tỷ lệ phiếu.".to_owned());
    let mut ladder = Vec::new();
    for code in form.ladder.iter().filter(|code| !code.is_empty()) {
        let step = TieStep::from_code(code).ok_or_else(|| "Hãy chọn bước xử lý trong danh sách.".to_owned());
        ladder.extend(errors.read("ladder", step));
    }
    let mut seen = Vec::new();
    for step in &ladder {
        if seen.contains(step) {
            errors.add("ladder", "Mỗi bước xử lý khi bằng phiếu chỉ ghi một lần.");
            break;
        }
        seen.push(*step);
    }
    Rule {
        quorum_percent: quorum_percent.unwrap_or(saved.quorum_percent),
        threshold_percent: threshold_percent.unwrap_or(saved.threshold_percent),
        threshold: errors.read("threshold", threshold).unwrap_or(saved.threshold),
        base: errors.read("base", base).unwrap_or(saved.base),
        may_vote_for_self: form.may_vote_for_self,
        absent: absent_of(form, ground, errors),
        blank_is_valid: form.blank_is_valid,
        ladder,
    }
}

fn absent_of(form: &PlanForm, ground: &Ground<'_>, errors: &mut FieldErrors) -> AbsentRule {
    match form.absent.as_str() {
        "absent" => AbsentRule::CountsAsAbsent,
        "before" => {
            let day = errors.read("until_on", values::date(&form.until_on));
            let time = errors.read("until_at", values::time(&form.until_at));
            let Some(until) = day.zip(time).map(|(day, time)| clock::at(day, time)) else {
                return AbsentRule::CountsAsAbsent;
            };
            if until <= ground.now {
                errors.add(
                    "until_on",
                    "Hạn gửi phiếu trước đã qua. Hãy chọn một thời điểm sau bây giờ.",
                );
            }
            AbsentRule::MayVoteBefore { until }
        }
        _ => {
            errors.add("absent", "Hãy chọn cách xử lý khi đơn vị vắng mặt.");
            AbsentRule::CountsAsAbsent
        }
    }
}
